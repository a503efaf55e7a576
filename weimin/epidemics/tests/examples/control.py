"""Cards, outbreaks, measures, contacts, the chain."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.actions.examples import Example
from weimin.epidemics.tests.builders import group_of, make_card, make_chain, make_contact, make_measure, make_outbreak, make_place
from weimin.epidemics.tests.examples.daily import Build, here
from weimin.residents.tests.builders import id_number
from weimin.residents.tests.examples import village
from weimin.walls.actor import Actor

CARD = {
    "disease": "hand_foot_mouth", "kind": "confirmed", "onset_on": "2026-11-22", "diagnosed_on": "2026-11-23", "diagnosed_time": "09:00", "name": "冉小虎",
    "gender": "m", "birth_on": "2019-05-01", "guardian": "冉大山", "phone": "13912345678", "address": "3组8号", "crowd": "student",
}  # fmt: skip
REPORTED = {"reported_on": "2026-11-23", "reported_time": "09:30", "national_number": "37140220260001"}
TOLD = {"told": "县卫生健康局 张科长", "way": "电话", "told_on": "2026-11-23", "told_time": "09:40"}
CLOSABLE: dict[str, Any] = {"first_on": date(2026, 11, 1), "last_on": date(2026, 11, 5), "opened_on": date(2026, 11, 3)}
DONE = {"note": "教室已消毒"}


def a_card(data: dict[str, Any], **over: Any) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        given = {key: str(village(region)) if value == "VILLAGE" else value for key, value in data.items()}
        return make_card(village(region), **over).pk, given

    return build


def an_outbreak(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_outbreak(make_place(village(region)), **over).pk, dict(data))


def a_measure(data: dict[str, Any], **over: Any) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        place = make_place(village(region), reporter=actor.person if actor.role == "school" else None)
        party = "community" if actor.role == "village" else "school"
        return make_measure(make_outbreak(place), party, **over).pk, dict(data)

    return build


def watched(data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        outbreak = make_outbreak(make_place(village(region)))
        contact = make_contact(outbreak)
        return outbreak.pk, {**data, "ill": [str(contact.pk)]}

    return build


def a_contact(data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_contact(make_outbreak(make_place(village(region)))).pk, dict(data))


def a_class(data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        place = make_place(village(region))
        return make_outbreak(place).pk, {**data, "group": str(group_of(place).pk)}

    return build


def chained(data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_chain(make_outbreak(make_place(village(region)))).pk, dict(data))


def linkable(data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        place = make_place(village(region))
        return make_card(village(region)).pk, {**data, "outbreak": str(make_outbreak(place).pk)}

    return build


EXAMPLES = {
    "epidemics.fill_card": Example("doctor", here({**CARD, "id_number": id_number(date(2019, 5, 1), serial=77)}, "village")),
    "epidemics.report_card": Example("doctor", a_card(REPORTED)),
    "epidemics.correct_card": Example("doctor", a_card({**CARD, "village": "VILLAGE", "disease": "varicella", "reason": "实验室排除手足口病"})),
    "epidemics.delete_card": Example("doctor", a_card({"reason": "重复报告"})),
    "epidemics.link_case": Example("doctor", linkable({})),
    "epidemics.add_measure": Example(
        "institution", an_outbreak({"party": "school", "text": "食堂消毒", "hours": "12"}), wrong=an_outbreak({}, state="closed", closed_on=date(2026, 11, 23))
    ),
    "epidemics.close_class": Example(
        "institution", a_class({"from_on": "2026-11-23", "until_on": "2026-12-02", "reason": "7 天内同班 3 例"}),
        wrong=lambda actor, region: (make_outbreak(None, village(region)).pk, {}),
    ),
    "epidemics.do_measure": Example("school", a_measure(DONE)),
    "epidemics.drop_measure": Example("institution", a_measure({"reason": "已放假"})),
    "epidemics.close_outbreak": Example("institution", an_outbreak({"conclusion": "接触传播，已控制"}, **CLOSABLE)),
    "epidemics.add_contacts": Example(
        "doctor", an_outbreak({"people": "冉小花 13800002222 同桌", "last_contact_on": "2026-11-22"}), wrong=an_outbreak({}, state="closed", closed_on=date(2026, 11, 23))
    ),
    "epidemics.record_contacts": Example("doctor", watched({"on": "2026-11-23"}), wrong=an_outbreak({"on": "2026-11-23"})),
    "epidemics.end_contact": Example("doctor", a_contact({"state": "case", "on": "2026-11-23"})),
    "epidemics.declare_emergency": Example("institution", an_outbreak({"found_on": "2026-11-23", "found_time": "09:30", "reason": "一周内 10 例"})),
    "epidemics.report_up": Example("institution", chained(TOLD), wrong=an_outbreak(TOLD)),
}  # fmt: skip
