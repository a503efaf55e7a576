"""Schools, reports, alerts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from weimin.actions.examples import Example
from weimin.epidemics.tests.builders import group_of, make_alert, make_place
from weimin.residents.tests.examples import village
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]
REPORT = {"on": "2026-11-23", "expected": "40", "absent": "2", "ill": "2", "fever": "2", "note": ""}
SCHOOL = {"kind": "school", "name": "大坡小学", "address": "大坡村", "contact": "王老师", "phone": "023-12345", "classes": "一年级1班 40\n一年级2班 38"}
OUTBREAK = {"disease": "hand_foot_mouth", "name": "", "first_on": "2026-11-21"}


def a_place(data: dict[str, Any], **over: Any) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        return make_place(village(region), reporter=actor.person if actor.role == "school" else None, **over).pk, dict(data)

    return build


def a_group(data: dict[str, Any], **over: Any) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        place = make_place(village(region), reporter=actor.person if actor.role == "school" else None, **over)
        return group_of(place).pk, dict(data)

    return build


def an_alert(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_alert(make_place(village(region)), **over).pk, dict(data))


def here(data: dict[str, Any], name: str) -> Build:
    return lambda actor, region: (None, data | {name: str(village(region))})


EXAMPLES = {
    "epidemics.register_place": Example("doctor", here(SCHOOL, "place")),
    "epidemics.correct_place": Example("doctor", a_place(SCHOOL)),
    "epidemics.report_day": Example("school", a_group(REPORT), wrong=a_group(REPORT, closed_on=date(2026, 10, 1))),
    "epidemics.report_rest": Example("school", a_place({})),
    "epidemics.report_family": Example("village", here({"on": "2026-11-23", "sick": "2", "symptoms": ["fever"]}, "village")),
    "epidemics.verify_alert": Example("institution", an_alert({"finding": "到班看了 3 个孩子，手、口有疱疹"})),
    "epidemics.dismiss_alert": Example("institution", an_alert({"reason": "接种后的反应"})),
    "epidemics.handle_alert": Example("institution", an_alert({"handling": "已消毒"}, state="verified")),
    "epidemics.close_alert": Example("institution", an_alert({"note": ""}, state="handled")),
    "epidemics.open_outbreak": Example("institution", an_alert(OUTBREAK, state="verified")),
}
