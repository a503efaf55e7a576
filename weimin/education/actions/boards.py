"""Notice boards: set up, changed every two months, removed (A-62)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.education.actions.base import KEEPERS, check_open, find_institution, where, who
from weimin.education.actions.materials import stock_url
from weimin.education.flow import board_url
from weimin.education.forms.fields import Reason
from weimin.education.forms.materials import ChangeBoard, SetUpBoard
from weimin.education.models import Board, BoardIssue
from weimin.education.parameters import minimums
from weimin.education.reminding import remind_of_board, settle
from weimin.education.rules import level_for, next_change
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def months(region: int, on: Any) -> int:
    return minimums(level_for(region), on).board_months


@register("education.set_up_board", label=_("登记宣传栏"), form=SetUpBoard, roles=KEEPERS, find=find_institution, region=where, check=check_open)
def set_up_board(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个宣传栏；内容每两个月至少更换一次，到期前提醒。"""
    on = data["on"]
    facts = {"name": data["name"], "place": data["place"], "area": data["area"], "set_up_on": on, "due_on": next_change(on, months(site.region, on))}
    board = Board.objects.create(region=site.region, institution=site.pk, institution_name=site.name, **facts)
    remind_of_board(board, now)
    return Outcome(board, after={"name": board.name, "due_on": str(board.due_on)}, message=_now("已登记。"), next_url=board_url(board.pk))


def find_board(actor: Actor, pk: Any) -> Board:
    return Board.objects.visible_to(actor).select_for_update().get(pk=pk)


def check_stands(board: Board, actor: Actor, now: datetime) -> None:
    if board.removed_on is not None:
        raise RuleBroken(_now("这个宣传栏已经拆除。"))


@register("education.change_board", label=_("更换宣传栏内容"), form=ChangeBoard, roles=KEEPERS, find=find_board, region=where, check=check_stands)
def change_board(by: Actor, board: Board, data: dict[str, Any], now: datetime) -> Outcome:
    """登记新一期的主题，照片在宣传栏页上传；下次更换的期限自动排好。"""
    on = data["on"]
    if BoardIssue.objects.filter(board=board, on=on).exists():
        raise RuleBroken(_now("这一天已经登记过一期，请核对日期。"))
    facts = {"subject": data["subject"], "on_time": on <= board.due_on, "entered_by": who(by), "entered_at": now}
    issue = BoardIssue.objects.create(region=board.region, board=board, on=on, **facts)
    board.last_on, board.due_on = on, next_change(on, months(board.region, on))
    board.save(update_fields=["last_on", "due_on"])
    settle(board, by, now, "education.change_board")
    remind_of_board(board, now)
    message = _now("已登记，下次 %(day)s 前更换。") % {"day": board.due_on.isoformat()}
    return Outcome(board, after={"subject": issue.subject, "on": str(on), "on_time": issue.on_time}, message=message, next_url=board_url(board.pk))


@register("education.remove_board", label=_("拆除宣传栏"), form=Reason, roles=KEEPERS, find=find_board, region=where, check=check_stands)
def remove_board(by: Actor, board: Board, data: dict[str, Any], now: datetime) -> Outcome:
    """宣传栏不再使用，登记拆除，不再提醒更换。"""
    board.removed_on = timezone.localdate(now)
    board.save(update_fields=["removed_on"])
    settle(board, by, now, "education.remove_board")
    return Outcome(
        board, after={"removed_on": str(board.removed_on)}, reason=data["reason"], message=_now("已登记拆除。"), next_url=stock_url(board.institution)
    )
