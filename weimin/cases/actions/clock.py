"""The clock of a case: special procedures that stop it, extensions that the head of the office approves (X-05, C-16)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.cases.actions.moving import BACK, at, check_desk, check_state, done, find_case, pauses_of, saved, start_clock, stop_clock, where
from weimin.cases.actions.papers import tell
from weimin.cases.clocks import recompute
from weimin.cases.flow import CASE, EXTENSION, case_url
from weimin.cases.forms_clock import AskExtension, DenyExtension, GrantExtension, Pause, Resume
from weimin.cases.models import STAGES, Case, Extension, PauseKind
from weimin.flows.steps import current_step, extend_step, move, open_step
from weimin.messages.sending import LANGUAGE_OUTSIDE
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

APPROVERS = ("lead_office", "county_office", "township")


def check_pausable(case: Case, actor: Actor, now: datetime) -> None:
    at(*STAGES)(case, actor, now)
    if case.outcome:
        raise RuleBroken(_now("已经作出决定，不用暂停。"))


@register("cases.pause", label=_("特别程序暂停"), form=Pause, roles=BACK, find=find_case, region=where, check=check_pausable)
def pause(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """听证、检验、鉴定、专家评审等期间停止计时，并书面告知申请人。"""
    stop_clock(case, data["kind"], data["reason"], now)
    with translation.override(LANGUAGE_OUTSIDE):  # a notice is Chinese, whatever the clerk reads
        words = f"{PauseKind(data['kind']).label}：{data['reason']}"  # text: data
    tell(case, "pause", by, now, reason=words[:500])
    saved(case)
    return done(case, "", _now("计时已暂停。"), reason=data["reason"], paused=data["kind"])


def check_resumable(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, *STAGES)
    check_desk(case, actor)
    if case.paused_since is None:
        raise RuleBroken(_now("计时没有暂停。"))
    if case.state == "public_notice":
        raise RuleBroken(_now("公示期满后登记公示结果，计时会自动恢复。"))


@register("cases.resume", label=_("恢复计时"), form=Resume, roles=BACK, find=find_case, region=where, check=check_resumable)
def resume(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """特别程序结束，恢复计时，暂停的时间不计入时限。"""
    before = str(case.due_on or "")
    start_clock(case, now)
    saved(case)
    outcome = done(case, "", _now("计时已恢复，%(on)s 前办结。") % {"on": case.due_on or ""}, reason=data["reason"], due_on=str(case.due_on or ""))
    outcome.before = {"due_on": before}
    return outcome


def check_extendable(case: Case, actor: Actor, now: datetime) -> None:
    at(*STAGES)(case, actor, now)
    if case.outcome or case.due_on is None:
        raise RuleBroken(_now("已经作出决定或没有时限，不用延期。"))
    if case.extended:
        raise RuleBroken(_now("已经延期一次，不能再延。"))
    if Extension.objects.filter(case=case, state="asked").exists():
        raise RuleBroken(_now("延期申请正在等批准。"))


@register("cases.ask_extension", label=_("申请延期"), form=AskExtension, roles=BACK, find=find_case, region=where, check=check_extendable)
def ask_extension(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """规定时间内办不完的，写明理由请负责人批准延期。"""
    asked = Extension.objects.create(
        case=case, region=case.region, value=data["value"], reason=data["reason"], asked_by=by.name or by.role, asked_person=by.person, asked_at=now
    )
    open_step(EXTENSION, "asked", asked, title=f"延期：{case.item_name}（{case.applicant_name}）", region=case.region, now=now)  # text: data
    return done(case, "", _now("已请负责人批准延期。"), reason=data["reason"], value=data["value"])


def find_extension(actor: Actor, pk: Any) -> Extension:
    found = Extension.objects.visible_to(actor).select_for_update().get(pk=pk)
    found.case = find_case(actor, found.case_id)
    return found


def check_decidable(extension: Extension, actor: Actor, now: datetime) -> None:
    if extension.state != "asked":
        raise RuleBroken(_now("这个延期申请已经处理。"))
    if actor.person is not None and actor.person == extension.asked_person:
        raise RuleBroken(_now("自己申请的延期要由别人批准。"))


def answer(extension: Extension, state: str, by: Actor, data: dict[str, Any], now: datetime, action: str) -> None:
    extension.state, extension.answer, extension.decided_by, extension.decided_at = state, data["answer"], by.name or by.role, now
    extension.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    move(extension, EXTENSION, action, "asked", state, by, now, title="", region=extension.region, outcome=state)


@register("cases.grant_extension", label=_("批准延期"), form=GrantExtension, roles=APPROVERS, find=find_extension, region=where, check=check_decidable)
def grant_extension(by: Actor, extension: Extension, data: dict[str, Any], now: datetime) -> Outcome:
    """批准延期，时限顺延，并把理由告知申请人。"""
    case = extension.case
    if not case.is_open or case.outcome:
        raise RuleBroken(_now("这件事已经办结，不用延期。"))
    before = str(case.due_on)
    answer(extension, "granted", by, data, now, "cases.grant_extension")
    case.extended += extension.value
    recompute(case, pauses_of(case))
    if step := current_step(case, CASE):
        extend_step(step, extension.value, extension.reason[:200])
    tell(case, "extension", by, now, reason=extension.reason, due_on=case.due_on)
    saved(case, "extended")
    return Outcome(
        extension, {"due_on": before}, {"due_on": str(case.due_on), "number": case.number}, _now("已批准，延到 %(on)s。") % {"on": case.due_on},
        case_url(case.pk), reason=extension.reason[:200],
    )  # fmt: skip


@register("cases.deny_extension", label=_("不批准延期"), form=DenyExtension, roles=APPROVERS, find=find_extension, region=where, check=check_decidable)
def deny_extension(by: Actor, extension: Extension, data: dict[str, Any], now: datetime) -> Outcome:
    """不批准延期，按原来的时限办。"""
    answer(extension, "denied", by, data, now, "cases.deny_extension")
    return Outcome(extension, {}, {"number": extension.case.number}, _now("未批准延期。"), case_url(extension.case_id), reason=data["answer"][:200])
