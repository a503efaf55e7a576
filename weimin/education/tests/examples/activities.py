"""Activities, the plan of a year, materials, boards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from weimin.actions.examples import Example
from weimin.attachments.tests.builders import picture, upload
from weimin.education.tests.builders import TODAY, make_activity, make_board, make_institution, make_material
from weimin.residents.tests.examples import village
from weimin.sites.models import Site
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]
PLANNED = {"kind": "lecture", "subject": "糖尿病饮食", "on": "2026-12-01", "starts": "9:00", "venue": "会议室", "speaker": "李医生", "audience": "糖尿病患者"}
RECORDED = {"attendance": "42", "content": "讲解饮食", "evaluation": "效果好", "archives": ["pictures", "sign_in"], "leader": "张主任"}
WHY = {"reason": "停电改期"}
BOARD = {"name": "东墙宣传栏", "place": "院内东墙", "area": "3", "on": "2026-11-20"}


def at_institution(data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_institution(village(region)).pk, dict(data))


def closed(data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        site = make_institution(village(region))
        Site.objects.filter(pk=site.pk).update(state="closed")
        return site.pk, dict(data)

    return build


def activity(data: dict[str, Any], on: date = TODAY - timedelta(days=3), **over: Any) -> Build:
    return lambda actor, region: (make_activity(make_institution(village(region)), on, **over).pk, dict(data))


def material(data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_material(make_institution(village(region))).pk, dict(data))


def board(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_board(make_institution(village(region)), **over).pk, dict(data))


EXAMPLES = {
    "education.plan_activity": Example("institution", at_institution(PLANNED), wrong=closed(PLANNED)),
    "education.change_activity": Example("institution", activity({**PLANNED, "on": "2026-12-05"}), wrong=activity(PLANNED, state="held")),
    "education.record_activity": Example("institution", activity(RECORDED), files=lambda: {"photo_1": upload(picture())}),
    "education.correct_activity": Example("institution", activity({**RECORDED, "reason": "人数数错"}, state="held"), wrong=activity(RECORDED)),
    "education.cancel_activity": Example("institution", activity(WHY)),
    "education.sign_in": Example("institution", activity({"names": "冉大山\n田小红"}), wrong=activity({"names": "冉大山"}, state="cancelled")),
    "education.make_plan": Example(
        "institution", at_institution({"year": "2027", "level": "station", "starts": "9:00"}), wrong=closed({"year": "2027", "level": "station", "starts": "9:00"})
    ),
    "education.enter_material": Example(
        "institution", at_institution({"medium": "printed", "title": "健康素养66条", "quantity": "200", "on": "2026-11-20"}),
        wrong=closed({"medium": "printed", "title": "健康素养66条", "quantity": "200", "on": "2026-11-20"}),
    ),
    "education.move_material": Example("institution", material({"way": "out", "quantity": "20", "on": "2026-11-20", "note": "门诊"})),
    "education.set_up_board": Example("institution", at_institution(BOARD), wrong=closed(BOARD)),
    "education.change_board": Example(
        "institution", board({"subject": "冬季呼吸道防护", "on": "2026-11-20"}), wrong=board({"subject": "x", "on": "2026-11-20"}, removed_on=TODAY)
    ),
    "education.remove_board": Example("institution", board({"reason": "道路拓宽"})),
}  # fmt: skip
