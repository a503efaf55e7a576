"""Before and around acceptance: accept, tell once what is missing, take what was brought, refuse (C-15, C-18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.cases.actions.intake import start_limits, told
from weimin.cases.actions.moving import (
    BACK,
    FRONT,
    at,
    check_desk,
    check_state,
    done,
    enter_stage,
    find_case,
    go,
    leave_desks,
    saved,
    start_clock,
    stop_clock,
    where,
)
from weimin.cases.actions.papers import PAPERS, held_papers, tell, update_papers
from weimin.cases.forms_stages import Accept, Decline, Fulfil, Supplement, TellMissing
from weimin.cases.models import STAGES, Case
from weimin.cases.rules_papers import deferred, missing
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def names_of(papers: Any) -> str:
    return "、".join(paper.name for paper in papers)  # text: data


@register("cases.accept", label=_("受理"), form=Accept, roles=FRONT, find=find_case, region=where, check=at("received"), template=PAPERS)
def accept(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """材料齐全的受理，承诺时限从现在起算；次要材料可以容缺。"""
    if lacking := missing(data["papers"]):
        raise RuleBroken(_now("还缺：%(names)s。先登记收到，或者一次告知补正。") % {"names": names_of(lacking)})
    changed = update_papers(case, data["papers"], data["photos"], by, now) if data["touched"] else {}
    start_limits(case, now)
    enter_stage(case, 0, "cases.accept", by, now)
    if later := deferred(data["papers"]):
        tell(case, "lenient", by, now, papers=later, told_how="in_person", due_on=case.lenient_due_on)
    saved(case, "accepted_at", "lenient_due_on", *LIMITS)
    return done(case, "received", _now("已受理，%(on)s 前办结。") % {"on": case.due_on or ""}, papers=changed, due_on=str(case.due_on or ""))


LIMITS = ["limit_value", "limit_unit", "legal_value", "legal_unit"]


def check_deemed(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, "received")
    if case.told_at is not None or case.tell_by_at is None or now < case.tell_by_at:
        raise RuleBroken(_now("还没有超过一次告知的期限。"))


@register("cases.deem_accepted", label=_("视为受理"), roles=("township",), find=find_case, region=where, check=check_deemed)
def deem_accepted(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """五个工作日内没有告知补正的，自收到之日起视为受理。"""
    case.deemed = True
    start_limits(case, case.received_at)
    enter_stage(case, 0, "cases.deem_accepted", by, now)
    saved(case, "accepted_at", "deemed", *LIMITS)
    return done(case, "received", _now("逾期没有告知补正，自收到之日起视为受理。"), due_on=str(case.due_on or ""))


def check_tellable(case: Case, actor: Actor, now: datetime) -> None:
    at("received", *STAGES)(case, actor, now)
    if case.outcome:
        raise RuleBroken(_now("已经作出决定，不再要求补正。"))


@register("cases.tell_missing", label=_("一次告知补正"), form=TellMissing, roles=BACK, find=find_case, region=where, check=check_tellable, template=PAPERS)
def tell_missing(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """把缺的材料和要更正的内容一次说全，等居民补正期间停止计时。"""
    before = case.state
    update_papers(case, data["papers"], {}, by, now)
    told(case, by, data, now)
    step = go(case, "cases.tell_missing", "supplement", by, now, role=case.desk)
    stop_clock(case, "supplement", "", now, step)
    saved(case, "told_at", "supplement_by", "lenient_due_on")
    names = names_of(missing(data["papers"]))
    return done(case, before, _now("已告知补正，计时停止。"), reason=data.get("again_reason") or data["reason"], missing=names)


def check_awaited(case: Case, actor: Actor, now: datetime) -> None:
    """What is missing is taken at every front desk of the range, as the notice promises, not only where the case came in."""
    check_state(case, "supplement")


def find_with_others(actor: Actor, pk: Any) -> Case:
    """The case and what else of its thing waits for papers, locked in one order, so that two who share papers both ways do not wait for
    each other."""
    bundle = Case.objects.visible_to(actor).filter(pk=pk).values_list("bundle", flat=True).first()
    if not bundle:
        return find_case(actor, pk)
    same = Case.objects.visible_to(actor).filter(Q(pk=pk) | Q(bundle=bundle, state="supplement") & ~Q(bundle=""))  # the index of bundles has none that is empty
    return {row.pk: row for row in same.select_for_update().order_by("pk")}[int(pk)]


@register("cases.supplement", label=_("登记补正"), form=Supplement, roles=FRONT, find=find_with_others, region=where, check=check_awaited, template=PAPERS)
def supplement(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """登记居民补来的材料；补齐的恢复计时，回到原来的环节。"""
    changed = update_papers(case, data["papers"], data["photos"], by, now)
    others = share_papers(case, changed, by, now) if data.get("together") else []
    if lacking := missing(data["papers"]):
        if not data["touched"]:
            raise RuleBroken(_now("没有登记收到任何材料。"))
        saved(case, "lenient_due_on")
        return done(case, "", _now("已登记，还缺：%(names)s。") % {"names": names_of(lacking)}, reason=data["note"], papers=changed, also=others)
    go_on(case, by, now, accept=bool(data.get("accept")))
    return done(case, "supplement", _now("材料已补齐，继续办理。"), reason=data["note"], papers=changed, due_on=str(case.due_on or ""), also=others)


def go_on(case: Case, by: Actor, now: datetime, *, accept: bool) -> None:
    """Everything is there: the clock starts again and the case goes back to where it was; before acceptance it is accepted or looked at."""
    start_clock(case, now, step=False)
    if case.accepted_at is None and accept:
        start_limits(case, now)
    if case.accepted_at is None:
        go(case, "cases.supplement", "received", by, now, role=case.desk)
    else:
        enter_stage(case, case.stage, "cases.supplement", by, now, back=True)
    case.supplement_by = None
    saved(case, "supplement_by", "accepted_at", "lenient_due_on", *LIMITS)


def share_papers(case: Case, changed: dict[str, str], by: Actor, now: datetime) -> list[str]:
    """A paper of one thing (一件事) is handed in once: what came for one case counts for the others that wait for the same paper; numbers of
    those. The pictures stay with the case that they came for."""
    came = [paper.name for paper in held_papers(case) if paper.name in changed and paper.status == "received"]
    waiting = (
        Case.objects.visible_to(by).select_for_update().filter(bundle=case.bundle, state="supplement").exclude(pk=case.pk).order_by("pk") if case.bundle else ()
    )
    touched = []
    for other in waiting:
        papers = [replace(paper, status="received", due_on=None) if paper.name in came and paper.status == "missing" else paper for paper in held_papers(other)]
        if not update_papers(other, papers, {}, by, now):
            continue
        touched.append(other.number)
        saved(other, "lenient_due_on")
        if not missing(papers):
            go_on(other, by, now, accept=True)
    return touched


def check_lenient(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, *STAGES, "supplement")
    if case.lenient_due_on is None:
        raise RuleBroken(_now("这件事没有容缺的材料。"))


@register("cases.fulfil", label=_("容缺补齐"), form=Fulfil, roles=BACK, find=find_case, region=where, check=check_lenient, template=PAPERS)
def fulfil(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """登记承诺后补的材料。"""
    before = str(case.lenient_due_on)
    changed = update_papers(case, data["papers"], data["photos"], by, now)
    if not changed:
        raise RuleBroken(_now("没有登记收到任何材料。"))
    saved(case, "lenient_due_on")
    left = names_of(deferred(held_papers(case)))
    message = _now("还有容缺材料没有补齐：%(names)s。") % {"names": left} if left else _now("容缺材料已补齐。")
    outcome = done(case, "", message, papers=changed)
    outcome.before = {"lenient_due_on": before}
    return outcome


def check_declinable(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, "received", "supplement")
    check_desk(case, actor)
    if case.accepted_at is not None:
        raise RuleBroken(_now("已经受理，不能再不予受理。"))


@register("cases.decline", label=_("不予受理"), form=Decline, roles=FRONT, find=find_case, region=where, check=check_declinable)
def decline(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """说明理由不予受理，并告知救济途径；不需要办理或不属本机关的，当场说明。"""
    before, case.reason = case.state, data["reason"]
    start_clock(case, now, step=False)
    tell(case, "declined", by, now, reason=data["reason"], told_how=data["told_how"])
    leave_desks(case, "cases.decline", data["kind"], by, now)
    saved(case, "reason")
    return done(case, before, _now("已告知。"), reason=data["reason"])
