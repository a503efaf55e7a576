"""Hospitals are paired with community institutions; what they do there is written down and counted (plan 3 二（一）)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.referrals.desks import own_hospital
from weimin.referrals.forms_pairing import AgreePairing, ChangePairing, EndPairing, RecordSupport, WithdrawSupport
from weimin.referrals.models import Pairing, SupportVisit
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

AGREE = ("health_bureau", "hospital", "institution")
TERMS = ("from_on", "until_on", "agreement", "specialities", "days_a_year", "contact", "contact_phone")


def pairing_url(number: int) -> str:
    return reverse("referrals:pairing", args=[number])


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def pairings_seen_by(actor: Actor) -> QuerySet[Pairing]:
    """Those inside the range; of a hospital's post its own."""
    rows = Pairing.objects.visible_to(actor)
    hospital = own_hospital(actor)
    return rows.filter(hospital=hospital) if hospital else rows


def find_pairing(actor: Actor, pk: Any) -> Pairing:
    return pairings_seen_by(actor).select_for_update().get(pk=pk)


def find_support(actor: Actor, pk: Any) -> SupportVisit:
    rows = SupportVisit.objects.visible_to(actor).filter(pairing__in=pairings_seen_by(actor))
    return rows.select_for_update(of=("self",)).select_related("pairing").get(pk=pk)


def check_in_force(pairing: Pairing, actor: Actor, now: datetime) -> None:
    if pairing.ended_on is not None:
        raise RuleBroken(_now("这项对口支援已在 %(day)s 结束。") % {"day": pairing.ended_on})


def told(pairing: Pairing, message: Any, before: dict[str, Any] | None = None, **after: Any) -> Outcome:
    facts = {"institution": pairing.institution, "hospital": pairing.hospital, **after}
    return Outcome(pairing, before=before or {}, after=facts, message=message, next_url=pairing_url(pairing.pk))


@register("referrals.agree_pairing", label=_("登记对口支援"), form=AgreePairing, roles=AGREE, region=lambda target, data: data["where"])
def agree_pairing(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """区级医院和社区卫生服务机构建立对口支援，上转时优先选它。"""
    if Pairing.objects.filter(institution=data["who"], hospital=data["to"], ended_on__isnull=True).exists():
        raise RuleBroken(_now("这家医院和这个机构已经有对口支援，请在原来的那一项上修改。"))
    hospital_site = Site.objects.visible_to(by).filter(name=data["to"]).values_list("pk", flat=True).first()
    facts = {name: data[name] for name in TERMS}
    pairing = Pairing.objects.create(
        region=data["where"], institution=data["who"], institution_site=data["site_id"], hospital=data["to"], hospital_site=hospital_site, **facts
    )
    return told(pairing, _now("已登记对口支援。"), from_on=str(pairing.from_on))


@register("referrals.change_pairing", label=_("修改约定"), form=ChangePairing, roles=AGREE, find=find_pairing, region=where, check=check_in_force)
def change_pairing(by: Actor, pairing: Pairing, data: dict[str, Any], now: datetime) -> Outcome:
    """修改期限、协议、专业和联系人。"""
    changed = [name for name in TERMS if getattr(pairing, name) != data[name]]
    before = {name: str(getattr(pairing, name) or "") for name in changed}
    for name in TERMS:
        setattr(pairing, name, data[name])
    pairing.save(update_fields=list(TERMS))
    return told(pairing, _now("已修改。"), before, **{name: str(data[name] or "") for name in changed})


@register("referrals.end_pairing", label=_("结束对口支援"), form=EndPairing, roles=AGREE, find=find_pairing, region=where, check=check_in_force)
def end_pairing(by: Actor, pairing: Pairing, data: dict[str, Any], now: datetime) -> Outcome:
    """不再支援，写明日期和原因；记录都保留。"""
    pairing.ended_on, pairing.end_reason = data["on"], data["reason"]
    pairing.save(update_fields=["ended_on", "end_reason"])
    return told(pairing, _now("已结束对口支援。"), ended_on=str(data["on"]))


@register("referrals.record_support", label=_("登记支援"), form=RecordSupport, roles=AGREE, find=find_pairing, region=where, check=check_in_force)
def record_support(by: Actor, pairing: Pairing, data: dict[str, Any], now: datetime) -> Outcome:
    """医院医生来坐诊、查房、带教了几天，服务多少人。"""
    facts = {**{name: data[name] for name in ("on", "days", "doctors", "speciality", "work")}, "patients": data["patients"] or 0}
    visit = SupportVisit.objects.create(region=pairing.region, pairing=pairing, entered_by=by.name or by.role, entered_at=now, **facts)
    after = {"institution": pairing.institution, "hospital": pairing.hospital, "on": str(visit.on), "days": visit.days, "patients": visit.patients}
    return Outcome(visit, after=after, message=_now("已登记。"), next_url=pairing_url(pairing.pk))


def check_stands(visit: SupportVisit, actor: Actor, now: datetime) -> None:
    if visit.withdrawn_on is not None:
        raise RuleBroken(_now("这条记录已经撤销。"))


@register("referrals.withdraw_support", label=_("撤销登记"), form=WithdrawSupport, roles=AGREE, find=find_support, region=where, check=check_stands)
def withdraw_support(by: Actor, visit: SupportVisit, data: dict[str, Any], now: datetime) -> Outcome:
    """登记错了的撤销，写明原因；不再计数，内容保留。"""
    visit.withdrawn_on, visit.withdrawn_reason = timezone.localdate(now), data["reason"]
    visit.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    after = {"on": str(visit.on), "days": visit.days}
    return Outcome(visit, after=after, reason=data["reason"], message=_now("已撤销，不再计数。"), next_url=pairing_url(visit.pairing_id))
