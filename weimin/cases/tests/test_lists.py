"""The list and its filters: each finds exactly what it says, and nothing outside one's range."""

from datetime import timedelta

import pytest
from django.utils import timezone

from weimin.cases.queries.listing import Filters, list_cases
from weimin.cases.tests.builders import ID_NUMBER, NOW, PHONE, make_case, make_item_version
from weimin.cases.tests.conftest import TOWNSHIP, VILLAGE
from weimin.residents.tests.builders import make_resident
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S3")]
OUTSIDE = 500242102200


@pytest.fixture
def shown(built, actor):
    """shown(role="township", **filters) → numbers of the first page."""

    def ask(role="township", **chosen):
        who = actor(role, TOWNSHIP)
        with entered(who):
            return [case.number for case in list_cases(who, Filters.read(chosen), NOW).rows]

    return ask


@pytest.fixture
def three(built):
    """An overdue one, a green one and an archived one, and one of another township."""
    other = built(make_item_version, code="CV0009", name="残疾人证办理")
    made = [
        built(make_case, VILLAGE, "decide", now=NOW - timedelta(days=40), applicant_name="田大山"),
        built(make_case, VILLAGE + 1, "decide", other, channel="portal", now=NOW - timedelta(days=1)),
        built(make_case, VILLAGE, "archived", now=NOW - timedelta(days=60)),
    ]
    built(make_case, OUTSIDE, "decide", applicant_name="田大山")
    return [case.number for case in made]


@pytest.mark.parametrize(
    ("chosen", "places"),
    [
        ({}, [1, 0, 2]), ({"state": "open"}, [0, 1]), ({"state": "archived"}, [2]), ({"lamp": "red"}, [0]), ({"lamp": "green"}, [1]), ({"lamp": "paused"}, []),
        ({"item": "CV0009"}, [1]), ({"channel": "portal"}, [1]), ({"place": str(VILLAGE)}, [0, 2]), ({"text": "田大山"}, [0]), ({"text": PHONE}, [1, 0, 2]),
        ({"text": ID_NUMBER}, [1, 0, 2]), ({"state": "nonsense", "lamp": "x", "place": "7"}, [1, 0, 2]),
    ],
)  # fmt: skip
def test_a_filter_finds_what_it_says(three, shown, chosen, places):
    assert shown(**chosen) == [three[place] for place in places]


def test_a_case_is_found_by_its_number(three, shown):
    assert shown(text=three[2]) == [three[2]]


def test_a_post_without_the_purpose_sees_no_case(three, shown):
    assert shown("operator") == []


def test_pages_follow_each_other_without_gaps(built, actor):
    numbers = [built(make_case, VILLAGE, now=NOW - timedelta(hours=hour)).number for hour in range(5)]
    who = actor("township", TOWNSHIP)
    with entered(who):
        first = list_cases(who, Filters(), NOW, "", 2)
        second = list_cases(who, Filters(), NOW, first.next, 2)
        back = list_cases(who, Filters(), NOW, second.previous, 2)
    assert [row.number for row in first.rows] + [row.number for row in second.rows] == numbers[:4]
    assert [row.number for row in back.rows] == numbers[:2]


def test_the_workbook_leaves_an_entry_on_the_trail(built, client_as):
    built(make_case, VILLAGE, "decide")
    answer = client_as("township", TOWNSHIP).get("/cases/?excel=1&state=open")
    assert answer.content[:2] == b"PK"
    with entered(system_actor()):
        assert Entry.objects.get(action="cases.export").after == {"state": "open", "text": False}


def test_the_page_of_a_case_shows_no_full_number(built, client_as):
    case = built(make_case, VILLAGE, "decide", now=timezone.now())
    page = client_as("township", TOWNSHIP).get(f"/cases/{case.pk}/").content.decode()
    assert "冉桂兰" in page
    assert "110105****002X" in page
    assert ID_NUMBER not in page
    assert PHONE not in page


def test_what_the_register_knows_is_shown_and_not_typed(built, client_as):
    code, resident = built(make_item_version).item.code, built(make_resident, VILLAGE, "冉小红")
    page = client_as("window", TOWNSHIP).get(f"/cases/new/{code}/?resident={resident.pk}").content.decode()
    assert "取自居民登记" in page
    assert 'name="id_number"' not in page
    assert resident.id_number not in page


def test_an_applicant_is_found_without_putting_the_number_into_an_address(built, client_as):
    code, resident = built(make_item_version).item.code, built(make_resident, VILLAGE, "冉小红")
    page = client_as("window", TOWNSHIP).post(f"/cases/new/{code}/", {"find": resident.id_number}).content.decode()
    assert f"?resident={resident.pk}" in page


def test_a_wrong_number_is_said_while_it_is_typed(built, client_as):
    answer = client_as("window", TOWNSHIP).post("/cases/new/check-number/", {"id_number": "50024219900101123", "id_kind": "id_card"})
    assert "应为 18 位，现在是 17 位" in answer.content.decode()
