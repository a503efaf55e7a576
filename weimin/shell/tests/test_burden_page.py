"""The page of the burden: sums of a month per post and per form, for those who answer for it."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import fastexcel
import pytest
from django.utils import timezone

from weimin.actions.models import Burden
from weimin.shell.burden import line_of, month_choices, month_of
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X2")
NOVEMBER = date(2026, 11, 1)


def put(region: int, **over: Any) -> None:
    facts = {
        "month": timezone.localdate().replace(day=1),
        "post": 1,
        "role": "township",
        "action": "flows.urge",
        "forms": 4,
        "seconds": 600,
        "boxes": 8,
        "known": 2,
    }
    with entered(system_actor()):
        Burden.objects.create(region=region, **{**facts, **over})


def test_a_line_gives_minutes_each_form_and_the_share_that_was_known() -> None:
    line = line_of({"forms": 4, "seconds": 600, "boxes": 8, "known": 2})
    assert (line.minutes, line.each, line.share) == (10, "2.5", "25.0%")


@pytest.mark.parametrize("text", ["", "x", "2026-13", "99999-01", "\x00"])
def test_an_odd_month_is_this_month(text: str) -> None:
    assert month_of(text, date(2026, 11, 30)) == NOVEMBER


def test_this_month_can_be_chosen_though_it_is_empty() -> None:
    assert [value for value, _words, _count in month_choices([date(2026, 9, 1)], date(2026, 11, 30))] == ["2026-11", "2026-09"]


def test_the_page_shows_posts_forms_and_totals(jurisdiction: Any, client_as: Any, places: Any) -> None:
    put(places.township)
    put(places.county, post=2, role="lead_office", forms=1, seconds=60, boxes=2, known=0)
    page = client_as("supervisor", places.county).get("/burden/").content.decode()
    assert all(words in page for words in ("乡镇经办", "牵头部门", "催办", "25.0%", "20.0%"))


def test_another_township_s_burden_is_not_shown(jurisdiction: Any, client_as: Any, places: Any) -> None:
    put(places.township, role="finance")
    assert "财政" not in client_as("lead_office", places.other_township).get("/burden/").content.decode().split("<main")[1]


def test_the_workbook_holds_what_the_page_shows(jurisdiction: Any, client_as: Any, places: Any) -> None:
    put(places.township)
    answer = client_as("leader", places.county).get("/burden/?excel=1")
    cells = fastexcel.read_excel(io.BytesIO(answer.content).read()).load_sheet(0, header_row=None).to_polars()
    assert any(row[2:6] == ("4", "10", "8", "2") or list(row)[2:6] == [4, 10, 8, 2] for row in cells.rows())


def test_posts_that_do_not_answer_for_it_do_not_see_it(jurisdiction: Any, client_as: Any, places: Any) -> None:
    assert client_as("township", places.township).get("/burden/").status_code == 403
