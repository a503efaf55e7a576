"""What was found is called back, looked at again and closed; nothing is left lying."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.examinations.chasing import close, title_of
from weimin.examinations.flow import FOUND, follow_up_url
from weimin.examinations.forms_follow_up import CloseFollowUp, Recall, RecordRecheck, open_items
from weimin.examinations.models import AbnormalFollowUp, Closing, FollowState, Recheck
from weimin.examinations.rules_form import parameter
from weimin.flows.steps import move
from weimin.health.actions.base import CLINICIANS, KEEPERS, named, where
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

ENDS = {Recheck.NORMAL: Closing.NORMAL, Recheck.TREATED: Closing.TREATED, Recheck.REFERRED: Closing.REFERRED}
WORST_FIRST = (Recheck.REFERRED, Recheck.TREATED, Recheck.NORMAL)


def find_follow_up(actor: Actor, pk: Any) -> AbnormalFollowUp:
    rows = AbnormalFollowUp.objects.visible_to(actor).select_for_update(of=("self",)).select_related("record__resident", "examination")
    return rows.get(pk=pk)


def check_open(row: AbnormalFollowUp, actor: Actor, now: datetime) -> None:
    if row.state == FollowState.CLOSED:
        raise RuleBroken(_now("已经了结，不用再办。"))


def check_recall(row: AbnormalFollowUp, actor: Actor, now: datetime) -> None:
    check_open(row, actor, now)
    if row.state != FollowState.RECALL:
        raise RuleBroken(_now("已经通知过，等待复查。"))


def step_on(row: AbnormalFollowUp, action: str, start: str, by: Actor, now: datetime) -> None:
    move(row, FOUND, action, start, row.state, by, now, title=title_of(row.record), region=row.region, due_on=row.due_on)


@register("examinations.recall", label=_("已通知本人"), form=Recall, roles=KEEPERS, find=find_follow_up, region=where, check=check_recall)
def recall(by: Actor, row: AbnormalFollowUp, data: dict[str, Any], now: datetime) -> Outcome:
    """已把异常结果告诉本人或家属，约好复查。"""
    start, row.state = row.state, FollowState.RECHECK
    row.recalled_on, row.recall_note = data["on"], data["note"]
    row.save(update_fields=["state", "recalled_on", "recall_note"])
    step_on(row, "examinations.recall", start, by, now)
    return Outcome(row, after={"name": named(row.record.resident), "state": row.state}, message=_now("已登记，等待复查。"), next_url=follow_up_url(row.pk))


@register("examinations.recheck", label=_("登记复查"), form=RecordRecheck, roles=CLINICIANS, find=find_follow_up, region=where, check=check_open)
def recheck(by: Actor, row: AbnormalFollowUp, data: dict[str, Any], now: datetime) -> Outcome:
    """每一项异常填复查结果；都有着落的自动了结，还不正常的继续追踪。"""
    start = row.state
    row.rechecks = [*row.rechecks, {"on": str(data["on"]), "by": by.name or by.role, "results": data["results"], "note": data["note"]}]
    row.save(update_fields=["rechecks"])
    if not open_items(row):
        results = {result for one in row.rechecks for result in one["results"].values()}
        worst = next(result for result in WORST_FIRST if result in results)
        close(row, ENDS[worst], data["note"], by, now, "examinations.recheck", data["on"])
        message = _now("已了结。")
    else:
        row.state, row.due_on = (
            FollowState.RECHECK,
            max(row.due_on, timezone.localdate(now) + timedelta(days=parameter("recheck_days", timezone.localdate(now)))),
        )
        row.save(update_fields=["state", "due_on"])
        step_on(row, "examinations.recheck", start, by, now)
        message = _now("已登记，还不正常的继续追踪。")
    return Outcome(row, after={"name": named(row.record.resident), "state": row.state}, message=message, next_url=follow_up_url(row.pk))


@register("examinations.close_follow_up", label=_("了结追踪"), form=CloseFollowUp, roles=KEEPERS, find=find_follow_up, region=where, check=check_open)
def close_follow_up(by: Actor, row: AbnormalFollowUp, data: dict[str, Any], now: datetime) -> Outcome:
    """已有结果、已纳入管理或本人拒绝，写明后了结。"""
    close(row, data["closing"], data["note"], by, now, "examinations.close_follow_up", data["on"])
    return Outcome(row, after={"name": named(row.record.resident), "closing": row.closing}, message=_now("已了结。"), next_url=follow_up_url(row.pk))
