"""Keyset pages walk a whole list, forwards and back, each row once."""

import base64
import json

import pytest
from django.apps import apps

from weimin.ui.paging import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    region = apps.get_model("regions", "Region")
    return region.objects.filter(code__gte=500242101000, code__lt=500242103000)


def walk(places, order):
    codes, cursor = [], ""
    while True:
        page = page_of(places, order, cursor, 7)
        codes += [row.pk for row in page.rows]
        cursor = page.next
        if not cursor:
            return codes


@pytest.mark.parametrize("order", [["name"], ["-level", "name"], ["-pk"]])
def test_every_row_comes_once_and_in_order(places, order):
    wanted = places.order_by(*order, *([] if "-pk" in order else ["pk"]))
    assert walk(places, order) == list(wanted.values_list("pk", flat=True))


def test_the_previous_page_is_the_one_we_came_from(places):
    first = page_of(places, ["name"], "", 7)
    second = page_of(places, ["name"], first.next, 7)
    assert page_of(places, ["name"], second.previous, 7) == first


def test_a_page_costs_one_query(places, django_assert_num_queries):
    places.first()  # the connection says its search path once
    with django_assert_num_queries(1):
        page_of(places, ["name"], "", 7)


BAD = ["%%%", "abc", "é", base64.b64encode(b"5").decode(), base64.b64encode(json.dumps([">", "x\x00", "1"]).encode()).decode(),
       base64.b64encode(json.dumps([">", "x", "many"]).encode()).decode(), "A" * 5000]  # fmt: skip


@pytest.mark.parametrize("cursor", BAD)
def test_a_cursor_that_cannot_be_read_gives_the_first_page(places, cursor):
    assert page_of(places, ["name"], cursor, 7) == page_of(places, ["name"], "", 7)
