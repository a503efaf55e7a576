"""Volunteer activities, the hours of each person, and the proof of them (I-20 to I-22)."""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.sites.models import Site
from weimin.staffing.actions.nominations import find_site
from weimin.staffing.actions.people import find_person, person_url, where
from weimin.staffing.actions.service import OFFICES, check_in_use
from weimin.staffing.forms_volunteering import ActivityForm, HoursForm, ProofForm, StrikeForm
from weimin.staffing.models import Activity, ActivityHours, ServiceProof, Worker
from weimin.staffing.rules_volunteering import check_no_overlap, check_period, check_served, hours_words
from weimin.staffing.volunteering import hours_between, record_until
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered
from weimin.walls.tenancy import here

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike
FACTS = ("name", "content", "place", "unit", "leader", "insured", "starts_at", "ends_at")


def activity_url(number: int) -> str:
    return reverse("staffing:activity", args=[number])


@register("staffing.enter_activity", label=_("登记志愿活动"), form=ActivityForm, roles=OFFICES, find=find_site, region=where, check=check_in_use)
def enter_activity(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一次志愿服务活动；随后给每个人记时长。"""
    facts = {name: data[name] for name in FACTS}
    row = Activity.objects.create(site=site, region=site.region, entered_by=by.name, entered_at=now, **facts)
    message = _now("已登记活动，请给志愿者记时长。")
    return Outcome(
        row, after={"name": row.name, "starts_at": f"{timezone.localtime(row.starts_at):%Y-%m-%d %H:%M}"}, message=message, next_url=activity_url(row.pk)
    )


def find_activity(actor: Actor, pk: Any) -> Activity:
    return Activity.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site").get(pk=pk)


def is_late(activity: Activity, now: datetime) -> bool:
    return timezone.localdate(now) > record_until(activity)


def check_in_time(activity: Activity, actor: Actor, now: datetime) -> None:
    """Within ten working days everybody who may; later only the township or the county, with the reason (I-21)."""
    if is_late(activity, now) and actor.role == "village":
        raise RuleBroken(_now("活动结束超过十个工作日（%(day)s 止），请乡镇补录并写明原因。") % {"day": record_until(activity).isoformat()})


@register("staffing.record_hours", label=_("记服务时长"), form=HoursForm, roles=OFFICES, find=find_activity, region=where, check=check_in_time)
def record_hours(by: Actor, activity: Activity, data: dict[str, Any], now: datetime) -> Outcome:
    """给参加活动的人记服务时长；活动结束后十个工作日内记，只记实际服务的时间。"""
    late = is_late(activity, now)
    if late and not data["late_reason"]:
        raise RuleBroken(_now("超过十个工作日补录的，要写明补录原因。"))
    minutes = check_served(data["starts_at"], data["ends_at"], activity.starts_at, activity.ends_at)
    workers = list(Worker.objects.visible_to(by).select_for_update(of=("self",)).filter(pk__in=data["workers"]).order_by("pk"))
    for worker in workers:
        check_once(activity, worker)
        check_no_overlap(data["starts_at"], data["ends_at"], others_of(worker, data["starts_at"], data["ends_at"]))
    facts = {"starts_at": data["starts_at"], "ends_at": data["ends_at"], "minutes": minutes, "evaluation": data["evaluation"]}
    facts |= {"late_reason": data["late_reason"] if late else "", "recorded_by": by.name, "recorded_at": now}
    ActivityHours.objects.bulk_create([ActivityHours(activity=activity, region=activity.region, worker=worker, **facts) for worker in workers])
    after = {"names": [worker.name for worker in workers], "minutes": minutes, "late": late}
    message = _now("已给 %(people)d 人各记 %(hours)s 小时。") % {"people": len(workers), "hours": hours_words(minutes)}
    return Outcome(activity, after=after, reason=data["late_reason"], message=message, next_url=activity_url(activity.pk))


def check_once(activity: Activity, worker: Worker) -> None:
    if ActivityHours.objects.filter(activity=activity, worker=worker).exists():
        raise RuleBroken(_now("%(name)s已经记过这次活动的时长。") % {"name": worker.name})


def others_of(worker: Worker, first: datetime, last: datetime) -> list[tuple[datetime, datetime, str]]:
    """What the person is recorded with in that time anywhere in the jurisdiction; of another township only that there is something."""
    home = here()
    with entered(system_actor(home.low, home.high)):
        rows = ActivityHours.objects.filter(worker=worker, starts_at__lt=last, ends_at__gt=first).select_related("activity")
        return [(row.starts_at, row.ends_at, row.activity.name if row.region == worker.region else _now("其他地方的活动")) for row in rows]


def find_hours(actor: Actor, pk: Any) -> ActivityHours:
    return ActivityHours.objects.visible_to(actor).select_for_update(of=("self",)).select_related("activity", "worker").get(pk=pk)


@register("staffing.strike_hours", label=_("删除错记的时长"), form=StrikeForm, roles=("lead_office", "township"), find=find_hours, region=where)
def strike_hours(by: Actor, hours: ActivityHours, data: dict[str, Any], now: datetime) -> Outcome:
    """时长记错了，删除后重记；已开出的证明不变，原因留痕。"""
    before = {"name": hours.worker.name, "minutes": hours.minutes}
    activity = hours.activity
    hours.delete()
    return Outcome(activity, before=before, reason=data["reason"], message=_now("已删除。"), next_url=activity_url(activity.pk))


@register("staffing.issue_proof", label=_("开具志愿服务证明"), form=ProofForm, roles=OFFICES, find=find_person, region=where)
def issue_proof(by: Actor, worker: Worker, data: dict[str, Any], now: datetime) -> Outcome:
    """本人要时，免费开具志愿服务记录证明，如实写明时间、内容和记录单位。"""
    check_period(data["starts_on"], data["ends_on"])
    zone = timezone.get_current_timezone()
    first = datetime.combine(data["starts_on"], time(), zone)
    rows = hours_between(by, worker, first, datetime.combine(data["ends_on"], time(), zone) + timedelta(days=1))
    if not rows:
        raise RuleBroken(_now("这段时间没有记服务时长，不能开证明。"))
    lines = [[timezone.localdate(row.starts_at).isoformat(), row.activity.name, row.activity.content, row.activity.unit, row.minutes] for row in rows]
    number = f"ZY{timezone.localdate(now):%Y%m%d}-" + "".join(secrets.choice(LETTERS) for _place in range(6))
    proof = ServiceProof.objects.create(
        number=number, region=worker.region, worker=worker, minutes=sum(row.minutes for row in rows), lines=lines, issued_by=by.name, issued_at=now, **data
    )
    after = {"number": number, "hours": hours_words(proof.minutes)}
    return Outcome(proof, after=after, message=_now("已开具，编号 %(number)s。") % {"number": number}, next_url=person_url(worker.pk))
