"""A resident's word on a case, once (C-31); and what is done about a bad one: contact, mend, call back (C-33)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.calendars.clock import ZONE, due
from weimin.calendars.queries import calendar_for
from weimin.cases.flow import case_url
from weimin.cases.flow_rating import LIMITS, RATING, rating_url
from weimin.cases.forms_rating import AnswerAppeal, AppealRating, CallBack, LogContact, MendRating, RateCase, ShowRater, VerifyRating
from weimin.cases.items import content_of
from weimin.cases.models import Case, Rating
from weimin.cases.rules_rating import check_attempts, check_ratable, is_bad, mending_desk
from weimin.flows.steps import move
from weimin.messages.sending import send
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

CALLERS = ("lead_office",)
MENDERS = ("township", "county_office")
TITLES = {
    "contact": _("差评核实：%(item)s"), "mend": _("差评整改：%(item)s"), "appeal": _("差评申诉：%(item)s"), "call_back": _("差评回访：%(item)s"),
}  # fmt: skip


def find_case(actor: Actor, pk: Any) -> Case:
    return Case.objects.visible_to(actor).select_for_update().get(pk=pk)


def find_rating(actor: Actor, pk: Any) -> Rating:
    return Rating.objects.visible_to(actor).select_for_update().get(pk=pk)


def where(target: Case | Rating, data: dict[str, Any]) -> int:
    return target.region


def ended_on(case: Case) -> date | None:
    """The day on which the resident had the answer: delivered, or closed without one."""
    ended = case.delivered_at or case.closed_at
    return ended.astimezone(ZONE).date() if ended else None


def check_rate(case: Case, actor: Actor, now: datetime) -> None:
    check_ratable(ended_on(case), Rating.objects.filter(case=case.pk).exists(), now.astimezone(ZONE).date())


@register("cases.rate", label=_("评价"), form=RateCase, roles=("window", "village", "lead_office"), find=find_case, region=where, check=check_rate, keeps_draft=False)  # fmt: skip
def rate(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """请办事的人对这次服务评价一次；差评由牵头部门联系核实，不告诉经办人是谁评的。"""
    bad, named = is_bad(data["grade"]), not data["anonymous"]
    rating = Rating(
        case=case, region=case.region, item_name=case.item_name, grade=data["grade"], tags=data["tags"], words=data["words"], channel=data["channel"],
        named=named, rater_name=case.applicant_name if named else "", rater_phone=case.applicant_phone if named else None, rated_at=now,
        desk=mending_desk(content_of(case).decided_at) if bad else "township", state="contact" if bad else "kept",
    )  # fmt: skip
    if bad:
        rating.mend_by = due(LIMITS["mend"], now, calendar_for(case.region)).on
    rating.save(force_insert=True)
    if bad:
        step_on(rating, "cases.rate", "", by, now)
        send("lead_office", case.region, _now("“%(item)s”收到差评，请在 1 个工作日内联系核实。") % {"item": case.item_name}, rating_url(rating.pk), now)
    page = case_url(case.pk) if by.role in ("window", "village") else ""
    return Outcome(rating, after={"item_name": case.item_name, "channel": data["channel"]}, message=_now("已收到您的评价，谢谢。"), next_url=page)


def step_on(rating: Rating, action: str, start: str, by: Actor, now: datetime) -> None:
    """Moves the task; the state has been set already. Nothing in its title says whose case it was."""
    title = TITLES.get(rating.state, "")
    move(
        rating, RATING, action, start, rating.state, by, now, region=rating.region, title=str(title) % {"item": rating.item_name} if title else "",
        due_on=rating.mend_by if rating.state == "mend" else None, role=rating.desk if rating.state == "mend" else "",
    )  # fmt: skip


def in_state(*states: str) -> Any:
    """The check of an action that needs the rating in one of these states."""

    def check(rating: Rating, actor: Actor, now: datetime) -> None:
        if rating.state not in states:
            raise RuleBroken(_now("这条评价现在是“%(state)s”，不能办理这一步。") % {"state": rating.get_state_display()})
        if actor.role in MENDERS and actor.role != rating.desk:
            raise RuleBroken(_now("这条差评由%(desk)s整改。") % {"desk": rating.get_desk_display()})

    return check


def moved(rating: Rating, action: str, start: str, by: Actor, now: datetime, message: Any, reason: str = "") -> Outcome:
    """Saves the rating in its new state and moves the task."""
    rating.save()
    step_on(rating, action, start, by, now)
    return Outcome(rating, before={"state": start}, after={"state": rating.state}, message=message, reason=reason[:200], next_url=rating_url(rating.pk))


def check_callable(rating: Rating, actor: Actor, now: datetime) -> None:
    in_state("contact", "call_back")(rating, actor, now)
    if not rating.named:
        raise RuleBroken(_now("这条评价没有留姓名，不用联系。"))


@register("cases.log_contact", label=_("登记未联系上"), form=LogContact, roles=CALLERS, find=find_rating, region=where, check=check_callable)
def log_contact(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一次没有联系上评价人的情况，以后再联系。"""
    before = rating.attempts
    rating.attempts = before + 1
    rating.save(update_fields=["attempts"])
    return Outcome(
        rating, before={"attempts": before}, after={"attempts": rating.attempts}, message=_now("已登记第 %(count)d 次联系。") % {"count": rating.attempts},
        reason=data["note"][:200], next_url=rating_url(rating.pk),
    )  # fmt: skip


