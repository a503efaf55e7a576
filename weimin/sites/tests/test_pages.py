import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from weimin.regions.queries import names
from weimin.sites.models import Site
from weimin.sites.tests.builders import VILLAGE, everything, make_equipment, make_room, make_site

pytestmark = pytest.mark.django_db
LIST = "/sites/"


@pytest.fixture
def office(jurisdiction, client_as, places):
    return client_as("lead_office", places.county)


def names_on(response):
    return [row["name"] for row in response.context["rows"]]


@pytest.mark.parametrize("name", ["sites:sites", "sites:import"])
def test_strangers_are_sent_to_sign_in(jurisdiction, client, name):
    assert client.get(reverse(name)).status_code == 302


def test_the_list_is_narrowed_by_tier_state_township_and_name(office, places):
    make_site(name="甲站")
    make_site(name="乙中心", tier="township_centre", region=places.township)
    make_site(name="丙站", region=places.other_village, state="suspended")
    assert names_on(office.get(LIST, {"tier": "township_centre"})) == ["乙中心"]
    assert names_on(office.get(LIST, {"state": "suspended"})) == ["丙站"]
    assert names_on(office.get(LIST, {"township": places.other_township})) == ["丙站"]
    assert names_on(office.get(LIST, {"text": "甲"})) == ["甲站"]


@pytest.mark.parametrize("odd", [{"township": "x"}, {"township": "0" * 12}, {"text": "\x00"}, {"cursor": "!!"}, {"state": "none"}])
def test_odd_filters_give_a_page(office, odd):
    assert office.get(LIST, odd).status_code == 200


def test_a_township_sees_its_own_sites(jurisdiction, client_as, places):
    make_site(name="甲站")
    make_site(name="丙站", region=places.other_village)
    assert names_on(client_as("township", places.township).get(LIST)) == ["甲站"]


def test_the_workbook_holds_exactly_what_is_shown(office):
    make_site(name="甲站", area="60")
    make_site(name="乙站", state="closed")
    response = office.get(LIST, {"state": "open", "excel": "1"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(min_row=3, values_only=True))
    assert rows[0][2:5] == ("名称", "层级", "状态")
    assert [row[2] for row in rows[1:]] == ["甲站"]
    assert rows[1][9] == 60


def test_the_map_shows_the_sites_with_coordinates(office):
    make_site(name="甲站", longitude="108.7", latitude="28.8")
    make_site(name="乙站")
    response = office.get(LIST, {"map": "1"})
    assert [pin.name for pin in response.context["pins"]] == ["甲站"]


def test_the_list_takes_the_same_queries_for_one_site_and_for_many(office, django_assert_max_num_queries):
    for number in range(40):
        make_site(name=f"站{number}", region=VILLAGE + number % 3)
    with django_assert_max_num_queries(18):
        assert len(names_on(office.get(LIST))) == 25


def test_the_site_page_shows_rooms_equipment_and_trail(office):
    site = make_site()
    room = make_room(site, name="综合会议室", uses=["党员活动", "人口学校"])
    make_equipment(site, room=room, kind="投影仪")
    page = office.get(reverse("sites:site", args=[site.pk])).content.decode()
    assert all(word in page for word in ["综合会议室", "人口学校", "投影仪", "村口"])


def test_the_site_page_takes_the_same_queries_for_one_room_and_for_many(office, django_assert_max_num_queries):
    site = make_site()
    for number in range(12):
        make_equipment(site, room=make_room(site, name=f"房{number}"))
    with django_assert_max_num_queries(30):
        office.get(reverse("sites:site", args=[site.pk]))


def test_a_hidden_and_a_missing_site_are_the_same_404(jurisdiction, client_as, places):
    site = make_site(region=places.other_village)
    client = client_as("township", places.township)
    assert client.get(reverse("sites:site", args=[site.pk])).status_code == 404
    assert client.get(reverse("sites:site", args=[999999])).status_code == 404


def filled(content, rows):
    """The template with rows of {label: value} written into it."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    labels = {str(cell.value).lstrip("*"): cell.column for cell in sheet[3]}
    for number, row in enumerate(rows, start=4):
        for label, value in row.items():
            sheet.cell(number, labels[label], value)
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.name = "sites.xlsx"
    buffer.seek(0)
    return buffer


def row(number, place):
    return {"层级": "村级站点", "所在区划": place, "站点名称": f"老站{number}", "场所类型": "公共服务中心", "开放日期": "2015-06-01", "免租金": "是"}


def import_rows(client, rows):
    template = client.get("/sites/import/?template")
    return client.post("/sites/import/", {"file": filled(template.content, rows)})


@pytest.mark.req("X5")
def test_a_sheet_is_tried_first_and_then_imported_whole(office, places):
    known = names([VILLAGE, places.township])
    tried = import_rows(office, [row(1, f"{known[places.township]} {known[VILLAGE]}"), row(2, str(VILLAGE))])
    assert (tried.status_code, len(tried.context["report"].good), Site.objects.count()) == (200, 2, 0)
    done = office.post("/sites/import/", {"content": tried.context["content"], "key": "abc", "apply": "1"})
    assert done.headers["Location"] == "/sites/?imported=2"
    with everything():
        found = sorted(Site.objects.values_list("name", "opened_on"))
    assert found == [("老站1", date(2015, 6, 1)), ("老站2", date(2015, 6, 1))]


@pytest.mark.req("X5")
def test_a_faulty_row_is_named_by_cell_and_nothing_is_imported(office):
    tried = import_rows(office, [row(1, str(VILLAGE)), row(2, "没有乡 没有村")])
    error = tried.context["report"].errors[0]
    assert (tried.status_code, error.row, error.label) == (422, 5, "所在区划")
    report = office.post("/sites/import/", {"content": tried.context["content"], "report": "1"})
    assert "没有找到" in str([cell.value for line in load_workbook(io.BytesIO(report.content)).active.iter_rows() for cell in line])
    refused = office.post("/sites/import/", {"content": tried.context["content"], "apply": "1"})
    with everything():
        assert (refused.status_code, Site.objects.count()) == (422, 0)


@pytest.mark.parametrize("content", ["", "!!!", "AAAA"])
def test_what_is_no_sheet_is_refused_with_a_sentence(office, content):
    response = office.post("/sites/import/", {"content": content, "apply": "1"})
    assert response.status_code == 422


def test_who_may_not_enter_sites_may_not_import_them(jurisdiction, client_as, places):
    assert client_as("village", places.village).get("/sites/import/").status_code == 403


def test_only_who_may_enter_sites_is_offered_the_import(jurisdiction, client_as, places):
    offered = [reverse("sites:import") in client_as(role, places.township).get(reverse("sites:sites")).content.decode() for role in ("township", "window")]
    assert offered == [True, False]
