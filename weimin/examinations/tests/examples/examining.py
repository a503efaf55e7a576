"""Examinations and what is followed."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.actions.examples import Example
from weimin.examinations.flow import FOUND
from weimin.examinations.tests.builders import make_examination, make_follow_up
from weimin.flows.steps import open_step
from weimin.health.tests.builders import make_record
from weimin.health.tests.examples.records import RESTING, Build, a_record
from weimin.residents.tests.builders import NOW
from weimin.residents.tests.examples import village
from weimin.walls.actor import Actor

EXAMINED = {
    "on": "2026-11-20", "symptoms": ["1"], "pulse": "72", "left_systolic": "128", "left_diastolic": "78", "right_systolic": "126", "right_diastolic": "76",
    "height": "158", "weight": "56", "waist": "78", "fasting": "5.4", "ecg": "1", "smoking": "1",
}  # fmt: skip
ROW = {"on": "2026-11-20", "name": "", "alt": "22", "fasting": "5.4", "ecg": "1"}
CLOSED: dict[str, Any] = {"state": "closed", "closing": "normal", "closed_on": date(2026, 11, 10)}


def an_examination(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_examination(make_record(village(region))).pk, {**EXAMINED, "on": "2026-11-01", "reason": "补录"}


def corrected(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    first = make_examination(make_record(village(region)))
    make_examination(first.record, corrects=first)
    return first.pk, {**EXAMINED, "reason": "补录"}


def a_row(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return None, {**ROW, "identity": make_record(village(region)).number}


def a_follow_up(data: dict[str, Any], **over: Any) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        row = make_follow_up(make_record(village(region)), **over)
        if row.state != "closed":
            open_step(FOUND, row.state, row, title="体检复查冉*兰", region=row.region, now=NOW, due_on=row.due_on)
        return row.pk, dict(data)

    return build


EXAMPLES = {
    "examinations.record": Example("doctor", a_record(EXAMINED), wrong=a_record(EXAMINED, **RESTING)),
    "examinations.correct": Example("doctor", an_examination, wrong=corrected),
    "examinations.import_result": Example("doctor", a_row),
    "examinations.recall": Example("doctor", a_follow_up({"on": "2026-11-20", "note": "电话告知"}), wrong=a_follow_up({}, **CLOSED)),
    "examinations.recheck": Example("doctor", a_follow_up({"on": "2026-11-20", "result_pressure": "still", "note": "152/90"}), wrong=a_follow_up({}, **CLOSED)),
    "examinations.close_follow_up": Example("doctor", a_follow_up({"on": "2026-11-20", "closing": "managed", "note": ""}), wrong=a_follow_up({}, **CLOSED)),
}
