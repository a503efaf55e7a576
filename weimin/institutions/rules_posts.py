"""In which kind of post somebody counts, and how many are missing. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def kind_of(job: str, table: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The first kind one of whose words is in the duty; `other` when none is."""
    return next((kind for kind, words in table if any(word in job for word in words)), "other")


def vacant(approved: int, filled: int) -> int:
    """Approved posts that nobody fills."""
    return max(0, approved - filled)
