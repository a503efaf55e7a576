"""Oil pots and salt spoons: received by institutions, handed out to households, one kit each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.education.actions.base import KEEPERS, check_open, find_institution, where, who
from weimin.education.forms.fields import Reason
from weimin.education.forms.kits import CompleteKit, HandOut, ReceiveKits
from weimin.education.models import KitHandout, KitKind, KitReceipt, KitStock
from weimin.education.stocks import change
from weimin.residents.models import Household, HouseholdStatus
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def community_url(region: int) -> str:
    return reverse("education:households", args=[region])


@register("education.receive_kits", label=_("登记到货"), form=ReceiveKits, roles=("institution", "health_bureau"), find=find_institution, region=where, check=check_open)  # fmt: skip
def receive_kits(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记机构收到的控油壶、限盐勺。"""
    KitReceipt.objects.create(region=site.region, institution=site.pk, entered_by=who(by), entered_at=now, **data)
    facts = {"region": site.region, "institution_name": site.name}
    stock, _made = KitStock.objects.select_for_update().get_or_create(institution=site.pk, kind=data["kind"], defaults=facts)
    stock.received += data["quantity"]
    stock.save(update_fields=["received"])
    after = {"kind": data["kind"], "quantity": data["quantity"], "left": stock.left}
    message = _now("已登记，%(kind)s现有 %(left)d 个。") % {"kind": stock.get_kind_display(), "left": stock.left}
    return Outcome(stock, after=after, message=message, next_url=reverse("education:kits"))


def find_household(actor: Actor, pk: Any) -> Household:
    return Household.objects.visible_to(actor).select_for_update().get(pk=pk)


def check_without_kit(household: Household, actor: Actor, now: datetime) -> None:
    if household.status != HouseholdStatus.STANDING:
        raise RuleBroken(_now("这户已销户，不用发放。"))
    held = KitHandout.objects.visible_to(actor).filter(household=household, withdrawn_at__isnull=True).first()
    if held is not None:
        raise RuleBroken(_now("这户 %(day)s 已经领过，一户只发一套；当时缺的请用“补齐”。") % {"day": held.on.isoformat()})


def kinds_of(handout: KitHandout) -> list[str]:
    return [str(kind) for kind in KitKind if getattr(handout, kind)]


@register("education.hand_out", label=_("发放到户"), form=HandOut, roles=KEEPERS, find=find_household, region=where, check=check_without_kit)
def hand_out(by: Actor, household: Household, data: dict[str, Any], now: datetime) -> Outcome:
    """把控油壶和限盐勺发给一户，登记谁领的、讲没讲用法；一户一套。"""
    receiver = data["received_by"] or household.head_name or _now("户主")
    facts = {name: data[name] for name in ("oil_pot", "salt_spoon", "explained", "on")} | {"received_by": receiver[:60]}
    row = KitHandout(region=household.region, household=household, institution=data["institution"], handed_by=who(by), entered_at=now, **facts)
    row.institution_name = data["institution_name"]
    change(row.institution, kinds_of(row), 1)
    row.save(force_insert=True)
    after = {"kinds": kinds_of(row), "explained": row.explained}
    return Outcome(row, after=after, message=_now("已登记发放。"), next_url=community_url(row.region))


def find_handout(actor: Actor, pk: Any) -> KitHandout:
    return KitHandout.objects.visible_to(actor).select_for_update(of=("self",)).select_related("household").get(pk=pk)


def check_in_force(handout: KitHandout, actor: Actor, now: datetime) -> None:
    if handout.withdrawn_at is not None:
        raise RuleBroken(_now("这次发放登记已经撤销。"))


def check_short(handout: KitHandout, actor: Actor, now: datetime) -> None:
    check_in_force(handout, actor, now)
    if handout.whole:
        raise RuleBroken(_now("这户的控油壶和限盐勺都领了，一户只发一套。"))


@register("education.complete_kit", label=_("补齐"), form=CompleteKit, roles=KEEPERS, find=find_handout, region=where, check=check_short)
def complete_kit(by: Actor, handout: KitHandout, data: dict[str, Any], now: datetime) -> Outcome:
    """第一次缺的那一样，到货后补给这户。"""
    missing = [str(kind) for kind in KitKind if not getattr(handout, kind)]
    change(handout.institution, missing, 1)
    handout.oil_pot = handout.salt_spoon = True
    handout.completed_on = data["on"]
    handout.save(update_fields=["oil_pot", "salt_spoon", "completed_on"])
    return Outcome(handout, after={"kinds": missing}, message=_now("已补齐。"), next_url=community_url(handout.region))


@register("education.withdraw_kit", label=_("撤销发放登记"), form=Reason, roles=KEEPERS, find=find_handout, region=where, check=check_in_force)
def withdraw_kit(by: Actor, handout: KitHandout, data: dict[str, Any], now: datetime) -> Outcome:
    """登记错了户，写明原因撤销，物品回到库存。"""
    change(handout.institution, kinds_of(handout), -1)
    handout.withdrawn_at, handout.withdrawn_by, handout.reason = now, who(by), data["reason"]
    handout.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    after = {"kinds": kinds_of(handout)}
    return Outcome(handout, after=after, reason=data["reason"], message=_now("已撤销。"), next_url=community_url(handout.region))
