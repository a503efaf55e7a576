"""Pages as people see them: lists, papers, the letter, who may see names."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from weimin.education.models import Letter, SignIn
from weimin.education.tests.builders import NOW, TODAY, act_now, make_activity, make_delivery, make_institution, make_letter, make_quiz, make_stock
from weimin.education.tests.examples.residents import LETTER
from weimin.indicators.storing import store_day
from weimin.residents.tests.builders import make_household
from weimin.sites.tests.builders import everything
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("H7")


@pytest.fixture
def activity(jurisdiction, places):
    with everything():
        return make_activity(make_institution(places.township, "中心"), state="held", place_kind="school")


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_is_filtered_by_kind_place_and_month(activity, client_as, places):
    client, address = client_as("leader", places.county), reverse("education:activities")
    found = [
        len(client.get(f"{address}?{query}").context["rows"])
        for query in ("", "place_kind=school", "place_kind=shop", "month=2026-11", "month=2026-10", "month=x")
    ]
    assert found == [1, 1, 0, 1, 0, 1]


def test_the_list_goes_out_as_excel(activity, client_as, places):
    answer = client_as("township", places.township).get(f"{reverse('education:activities')}?excel=1")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_names_of_the_sign_in_list_are_for_posts_that_know_the_residents(activity, client_as, places):
    with everything():
        SignIn.objects.create(region=activity.region, activity=activity, name="冉大山", entered_at=NOW)
    address = reverse("education:activity", args=[activity.pk])
    assert "冉大山" in text_of(client_as("institution", places.township).get(address))
    assert "冉大山" not in text_of(client_as("leader", places.county).get(address))


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_record_form_and_the_plan_are_papers(activity, client_as, places, ending, start):
    client = client_as("institution", places.township)
    papers = [reverse("education:record", args=[activity.pk, ending]), reverse("education:year_file", args=[activity.institution, 2026, ending])]
    assert [client.get(address).content.startswith(start) for address in papers] == [True, True]


def test_the_year_of_an_institution_says_what_it_owes_and_stands_on_its_site(activity, client_as, places):
    client = client_as("institution", places.township)
    assert "欠 " in text_of(client.get(reverse("education:year", args=[activity.institution])))
    assert "健康教育" in text_of(client.get(reverse("sites:site", args=[activity.institution])))
    assert len(client.get(reverse("education:years")).context["rows"]) == 1


def test_a_new_version_of_the_letter_keeps_the_old_one(jurisdiction, actor, client_as, places):
    bureau = actor("health_bureau", places.county)
    act_now(bureau, "education.write_letter", LETTER, "a")
    act_now(bureau, "education.write_letter", {**LETTER, "text": "第二版。"}, "b")
    with everything():
        assert list(Letter.objects.order_by("number").values_list("number", "text")) == [(1, "欢迎建档。"), (2, "第二版。")]
        make_delivery(Letter.objects.get(number=1), places.village, 200)
    client = client_as("village", places.village)
    answers = [client.get(reverse("education:letters") + query) for query in ("", "?version=1")]
    assert [answer.context["whole"] for answer in answers] == [0, 200]
    assert client.get(reverse("education:letter_file", args=[1, "pdf"])).content.startswith(b"%PDF")
    assert client.get(reverse("education:letter_file", args=[3, "pdf"])).status_code == 404


def test_the_question_sheet_does_not_carry_the_key(activity, client_as, places):
    with everything():
        quiz = make_quiz(activity)
    client = client_as("institution", places.township)
    for name in ("questions", "key"):
        assert client.get(reverse("education:quiz_file", args=[quiz.pk, name, "pdf"])).content.startswith(b"%PDF")
    assert client.get(reverse("education:quiz_file", args=[quiz.pk, "other", "pdf"])).status_code == 404


def test_leaders_see_the_coverage_of_kits_and_no_household(jurisdiction, client_as, places):
    with everything():
        make_stock(make_institution(places.township, "中心"), 1)
        for _number in range(3):
            make_household(places.village)
    with entered(system_actor(), role="NONE"):
        store_day(date.today(), NOW)  # noqa: DTZ011
    client = client_as("leader", places.county)
    answer = client.get(reverse("education:kits"))
    assert (answer.context["served"], answer.context["whole"], [missing for _place, _kind, missing in answer.context["short"]]) == (0, 3, [2, 2])
    address = reverse("education:households", args=[places.village])
    assert (client.get(address).status_code, address in text_of(answer)) == (403, False)
    assert address in text_of(client_as("health_bureau", places.county).get(reverse("education:kits")))


def test_the_letter_begins_with_the_draft_of_the_house(jurisdiction, client_as, places):
    with everything():
        assert not Letter.objects.exists()
    answer = client_as("health_bureau", places.county).get(reverse("actions:act", args=["education.write_letter"]))
    assert "每人每天吃油不超过 30 克" in text_of(answer)
    with everything():
        make_letter(text="上一版。", signed_on=TODAY)
    assert "上一版。" in text_of(client_as("health_bureau", places.county).get(reverse("actions:act", args=["education.write_letter"])))


def test_more_institutions_and_activities_ask_no_more_questions(jurisdiction, client_as, places):
    client, counts = client_as("health_bureau", places.county), []
    for _more in range(2):
        with everything():
            for _number in range(4):
                make_activity(make_institution(places.township), state="held")
        for name in ("activities", "years"):
            client.get(reverse(f"education:{name}"))
            with CaptureQueriesContext(connection) as caught:
                client.get(reverse(f"education:{name}"))
            counts.append(len(caught))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 30
