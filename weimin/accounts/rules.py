"""What passwords, locks and combinations of posts are allowed; pure. Numbers: domain rule H-62, separation of duties: H-60."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from weimin.accounts.roles import Role
from weimin.walls.errors import RuleBroken

FAILURES = 5
LOCK = timedelta(minutes=15)
SHORTEST, CLASSES = 8, 3
REMEMBERED = 5
LONGEST_AGE = timedelta(days=90)
LONGEST_LEAVE = timedelta(days=180)
APART = frozenset({Role.ADMINISTRATOR.value, Role.AUDITOR.value})


def character_classes(password: str) -> int:
    """How many of upper case, lower case, digits and the rest occur (0 to 4)."""
    tests = (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum())
    return sum(any(test(sign) for sign in password) for test in tests)


def password_faults(password: str, login: str) -> list[str]:
    """What is wrong with a new password, as sentences; empty when it is good."""
    faults = []
    if len(password) < SHORTEST:
        faults.append(_("口令至少 %(count)d 位。") % {"count": SHORTEST})
    if character_classes(password) < CLASSES:
        faults.append(_("口令要包含大写字母、小写字母、数字、符号中的至少三类。"))
    if login and login.lower() in password.lower():
        faults.append(_("口令里不能有登录名。"))
    return faults


def password_too_old(changed_at: datetime | None, now: datetime) -> bool:
    return changed_at is None or now - changed_at > LONGEST_AGE


def after_failure(failures: int, now: datetime) -> tuple[int, datetime | None]:
    """(failures, locked until) after one more wrong attempt; the fifth locks and starts counting anew."""
    failures += 1
    return (0, now + LOCK) if failures >= FAILURES else (failures, None)


def locked(locked_until: datetime | None, now: datetime) -> bool:
    return locked_until is not None and now < locked_until


def check_apart(held: Iterable[str], wanted: str) -> None:
    """Administrator and auditor are never the same person (H-60: separated administrators)."""
    if wanted in APART and (APART - {wanted}) & set(held):
        raise RuleBroken(_("系统管理员和审计管理员不能由同一个人担任（管理员分权）。请换一个人。"))


def check_not_own(actor_person: int | None, person: int) -> None:
    """Nobody manages their own rights (H-60)."""
    if actor_person == person:
        raise RuleBroken(_("不能给自己办理这一步，请另一位系统管理员办理。"))