@register("cases.verify_rating", label=_("登记核实结果"), form=VerifyRating, roles=CALLERS, find=find_rating, region=where, check=in_state("contact"))
def verify_rating(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """联系评价人以后，登记差评是否属实；属实的交承办岗位整改。"""
    if rating.named:
        check_attempts(data["reached"] == "yes", rating.attempts)
    rating.state, rating.contacted_by, rating.contacted_at, rating.contact_note = data["finding"], by.name, now, data["note"]
    return moved(rating, "cases.verify_rating", "contact", by, now, _now("核实结果已登记。"), data["note"])


@register("cases.mend_rating", label=_("登记整改"), form=MendRating, roles=MENDERS, find=find_rating, region=where, check=in_state("mend"))
def mend_rating(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """登记差评的整改情况，交牵头部门回访。"""
    rating.state, rating.mended_by, rating.mended_at, rating.mending = "call_back", by.name, now, data["mending"]
    rating.attempts = 0  # the calls to come are counted anew
    return moved(rating, "cases.mend_rating", "mend", by, now, _now("整改已登记，等待回访。"), data["mending"])


def check_appealable(rating: Rating, actor: Actor, now: datetime) -> None:
    in_state("mend")(rating, actor, now)
    if rating.appeal:
        raise RuleBroken(_now("已经申诉过一次，请按答复整改。"))


@register("cases.appeal_rating", label=_("申诉"), form=AppealRating, roles=MENDERS, find=find_rating, region=where, check=check_appealable)
def appeal_rating(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """认为差评不属实或与本岗位无关的，说明理由，由牵头部门答复；只能申诉一次。"""
    rating.state, rating.appeal = "appeal", data["appeal"]
    return moved(rating, "cases.appeal_rating", "mend", by, now, _now("申诉已提交。"), data["appeal"])


@register("cases.answer_appeal", label=_("答复申诉"), form=AnswerAppeal, roles=CALLERS, find=find_rating, region=where, check=in_state("appeal"))
def answer_appeal(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """答复承办岗位的申诉：成立的按不属实处理，不成立的继续整改。"""
    rating.state, rating.appeal_answer = "unverified" if data["accepted"] == "yes" else "mend", data["answer"]
    return moved(rating, "cases.answer_appeal", "appeal", by, now, _now("申诉已答复。"), data["answer"])


@register("cases.call_back", label=_("登记回访"), form=CallBack, roles=CALLERS, find=find_rating, region=where, check=in_state("call_back"))
def call_back(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """整改以后回访评价人；满意的结束，不满意的继续整改。"""
    if data["satisfied"] == "unreached" and rating.named:
        check_attempts(False, rating.attempts)
    rating.called_back_by, rating.called_back_at, rating.call_back_note = by.name, now, data["note"]
    rating.satisfied = {"yes": True, "no": False}.get(data["satisfied"])
    rating.state = "mend" if data["satisfied"] == "no" else "closed"
    if rating.state == "closed":
        rating.mended_late = mended_late(rating)
    return moved(rating, "cases.call_back", "call_back", by, now, _now("回访已登记。"), data["note"])


def mended_late(rating: Rating) -> bool:
    """Whether the mending that satisfied came after its last day."""
    return bool(rating.mended_at and rating.mend_by and rating.mended_at.astimezone(ZONE).date() > rating.mend_by)


def check_has_phone(rating: Rating, actor: Actor, now: datetime) -> None:
    if not rating.rater_phone:
        raise RuleBroken(_now("没有登记手机号。"))


@register("cases.show_rater", label=_("查看评价人电话"), form=ShowRater, roles=CALLERS, find=find_rating, region=where, check=check_has_phone, keeps_draft=False)  # fmt: skip
def show_rater(by: Actor, rating: Rating, data: dict[str, Any], now: datetime) -> Outcome:
    """为联系核实或回访，查看评价人的完整电话；谁、何时、为什么看，都留痕。"""
    return Outcome(rating, message=rating.rater_name, reason=data["reason"], once=[rating.rater_phone or ""], next_url=rating_url(rating.pk))
