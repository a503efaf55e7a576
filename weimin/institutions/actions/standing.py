"""What an institution is to others: designated for the insurance, joined to the province's system, licensed, given a star; its monthly report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.flows.steps import close_step, current_step
from weimin.institutions.actions.base import BUREAU, KEEPERS, check_open, find_institution, institution_url, where
from weimin.institutions.actions.profile import done, told
from weimin.institutions.flow import LICENCE
from weimin.institutions.forms.profile import EndStar, Insurance, Join, RecordStar, Renew, ReportMonth
from weimin.institutions.models import Institution, MonthlyReport, NamedStar
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

REPORTED = ("outpatients", "first_here", "first_all", "surveyed", "satisfied")


def put(institution: Institution, facts: dict[str, Any], message: Any) -> Outcome:
    before = {name: getattr(institution, name) for name in facts}
    for name, value in facts.items():
        setattr(institution, name, value)
    institution.save(update_fields=list(facts))
    return done(institution, message, told(before), told(facts))


@register("institutions.set_insurance", label=_("登记医保定点"), form=Insurance, roles=BUREAU, find=find_institution, region=where, check=check_open)
def set_insurance(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """登记机构从哪天起是居民医保定点、由谁批准、文号；不再定点的填终止日期。"""
    facts = {name: data[name] for name in ("insured_from", "insured_by", "insured_document", "insured_to")}
    return put(institution, facts, _now("医保定点已登记。"))


@register("institutions.join_system", label=_("登记接入省级系统"), form=Join, roles=KEEPERS, find=find_institution, region=where, check=check_open)
def join_system(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """登记机构接入山东省社区卫生信息协同系统的日期。"""
    return put(institution, {"informed_from": data["informed_from"]}, _now("已登记。"))


@register("institutions.renew_licence", label=_("登记换证"), form=Renew, roles=KEEPERS, find=find_institution, region=where, check=check_open)
def renew_licence(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """登记新的执业许可证号和有效期，到期提醒随之办结。"""
    step = current_step(institution, LICENCE)
    if step is not None:
        close_step(step, by, now, "institutions.renew_licence")
    return put(institution, {"licence_number": data["licence_number"], "licence_to": data["licence_to"]}, _now("换证已登记。"))


@register("institutions.record_star", label=_("登记授予的星级"), form=RecordStar, roles=BUREAU, find=find_institution, region=where, check=check_open)
def record_star(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """登记省里或其他单位授予的星级称号，附文件。"""
    facts = {name: data[name] for name in ("name", "granted_by", "granted_on", "document", "ends_on")}
    if NamedStar.objects.filter(institution=institution, name=facts["name"], granted_on=facts["granted_on"]).exists():
        raise RuleBroken(_now("这个称号已经登记过。"))
    NamedStar.objects.create(institution=institution, region=institution.region, **facts)
    if data["scan"]:
        label = Institution._meta.label_lower
        attach(by, data["scan"], subject_type=label, subject_id=institution.pk, region=institution.region, kind="scan", now=now)
    return done(institution, _now("已登记。"), after=told(facts))


def find_star(actor: Actor, pk: Any) -> NamedStar:
    return NamedStar.objects.visible_to(actor).select_for_update(of=("self",)).select_related("institution__site").get(pk=pk)


def check_star_holds(star: NamedStar, actor: Actor, now: datetime) -> None:
    if star.ends_on is not None and star.ends_on <= timezone.localdate(now):
        raise RuleBroken(_now("这个称号已经不再有效。"))


@register("institutions.end_star", label=_("登记称号终止"), form=EndStar, roles=BUREAU, find=find_star, region=where, check=check_star_holds)
def end_star(by: Actor, star: NamedStar, data: dict[str, Any], now: datetime) -> Outcome:
    """登记授予的称号到哪天为止，例如被收回或复评没有通过，写明理由。"""
    before, star.ends_on = star.ends_on, data["ends_on"]
    star.save(update_fields=["ends_on"])
    facts = {"name": star.name, "ends_on": str(star.ends_on)}
    url = institution_url(star.institution_id)
    return Outcome(star, before={"ends_on": before and str(before)}, after=facts, reason=data["reason"], message=_now("已登记。"), next_url=url)


@register("institutions.report_month", label=_("填月报"), form=ReportMonth, roles=("institution",), find=find_institution, region=where, check=check_open)
def report_month(by: Actor, institution: Institution, data: dict[str, Any], now: datetime) -> Outcome:
    """填报一个月的门诊、首诊和满意度；再填一次就是更正。"""
    if data["month"] > timezone.localdate(now):
        raise RuleBroken(_now("这个月还没有到。"))
    facts = {name: data[name] for name in REPORTED}
    kept = MonthlyReport.objects.filter(institution=institution, month=data["month"]).first()
    before = {name: getattr(kept, name) for name in REPORTED} if kept else {}
    who = {"region": institution.region, "reported_by": by.name or by.role, "reported_at": now}
    MonthlyReport.objects.update_or_create(institution=institution, month=data["month"], defaults=facts | who)
    return done(institution, _now("月报已填。"), before, {"month": f"{data['month']:%Y-%m}"} | facts)
