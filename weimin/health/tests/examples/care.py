"""Care and visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.actions.examples import Example
from weimin.health.tests.builders import make_care, make_check, make_record, make_visit
from weimin.health.tests.examples.records import RESTING, Build, a_record
from weimin.residents.tests.examples import village
from weimin.walls.actor import Actor

SCREEN = {"programme": "hypertension", "found_on": "2026-11-20", "verdict": "suspected", "confirmed_at": "", "grade": ""}
VISIT = {
    "on": "2026-11-20",
    "way": "home",
    "systolic": "132",
    "diastolic": "82",
    "adherence": "1",
    "hypertension_symptoms": ["1"],
    "medicines": "氨氯地平 每天1次 每次5mg",
}
SUSPECTED: dict[str, Any] = {"state": "suspected", "since_on": None, "next_on": None}
ENDED: dict[str, Any] = {"state": "ended", "ended_on": date(2026, 5, 1), "end_reason": "other", "next_on": None}


def a_care(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_care(make_record(village(region)), **over).pk, dict(data))


def under_care(data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        record = make_record(village(region))
        make_care(record)
        return record.pk, dict(data)

    return build


def a_visit(data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        record = make_record(village(region))
        make_care(record, last_on=date(2026, 11, 1), last_outcome="satisfied")
        return make_visit(record).pk, dict(data)

    return build


ORDERED: dict[str, Any] = {
    "last_on": date(2026, 10, 1), "last_outcome": "satisfied", "next_on": date(2026, 12, 3), "next_from": "hospital", "ordered_on": date(2026, 12, 3),
    "ordered_since": date(2026, 11, 20), "ordered_from": "hospital", "ordered_referral": 5,
}  # fmt: skip


def ordered(data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        record = make_record(village(region))
        make_care(record, **ORDERED)
        return record.pk, dict(data)

    return build


LOST: dict[str, Any] = {"state": "lost", "lost_on": date(2026, 9, 1), "lost_reason": "away", "next_on": None}


def a_check(data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        return make_check(make_visit(make_record(village(region)))).pk, dict(data)

    return build


EXAMPLES = {
    "health.explain_value": Example("institution", a_check({"answer": "当天量了两次，属实"})),
    "health.lose_track": Example(
        "doctor", a_care({"on": "2026-11-20", "why": "unreached", "note": "电话停机"}), wrong=a_care({"on": "2026-11-20", "why": "away"}, **SUSPECTED)
    ),
    "health.find_again": Example("doctor", a_care({"on": "2026-11-20", "note": ""}, **LOST)),
    "health.reopen_care": Example("doctor", a_care({"on": "2026-11-20", "reason": "回来居住"}, **ENDED)),
    "health.screen": Example("doctor", a_record(SCREEN), wrong=a_record(SCREEN, **RESTING)),
    "health.confirm_care": Example("doctor", a_care({"confirmed_on": "2026-11-20", "confirmed_at": "县医院", "grade": "2 级"}, **SUSPECTED)),
    "health.exclude": Example("doctor", a_care({"on": "2026-11-20", "excluded_at": "县医院"}, **SUSPECTED)),
    "health.end_care": Example("doctor", a_care({"on": "2026-11-20", "why": "refused", "note": ""})),
    "health.set_target": Example("doctor", a_care({"systolic": "130", "diastolic": "80", "reason": "合并肾病"}), wrong=a_care({}, **ENDED)),
    "health.record_visit": Example("doctor", under_care(VISIT), wrong=a_record(VISIT)),
    "health.change_ordered": Example(
        "doctor", ordered({"on": "2026-11-30", "reason": "和医院商定"}), wrong=under_care({"on": "2026-11-30", "reason": "和医院商定"})
    ),
    "health.correct_visit": Example("doctor", a_visit({**VISIT, "on": "2026-11-01", "reason": "血压写错"})),
}
