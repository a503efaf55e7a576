"""Who is at the door: password, one-time code, lock-out. Every attempt leaves a SignIn row; unknown names cost the same time."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from weimin.accounts.models import Person, SecondFactor, SignIn
from weimin.accounts.queries import roles_in_force
from weimin.accounts.roles import DUTIES
from weimin.accounts.rules import after_failure, locked
from weimin.accounts.second_factor import matching_counter, recovery_hash

Outcome = SignIn.Outcome


def note(login: str, person: Person | None, outcome: str, ip: str, now: datetime) -> None:
    SignIn.objects.create(at=now, login=login[:40], person=person, outcome=outcome, ip=ip)


def fail(person: Person, now: datetime) -> None:
    person.failures, until = after_failure(person.failures, now)
    person.locked_until = until or person.locked_until
    person.save(update_fields=["failures", "locked_until"])


def try_password(login: str, password: str, ip: str, now: datetime) -> Person | None:
    """The person when login and password are right and nothing stands against it; None otherwise, whatever the reason."""
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(login=login).first()
        if person is None or not person.password:
            make_password(password)  # the same work as checking one, so that the answer's time tells nothing
            note(login, person, Outcome.UNKNOWN if person is None else Outcome.WRONG, ip, now)
            return None
        right = person.check_password(password)
        if locked(person.locked_until, now) or not person.active:
            note(login, person, Outcome.OFF if not person.active else Outcome.LOCKED, ip, now)
            return None
        if not right:
            fail(person, now)
            note(login, person, Outcome.WRONG, ip, now)
            return None
        return person


def try_code(person: Person, code: str, ip: str, now: datetime) -> bool:
    """Takes a one-time code or a recovery code once; wrong ones count towards the lock."""
    with transaction.atomic():
        locked_person = Person.objects.select_for_update().get(pk=person.pk)
        if locked(locked_person.locked_until, now) or not locked_person.active:
            note(person.login, person, Outcome.LOCKED, ip, now)
            return False
        if use_code(SecondFactor.objects.select_for_update().get(person=person), code, now):
            return True
        fail(locked_person, now)
        note(person.login, person, Outcome.WRONG_CODE, ip, now)
        return False


def use_code(factor: SecondFactor, code: str, now: datetime) -> bool:
    """Spends the code: a counter is never taken twice, a recovery code disappears."""
    counter = matching_counter(factor.secret, code, now, factor.last_counter)
    if counter is not None:
        factor.last_counter = counter
    elif recovery_hash(code) in factor.recovery:
        factor.recovery = [kept for kept in factor.recovery if kept != recovery_hash(code)]
    else:
        return False
    factor.save(update_fields=["last_counter", "recovery"])
    return True


def let_in(person: Person, ip: str, now: datetime, outcome: str = Outcome.DONE) -> None:
    """The attempt succeeded: failures are forgotten, the row is written."""
    Person.objects.filter(pk=person.pk).update(failures=0, locked_until=None)
    note(person.login, person, outcome, ip, now)


def has_second_factor(person: Person) -> bool:
    return SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).exists()


def needs_second_factor(person: Person, now: datetime, demonstration: bool) -> bool:
    """A role of the person requires a one-time code (H-60); never in the demonstration."""
    return not demonstration and any(DUTIES[role].second_factor for role in roles_in_force(person, now))
