"""What was worked out of an implementation list once is kept: the key is the database's hash of the list, so it can never be stale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from weimin.catalogue.content import ItemContent

MOST = 3000  # lists of some ten jurisdictions; about 20 KB each
Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Things made of a list, by the list's hash; all are dropped when there are too many."""

    def __init__(self) -> None:
        self._kept: dict[str, Made] = {}

    def get(self, fingerprint: str, make: Callable[[], Made]) -> Made:
        found = self._kept.get(fingerprint)
        if found is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            found = self._kept[fingerprint] = make()
        return found

    def __contains__(self, fingerprint: str) -> bool:
        return fingerprint in self._kept


_lists: Kept[ItemContent] = Kept()


def parsed(fingerprint: str, data: Any) -> ItemContent:
    """The list as a shape; `fingerprint` is the hash of `data`, which is a function where it may not have been read yet."""
    return _lists.get(fingerprint, lambda: ItemContent.model_validate(data() if callable(data) else data))


def is_parsed(fingerprint: str) -> bool:
    """Whether the list behind a hash need not be read."""
    return fingerprint in _lists
