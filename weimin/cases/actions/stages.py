"""On the way: review, site check, opinions of other offices, public notice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.calendars.clock import ZONE
from weimin.cases.actions.moving import BACK, at, check_desk, check_state, done, enter_stage, find_case, saved, start_clock, stop_clock, where
from weimin.cases.flow import OPINION, case_url
from weimin.cases.forms_stages import AnswerOffice, AskOffice, CheckSite, CloseNotice, PassOn, PostNotice, SendBack
from weimin.cases.items import stages_of
from weimin.cases.models import STAGES, Case, JointReview, PublicNotice, SiteCheck
from weimin.cases.rules_way import next_stage
from weimin.flows.steps import move, open_step
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def onwards(case: Case, action: str, by: Actor, now: datetime, *, refused: bool = False) -> None:
    """To the next stage of the item's way."""
    enter_stage(case, next_stage(stages_of(case), case.stage, refused=refused), action, by, now)


@register("cases.pass_on", label=_("审核通过"), form=PassOn, roles=BACK, find=find_case, region=where, check=at("review"))
def pass_on(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """写下审核意见，转给下一个环节。"""
    onwards(case, "cases.pass_on", by, now)
    saved(case)
    return done(case, "review", _now("已转到“%(state)s”。") % {"state": case.get_state_display()}, reason=data["opinion"])


def check_returnable(case: Case, actor: Actor, now: datetime) -> None:
    at(*STAGES)(case, actor, now)
    if case.outcome:
        raise RuleBroken(_now("已经作出决定，不能退回。"))
    if case.stage == 0:
        raise RuleBroken(_now("这是第一个环节，没有可以退回的环节。"))


@register("cases.send_back", label=_("退回上一环节"), form=SendBack, roles=BACK, find=find_case, region=where, check=check_returnable)
def send_back(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """说明理由，退回前面的环节重新办。"""
    before = case.state
    enter_stage(case, data["stage"], "cases.send_back", by, now)
    saved(case)
    return done(case, before, _now("已退回。"), reason=data["reason"])


@register("cases.check_site", label=_("登记现场核查"), form=CheckSite, roles=BACK, find=find_case, region=where, check=at("site_check"))
def check_site(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """登记入户或现场看到的情况和照片，转给下一个环节。"""
    found = SiteCheck.objects.create(
        case=case, region=case.region, checked_on=data["checked_on"], people=data["people"], passed=data["passed"] == "yes", findings=data["findings"],
        recorded_by=by.name or by.role, recorded_at=now,
    )  # fmt: skip
    for name in ("photo", "photo2"):
        if data.get(name):
            attach(by, data[name], subject_type="cases.sitecheck", subject_id=found.pk, region=case.region, kind="photo", now=now)
    onwards(case, "cases.check_site", by, now)
    saved(case)
    return done(case, "site_check", _now("现场核查已登记。"), passed=found.passed, findings=found.findings)


@register("cases.ask_offices", label=_("请部门会审"), form=AskOffice, roles=BACK, find=find_case, region=where, check=at("joint_review"))
def ask_offices(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """请一个部门提出意见，五个工作日内答复；可以请几个部门。"""
    if JointReview.objects.filter(case=case, office=data["office"], state="asked").exists():
        raise RuleBroken(_now("已经请过这个部门，还没有答复。"))
    review = JointReview.objects.create(case=case, region=case.region, office=data["office"], role=data["role"], asked_at=now)
    open_step(
        OPINION, "asked", review, title=f"{review.office}：{case.item_name}（{case.applicant_name}）", region=case.region, now=now, role=review.role
    )  # text: data
    return done(case, "", _now("已请%(office)s会审。") % {"office": review.office}, office=review.office)


def find_review(actor: Actor, pk: Any) -> JointReview:
    return JointReview.objects.visible_to(actor).select_for_update(of=("self",)).select_related("case").get(pk=pk)


def check_answerable(review: JointReview, actor: Actor, now: datetime) -> None:
    if review.state != "asked":
        raise RuleBroken(_now("这个部门已经答复。"))
    check_state(review.case, *STAGES, "supplement")
    if actor.role != review.role and not actor.is_system:
        raise RuleBroken(_now("请由“%(role)s”答复。") % {"role": review.get_role_display()})


@register("cases.answer_office", label=_("答复会审"), form=AnswerOffice, roles=BACK, find=find_review, region=where, check=check_answerable)
def answer_office(by: Actor, review: JointReview, data: dict[str, Any], now: datetime) -> Outcome:
    """本部门对这件事同意还是不同意。"""
    review.state, review.answer, review.opinion = "answered", data["answer"], data["opinion"]
    review.answered_at, review.answered_by = now, by.name or by.role
    review.save(update_fields=["state", "answer", "opinion", "answered_at", "answered_by"])
    move(review, OPINION, "cases.answer_office", "asked", "answered", by, now, title="", region=review.region, outcome=review.answer)
    after = {"office": review.office, "answer": review.answer, "opinion": review.opinion}
    return Outcome(review, {}, after, _now("意见已登记。"), case_url(review.case_id), reason=review.opinion[:200])


def check_summable(case: Case, actor: Actor, now: datetime) -> None:
    at("joint_review")(case, actor, now)
    states = list(JointReview.objects.filter(case=case).values_list("state", flat=True))
    if not states:
        raise RuleBroken(_now("还没有请部门会审。"))
    if "asked" in states:
        raise RuleBroken(_now("还有部门没有答复。"))


@register("cases.sum_up", label=_("会审完毕"), form=PassOn, roles=BACK, find=find_case, region=where, check=check_summable)
def sum_up(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """各部门都答复后，汇总意见，转给下一个环节。"""
    onwards(case, "cases.sum_up", by, now)
    saved(case)
    return done(case, "joint_review", _now("会审完毕。"), reason=data["opinion"])


def open_notice(case: Case) -> PublicNotice | None:
    return PublicNotice.objects.filter(case=case, closed_at__isnull=True).first()


def check_postable(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, "public_notice")
    check_desk(case, actor)
    if open_notice(case):
        raise RuleBroken(_now("已经在公示。"))
    at("public_notice")(case, actor, now)


@register("cases.post_notice", label=_("开始公示"), form=PostNotice, roles=BACK, find=find_case, region=where, check=check_postable)
def post_notice(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """登记公示的地点、内容和天数，公示期间停止计时。"""
    today = now.astimezone(ZONE).date()
    notice = PublicNotice.objects.create(
        case=case, region=case.region, place=data["place"], text=data["text"], starts_on=today, ends_on=today + timedelta(days=data["days"])
    )
    if data.get("photo"):
        attach(by, data["photo"], subject_type="cases.publicnotice", subject_id=notice.pk, region=case.region, kind="photo", now=now)
    stop_clock(case, "notice", "", now)
    saved(case)
    return done(case, "", _now("已开始公示，到 %(on)s 结束。") % {"on": notice.ends_on}, place=notice.place, ends_on=str(notice.ends_on))


def check_notice_over(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, "public_notice")
    check_desk(case, actor)
    notice = open_notice(case)
    if notice is None:
        raise RuleBroken(_now("还没有开始公示。"))
    if now.astimezone(ZONE).date() <= notice.ends_on:
        raise RuleBroken(_now("公示到 %(on)s 才满，期满后再登记结果。") % {"on": notice.ends_on})


@register("cases.close_notice", label=_("登记公示结果"), form=CloseNotice, roles=BACK, find=find_case, region=where, check=check_notice_over)
def close_notice(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """公示期满，登记有没有异议；异议成立的退回重新审核。"""
    notice = open_notice(case)
    assert notice is not None
    notice.closed_at, notice.objections = now, data["objections"]
    notice.save(update_fields=["closed_at", "objections"])
    start_clock(case, now, step=False)
    if data["objection"] == "upheld":
        enter_stage(case, 0, "cases.close_notice", by, now)
    else:
        onwards(case, "cases.close_notice", by, now)
    saved(case)
    return done(case, "public_notice", _now("公示结果已登记。"), objection=data["objection"], objections=data["objections"])
