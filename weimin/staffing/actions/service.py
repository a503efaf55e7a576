"""Who serves at a site in which job, and what they are trained for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.sites.models import Site
from weimin.staffing.actions.nominations import find_site
from weimin.staffing.actions.people import enter_person, find_person, person_url, where
from weimin.staffing.flow import site_url
from weimin.staffing.forms import Appoint, EndAppointment, IssueCertificate
from weimin.staffing.models import Appointment, Certificate, Nomination, Worker
from weimin.staffing.requirements import requirements_for
from weimin.staffing.rules import check_passed
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

OFFICES = ("lead_office", "township", "village")


def check_in_use(site: Site, actor: Actor, now: datetime) -> None:
    if site.state == "closed":
        raise RuleBroken(_now("站点已经关闭。"))


@register("staffing.appoint", label=_("登记任职"), form=Appoint, roles=OFFICES, find=find_site, region=where, check=check_in_use, keeps_draft=False)
def appoint(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个人在站点任职；须经推荐考察的职责，在推荐里确定。"""
    asks = requirements_for(site)
    if asks is not None and data["job"] == asks.job:
        raise RuleBroken(_now("%(job)s须经推荐、考察后确定，请到“人选推荐”办理。") % {"job": asks.job})
    worker = Worker.objects.visible_to(by).get(pk=data["worker"]) if data["worker"] else enter_person(by, site.region, data)
    if Appointment.objects.filter(site=site, worker=worker, job=data["job"], ends_on=None).exists():
        raise RuleBroken(_now("%(name)s已经在这里担任这个职责。") % {"name": worker.name})
    row = Appointment.objects.create(site=site, region=site.region, worker=worker, job=data["job"], starts_on=data["starts_on"])
    after = {"name": worker.name, "job": row.job, "starts_on": str(row.starts_on)}
    return Outcome(row, after=after, message=_now("已登记%(name)s任职。") % {"name": worker.name}, next_url=site_url(site.pk))


def find_appointment(actor: Actor, pk: Any) -> Appointment:
    return Appointment.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site", "worker").get(pk=pk)


def check_serving(appointment: Appointment, actor: Actor, now: datetime) -> None:
    if appointment.ends_on is not None:
        raise RuleBroken(_now("这项任职已经结束。"))


@register(
    "staffing.end_appointment", label=_("登记离任"), form=EndAppointment, roles=OFFICES, find=find_appointment, region=where, check=check_serving,
)  # fmt: skip
def end_appointment(by: Actor, appointment: Appointment, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个人离任；推荐产生的人选离任后，站点可以重新推荐。"""
    appointment.ends_on, appointment.end_reason = data["ends_on"], data["reason"]
    appointment.save(update_fields=["ends_on", "end_reason"])
    asks = requirements_for(appointment.site)
    if asks is not None and appointment.job == asks.job:
        chosen = Nomination.objects.visible_to(by).filter(site=appointment.site, worker=appointment.worker, state="chosen")
        chosen.update(state="withdrawn", reason=data["reason"])
    after = {"name": appointment.worker.name, "job": appointment.job, "ends_on": str(data["ends_on"])}
    return Outcome(appointment, after=after, message=_now("已登记离任。"), reason=data["reason"], next_url=site_url(appointment.site_id))


@register(
    "staffing.issue_certificate", label=_("登记培训合格"), form=IssueCertificate, roles=("lead_office", "township"), find=find_person, region=where,
)  # fmt: skip
def issue_certificate(by: Actor, worker: Worker, data: dict[str, Any], now: datetime) -> Outcome:
    """登记培训合格或取得的证书；没有合格证的站点人员不能开业。"""
    check_passed(data["score"])
    if Certificate.objects.filter(worker=worker, kind=data["kind"], issued_on=data["issued_on"]).exists():
        raise RuleBroken(_now("这一天的这个证书已经登记过。"))
    row = Certificate.objects.create(worker=worker, region=worker.region, **data)
    after = {"name": worker.name, "kind": row.kind, "score": row.score, "issued_on": str(row.issued_on)}
    return Outcome(row, after=after, message=_now("已登记。"), next_url=person_url(worker.pk))
