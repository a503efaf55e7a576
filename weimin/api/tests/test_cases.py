"""Cases by token: created, supplemented, advanced, listed by cursor."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.api.models import Delivery
from weimin.api.tests.builders import make_webhook
from weimin.cases.models import Case
from weimin.cases.tests.agency_builders import drawn
from weimin.cases.tests.builders import ID_NUMBER, NOW, make_case, make_item_version
from weimin.cases.tests.examples.making import RECEIVED, person
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9")]
URL = "/api/v1/cases"
SUPPLIED = {"m_household_book": "received", "m_id_card": "received", "m_bank_card": "received", "accept": True}


def post(client: Any, url: str, body: Any, key: str = "k") -> Any:
    return client.post(url, json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key})


def put_case(region: int, state: str = "received", **over: Any) -> Case:
    with entered(system_actor()):
        return make_case(region, state, **over)


def read_back(number: int) -> Case:
    with entered(system_actor()):
        return Case.objects.get(pk=number)


def test_a_case_is_created_and_says_so_to_who_asked(caller, places):
    client = caller("window", places.township)
    with entered(system_actor()):
        item = make_item_version().item.code
    make_webhook(places.county, ["cases.*"])
    body = {"item": item, **person(places.township), **RECEIVED, "verdict": "accept"}
    first, again = (post(client, URL, body) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()["receipt"]) == (201, 200, first.json()["receipt"])
    case = read_back(first.json()["subject"]["id"])
    assert (case.channel, case.state, case.applicant_name) == ("api", "decide", "冉桂兰")
    with entered(system_actor()):
        assert list(Delivery.objects.values_list("action", flat=True)) == ["cases.receive"]


def test_what_is_missing_is_said_at_its_field(caller, places):
    client = caller("window", places.township)
    with entered(system_actor()):
        item = make_item_version().item.code
    answer = post(client, URL, {"item": item, "verdict": "accept"})
    assert (answer.status_code, answer.json()["code"]) == (422, "input_invalid")
    assert {"name", "id_number"} <= {error["field"] for error in answer.json()["errors"]}
    assert post(client, URL, {}).status_code == 400


def test_a_case_is_supplemented_and_goes_on(caller, places):
    case = put_case(places.village, "supplement", desk_now="window")
    answer = post(caller("window", places.township), f"{URL}/{case.pk}/supplement", SUPPLIED)
    assert answer.status_code == 201
    assert read_back(case.pk).accepted_at is not None


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "还没有签收凭据"), ("en", "no proof of delivery")])
def test_a_delivery_without_evidence_is_refused_and_says_which_in_both_languages(caller, places, language, words):
    case = put_case(places.village, "deliver", desk_now="window")
    client = caller("window", places.township)
    headers = {"Idempotency-Key": "k", "Accept-Language": language}
    answer = client.post(f"{URL}/{case.pk}/deliver", json.dumps({"way": "home", "to": "self"}), content_type="application/json", headers=headers)
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (422, "application/problem+json", "input_invalid")
    (error,) = answer.json()["errors"]
    assert error["field"] == "signature" and words in error["message"]
    assert read_back(case.pk).state == "deliver"


def test_a_delivery_with_a_drawn_signature_is_taken(caller, places):
    case = put_case(places.village, "deliver", desk_now="window")
    answer = post(caller("window", places.township), f"{URL}/{case.pk}/deliver", {"way": "home", "to": "self", "signature": drawn()})
    assert (answer.status_code, read_back(case.pk).state) == (201, "delivered")


def test_in_the_wrong_state_it_is_a_422_with_the_sentence(caller, places):
    case = put_case(places.village, "archived")
    answer = post(caller("window", places.township), f"{URL}/{case.pk}/supplement", SUPPLIED)
    assert (answer.status_code, answer.json()["code"]) == (422, "rule_broken")
    assert read_back(case.pk).state == "archived"


def test_reading_tells_what_can_be_done_next(caller, places):
    case = put_case(places.village, "decide", desk_now="township")
    found = caller("township", places.township).get(f"{URL}/{case.pk}").json()
    assert "cases.decide" in {line["action"] for line in found["next_actions"]}
    assert caller("township", places.township, ["cases:read"]).get(f"{URL}/{case.pk}").json()["next_actions"] == []


def test_identifiers_are_masked(caller, places):
    case = put_case(places.village)
    answer = caller("township", places.township).get(f"{URL}/{case.pk}")
    assert answer.json()["id_number"] == "110105****002X"
    assert ID_NUMBER not in answer.content.decode()


@pytest.mark.parametrize("verb", ["answer_office", "receive", "nothing", "show_identity"])
def test_a_verb_that_is_not_for_a_case_s_number_is_not_done(caller, places, verb):
    case = put_case(places.village)
    assert post(caller("township", places.township), f"{URL}/{case.pk}/{verb}", {}).status_code in (403, 404)


@pytest.mark.parametrize(
    ("role", "seat", "status"),
    [("village", "other_village", 404), ("township", "other_township", 404), ("finance", "county", 404), ("supervisor", "county", 200)],
)
def test_role_and_place_of_the_post_decide(caller, places, role, seat, status):
    case = put_case(places.village)
    assert caller(role, getattr(places, seat)).get(f"{URL}/{case.pk}").status_code == status


def test_a_foreign_case_is_advanced_by_nobody(caller, places):
    case = put_case(places.village, "supplement", desk_now="window")
    answer = post(caller("window", places.other_township), f"{URL}/{case.pk}/supplement", SUPPLIED)
    assert (answer.status_code, read_back(case.pk).state) == (404, "supplement")


def test_who_may_read_may_not_write(caller, places):
    case = put_case(places.village, "supplement", desk_now="window")
    answer = post(caller("window", places.township, ["cases:read"]), f"{URL}/{case.pk}/supplement", SUPPLIED)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_a_list_is_walked_by_its_link_header(caller, places):
    numbers = [put_case(places.village, now=NOW + timedelta(minutes=minute)).pk for minute in range(5)]
    client, url, seen = caller("township", places.township), f"{URL}?size=2&state=received", []
    while url:
        answer = client.get(url)
        seen += [line["id"] for line in answer.json()["items"]]
        link = re.search(r'<http://testserver([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        url = link[1] if link else ""
    assert seen == numbers[::-1]


@pytest.mark.parametrize("query", ["stat=open", "state=nothing", "lamp=purple", "place=1", "size=0", "item=x", "channel=fax"])
def test_a_misspelt_filter_does_not_show_everything(caller, places, query):
    answer = caller("township", places.township).get(f"{URL}?{query}")
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [query.partition("=")[0]])


def test_the_list_shows_the_range_of_the_post_only(caller, places):
    inside, outside = put_case(places.village), put_case(places.other_village)
    listed = {
        role: [line["id"] for line in caller(role, seat).get(URL).json()["items"]]
        for role, seat in (("window", places.township), ("county_office", places.county), ("finance", places.county))
    }
    assert {role: sorted(ids) for role, ids in listed.items()} == {"window": [inside.pk], "county_office": sorted([inside.pk, outside.pk]), "finance": []}


def test_a_search_by_the_whole_number_of_a_document(caller, places):
    case = put_case(places.village)
    answer = caller("township", places.township).post(f"{URL}/search", json.dumps({"q": ID_NUMBER}), content_type="application/json")
    assert [line["id"] for line in answer.json()["items"]] == [case.pk]


def test_a_longer_list_asks_no_more_questions(caller, places):
    client, counts = caller("township", places.township), []
    for _ in range(2):
        for _more in range(5):
            put_case(places.village)
        client.get(URL)
        with CaptureQueriesContext(connection) as caught:
            client.get(URL)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 12
