"""Setting passwords: the last five are remembered (H-62), temporary ones are drawn at random and must be changed."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.auth.hashers import check_password

from weimin.accounts.models import PasswordHistory, Person
from weimin.accounts.rules import REMEMBERED

SIGNS = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789")


def temporary_password() -> str:
    """12 signs of three classes without look-alikes, about 68 bits."""
    chosen = [secrets.choice(kind) for kind in SIGNS] + [secrets.choice("".join(SIGNS)) for _ in range(9)]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)


def used_before(person: Person, password: str) -> bool:
    """The present password and the four before it; five slow comparisons at most."""
    hashes = PasswordHistory.objects.filter(person=person).order_by("-set_at", "-pk").values_list("password", flat=True)[:REMEMBERED]
    return any(check_password(password, known) for known in {*hashes, person.password} if known)


def set_password(person: Person, password: str, now: datetime, *, must_change: bool) -> None:
    """Sets and remembers it, opens a locked account."""
    person.set_password(password)
    person.password_changed_at, person.must_change_password, person.failures, person.locked_until = (
        now,
        must_change,
        0,
        None,
    )
    person.save()
    PasswordHistory.objects.create(person=person, password=person.password, set_at=now)
    kept = PasswordHistory.objects.filter(person=person).order_by("-set_at", "-pk").values_list("pk", flat=True)[:REMEMBERED]
    PasswordHistory.objects.filter(person=person).exclude(pk__in=list(kept)).delete()
