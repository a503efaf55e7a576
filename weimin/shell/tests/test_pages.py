"""Every page of the face: what it shows, how it copes with odd addresses, what it costs in queries."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from weimin.actions.registry import ACTIONS
from weimin.flows.tests.builders import fill, make_step
from weimin.shell.page_list import PAGES

# Statements that only tell the database who asks and where; a request for anything has them.
ASIDE = re.compile(r"SAVEPOINT|RELEASE|SET search_path|SET LOCAL (ROLE|weimin)")


def queries_of(client: Any, path: str) -> int:
    client.get(path)  # the calendar and the session's time are there
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len([query for query in caught.captured_queries if not ASIDE.match(query["sql"])])


@pytest.mark.parametrize("role", ["lead_office", "township", "village"])
def test_the_workbench_with_two_thousand_steps_stays_within_fifteen_queries(jurisdiction: Any, client_as: Any, places: Any, role: str) -> None:
    where = {"lead_office": places.county, "township": places.township, "village": places.village}[role]
    fill(2000, timezone.now())
    assert queries_of(client_as(role, where), "/") <= 15


@pytest.mark.parametrize(
    "query",
    [
        "tab=x",
        "lamp=blau",
        "township=abc",
        "township=999999999999",
        "flow=%00",
        "q=%00%27",
        "cursor=%3Enan~1",
        "tab=team&lamp=red&q=%25",
    ],
)
def test_odd_addresses_are_as_good_as_none(jurisdiction: Any, client_as: Any, places: Any, query: str) -> None:
    for path in ("/", "/todo.xlsx"):
        assert client_as("township", places.township).get(f"{path}?{query}").status_code == 200


@pytest.mark.req("X2", "X5")
def test_the_excel_holds_exactly_what_the_list_shows(jurisdiction: Any, client_as: Any, places: Any) -> None:
    make_step(places.village, timezone.now(), title="渤海社区站点备案", subject_id=1)
    make_step(places.village, timezone.now(), title="=cmd()", subject_id=2)
    make_step(places.village, timezone.now(), title="乡镇的事", subject_id=3, role="township")
    answer = client_as("village", places.village).get("/todo.xlsx?q=站点")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [[str(cell.value) for cell in row if cell.value] for row in sheet.iter_rows()]
    assert [row for row in cells if "渤海社区站点备案" in row] and not [row for row in cells if "=cmd()" in row or "乡镇的事" in row]
    assert "张三" in cells[1][0]


def test_the_team_list_offers_urging_to_a_township_and_not_to_a_village(jurisdiction: Any, client_as: Any, places: Any) -> None:
    step = make_step(places.village, timezone.now(), role="operator")
    link = f"/act/flows.urge/{step.pk}/"
    assert link in client_as("township", places.township).get("/?tab=team").content.decode()
    assert link not in client_as("village", places.village).get("/?tab=team").content.decode()


@pytest.mark.parametrize("text", ["渤海", "龙潭", "longtan", "lt"])
def test_search_finds_steps_and_places_by_name_pinyin_and_initials(jurisdiction: Any, client_as: Any, places: Any, flow: Any, text: str) -> None:
    make_step(500242101001, timezone.now(), title="渤海社区站点备案", role="township")
    page = client_as("township", places.township).get(f"/search/?q={text}").content.decode()
    assert "/sites/1/" in page or "/regions/500242101" in page


def test_search_never_shows_what_lies_outside_the_range(jurisdiction: Any, client_as: Any, places: Any, flow: Any) -> None:
    make_step(places.other_village, timezone.now(), title="别乡站点备案", role="township")
    assert "别乡站点备案" not in client_as("township", places.township).get("/search/?q=站点").content.decode()


def test_one_letter_is_too_short_and_says_so(jurisdiction: Any, client_as: Any, places: Any) -> None:
    assert "至少输一个汉字" in client_as("township", places.township).get("/search/?q=l").content.decode()


def test_help_lists_every_action_of_the_post_and_no_other(jurisdiction: Any, client_as: Any, places: Any) -> None:
    page = client_as("township", places.township).get("/help/").content.decode()
    shown = {name for name in ACTIONS if f'id="{name}"' in page}
    assert shown == {name for name, action in ACTIONS.items() if "township" in action.roles}


def test_the_guide_ticks_what_was_done_today(jurisdiction: Any, client_as: Any, places: Any) -> None:
    client = client_as("supervisor", places.county)
    assert "今天已有人办过" not in client.get("/guide/").content.decode()
    step = make_step(places.village, timezone.now())
    client.post(f"/act/flows.urge/{step.pk}/", {"key": "k", "note": ""})
    assert client.get("/guide/").content.decode().count("今天已有人办过") == 1


@pytest.mark.req("X12")
def test_the_workbench_speaks_english(jurisdiction: Any, client_as: Any, places: Any) -> None:
    client = client_as("township", places.township)
    client.cookies["django_language"] = "en"
    page = client.get("/").content.decode()
    assert "My to-dos" in page and "我的待办" not in page


def test_names_in_the_page_list_are_unique() -> None:
    assert len({page.name for page in PAGES}) == len(PAGES)
