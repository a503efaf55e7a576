"""Records: opened, updated, resting, back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from weimin.accounts.models import Person, Post
from weimin.actions.examples import Example
from weimin.health.tests.builders import make_record
from weimin.residents.tests.builders import make_resident
from weimin.residents.tests.examples import village
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]
RESTING: dict[str, Any] = {"state": "inactive", "inactive_reason": "missing", "inactive_on": date(2026, 5, 1)}


def somebody(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_resident(village(region), **over).pk, dict(data))


def a_record(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_record(village(region), **over).pk, dict(data))


MEASURED = {"on": "2026-11-20", "systolic": "132", "diastolic": "82"}
SELF_CARE = {"on": "2026-11-20", "eating": "0", "washing": "0", "dressing": "0", "toilet": "0", "moving": "0"}


def assigned(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    record = make_record(village(region))
    person = Person.objects.create(login=f"doctor-of-{record.pk}", name="王医生")
    Post.objects.create(person=person, role="doctor", region=record.region, starts_on=date(2020, 1, 1))
    return record.pk, {"doctor": str(person.pk), "institution": ""}


EXAMPLES = {
    "health.assign": Example("institution", assigned, wrong=a_record({"doctor": "1"}, **RESTING)),
    "health.measure": Example("doctor", a_record(MEASURED), wrong=a_record(MEASURED, birth_on=date(1999, 1, 1))),
    "health.assess_self_care": Example("doctor", a_record(SELF_CARE), wrong=a_record(SELF_CARE, birth_on=date(1990, 1, 1))),
    "health.open_record": Example("doctor", somebody({"opened_on": "2026-11-20"})),
    "health.update_personal": Example("doctor", a_record({"blood": "1", "illness": ["2"], "contact": "冉大山"}), wrong=a_record({}, **RESTING)),
    "health.rest_record": Example("doctor", a_record({"why": "missing", "on": "2026-11-01", "note": ""})),
    "health.wake_record": Example("doctor", a_record({"reason": "人找到了"}, **RESTING)),
}
