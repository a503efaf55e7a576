"""The registry of actions by HTTP, and the idempotency of what is done there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.models import Receipt
from weimin.actions.registry import ACTIONS
from weimin.api.form_schema import schema_of
from weimin.sites.models import Site
from weimin.sites.tests.builders import CORRECTED, make_site
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9")]
CORRECT = ["actions:sites.correct"]


@pytest.fixture
def site(jurisdiction: Any, places: Any) -> Site:
    with entered(system_actor()):
        return make_site(region=places.village, name="龙潭村服务站")


def url(site: Site) -> str:
    return f"/api/v1/actions/sites.correct/{site.pk}"


def send(client: Any, address: str, body: Any, key: str = "k1", **more: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers, **more)


def test_the_registry_says_what_this_token_may_do(caller, places):
    items = caller("township", places.township, CORRECT).get("/api/v1/actions").json()["items"]
    named = {item["name"]: item for item in items}
    assert named["sites.correct"]["label"] == "更正站点资料"
    assert {name for name, item in named.items() if item["allowed"]} == {"sites.correct"}
    assert {"accounts.add_person", "api.give_token"} & set(named) == set()


def test_the_registry_of_one_room(caller, places):
    items = caller("township", places.township).get("/api/v1/actions?room=messages").json()["items"]
    assert [item["name"] for item in items] == ["messages.mark_all_read", "messages.mark_read"]


def test_every_form_of_the_house_has_a_schema():
    assert [name for name, action in ACTIONS.items() if schema_of(action.form.base_fields)["type"] != "object"] == []


def test_an_action_brings_the_schema_of_its_form(caller, places, site):
    found = caller("township", places.township, CORRECT).get(url(site)).json()
    assert found["input"]["properties"]["name"]["type"] == "string"
    assert found["refusal"] == ""


def test_a_write_is_201_and_on_the_trail_as_the_api_s(caller, places, site):
    client = caller("township", places.township, CORRECT)
    answer = send(client, url(site), CORRECTED)
    assert (answer.status_code, answer.json()["subject"]) == (201, {"type": "sites.site", "id": site.pk})
    with entered(system_actor()):
        assert Site.objects.get(pk=site.pk).name == CORRECTED["name"]
        assert Entry.objects.filter(action="sites.correct").values_list("person", "channel").get() == (client.post_row.person_id, "api")


def test_the_same_key_again_is_200_and_does_nothing(caller, places, site):
    client = caller("township", places.township, CORRECT)
    first, again = (send(client, url(site), CORRECTED) for _ in range(2))
    assert (again.status_code, again.json()["receipt"]) == (200, first.json()["receipt"])
    with entered(system_actor()):
        assert Entry.objects.filter(action="sites.correct").count() == 1


def test_the_same_key_with_other_content_is_409(caller, places, site):
    client = caller("township", places.township, CORRECT)
    send(client, url(site), CORRECTED)
    answer = send(client, url(site), CORRECTED | {"name": "又一个名字"})
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")


def test_a_key_of_a_refused_write_can_be_used_again(caller, places, site):
    client = caller("township", places.township, CORRECT)
    assert send(client, url(site), {}).status_code == 422
    assert send(client, url(site), CORRECTED).status_code == 201


def test_two_people_may_use_the_same_key(caller, places, site):
    for _ in range(2):
        client = caller("township", places.township, CORRECT)
        assert send(client, url(site), CORRECTED).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 65, "钥匙"], ids=["none", "long", "chinese"])
def test_a_write_without_a_sound_key_is_refused(caller, places, site, key):
    client = caller("township", places.township, CORRECT)
    answer = send(client, url(site), CORRECTED, key)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert Receipt.objects.count() == 0


def test_wrong_fields_are_named_one_by_one_in_the_reader_s_language(caller, places, site):
    client = caller("township", places.township, CORRECT)
    chinese, english = (send(client, url(site), {}, HTTP_ACCEPT_LANGUAGE=language).json() for language in ("zh-CN", "en"))
    assert (chinese["code"], chinese["title"], english["title"]) == ("input_invalid", "内容有误", "The content is wrong")
    assert "：" in chinese["detail"] and "：" not in english["detail"]
    assert [chinese["errors"][0], english["errors"][0]] == [
        {"field": "name", "label": "站点名称", "message": "这个字段是必填项。"},
        {"field": "name", "label": "Name of the site", "message": "This field is required."},
    ]


def test_what_is_in_another_township_is_missing(caller, places, site):
    client = caller("township", places.other_township, CORRECT)
    foreign, missing = send(client, url(site), {}), send(client, "/api/v1/actions/sites.correct/987654321", {}, "k2")
    assert foreign.status_code == missing.status_code == 404
    assert {**foreign.json(), "request": ""} == {**missing.json(), "request": ""}


def test_a_role_that_may_not_is_403_also_with_the_scope(caller, places, site):
    answer = send(caller("finance", places.county, CORRECT), url(site), {})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_an_action_without_its_scope_is_403(caller, places, site):
    answer = send(caller("township", places.township, ["catalogue:read"]), url(site), {})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


@pytest.mark.parametrize("name", ["api.give_token", "accounts.change_password", "no.such"])
def test_what_programs_may_never_do_looks_like_what_does_not_exist(caller, places, name):
    client = caller("administrator", places.county, ["actions:api.*", "actions:accounts.*", f"actions:{name}"])
    assert send(client, f"/api/v1/actions/{name}", {}).status_code == 404


@pytest.mark.parametrize("body", ["{", "[]", "1", '{"name": "\\ud800"}', "[" * 100_000, '{"n": ' + "9" * 5000 + "}"], ids=range(6))
def test_a_body_that_is_no_object_is_400(caller, places, site, body):
    client = caller("township", places.township, CORRECT)
    answer = client.post(url(site), body, content_type="application/json", headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_a_body_of_another_type_is_415(caller, places, site):
    client = caller("township", places.township, CORRECT)
    assert client.post(url(site), "a=b", content_type="text/plain", headers={"Idempotency-Key": "k"}).status_code == 415


@pytest.mark.parametrize("language, title", [("zh-hans", "内容的类型不对"), ("en", "Wrong type of content")])
def test_every_problem_has_a_title_in_words(caller, places, site, language, title):
    client = caller("township", places.township, CORRECT)
    answer = client.post(url(site), "a=b", content_type="text/plain", headers={"Idempotency-Key": "k", "Accept-Language": language})
    missing = client.get("/api/v1/nothing", headers={"Accept-Language": language})
    assert answer.json()["title"] == title
    assert "_" not in missing.json()["title"]


def test_a_missing_parameter_is_said_in_the_reader_s_language(caller, places, site):
    client = caller("township", places.township, CORRECT)
    answers = [client.post(url(site), "{}", content_type="application/json", headers={"Accept-Language": to}) for to in ("zh-hans", "en")]
    assert [answer.json()["errors"][0]["message"] for answer in answers] == ["这个字段是必填项。", "This field is required."]


def test_files_go_as_multipart(caller, places, site):
    client = caller("township", places.township, CORRECT)
    upload = SimpleUploadedFile("a.txt", b"x")
    answer = client.post(url(site), CORRECTED | {"unused": upload}, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 201
