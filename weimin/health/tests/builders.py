"""Health records, care, visits and what is due, for tests of this and higher rooms."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from weimin.actions.act import act
from weimin.actions.models import Receipt
from weimin.flows.steps import open_step
from weimin.health.checking import title_of
from weimin.health.flow import CHECK
from weimin.health.models import Care, Due, HealthRecord, SelfCare, ValueCheck, Visit, VisitOutcome
from weimin.residents.tests.builders import NOW, TODAY, make_resident
from weimin.walls.actor import Actor

SERIAL = count(1)


def make_record(region: int, name: str = "冉桂兰", **over: Any) -> HealthRecord:
    """A record with its resident, born 1955; facts of the resident as `resident=`."""
    resident = over.pop("resident", None) or make_resident(region, name, birth_on=over.pop("birth_on", date(1955, 3, 8)))
    facts: dict[str, Any] = {"number": f"{region // 1000:09d}9{next(SERIAL):07d}", "opened_on": date(2020, 5, 1), "opened_by": "李医生", **over}
    return HealthRecord.objects.create(region=region, resident=resident, **facts)


def make_care(record: HealthRecord, programme: str = "hypertension", **over: Any) -> Care:
    """Under care since a year ago, next visit in ten days."""
    facts: dict[str, Any] = {"state": "managed", "since_on": TODAY - timedelta(days=365), "next_on": TODAY + timedelta(days=10), **over}
    return Care.objects.create(region=record.region, record=record, programme=programme, **facts)


def make_due(record: HealthRecord, programmes: tuple[str, ...] = ("hypertension",), **over: Any) -> Due:
    facts: dict[str, Any] = {"kind": "visit", "from_on": TODAY - timedelta(days=4), "due_on": TODAY + timedelta(days=10), **over}
    return Due.objects.create(region=record.region, record=record, programmes=list(programmes), **facts)


def make_visit(record: HealthRecord, *, outcome: str = "satisfied", **over: Any) -> Visit:
    """A visit of 1 November 2026 with its outcome for every care that the record has."""
    facts: dict[str, Any] = {
        "on": date(2026, 11, 1), "way": "home", "programmes": ["hypertension"], "systolic": 132, "diastolic": 82, "doctor_name": "李医生", "entered_at": NOW, **over
    }  # fmt: skip
    visit = Visit.objects.create(region=record.region, record=record, **facts)
    for care in Care.objects.filter(record=record, programme__in=visit.programmes):
        said = {"outcome": outcome, "next_on": visit.on + timedelta(days=90), "standard_from": date(2017, 2, 28)}
        VisitOutcome.objects.create(region=record.region, visit=visit, care=care, programme=care.programme, on=visit.on, **said)
    return visit


def make_check(visit: Visit, **over: Any) -> ValueCheck:
    """An open question about a visit with its step."""
    facts: dict[str, Any] = {"hints": ["repeated"], "opened_at": NOW, **over}
    check = ValueCheck.objects.create(region=visit.region, record=visit.record, visit=visit, **facts)
    open_step(CHECK, "to_check", check, title=title_of(visit.record), region=visit.region, now=NOW)
    return check


def make_self_care(record: HealthRecord, **over: Any) -> SelfCare:
    facts: dict[str, Any] = {"on": date(2026, 5, 1), "scores": {"eating": 3}, "total": 3, "grade": "independent", "assessed_by": "李医生", **over}
    return SelfCare.objects.create(region=record.region, record=record, **facts)


def act_now(who: Actor, name: str, data: dict[str, Any], key: str = "", *, target: Any = None) -> Receipt:
    """Does an action at the moment that these tests live in; the key is the action's name unless one is given."""
    return act(who, name, data, key or name, target=target, now=NOW)
