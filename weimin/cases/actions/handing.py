"""A result goes out: into somebody's hands with the evidence, onto the net where it waits to be opened, or the resident is told to come for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.cases.actions.delivering import awaited, book_delivery
from weimin.cases.actions.intake import settles
from weimin.cases.actions.moving import BACK, at, check_state, done, find_case, leave_desks, saved, where
from weimin.cases.forms_delivery import Deliver, PostArrived, SendOnline, TellReady
from weimin.cases.models import Case, Delivery
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

HANDED = "cases/act_deliver.html"


@register("cases.deliver", label=_("送达签收"), form=Deliver, roles=BACK, find=find_case, region=where, check=at("deliver", running=False), template=HANDED)
def deliver(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """把结果交到居民手里，登记谁签收、凭什么证明。"""
    delivery = book_delivery(case, by, data, now)
    case.delivered_at, case.settles_on = now, settles(case, now)
    leave_desks(case, "cases.deliver", "delivered", by, now)
    saved(case, "delivered_at", "settles_on")
    return done(case, "deliver", _now("已送达。"), way=delivery.way, to=delivery.to, proof=delivery.proof)


def posted(case: Case) -> Delivery | None:
    """The latest delivery, while it is one by post of which nobody has said when it arrived."""
    latest = Delivery.objects.filter(case=case).order_by("-pk").first()
    return latest if latest is not None and latest.way == "post" and latest.arrived_on is None else None


def check_posted(case: Case, actor: Actor, now: datetime) -> None:
    check_state(case, "delivered", "archived")
    if posted(case) is None:
        raise RuleBroken(_now("没有等着签收的邮件。"))


@register("cases.post_arrived", label=_("登记邮件签收"), form=PostArrived, roles=BACK, find=find_case, region=where, check=check_posted)
def post_arrived(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """邮寄的结果已经签收，登记签收日期。"""
    delivery = posted(case)
    assert delivery is not None
    if data["arrived_on"] < timezone.localdate(delivery.delivered_at):
        raise RuleBroken(_now("签收日期不能早于寄出的日期。"))
    delivery.arrived_on = data["arrived_on"]
    delivery.save(update_fields=["arrived_on"])
    return done(case, "", _now("已登记签收日期。"), arrived_on=str(delivery.arrived_on))


def check_sendable(case: Case, actor: Actor, now: datetime) -> None:
    at("deliver", running=False)(case, actor, now)
    if awaited(case) is not None:
        raise RuleBroken(_now("已经发到网上，等居民打开。"))


@register("cases.send_online", label=_("发到网上"), form=SendOnline, roles=BACK, find=find_case, region=where, check=check_sendable)
def send_online(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """把结果发到网上；居民扫回执二维码，或者用编号和证件号后四位打开的那一刻才算送达。"""
    sent = Delivery.objects.create(
        case=case, region=case.region, way="online", to="self", name=case.applicant_name, proof="awaited", detail=data["note"], delivered_by=by.name or by.role,
        sent_at=now,
    )  # fmt: skip
    return done(case, "", _now("已发到网上，居民打开后自动登记送达。"), reason=data["note"], way=sent.way, proof=sent.proof)


@register("cases.tell_ready", label=_("通知领取"), form=TellReady, roles=BACK, find=find_case, region=where, check=at("deliver", running=False))
def tell_ready(by: Actor, case: Case, data: dict[str, Any], now: datetime) -> Outcome:
    """通知居民来领结果并记下；通知不算送达，这件事仍是待送达。"""
    return done(case, "", _now("已记下通知，仍是待送达。"), reason=data["said"], told_how=data["told_how"])
