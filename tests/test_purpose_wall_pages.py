"""The wall of purpose on the pages: what no page, search, export or file tells a post without the purpose (X1).

Apart from `test_purpose_wall`, whose tests use the database by themselves: beside a standing house they would meet its rows.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from proofs.house import NOW, House
from proofs.rows import loosen, run
from test_purpose_wall import ELSEWHERE, LOCAL, MARK, OTHERS, ROOMS, SEALED
from test_registry_urls import ADDRESSES, KNOWN, QUERIES, ROWS, Row, words

from weimin.attachments.attaching import attach
from weimin.attachments.subjects import SUBJECTS
from weimin.attachments.tests.builders import picture
from weimin.health.models import HealthRecord
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X1", "X4")


def marked_columns(model: Any) -> list[str]:
    """Text columns that people type into and that need not differ."""
    unlike = {name for constraint in model._meta.constraints if isinstance(constraint, models.UniqueConstraint) for name in constraint.fields}
    texts = [field for field in model._meta.concrete_fields if type(field) in (models.CharField, models.TextField) and not field.choices and not field.unique]
    return [field.column for field in texts if field.name not in unlike and (field.max_length or 100) >= len(MARK)]


@pytest.fixture
def marked(house: House) -> House:
    """Every word of every health table of the house is the mark."""
    with entered(system_actor(), role="NONE"):
        for table, model in SEALED.items():
            loosen(table)
            for column in marked_columns(model):
                run(f'UPDATE {table} SET "{column}" = %s', MARK)
    return house


def pages() -> list[Row]:
    """Those of rooms with health tables, and those where such things could come up."""
    near = [route for route in KNOWN if ADDRESSES[route].view.__module__.split(".")[1] in ROOMS or route in ELSEWHERE]
    return [Row(ADDRESSES[route], ROWS[route]) for route in near if ROWS[route].get("by") != "token"]


def queries_of(row: Row, number: str) -> list[str]:
    """The page itself, as a workbook where it gives one, and searched for the number of a record where it searches."""
    searches = [f"{QUERIES[row.address.route].split('=')[0]}={number}"] if row.address.route in QUERIES else []
    return ["", *(["?excel=1"] if row.exports else []), *searches]


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_tells_a_post_without_the_purpose_what_is_in_a_health_table(role: str, marked: House) -> None:
    with entered(system_actor()):
        number = HealthRecord.objects.get(pk=marked.inside["health_record"]).number
    client, shown = marked.client(role), []
    for row in pages():
        for query in queries_of(row, number):
            said = words(client.get(row.url(marked.inside) + query))
            if MARK in said or (number in said and not query.endswith(number)):
                shown.append(f"{row.address.route}{query}")
    assert shown == []


def test_who_keeps_the_record_reads_the_mark_so_that_the_silence_above_is_the_walls(marked: House) -> None:
    assert MARK in words(marked.client("institution").get(f"/health/{marked.inside['health_record']}/"))


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_of_health_opens_to_a_post_without_the_purpose(role: str, house: House) -> None:
    own = [row for row in pages() if row.address.route.startswith("health/")]
    answers = {row.address.route: house.client(role).get(row.url(house.inside)).status_code for row in own}
    assert len(own) > 10 and {route: status for route, status in answers.items() if status not in (403, 404, 405)} == {}


@pytest.mark.parametrize("role", LOCAL)
def test_a_record_elsewhere_is_missing_for_a_health_post(role: str, house: House) -> None:
    own = [row for row in pages() if row.address.route.startswith("health/<int:number>")]
    answers = {house.client(role).get(row.url(house.outside)).status_code for row in own}
    assert answers <= {404, 405} and len(own) >= 3


@pytest.mark.parametrize("role", OTHERS)
def test_a_file_at_a_health_row_opens_to_nobody_else(role: str, house: House) -> None:
    with entered(system_actor()):
        kept = [(name, SEALED[table].objects.first()) for name, table in subjects() if SEALED[table].objects.exists()]
        files = [attached(name, row) for name, row in kept]
    answers = [house.client(role).get(f"/attachments/{file}/{part}").status_code for file in files for part in ("", "thumb/")]
    assert "health.visit" in dict(kept) and set(answers) <= {403, 404}


def subjects() -> list[tuple[str, str]]:
    """Health rows that take files: (label, table)."""
    labels = {model._meta.label_lower: table for table, model in SEALED.items()}
    return [(name, labels[name]) for name in SUBJECTS if name in labels]


def attached(name: str, row: Any) -> int:
    upload = SimpleUploadedFile("表.jpg", picture(colour=(1, 2, 3)), "image/jpeg")
    return attach(system_actor(), upload, subject_type=name, subject_id=row.pk, region=row.region, kind="photo", now=NOW).pk
