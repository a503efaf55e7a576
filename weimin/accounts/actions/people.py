"""What the administrator does with people: switch off, reset, unlock. Never for oneself, never across one's own range."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.accounts.actions.posts import ADMINISTRATOR, find_person, person_url
from weimin.accounts.authentication import has_second_factor
from weimin.accounts.forms import Reason
from weimin.accounts.models import Person, Post, SecondFactor
from weimin.accounts.passwords import set_password, temporary_password
from weimin.accounts.queries import holds_posts_outside
from weimin.accounts.rules import check_not_own, locked
from weimin.actions.registry import Outcome, register
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def check_in_charge(target: Person, actor: Actor, now: datetime) -> None:
    """A township's administrator may not reset somebody who also sits at the county."""
    check_not_own(actor.person, target.pk)
    if holds_posts_outside(actor, target.pk, timezone.localdate(now)):
        raise RuleBroken(_("%(name)s 还有您管辖范围以外的岗位，请由上级系统管理员办理。") % {"name": target.name})


def home_of(target: Person, data: dict[str, Any]) -> int:
    """Where it happens: the latest post inside what the actor sees (the wall hides the others)."""
    return Post.objects.filter(person=target).order_by("-starts_on", "-pk").values_list("region", flat=True)[0]


def check_active(target: Person, actor: Actor, now: datetime) -> None:
    check_in_charge(target, actor, now)
    if not target.active:
        raise RuleBroken(_("%(name)s 已经停用。") % {"name": target.name})


@register(
    "accounts.switch_off_person", label=gettext_lazy("停用人员"), roles=ADMINISTRATOR, form=Reason, find=find_person, region=home_of,
    check=check_active, confirm=gettext_lazy("停用后此人立即不能登录，确定停用吗？"),
)  # fmt: skip
def switch_off_person(by: Actor, target: Person, data: dict[str, Any], now: datetime) -> Outcome:
    """立即不能登录；姓名和以前办的事都保留。"""
    target.active = False
    target.save(update_fields=["active"])
    message = _("%(name)s 已停用") % {"name": target.name}
    return Outcome(
        target,
        before={"active": True},
        after={"active": False},
        message=message,
        reason=data["reason"],
        next_url=person_url(target),
    )


@register(
    "accounts.reset_password", label=gettext_lazy("重置口令"), roles=ADMINISTRATOR, form=Reason, find=find_person, region=home_of,
    check=check_active, keeps_draft=False, confirm=gettext_lazy("原来的口令会立即作废，确定重置吗？"),
)  # fmt: skip
def reset_password(by: Actor, target: Person, data: dict[str, Any], now: datetime) -> Outcome:
    """给一个只显示一次的临时口令；本人下次登录必须修改。"""
    password = temporary_password()
    set_password(target, password, now, must_change=True)
    once = [_("登录名：%(login)s") % {"login": target.login}, _("临时口令：%(password)s") % {"password": password}]
    message = _("已重置 %(name)s 的口令") % {"name": target.name}
    return Outcome(
        target,
        after={"must_change": True},
        message=message,
        reason=data["reason"],
        next_url=person_url(target),
        once=once,
    )


def check_locked(target: Person, actor: Actor, now: datetime) -> None:
    check_in_charge(target, actor, now)
    if not locked(target.locked_until, now):
        raise RuleBroken(_("%(name)s 没有被锁定。") % {"name": target.name})


@register(
    "accounts.unlock",
    label=gettext_lazy("解除锁定"),
    roles=ADMINISTRATOR,
    find=find_person,
    region=home_of,
    check=check_locked,
)
def unlock(by: Actor, target: Person, data: dict[str, Any], now: datetime) -> Outcome:
    """不等 15 分钟，马上可以再试。"""
    target.locked_until, target.failures = None, 0
    target.save(update_fields=["locked_until", "failures"])
    return Outcome(
        target,
        after={"locked": False},
        message=_("%(name)s 已解除锁定") % {"name": target.name},
        next_url=person_url(target),
    )


def check_factor(target: Person, actor: Actor, now: datetime) -> None:
    check_in_charge(target, actor, now)
    if not has_second_factor(target):
        raise RuleBroken(_("%(name)s 没有启用动态口令。") % {"name": target.name})


@register(
    "accounts.reset_second_factor", label=gettext_lazy("停用动态口令"), roles=ADMINISTRATOR, form=Reason, find=find_person, region=home_of,
    check=check_factor,
)  # fmt: skip
def reset_second_factor(by: Actor, target: Person, data: dict[str, Any], now: datetime) -> Outcome:
    """手机丢了又没有恢复码时用；本人下次登录重新绑定。"""
    SecondFactor.objects.filter(person=target).delete()
    message = _("%(name)s 的动态口令已停用") % {"name": target.name}
    return Outcome(
        target,
        before={"second_factor": True},
        after={"second_factor": False},
        message=message,
        reason=data["reason"],
        next_url=person_url(target),
    )
