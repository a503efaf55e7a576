"""Tokens are given for a post and taken back: by whoever holds the post, or by the administrator of its range, who tells the holder."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.accounts.models import Post
from weimin.accounts.roles import DUTIES, Role
from weimin.actions.registry import Outcome, register
from weimin.api.forms import GiveToken, TakeBack
from weimin.api.models import Token
from weimin.api.tokens import digest, new_secret
from weimin.messages.sending import send
from weimin.messages.wording import register_template
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken
from weimin.walls.tenancy import here

EVERYBODY = tuple(Role.values)
PAGE = "/api-access/"
GIVEN = "api.token_given"
register_template(GIVEN, gettext_lazy("%(by)s 为您的岗位发放了接口令牌“%(name)s”。不是您要的，请马上收回。"))


def in_charge(actor: Actor) -> bool:
    return actor.role == Role.ADMINISTRATOR or actor.is_system


def find_post(actor: Actor, pk: Any) -> Post:
    """One's own post; for the administrator any in the range."""
    found = Post.objects.visible_to(actor).select_for_update(of=("self",)).select_related("person").get(pk=pk)
    if found.person_id != actor.person and not in_charge(actor):
        raise NotVisible()
    return found


def check_may_have_one(target: Post, actor: Actor, now: datetime) -> None:
    """Posts that need a second factor get a token only from their own hands: another's would go past it (H-60)."""
    if not target.person.active or not target.in_force(timezone.localdate(now)):
        raise RuleBroken(_("这个岗位不在任，不能发放接口令牌。"))
    if target.person_id != actor.person and DUTIES[target.role].second_factor:
        raise RuleBroken(_("这类岗位的接口令牌只能由本人发放。"))


@register(
    "api.give_token", label=gettext_lazy("发放接口令牌"), roles=EVERYBODY, form=GiveToken, find=find_post,
    region=lambda target, data: target.region, check=check_may_have_one,
)  # fmt: skip
def give_token(by: Actor, target: Post, data: dict[str, Any], now: datetime) -> Outcome:
    """给别的程序一个令牌，用这个岗位查询和办理；令牌只显示一次。"""
    secret = new_secret(here().code)
    token = Token.objects.create(
        region=target.region, post=target, name=data["name"], tail=secret[-4:], secret_hash=digest(secret), scopes=data["scopes"],
        created_by_id=by.person, created_at=now, expires_at=data["expires_at"],
    )  # fmt: skip
    if target.person_id != by.person:
        send(target.person, target.region, "", PAGE, now, template=GIVEN, parameters={"by": by.name, "name": token.name})
    after = {"name": token.name, "post": str(target), "scopes": token.scopes, "expires_at": token.expires_at.isoformat()}
    return Outcome(token, after=after, message=_("已发放接口令牌“%(name)s”") % {"name": token.name}, next_url=PAGE, once=[secret])


def find_token(actor: Actor, pk: Any) -> Token:
    """Of one's own post; for the administrator any in the range."""
    found = Token.objects.visible_to(actor).select_for_update(of=("self",)).select_related("post__person").get(pk=pk)
    if found.post.person_id != actor.person and not in_charge(actor):
        raise NotVisible()
    return found


def check_in_force(target: Token, actor: Actor, now: datetime) -> None:
    if target.revoked_at is not None:
        raise RuleBroken(_("这个接口令牌已经收回。"))


@register(
    "api.take_back_token", label=gettext_lazy("收回令牌"), roles=EVERYBODY, form=TakeBack, find=find_token,
    region=lambda target, data: target.region, check=check_in_force, confirm=gettext_lazy("收回后用这个令牌的程序马上不能再查询和办理，确定收回吗？"),
)  # fmt: skip
def take_back_token(by: Actor, target: Token, data: dict[str, Any], now: datetime) -> Outcome:
    """马上作废，不能恢复。"""
    Token.objects.filter(pk=target.pk).update(revoked_at=now, revoked_by=by.person)
    message = _("已收回接口令牌“%(name)s”") % {"name": target.name}
    return Outcome(target, after={"revoked": True}, reason=data["reason"], message=message, next_url=PAGE)
