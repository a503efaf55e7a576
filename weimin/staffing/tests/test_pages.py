import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from weimin.staffing.models import GroupMember, LeadingGroup
from weimin.staffing.tests.builders import (
    make_appointment,
    make_candidates,
    make_certificate,
    make_nomination,
    make_worker,
    station,
)
from weimin.ui.paging import part_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(jurisdiction, client_as, places):
    return client_as("lead_office", places.county)


def text(client, name, *args, **query):
    response = client.get(reverse(f"staffing:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["people", "nominations", "filings", "groups"])
def test_strangers_are_sent_to_sign_in(jurisdiction, client, name):
    assert client.get(reverse(f"staffing:{name}")).status_code == 302


@pytest.mark.req("X4")
def test_phones_are_masked_in_the_list_on_the_page_and_in_the_workbook(office, places):
    worker = make_worker(places.village, phone="13912345678")
    book = load_workbook(io.BytesIO(office.get(reverse("staffing:people"), {"excel": "1"}).content))
    sheet = str([cell for row in book.active.iter_rows(values_only=True) for cell in row])
    for shown in (text(office, "people"), text(office, "worker", worker.pk), sheet):
        assert "139****5678" in shown
        assert "13912345678" not in shown


def test_the_list_is_narrowed_by_township_name_and_service(office, places):
    serving = make_appointment(station(places.village), make_worker(places.village, "冉甲"))
    make_worker(places.other_village, "田乙")
    assert [row["name"] for row in office.get("/staffing/people/", {"serving": "yes"}).context["rows"]] == ["冉甲"]
    assert [row["name"] for row in office.get("/staffing/people/", {"serving": "no"}).context["rows"]] == ["田乙"]
    assert [row["name"] for row in office.get("/staffing/people/", {"township": places.other_township}).context["rows"]] == ["田乙"]
    assert [row["name"] for row in office.get("/staffing/people/", {"text": "冉"}).context["rows"]] == [serving.worker.name]


def test_a_township_sees_its_own_people(jurisdiction, client_as, places):
    make_worker(places.village, "冉甲")
    hidden = make_worker(places.other_village, "田乙")
    client = client_as("township", places.township)
    assert [row["name"] for row in client.get("/staffing/people/").context["rows"]] == ["冉甲"]
    assert client.get(reverse("staffing:worker", args=[hidden.pk])).status_code == 404


def test_the_list_takes_the_same_queries_for_many_people(office, places, django_assert_max_num_queries):
    site = station(places.village)
    for number in range(30):
        make_certificate(make_appointment(site, make_worker(places.village, f"人{number}")).worker)
    with django_assert_max_num_queries(20):
        assert len(office.get("/staffing/people/").context["rows"]) == 25


@pytest.mark.req("N5")
def test_the_candidates_page_counts_of_least_and_most(office, places):
    make_candidates(station(places.village), "examined", "nominated")
    make_nomination(station(places.other_village), "chosen")
    rows = office.get("/staffing/nominations/").context["rows"]
    assert [(row["count"].put_forward, row["wanted"].asks.least, row["wanted"].asks.most, row["progress"]) for row in rows] == [
        (2, 3, 5, "missing"),
        (1, 3, 5, "chosen"),
    ]
    assert len(office.get("/staffing/nominations/", {"progress": "chosen"}).context["rows"]) == 1
    assert len(office.get("/staffing/nominations/", {"township": places.township}).context["rows"]) == 1


def test_the_candidates_page_takes_the_same_queries_for_many_sites(office, places, django_assert_max_num_queries):
    for number in range(6):
        make_candidates(station(places.village + number), "nominated")
    with django_assert_max_num_queries(22):
        assert len(office.get("/staffing/nominations/").context["rows"]) == 6


@pytest.mark.parametrize(
    ("cursor", "rows", "previous", "next"), [("", 50, "", "50"), ("50", 50, "0", "100"), ("100", 20, "50", ""), ("x", 50, "", "50"), ("999999", 0, "70", "")]
)
def test_the_candidates_page_goes_on_by_fifty(cursor, rows, previous, next):
    found = part_of(range(120), cursor)
    assert (len(found.rows), found.previous, found.next) == (rows, previous, next)


@pytest.mark.req("N5")
def test_the_page_of_a_sites_people_offers_what_is_next(jurisdiction, client_as, places, django_assert_max_num_queries):
    site = station(places.village)
    make_candidates(site, "examined", "examined", "nominated", "nominated")
    client = client_as("township", places.township)
    with django_assert_max_num_queries(60):
        page = text(client, "site", site.pk)
    assert page.count("/act/staffing.choose/") == 2
    assert page.count("/act/staffing.examine/") == 2


def test_a_step_leads_to_the_candidate_among_the_others(office, places):
    row = make_nomination(station(places.village))
    response = office.get(reverse("staffing:nomination", args=[row.pk]))
    assert response.headers["Location"] == f"/staffing/sites/{row.site_id}/#nomination-{row.pk}"


@pytest.mark.parametrize("name", ["worker", "nomination", "site", "filing", "group"])
def test_what_is_missing_is_a_404(office, name):
    assert office.get(reverse(f"staffing:{name}", args=[999999])).status_code == 404


@pytest.mark.req("N11")
def test_every_post_reads_who_leads_with_posts_and_duties(jurisdiction, client_as, places):
    group = LeadingGroup.objects.create(
        plan=7, region=places.county, name="建设工作领导小组", set_up_by="县政府", office="办公室", director="韩学勇", office_duties=["日常工作"]
    )
    GroupMember.objects.create(group=group, region=places.county, name="韩永辉", post="书记", seat="leader")
    GroupMember.objects.create(group=group, region=places.county, name="姚迪", post="组织委员", seat="member", duties=["联系各村"], position=1)
    page = text(client_as("village", places.village), "group", 7)
    assert all(word in page for word in ["组长", "韩永辉", "书记", "姚迪", "联系各村", "办公室", "韩学勇", "日常工作"])


def test_the_site_page_shows_who_serves(office, places):
    held = make_appointment(station(places.village), make_worker(places.village, "冉甲"), job="志愿者")
    page = office.get(reverse("sites:site", args=[held.site_id])).content.decode()
    assert "冉甲" in page
    assert "志愿者" in page


def test_the_page_of_filed_lists_names_who_is_late(office, places):
    make_nomination(station(places.village), "chosen")
    page = text(office, "filings")
    assert "1 个乡镇需要报送，1 个还没有报齐" in page
    assert "超期" in page
