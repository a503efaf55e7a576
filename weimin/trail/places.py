"""Names of regions for the trail's pages, lent by the regions room above."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Names = Callable[[Iterable[int]], dict[int, str]]
_lent: list[Names] = []


def names_from(source: Names) -> None:
    """Takes a function codes → {code: name}."""
    _lent[:] = [source]


def region_names(codes: Iterable[int]) -> dict[int, str]:
    """Code → name in one query; the digits when nothing was lent."""
    wanted = set(codes)
    return _lent[0](wanted) if _lent and wanted else {code: str(code) for code in wanted}
