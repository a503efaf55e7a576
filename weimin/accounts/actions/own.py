"""What everybody does for themselves: password, second factor, leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.accounts.authentication import has_second_factor
from weimin.accounts.forms import ConfirmCode, Delegate, NewPassword
from weimin.accounts.models import Delegation, Person, Post, SecondFactor
from weimin.accounts.passwords import set_password, used_before
from weimin.accounts.queries import roles_held
from weimin.accounts.roles import Role
from weimin.accounts.rules import check_apart
from weimin.accounts.second_factor import matching_counter, recovery_codes, recovery_hash
from weimin.actions.registry import Outcome, register
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken

EVERYBODY = tuple(Role.values)
MY_PAGE = reverse_lazy("accounts:me")


def seat(actor: Actor, pk: Any) -> Post:
    """The post the person sits in now, own or delegated; any other number is missing."""
    return Post.objects.visible_to(actor).filter(pk=actor.post or 0).get(pk=pk or actor.post or 0)


def own_seat(actor: Actor, pk: Any) -> Post:
    return Post.objects.visible_to(actor).select_for_update().get(pk=pk, person=actor.person)


def place(target: Any, data: dict[str, Any]) -> int:
    return target.region


@register(
    "accounts.change_password", label=gettext_lazy("修改口令"), roles=EVERYBODY, form=NewPassword, find=seat, region=place, keeps_draft=False,
)  # fmt: skip
def change_password(by: Actor, target: Post, data: dict[str, Any], now: datetime) -> Outcome:
    """换成新口令；旧口令随即作废。"""
    person = Person.objects.select_for_update().get(pk=by.person or 0)
    if not person.check_password(data["current"]):
        raise RuleBroken(_("现在的口令不对，没有修改。"))
    if used_before(person, data["password"]):
        raise RuleBroken(_("这个口令最近用过，请换一个没用过的。"))
    set_password(person, data["password"], now, must_change=False)
    return Outcome(person, message=_("口令已修改"), next_url=str(MY_PAGE))


def check_not_confirmed(target: Post, actor: Actor, now: datetime) -> None:
    if has_second_factor(Person(pk=actor.person)):
        raise RuleBroken(_("动态口令已经启用。换手机请找系统管理员先停用。"))


@register(
    "accounts.confirm_second_factor", label=gettext_lazy("启用动态口令"), roles=EVERYBODY, form=ConfirmCode, find=seat, region=place,
    check=check_not_confirmed, keeps_draft=False,
)  # fmt: skip
def confirm_second_factor(by: Actor, target: Post, data: dict[str, Any], now: datetime) -> Outcome:
    """身份验证器已绑定；以后登录除口令外还要填 6 位数字。"""
    factor = SecondFactor.objects.select_for_update().filter(person=by.person).first()
    if factor is None:
        raise RuleBroken(_("请先打开“动态口令”页，用身份验证器扫描二维码。"))
    counter = matching_counter(factor.secret, data["code"], now, factor.last_counter)
    if counter is None:
        raise RuleBroken(_("数字不对。请核对手机时间是否准确，等下一个数字再试。"))
    codes = recovery_codes()
    factor.confirmed_at, factor.last_counter, factor.recovery = now, counter, [recovery_hash(code) for code in codes]
    factor.save(update_fields=["confirmed_at", "last_counter", "recovery"])
    return Outcome(factor.person, message=_("动态口令已启用，请收好恢复码"), next_url=str(MY_PAGE), once=codes)


@register("accounts.delegate", label=gettext_lazy("请人代理"), roles=EVERYBODY, form=Delegate, find=own_seat, region=place)
def delegate(by: Actor, target: Post, data: dict[str, Any], now: datetime) -> Outcome:
    """休假期间由代理人用自己的姓名办理本岗位的事；到期自动收回。"""
    today, deputy = timezone.localdate(now), data["deputy"]
    if data["ends_on"] < today:
        raise RuleBroken(_("代理期已经过去了，请改日期。"))
    if deputy.pk == by.person:
        raise RuleBroken(_("不能由自己代理自己。"))
    check_apart(roles_held(deputy.pk, today), target.role)
    row = Delegation.objects.create(
        post=target,
        deputy=deputy,
        region=target.region,
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        reason=data["reason"],
    )
    after = {"deputy": deputy.name, "starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    return Outcome(
        row,
        after=after,
        reason=row.reason,
        message=_("已请 %(name)s 代理") % {"name": deputy.name},
        next_url=str(MY_PAGE),
    )


def find_delegation(actor: Actor, pk: Any) -> Delegation:
    """One's own, or (administrator) any inside the range; a deputy's are not the deputy's to end."""
    row = Delegation.objects.visible_to(actor).select_for_update(of=("self",)).select_related("post").get(pk=pk)
    if row.post.person_id != actor.person and actor.role != Role.ADMINISTRATOR and not actor.is_system:
        raise NotVisible()
    return row


def check_not_revoked(target: Delegation, actor: Actor, now: datetime) -> None:
    if target.revoked_at is not None:
        raise RuleBroken(_("这次代理已经收回。"))
    if target.ends_on < timezone.localdate(now):
        raise RuleBroken(_("这次代理已经到期。"))


@register(
    "accounts.revoke_delegation", label=gettext_lazy("收回代理"), roles=EVERYBODY, find=find_delegation, region=place, check=check_not_revoked,
)  # fmt: skip
def revoke_delegation(by: Actor, target: Delegation, data: dict[str, Any], now: datetime) -> Outcome:
    """代理人从现在起不能再用这个岗位。"""
    target.revoked_at = now
    target.save(update_fields=["revoked_at"])
    return Outcome(target, after={"revoked": True}, message=_("代理已收回"), next_url=str(MY_PAGE))
