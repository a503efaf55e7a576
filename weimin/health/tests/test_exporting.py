"""Lists as Excel, watermarked and on the trail."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from weimin.health.tests.builders import make_care, make_due, make_record
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("H1", "H2")
VILLAGE, OTHER = 500242101200, 500242102200


def cells(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    return [[cell for cell in row if cell not in (None, "")] for row in sheet.iter_rows(values_only=True)]


def text(answer):
    return "\n".join(" ".join(map(str, row)) for row in cells(answer))


def test_the_list_of_records_goes_out_as_it_is_filtered(everywhere, client_as):
    make_care(make_record(VILLAGE, "冉甲"))
    make_record(VILLAGE, "冉乙")
    make_record(OTHER, "冉丙")
    client = client_as("doctor", VILLAGE)
    said = text(client.get("/health/export/?programme=hypertension"))
    assert "冉甲" in said and "高血压" in said and "冉乙" not in said and "张三" in said
    assert "冉丙" not in text(client.get("/health/export/"))
    with entered(system_actor()):
        entry = Entry.objects.filter(action="health.export").earliest("pk")
    assert entry.after == {"filters": ["programme"], "rows": 1}


def test_todays_list_goes_out_with_how_urgent_it_is(everywhere, client_as):
    today = timezone.localdate()
    make_due(make_record(VILLAGE, "冉甲"), from_on=today - timedelta(days=20), due_on=today - timedelta(days=3))
    make_due(make_record(VILLAGE, "冉乙"), from_on=today, due_on=today + timedelta(days=10))
    said = text(client_as("institution", 500242101000).get("/health/today/export/?lamp=red"))
    assert "冉甲" in said and "超期 3 天" in said and "冉乙" not in said


@pytest.mark.parametrize("path", ["/health/export/", "/health/today/export/"])
@pytest.mark.parametrize(("role", "status"), [("hospital", 403), ("health_bureau", 403), ("village", 403), ("lead_office", 403)])
def test_only_who_keeps_records_takes_lists_out(everywhere, client_as, path, role, status):
    assert client_as(role, 500242000000).get(path).status_code == status
    assert not Entry.objects.filter(action="health.export").exists()
