from __future__ import annotations

from datetime import timedelta

import fastexcel
import pytest
from django.contrib.contenttypes.models import ContentType
from django.template import Context, Template
from django.test import Client, RequestFactory

from weimin.trail.forms import range_of_digits
from weimin.trail.labels import label_for
from weimin.trail.models import Entry
from weimin.trail.queries import changes_of, search
from weimin.trail.tests.builders import write_entries
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X3")]


def test_only_what_differs_is_shown_as_before_and_after():
    assert changes_of({"a": 1, "b": 2, "c": None}, {"a": 1, "b": 3, "d": ["x", "y"]}) == [("b", "2", "3"), ("d", "", "x、y")]


@pytest.mark.parametrize("typed, low, high", [
    ("500242", 500242000000, 500242999999), ("500242000000", 500242000000, 500242999999), ("500242101000", 500242101000, 500242101999),
    ("500242101200", 500242101200, 500242101200), ("5002421", 500242100000, 500242199999), ("500242101", 500242101000, 500242101999),
])  # fmt: skip
def test_digits_are_a_range_of_codes(typed, low, high):
    assert range_of_digits(typed) == (low, high)


def test_an_action_is_called_by_its_registered_words():
    assert (label_for("config.retry_job"), label_for("trail.view"), label_for("gone.away")) == ("重新执行", "查看完整信息", "gone.away")


@pytest.mark.parametrize("query, expected", [
    ("", 3), ("person=张", 3), ("person=三", 0), ("action=sites.", 3), ("action=buildout", 0), ("subject=sites.site:1", 3), ("subject=sites.site:2", 0),
    ("region=500242101", 3), ("region=500242102000", 0), ("since=2026-11-24", 0), ("until=2026-11-23", 3), ("until=2026-11-22", 0),
    ("reason=第 1 条", 1), ("cursor=nonsense", 3),
])  # fmt: skip
def test_each_filter_narrows(jurisdiction, now, client_as, places, query, expected):
    write_entries(3, now)
    page = client_as("auditor", places.county).get(f"/trail/?{query}")
    assert (page.status_code, len(page.context["rows"])) == (200, expected)


def test_a_supervisor_of_a_township_sees_nothing_of_another(jurisdiction, now, client_as, places):
    write_entries(2, now, region=places.other_village, person_name="外人")
    write_entries(1, now, region=places.village, person_name="自己")
    page = client_as("supervisor", places.township).get("/trail/").content.decode()
    assert "自己" in page and "外人" not in page


def test_an_entry_of_another_range_is_missing(jurisdiction, now, client_as, places):
    [number] = write_entries(1, now, region=places.other_village)
    assert client_as("supervisor", places.township).get(f"/trail/{number}/").status_code == 404


@pytest.mark.parametrize("role", ["administrator", "lead_office", "township", "village", "finance", "leader"])
def test_other_posts_may_not_read_the_trail(jurisdiction, client_as, places, role):
    client = client_as(role, places.county)
    assert [client.get(path).status_code for path in ("/trail/", "/trail/export/", "/trail/1/")] == [403, 403, 403]


def test_who_is_not_signed_in_is_sent_to_the_door(jurisdiction):
    client = Client()
    client.cookies["weimin_jurisdiction"] = str(jurisdiction.code)
    assert client.get("/trail/").status_code == 302


def test_reading_an_entry_in_full_is_noted(jurisdiction, now, client_as, places):
    [number] = write_entries(1, now)
    client = client_as("auditor", places.county, "赵六")
    assert client.get(f"/trail/{number}/").status_code == 200
    with entered(system_actor()):
        noted = Entry.objects.get(action="trail.view")
    assert (noted.subject_type, noted.subject_id, noted.person_name, noted.reason) == ("trail.entry", number, "赵六", f"查看留痕第 {number} 条")


def test_the_export_has_what_is_shown_a_watermark_and_a_trail(jurisdiction, now, client_as, places):
    write_entries(2, now, region=places.village)
    write_entries(2, now, region=places.other_village)
    answer = client_as("supervisor", places.township, "赵六").get("/trail/export/?person=张")
    sheet = fastexcel.read_excel(answer.content).load_sheet(0, header_row=None).to_polars()
    assert sheet.height == 5 and "赵六" in sheet.row(1)[0]
    assert sheet.row(3)[:6] == ("2026-11-23 10:01:00", "张三", "village", "sites.rename", "sites.site:1", sheet.row(4)[5])
    with entered(system_actor()):
        assert Entry.objects.get(action="trail.export").after == {"filters": {"person": "张"}, "rows": 2}


def test_pages_follow_by_time_without_counting(jurisdiction, now, client_as, places):
    write_entries(60, now)
    client = client_as("auditor", places.county)
    first = client.get("/trail/")
    second = client.get("/trail/", {"cursor": first.context["page"].next})
    assert [len(first.context["rows"]), len(second.context["rows"])] == [50, 10]
    assert first.context["rows"][49].entry.at - second.context["rows"][0].entry.at == timedelta(minutes=1)


@pytest.mark.parametrize("query", ["since=x", "region=abc", "subject=%27;", "since=2026-11-24&until=2026-11-23", "subject=a.b:99999999999999999999"])
def test_a_bad_filter_is_answered_with_the_form(jurisdiction, client_as, places, query):
    assert client_as("auditor", places.county).get(f"/trail/?{query}").status_code == 422


def test_a_search_under_the_wall_is_one_query(jurisdiction, now, actor, places, django_assert_num_queries):
    write_entries(3, now)
    auditor = actor("auditor", places.county)
    with entered(auditor), django_assert_num_queries(1):
        assert len(search(auditor, {})) == 3


def test_the_history_of_a_record_shows_who_did_what_in_two_queries(jurisdiction, now, actor, places, django_assert_num_queries):
    subject = ContentType(pk=9)
    write_entries(1, now, subject_type="contenttypes.contenttype", subject_id=9, region=places.village)
    write_entries(1, now, subject_type="contenttypes.contenttype", subject_id=9, region=places.other_village, person_name="外人")
    request = RequestFactory().get("/")
    request.actor = actor("township", places.township)
    with entered(request.actor), django_assert_num_queries(2):
        shown = Template("{% load trail %}{% trail_of subject %}").render(Context({"request": request, "subject": subject}))
    assert "张三" in shown and "甲" in shown and "外人" not in shown
