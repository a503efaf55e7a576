"""Counts what may not happen too often: wrong guesses, applications and bookings of one address. Right guesses are not remembered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from weimin.portal.models import Attempt
from weimin.portal.rules import KEPT, Often
from weimin.secrets.cipher import hash_for


def check_often(of: Iterable[tuple[Often, str]], now: datetime) -> None:
    """Raises TooMany when one of these (rule, text) happened as often as it may. One count over an index each."""
    for rule, text in of:
        rule.check(Attempt.objects.filter(key=hash_for(rule.kind, text), at__gt=now - rule.within).count())


def note(of: Iterable[tuple[Often, str]], now: datetime) -> None:
    """Remembers that it happened (again)."""
    Attempt.objects.bulk_create([Attempt(key=hash_for(rule.kind, text), at=now) for rule, text in of])


def forget(now: datetime) -> int:
    """Removes what is older than a day; returns how many."""
    return Attempt.objects.filter(at__lt=now - KEPT).delete()[0]
