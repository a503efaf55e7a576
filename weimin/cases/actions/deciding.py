"""The end of a case: decision, result, an instant item finished, agreed or reopened, archived."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.calendars.clock import ZONE
from weimin.cases.actions.before import LIMITS, names_of
from weimin.cases.actions.delivering import book_delivery
from weimin.cases.actions.intake import finish_case
from weimin.cases.actions.moving import BACK, FRONT, at, check_state, done, enter_stage, find_case, leave_desks, pauses_of, saved, where
from weimin.cases.actions.papers import PAPERS, held_papers, tell, update_papers
from weimin.cases.actions.stages import onwards
from weimin.cases.clocks import recompute
from weimin.cases.forms_result import Decide, Finish, MakeResult, Reopen, Settle
from weimin.cases.items import content_of
from weimin.cases.models import Case, CasePause
from weimin.cases.rules_papers import deferred
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

DECISION = ["outcome", "result", "reason", "decided_at", "decided_by", "on_time"]


@register("cases.decide", label=_("作出决定"), form=Decide, roles=BACK, find=find_case, region=where, check=at("decide"))
def decide(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """准予或者不予；不予的写明理由，并告知救济途径。"""
    granted = data["outcome"] == "granted"
    if granted and case.lenient_due_on is not None and (later := deferred(held_papers(case))):
        raise RuleBroken(_now("容缺材料还没有补齐：%(names)s。补齐后再作准予决定。") % {"names": names_of(later)})
    case.outcome, case.reason, case.decided_at, case.decided_by = data["outcome"], data["reason"], now, by.name or by.role
    case.result = data["result"] or (content_of(case).result[:500] if granted else "")
    case.on_time = None if case.due_at is None else now < case.due_at
    if not granted:
        tell(case, "refusal", by, now, reason=data["reason"])
    onwards(case, "cases.decide", by, now, refused=not granted)
    saved(case, *DECISION)
    message = _now("已作出准予决定。") if granted else _now("已作出不予决定，送达时一并告知救济途径。")
    return done(case, "decide", message, reason=data["reason"], outcome=case.outcome, result=case.result)


@register("cases.make_result", label=_("制作结果"), form=MakeResult, roles=BACK, find=find_case, region=where, check=at("certificate"))
def make_result(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """登记结果或证照编号，转窗口送达。"""
    case.result = data["result"]
    if data.get("file"):
        kind = "photo" if str(data["file"].content_type).startswith("image/") else "document"
        attach(by, data["file"], subject_type="cases.case", subject_id=case.pk, region=case.region, kind=kind, now=now)
    onwards(case, "cases.make_result", by, now)
    saved(case, "result")
    return done(case, "certificate", _now("结果已制作，等待送达。"), result=case.result)


def check_finishable(case: Case, actor: Actor, now: datetime) -> None:
    at("received")(case, actor, now)
    if content_of(case).handling != "instant":
        raise RuleBroken(_now("这个事项不是即办件，请按步骤办理。"))


@register("cases.finish", label=_("当场办结"), form=Finish, roles=FRONT, find=find_case, region=where, check=check_finishable, template=PAPERS)
def finish(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """即办件收下后一页办完：受理、决定、送达。"""
    changed = update_papers(case, data["papers"], data["photos"], by, now)
    finish_case(case, "cases.finish", by, data["result"], now)
    book_delivery(case, by, data, now)
    saved(case, "accepted_at", "delivered_at", "settles_on", "lenient_due_on", *DECISION, *LIMITS)
    return done(case, "received", _now("已当场办结。"), papers=changed, result=case.result)


@register(
    "cases.settle", label=_("确认办结归档"), form=Settle, roles=FRONT, find=find_case, region=where,
    check=lambda case, actor, now: check_state(case, "delivered"),
)  # fmt: skip
def settle(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """居民确认没有问题，或者确认期满，办件归档。"""
    leave_desks(case, "cases.settle", "archived", by, now)
    saved(case)
    return done(case, "delivered", _now("已归档。"), reason=data["note"])


def check_reopenable(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, "delivered")
    if case.settles_on and now.astimezone(ZONE).date() > case.settles_on:
        raise RuleBroken(_now("确认期已经过了，请作为新的申请办理。"))


@register("cases.reopen", label=_("重新办理"), form=Reopen, roles=(*FRONT, "county_office"), find=find_case, region=where, check=check_reopenable)
def reopen(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """居民不认可结果的，在确认期内重新办理；已送达的时间不计入时限。"""
    before = {"outcome": case.outcome, "result": case.result, "decided_by": case.decided_by}
    CasePause.objects.create(case=case, region=case.region, kind="decided", reason=data["reason"][:200], since=case.decided_at or now, until=now)
    case.outcome = case.result = case.reason = case.decided_by = ""
    case.decided_at = case.delivered_at = case.settles_on = case.on_time = None
    case.reopened += 1
    recompute(case, pauses_of(case))
    enter_stage(case, data["stage"] or 0, "cases.reopen", by, now)
    saved(case, "delivered_at", "settles_on", "reopened", *DECISION)
    outcome = done(case, "delivered", _now("已重新办理。"), reason=data["reason"])
    outcome.before |= before
    return outcome
