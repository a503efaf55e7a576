"""Who comes in by which token, and what stays shut."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from weimin.accounts.models import Post
from weimin.actions.act import act
from weimin.api.models import Token
from weimin.api.scopes import SCOPES, may_act, narrowed
from weimin.api.tests.builders import make_token, program
from weimin.messages.models import Message
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9")]
URL = "/api/v1/catalogue"
GIVEN = {"name": "县政务平台", "fixed": ["catalogue:read"], "actions": "sites.correct", "expires_on": "2026-12-31"}


def refusal(answer: Any) -> tuple[int, str, str]:
    return answer.status_code, answer.headers["Content-Type"], answer.json()["code"]


def test_without_a_token_nobody_comes_in(jurisdiction):
    answer = Client().get(URL)
    assert refusal(answer) == (401, "application/problem+json", "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="weimin"'


def test_a_session_opens_nothing(jurisdiction, client_as, places):
    assert refusal(client_as("township", places.township).get(URL))[0] == 401


def test_a_token_opens_no_page(caller, places):
    assert caller("township", places.township).get("/sites/").status_code == 302


def test_a_token_comes_in_without_a_cookie(caller, places):
    assert caller("township", places.township).get(URL).status_code == 200


def test_a_token_of_another_jurisdiction_is_looked_up_there(caller, places, tupo):
    """Its prefix says where; the schema that the connection was in before does not matter."""
    assert connection.tenant.code == 341221203000
    with entered(system_actor()):
        post = Post.objects.create(person_id=None or make_person(), role="township", region=341221203000, starts_on=date(2020, 1, 1))
        secret = make_token(post)
    assert secret.startswith("wm_341221203000_")
    assert program(secret).get(URL).status_code == 200
    assert refusal(program(secret.replace("341221203000", "500242000000")).get(URL))[0] == 401


def make_person() -> int:
    from weimin.accounts.models import Person

    return Person.objects.create(login="tupo", name="李四").pk


@pytest.mark.parametrize(
    "text", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer wm_500242000000_" + "0" * 48, "Bearer wm_\x00", "Bearer wm_999999999999_" + "a" * 48]
)
def test_anything_else_in_the_header_is_a_401(jurisdiction, text):
    assert refusal(Client(headers={"Authorization": text}).get(URL))[0] == 401


def test_an_expired_token_says_so(caller, places):
    now = timezone.now()
    answer = caller("township", places.township, created_at=now - timedelta(days=9), expires_at=now - timedelta(days=1)).get(URL)
    assert (answer.status_code, answer.json()["detail"]) == (401, "这个接口令牌已经到期。请向系统管理员申请新的。")


def test_a_token_that_was_taken_back_says_so(caller, places):
    client = caller("township", places.township, revoked_at=timezone.now())
    assert client.get(URL).json()["detail"] == "这个接口令牌已经收回。请向系统管理员申请新的。"


def test_a_token_ends_with_its_post_and_with_its_person(caller, places):
    over, off = caller("township", places.township), caller("township", places.township)
    over.post_row.ends_on = date(2021, 1, 1)
    over.post_row.save()
    off.post_row.person.active = False
    off.post_row.person.save()
    assert [refusal(client.get(URL))[0] for client in (over, off)] == [401, 401]


def test_a_token_notes_its_use_once_a_minute(caller, places):
    client = caller("township", places.township)
    client.get(URL)
    first = Token.objects.get().last_used_at
    client.get(URL)
    assert Token.objects.get().last_used_at == first is not None


def test_a_scope_that_is_missing_is_a_403(caller, places):
    answer = caller("township", places.township, ["residents:read"]).get(URL)
    assert refusal(answer) == (403, "application/problem+json", "scope_missing")


def test_the_language_of_an_error_is_the_reader_s(jurisdiction):
    answer = Client().get(URL, headers={"Accept-Language": "en"})
    assert answer.json()["title"] == "No usable API token"
    assert answer.json()["request"] == answer.headers["X-Request-ID"]


def test_a_token_is_shown_once_and_kept_as_a_hash(jurisdiction, actor, places, now):
    who = actor("township", places.township)
    receipt = act(who, "api.give_token", GIVEN, "k", target=who.post, now=now)
    [secret] = receipt.once
    row = Token.objects.get()
    assert (row.scopes, row.tail) == (["catalogue:read", "actions:sites.correct"], secret[-4:])
    assert secret.encode() not in bytes(row.secret_hash)
    assert row.expires_at.isoformat() == "2026-12-31T16:00:00+00:00"
    assert not getattr(act(who, "api.give_token", GIVEN, "k", target=who.post, now=now), "once", [])


def test_nobody_gives_a_token_for_somebody_else_s_post(jurisdiction, actor, places, now):
    other = actor("township", places.township)
    with pytest.raises(NotVisible):
        act(actor("lead_office", places.county), "api.give_token", GIVEN, "k", target=other.post, now=now)
    assert Token.objects.count() == 0


def test_the_administrator_does_and_the_holder_hears_of_it(jurisdiction, actor, places, now):
    holder = actor("township", places.township)
    act(actor("administrator", places.county), "api.give_token", GIVEN, "k", target=holder.post, now=now)
    with entered(holder):
        assert Message.objects.get(person=holder.person).text == "张三 为您的岗位发放了接口令牌“县政务平台”。不是您要的，请马上收回。"


def test_a_post_with_a_second_factor_gives_its_own_tokens_only(jurisdiction, actor, places, now):
    holder = actor("auditor", places.county)
    with pytest.raises(RuleBroken, match="只能由本人发放"):
        act(actor("administrator", places.county), "api.give_token", GIVEN | {"actions": ""}, "k", target=holder.post, now=now)
    assert Token.objects.count() == 0


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"actions": "sites.correct nothing.here"}, "actions"),
        ({"actions": "accounts.add_person"}, "actions"),
        ({"actions": "api.*"}, "actions"),
        ({"actions": "finance.never"}, "actions"),
        ({"fixed": ["cases:approve"]}, "fixed"),
        ({"fixed": [], "actions": ""}, "fixed"),
        ({"expires_on": "2027-11-30"}, "expires_on"),
        ({"expires_on": "2026-11-22"}, "expires_on"),
    ],
)
def test_what_a_token_may_not_be_given_is_refused_at_its_field(jurisdiction, actor, places, now, over, field):
    who = actor("township", places.township)
    with pytest.raises(InputInvalid) as refused:
        act(who, "api.give_token", GIVEN | over, "k", target=who.post, now=now)
    assert list(refused.value.form.errors) == [field]


def test_a_post_without_the_purpose_is_not_offered_the_scope(jurisdiction, actor, places, now):
    who = actor("finance", places.county)
    with pytest.raises(InputInvalid):
        act(who, "api.give_token", GIVEN | {"fixed": ["residents:read"], "actions": ""}, "k", target=who.post, now=now)


@pytest.mark.parametrize(
    ("scopes", "action", "may"),
    [
        (["actions:sites.correct"], "sites.correct", True),
        (["actions:sites.*"], "sites.correct", True),
        (["actions:sites.*"], "sitesx.correct", False),
        (["actions:sites.correct"], "sites.enter", False),
        (["cases:write"], "cases.accept", True),
        (["cases:read"], "cases.accept", False),
        (["cases:write", "actions:cases.*"], "cases.show_identity", False),
        (["actions:cases.show_identity"], "cases.show_identity", True),
        (["actions:accounts.*", "actions:accounts.add_person"], "accounts.add_person", False),
        (["actions:api.*"], "api.give_token", False),
        ([], "sites.correct", False),
    ],
)
def test_which_scope_opens_which_action(scopes, action, may):
    assert may_act(scopes, action) is may


def test_a_token_that_only_reads_opens_only_the_purposes_it_names():
    post = frozenset({"buildout", "residents", "cases"})
    assert narrowed(post, ["catalogue:read"]) == frozenset()
    assert narrowed(post, ["catalogue:read", "cases:read"]) == {"cases"}
    assert narrowed(post, ["cases:write"]) == post
    assert {scope.purpose for scope in SCOPES} == {"", "residents", "cases", "health"}
