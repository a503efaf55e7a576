"""Out of turn: given to another desk or person, withdrawn, lapsed; the full identity by a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.calendars.clock import ZONE
from weimin.cases.actions.moving import BACK, FRONT, check_running, check_state, done, find_case, leave_desks, saved, start_clock, title_of, where
from weimin.cases.actions.papers import held_papers, tell
from weimin.cases.flow import CASE, case_url
from weimin.cases.forms_clock import ShowIdentity, Transfer, Withdraw
from weimin.cases.models import OPEN_STATES, Case
from weimin.cases.rules_papers import Paper, deferred, missing
from weimin.flows.steps import close_step, current_step, open_step
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def check_transferable(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, *OPEN_STATES)
    check_running(case)
    if actor.role not in (case.desk_now, "township") and not actor.is_system:
        raise RuleBroken(_now("由现在的岗位或乡镇经办转办。"))


@register("cases.transfer", label=_("转办"), form=Transfer, roles=BACK, find=find_case, region=where, check=check_transferable)
def transfer(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """转给别的岗位或同岗位的某个人；时限不变，各算各的时间。"""
    held, before = current_step(case, CASE), {"desk_now": case.desk_now}
    if held is not None:
        close_step(held, by, now, "cases.transfer")
    case.desk_now, case.holder_now = data["role"], data["person"]
    title = title_of(case, case.state)
    open_step(CASE, case.state, case, after=held, title=title, region=case.region, now=now, role=case.desk_now, holder=case.holder_now)
    saved(case)
    outcome = done(case, "", _now("已转办。"), reason=data["reason"], desk_now=case.desk_now)
    outcome.before = before
    return outcome


def check_withdrawable(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, *OPEN_STATES)
    if case.outcome:
        raise RuleBroken(_now("已经作出决定，不能撤回。"))


@register("cases.withdraw", label=_("撤回申请"), form=Withdraw, roles=FRONT, find=find_case, region=where, check=check_withdrawable)
def withdraw(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """申请人不办了，登记原因撤回。"""
    before = case.state
    end(case, "cases.withdraw", data["reason"], by, now)
    return done(case, before, _now("已撤回。"), reason=data["reason"])


def end(case: Case, action: str, reason: str, by: Actor, now: datetime) -> None:
    case.reason = reason
    start_clock(case, now, step=False)
    leave_desks(case, action, "withdrawn", by, now)
    saved(case, "reason")


def check_lapsed(case: Case, actor: Actor, now: datetime) -> None:
    """A promised paper did not come (C-18), or nothing was brought after the notice."""
    check_withdrawable(case, actor, now)
    if not lapse_reason(case, now):
        raise RuleBroken(_now("补齐期限还没有过。"))


def lapse_reason(case: Case, now: datetime) -> str:
    today = now.astimezone(ZONE).date()
    if case.lenient_due_on is not None and today > case.lenient_due_on:
        return _now("容缺材料逾期没有补齐，视为撤回申请。")
    if case.state == "supplement" and case.supplement_by is not None and today > case.supplement_by:
        return _now("逾期没有补正，视为撤回申请。")
    return ""


@register("cases.lapse", label=_("按撤回处理"), roles=("township", "window", "village"), find=find_case, region=where, check=check_lapsed)
def lapse(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """承诺补齐或补正的期限过了还没有来，视为撤回，并告知申请人。"""
    before, reason = case.state, lapse_reason(case, now)
    tell(case, "lapsed", by, now, papers=awaited(case), reason=reason)
    end(case, "cases.lapse", reason, by, now)
    return done(case, before, reason, reason=reason)


def awaited(case: Case) -> list[Paper]:
    """What did not come: the missing papers, or those that were promised."""
    held = held_papers(case)
    return missing(held) or deferred(held)


def check_identity(case: Case, actor: Actor, now: datetime) -> None:
    if not any(identity_of(case)):
        raise RuleBroken(_now("没有登记证件号码、电话和住址。"))


def identity_of(case: Case) -> tuple[str, ...]:
    return case.applicant_id_number or "", case.applicant_phone or "", case.address


@register(
    "cases.show_identity", label=_("查看完整证件号、电话和住址"), form=ShowIdentity, roles=BACK, find=find_case, region=where, check=check_identity, keeps_draft=False,
)  # fmt: skip
def show_identity(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """写明原因查看一次完整的证件号码、电话和住址，留痕。"""
    shown = [text for text in identity_of(case) if text]
    return Outcome(case, message=_now("已显示一次，请勿抄录外传。"), next_url=case_url(case.pk), reason=data["reason"], once=shown)
