"""One valid use of each action of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.actions.examples import Build, Example
from weimin.exchange.rules_bundle import Content, build
from weimin.exchange.tests.builders import SENDER, make_full_record, make_waiting, upload
from weimin.residents.tests.builders import id_number, make_resident
from weimin.residents.tests.examples import village
from weimin.walls.actor import Actor

BORN = date(1955, 3, 8)
NUMBER = id_number(BORN)
KEYS = "urn:weimin:371402000000:"
VISIT: dict[str, Any] = {
    "key": f"{KEYS}visit|1", "on": date(2026, 10, 8), "way": "home", "programmes": [], "systolic": 132, "diastolic": 82, "findings": {"remark": "好"}, "medication": [],
    "doctor_name": "王医生", "entered_at": SENDER.at, "corrects": "", "outcomes": [],
}  # fmt: skip


def content(**over: Any) -> Content:
    """A record of 德城区 with one visit; `visits`, `personal`, facts of the person."""
    visits, personal = over.pop("visits", [VISIT]), over.pop("personal", {"blood": "1"})
    person = {"name": "冉桂兰", "gender": "f", "birth_on": BORN, "id_kind": "id_card", "id_number": NUMBER, "number": "37140200100100001", **over}
    record = {
        "key": f"{KEYS}record|5",
        "opened_on": date(2020, 1, 1),
        "opened_by": "王医生",
        "state": "active",
        "personal": personal,
        "personal_on": date(2026, 1, 1),
    }
    return Content(person, record, {"visit": visits})


def a_bundle(**over: Any) -> dict[str, Any]:
    return build(content(**over), SENDER)


def a_record(data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_full_record(village(region)).pk, dict(data))


def waiting(data: dict[str, Any], **over: Any) -> Build:
    def made(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        make_resident(village(region), "冉桂兰", birth_on=BORN, id_number=NUMBER)
        return make_waiting(village(region), a_bundle(), **over).pk, dict(data)

    return made


DROPPED = {"state": "dropped"}
EXAMPLES = {
    "exchange.export_record": Example("doctor", a_record({"reason": "迁往外县，随迁移交", "release": "R5", "full": "on"})),
    "exchange.upload_bundle": Example("doctor", lambda actor, region: (None, {"place": str(region)}), files=lambda: {"bundle": upload(a_bundle())}),
    "exchange.apply_bundle": Example("doctor", waiting({}), wrong=waiting({}, **DROPPED)),
    "exchange.drop_bundle": Example("doctor", waiting({}), wrong=waiting({}, **DROPPED)),
}
