from __future__ import annotations

from datetime import timedelta

import fastexcel
import pytest
from django.test import Client
from django.utils import timezone

from weimin.indicators.storing import store_day
from weimin.indicators.views import words

pytestmark = [pytest.mark.django_db, pytest.mark.req("C2")]
A, B, C = 500242101200, 500242101201, 500242102200


@pytest.fixture
def stored(jurisdiction, measured):
    """Yesterday and today as the clock of the machine says, since the pages show today."""
    now = timezone.now()
    measured.found, measured.parts = {A: (1, 1), B: (0, 1), C: (0, 1)}, {("p", A): (5, 0)}
    store_day(timezone.localdate(now) - timedelta(days=1), now - timedelta(days=1))
    measured.found = {A: (1, 1), B: (0, 1), C: (1, 1)}
    store_day(timezone.localdate(now), now)


@pytest.mark.parametrize("unit, value, expected", [("%", 99.9, "99.9%"), ("%", 100.0, "100.0%"), ("个", 1234.0, "1,234 个"), ("%", None, "—")])
def test_a_figure_is_told_with_its_unit(unit, value, expected):
    assert words(unit, value) == expected


def test_the_list_shows_figure_definition_and_part(stored, client_as, places):
    page = client_as("lead_office", places.county).get("/indicators/").content.decode()
    assert "66.6%" in page and "2/3" in page and "已通的村 ÷ 全部行政村" in page and "方案p" in page and "5 件" in page


def test_a_village_post_sees_its_own_figure(stored, client_as, places):
    page = client_as("village", places.village).get("/indicators/").content.decode()
    assert "100.0%" in page and "1/1" in page and "2/3" not in page


def test_the_page_of_one_ranks_the_townships(stored, client_as, places):
    page = client_as("lead_office", places.county).get("/indicators/test.coverage/")
    assert [(place.standing.region, place.figure) for place in page.context["places"]] == [(500242102000, "100.0%"), (500242101000, "50.0%")]
    assert [day.numerator for day in page.context["days"]] == [1, 2]


def test_a_township_post_sees_its_villages(stored, client_as, places):
    page = client_as("township", places.township).get("/indicators/test.coverage/")
    assert [place.standing.region for place in page.context["places"]] == [A, B]


def test_the_places_are_exported_with_a_watermark(stored, client_as, places):
    answer = client_as("lead_office", places.county, "赵六").get("/indicators/test.coverage/export/")
    sheet = fastexcel.read_excel(answer.content).load_sheet(0, header_row=None).to_polars()
    assert "赵六" in sheet.row(1)[0]
    assert [sheet.row(3)[2:], sheet.row(4)[2:]] == [("1", "1", "100.0%"), ("1", "2", "50.0%")]


def test_an_unknown_indicator_is_missing(stored, client_as, places):
    assert client_as("lead_office", places.county).get("/indicators/test.none/").status_code == 404


def test_an_unknown_part_says_that_there_is_nothing_yet(stored, client_as, places):
    page = client_as("lead_office", places.county).get("/indicators/test.coverage/?part=%00x")
    assert (page.status_code, page.context["days"]) == (200, [])


def test_who_is_not_signed_in_is_sent_to_the_door(jurisdiction):
    client = Client()
    client.cookies["weimin_jurisdiction"] = str(jurisdiction.code)
    assert client.get("/indicators/").status_code == 302
