"""What the administrator does with posts. Nobody gives a post to themselves; administrator and auditor stay apart (H-60)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.accounts.forms import AddPerson, EndPost, GivePost
from weimin.accounts.models import Person, Post
from weimin.accounts.passwords import set_password, temporary_password
from weimin.accounts.queries import people_in_range, roles_held
from weimin.accounts.roles import Role
from weimin.accounts.rules import check_apart, check_not_own
from weimin.actions.registry import Outcome, register
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

ADMINISTRATOR = (Role.ADMINISTRATOR.value,)


def find_person(actor: Actor, pk: Any) -> Person:
    return people_in_range(actor).select_for_update().get(pk=pk)


def wanted_region(target: Any, data: dict[str, Any]) -> int:
    return data["region"]


def person_url(person: Person) -> str:
    return f"/people/{person.pk}/"


def create_post(person: Person, data: dict[str, Any]) -> Post:
    fields = ("role", "region", "title", "unit", "starts_on", "ends_on")
    return Post.objects.create(person=person, **{name: data[name] for name in fields})


def summary(post: Post) -> dict[str, Any]:
    ends = post.ends_on.isoformat() if post.ends_on else ""
    return {
        "role": post.role,
        "region": post.region,
        "title": post.title,
        "starts_on": post.starts_on.isoformat(),
        "ends_on": ends,
    }


@register(
    "accounts.add_person", label=gettext_lazy("新增人员"), roles=ADMINISTRATOR, form=AddPerson, region=wanted_region, keeps_draft=False,
)  # fmt: skip
def add_person(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """建立登录账号并给第一个岗位；临时口令只显示一次，本人首次登录必须修改。"""
    person = Person(login=data["login"], name=data["name"])
    password = temporary_password()
    set_password(person, password, now, must_change=True)
    post = create_post(person, data)
    after = {"login": person.login, "name": person.name, **summary(post)}
    once = [_("登录名：%(login)s") % {"login": person.login}, _("临时口令：%(password)s") % {"password": password}]
    return Outcome(
        person,
        after=after,
        message=_("已新增 %(name)s") % {"name": person.name},
        next_url=person_url(person),
        once=once,
    )


def check_other_person(target: Person, actor: Actor, now: datetime) -> None:
    check_not_own(actor.person, target.pk)
    if not target.active:
        raise RuleBroken(_("%(name)s 已停用，不能给岗位。") % {"name": target.name})


@register(
    "accounts.give_post", label=gettext_lazy("增加岗位"), roles=ADMINISTRATOR, form=GivePost, find=find_person, region=wanted_region,
    check=check_other_person,
)  # fmt: skip
def give_post(by: Actor, target: Person, data: dict[str, Any], now: datetime) -> Outcome:
    """在一段时间里给一个岗位；区划必须在您管辖的范围内。"""
    check_apart(roles_held(target.pk, timezone.localdate(now)), data["role"])
    post = create_post(target, data)
    message = _("已给 %(name)s 增加岗位：%(post)s") % {"name": target.name, "post": post}
    return Outcome(post, after={"name": target.name, **summary(post)}, message=message, next_url=person_url(target))


def find_post(actor: Actor, pk: Any) -> Post:
    return Post.objects.visible_to(actor).select_for_update(of=("self",)).select_related("person").get(pk=pk)


def check_still_in_force(target: Post, actor: Actor, now: datetime) -> None:
    check_not_own(actor.person, target.person_id)
    if target.ends_on is not None and target.ends_on < timezone.localdate(now):
        raise RuleBroken(_("这个岗位已经结束。"))


@register(
    "accounts.end_post", label=gettext_lazy("结束岗位"), roles=ADMINISTRATOR, form=EndPost, find=find_post,
    region=lambda target, data: target.region, check=check_still_in_force,
)  # fmt: skip
def end_post(by: Actor, target: Post, data: dict[str, Any], now: datetime) -> Outcome:
    """到最后一天为止；以前办的事和留痕都保留。"""
    before = {"ends_on": target.ends_on.isoformat() if target.ends_on else ""}
    target.ends_on = data["ends_on"]
    target.save(update_fields=["ends_on"])
    message = _("岗位到 %(day)s 结束") % {"day": target.ends_on.isoformat()}
    after = {"ends_on": target.ends_on.isoformat()}
    return Outcome(target, before=before, after=after, message=message, reason=data["reason"], next_url=person_url(target.person))
