"""Publicity: what was put up, sent or handed out, and how many it reached (N12)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.attachments.subjects import register_subject
from weimin.buildout.forms_publicity import CampaignForm, ReachForm
from weimin.buildout.models import Campaign, Plan
from weimin.buildout.queries.publicity import SUBJECT
from weimin.buildout.rules_publicity import check_begun
from weimin.walls.actor import Actor

ROLES = ("township", "lead_office", "village")


def find_plan(actor: Actor, pk: Any) -> Plan:
    return Plan.objects.get(pk=pk)


def find_campaign(actor: Actor, pk: Any) -> Campaign:
    return Campaign.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=pk)


def keep_photo(by: Actor, row: Campaign, upload: Any, now: datetime) -> None:
    if upload:
        attach(by, upload, subject_type=SUBJECT, subject_id=row.pk, region=row.region, kind="photo", now=now)


def page_url(plan: int) -> str:
    return reverse("buildout:publicity", args=[plan])


@register(
    "buildout.record_campaign", label=_("登记宣传活动"), form=CampaignForm, roles=ROLES, find=find_plan, region=lambda plan, data: data["where"],
)  # fmt: skip
def record_campaign(by: Actor, plan: Plan, data: dict[str, Any], now: datetime) -> Outcome:
    """登记在哪里、什么时候、用什么方式宣传，覆盖了多少人。"""
    facts = {name: data[name] for name in ("channel", "place", "audience", "text", "starts_on", "ends_on", "reached")}
    row = Campaign.objects.create(plan=plan, region=data["where"], recorded_by=by.name, recorded_at=now, **facts)
    keep_photo(by, row, data["photo"], now)
    after = {"channel": row.channel, "place": row.place, "reached": row.reached}
    return Outcome(row, after=after, message=_("已登记。"), region=row.region, next_url=page_url(plan.pk))


def check_countable(row: Campaign, actor: Actor, now: datetime) -> None:
    check_begun(row.starts_on, timezone.localtime(now).date())


@register(
    "buildout.count_reach", label=_("登记覆盖人数"), form=ReachForm, roles=ROLES, find=find_campaign, check=check_countable,
    region=lambda row, data: row.region,
)  # fmt: skip
def count_reach(by: Actor, row: Campaign, data: dict[str, Any], now: datetime) -> Outcome:
    """登记或更正一次宣传覆盖的人数、结束日期，可附照片。"""
    before = {"reached": row.reached, "ends_on": str(row.ends_on or "")}
    row.reached, row.ends_on = data["reached"], data["ends_on"] or row.ends_on
    row.save(update_fields=["reached", "ends_on"])
    keep_photo(by, row, data["photo"], now)
    after = {"reached": row.reached, "ends_on": str(row.ends_on or "")}
    return Outcome(row, before=before, after=after, message=_("已登记。"), region=row.region, next_url=page_url(row.plan_id))


register_subject(SUBJECT, find=lambda actor, pk: Campaign.objects.visible_to(actor).get(pk=pk), kinds=("photo",))
