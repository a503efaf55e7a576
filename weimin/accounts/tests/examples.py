"""A valid use of each action of the room."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from weimin.accounts.models import Delegation, Person, Post, SecondFactor
from weimin.accounts.passwords import set_password
from weimin.accounts.second_factor import code_at, new_secret
from weimin.actions.examples import Example
from weimin.walls.actor import Actor

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OLD, NEW = "Jiu-mima-2026", "Xin-mima-2027"


def make_person(region: int, name: str = "李四", role: str = "township", **over: Any) -> Person:
    """A person with one post in the current schema."""
    person = Person.objects.create(login=f"p{Person.objects.count()}x", name=name, **over)
    Post.objects.create(person=person, role=role, region=region, starts_on=date(2020, 1, 1))
    return person


def with_password(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    set_password(Person.objects.get(pk=actor.person), OLD, NOW - timedelta(days=30), must_change=False)
    return actor.post, {"current": OLD, "password": NEW, "repeated": NEW}


def with_factor(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    factor = SecondFactor.objects.create(person_id=actor.person, secret=new_secret())
    return actor.post, {"code": code_at(factor.secret, NOW)}


def leave(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    deputy = make_person(region)
    return actor.post, {"deputy": deputy.login, "starts_on": "2026-11-24", "ends_on": "2026-11-30", "reason": "年休假"}


def delegated(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    row = Delegation.objects.create(
        post_id=actor.post, deputy=make_person(region), region=Post.objects.get(pk=actor.post).region,
        starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 30), reason="年休假",
    )  # fmt: skip
    return row.pk, {}


def new_person(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return None, {"login": "wangwu", "name": "王五", "role": "township", "region": region, "starts_on": "2026-11-23"}


def other(actor: Actor, region: int) -> Person:
    return make_person(region)


def new_post(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return other(actor, region).pk, {"role": "supervisor", "region": region, "starts_on": "2026-11-23"}


def ending(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return other(actor, region).posts.get().pk, {"ends_on": "2026-11-30", "reason": "调动"}


def with_reason(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return other(actor, region).pk, {"reason": "本人申请"}


def post_over(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    person = other(actor, region)
    person.posts.update(ends_on=date(2026, 10, 31))
    return person.posts.get().pk, {"ends_on": "2026-11-30", "reason": "调动"}


def switched_off(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_person(region, active=False).pk, {"role": "supervisor", "region": region, "starts_on": "2026-11-23"}


def oneself(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return actor.person, {"reason": "本人申请"}


def locked_out(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_person(region, locked_until=NOW + timedelta(days=3650)).pk, {}


def lost_phone(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    person = other(actor, region)
    SecondFactor.objects.create(person=person, secret=new_secret(), confirmed_at=NOW)
    return person.pk, {"reason": "手机丢失"}


EXAMPLES = {
    "accounts.change_password": Example("township", with_password),
    "accounts.confirm_second_factor": Example("supervisor", with_factor),
    "accounts.delegate": Example("township", leave),
    "accounts.revoke_delegation": Example("township", delegated),
    "accounts.add_person": Example("administrator", new_person),
    "accounts.give_post": Example("administrator", new_post, wrong=switched_off),
    "accounts.end_post": Example("administrator", ending, wrong=post_over),
    "accounts.switch_off_person": Example("administrator", with_reason),
    "accounts.reset_password": Example("administrator", with_reason, wrong=oneself),
    "accounts.unlock": Example("administrator", locked_out),
    "accounts.reset_second_factor": Example("administrator", lost_phone),
}
