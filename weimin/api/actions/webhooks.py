"""The administrator says which programs are told what, pauses and resumes that, and has a failed event sent again."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.accounts.models import Post
from weimin.accounts.roles import Role
from weimin.actions.registry import Outcome, register
from weimin.api.forms import AddWebhook
from weimin.api.models import Delivery, Webhook
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

ADMINISTRATOR = (Role.ADMINISTRATOR.value,)
LIST = "/api-access/webhooks/"


def page_of(webhook: Webhook) -> str:
    return f"{LIST}{webhook.pk}/"


def place(target: Any, data: dict[str, Any]) -> int:
    return target.region


def own_post(actor: Actor, pk: Any) -> Post:
    """The administrator's own seat: a webhook hears of its whole range."""
    return Post.objects.visible_to(actor).filter(pk=actor.post or 0).get(pk=pk or actor.post or 0)


@register("api.add_webhook", label=gettext_lazy("登记事件通知"), roles=ADMINISTRATOR, form=AddWebhook, find=own_post, region=place)
def add_webhook(by: Actor, target: Post, data: dict[str, Any], now: datetime) -> Outcome:
    """有事办成时自动通知别的程序；签名密钥只显示一次。"""
    secret = secrets.token_urlsafe(32)
    facts = {name: data[name] for name in ("name", "url", "events")}
    webhook = Webhook.objects.create(region=target.region, secret=secret, created_by_id=by.person, created_at=now, **facts)
    return Outcome(webhook, after=facts, message=_("已登记“%(name)s”") % {"name": webhook.name}, next_url=page_of(webhook), once=[secret])


def find_webhook(actor: Actor, pk: Any) -> Webhook:
    return Webhook.objects.visible_to(actor).select_for_update().get(pk=pk)


def check_on(target: Webhook, actor: Actor, now: datetime) -> None:
    if target.paused_at is not None:
        raise RuleBroken(_("已经暂停了。"))


@register("api.pause_webhook", label=gettext_lazy("暂停通知"), roles=ADMINISTRATOR, find=find_webhook, region=place, check=check_on)
def pause_webhook(by: Actor, target: Webhook, data: dict[str, Any], now: datetime) -> Outcome:
    """从现在起不再通知；还没发出的等恢复后再发。"""
    target.paused_at = now
    target.save(update_fields=["paused_at"])
    return Outcome(target, after={"paused": True}, message=_("已暂停“%(name)s”") % {"name": target.name}, next_url=page_of(target))


def check_paused(target: Webhook, actor: Actor, now: datetime) -> None:
    if target.paused_at is None:
        raise RuleBroken(_("没有暂停。"))


@register("api.resume_webhook", label=gettext_lazy("恢复通知"), roles=ADMINISTRATOR, find=find_webhook, region=place, check=check_paused)
def resume_webhook(by: Actor, target: Webhook, data: dict[str, Any], now: datetime) -> Outcome:
    """重新开始通知；暂停期间的事不补发。"""
    target.paused_at = None
    target.save(update_fields=["paused_at"])
    return Outcome(target, after={"paused": False}, message=_("已恢复“%(name)s”") % {"name": target.name}, next_url=page_of(target))


@register(
    "api.renew_webhook_secret", label=gettext_lazy("更换签名密钥"), roles=ADMINISTRATOR, find=find_webhook, region=place,
    confirm=gettext_lazy("换后接收方要马上换成新密钥，否则验签不过，确定更换吗？"),
)  # fmt: skip
def renew_webhook_secret(by: Actor, target: Webhook, data: dict[str, Any], now: datetime) -> Outcome:
    """旧密钥马上作废；新密钥只显示一次。"""
    target.secret = secrets.token_urlsafe(32)
    target.save(update_fields=["secret"])
    message = _("已更换“%(name)s”的签名密钥") % {"name": target.name}
    return Outcome(target, after={"secret": "renewed"}, message=message, next_url=page_of(target), once=[target.secret])


def find_delivery(actor: Actor, pk: Any) -> Delivery:
    """A delivery of a webhook that the administrator sees."""
    of_mine = Webhook.objects.visible_to(actor)
    return Delivery.objects.visible_to(actor).filter(webhook__in=of_mine).select_for_update(of=("self",)).select_related("webhook").get(pk=pk)


def check_failed(target: Delivery, actor: Actor, now: datetime) -> None:
    if target.state != Delivery.State.FAILED:
        raise RuleBroken(_("只有发送失败的才需要重发。"))


@register("api.send_again", label=gettext_lazy("重发"), roles=ADMINISTRATOR, find=find_delivery, region=place, check=check_failed)
def send_again(by: Actor, target: Delivery, data: dict[str, Any], now: datetime) -> Outcome:
    """把发送失败的事件再发一次。"""
    target.state, target.attempts, target.next_at = Delivery.State.PENDING, 0, now
    target.save(update_fields=["state", "attempts", "next_at"])
    return Outcome(target, after={"state": target.state}, message=_("已安排重发"), next_url=page_of(target.webhook))
