"""Institutions beside each other: sums of stored values, fair to small ones; the bulletin; the pages."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from weimin.actions.act import act
from weimin.institutions.models import QuarterBulletin, StaffPost
from weimin.institutions.papers import share_words
from weimin.institutions.queries.comparison import comparison, said
from weimin.institutions.queries.figures import by_institution
from weimin.institutions.queries.own import own_figures
from weimin.institutions.tests.builders import NOW, TODAY, make_inspected, make_institution, make_rating, make_report, store
from weimin.institutions.tests.examples import ISSUE
from weimin.sites.tests.builders import everything
from weimin.staffing.tests.builders import make_appointment, make_worker
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

pytestmark = pytest.mark.req("H8")
COUNTY, TOWNSHIP, OTHER = 500242000000, 500242101000, 500242102000
CODE = "health.record_rate"


def put_district(on: date = TODAY) -> list:
    """A big centre ahead, a big one behind, a small station; a village that nobody serves."""
    good = make_institution(TOWNSHIP, "甲中心", villages=(TOWNSHIP + 200, TOWNSHIP + 201))
    bad = make_institution(OTHER, "乙中心", villages=(OTHER + 200,))
    small = make_institution(OTHER + 201, "丙站", kind="station", villages=(OTHER + 201,))
    for region, n, d in ((TOWNSHIP + 200, 90, 100), (TOWNSHIP + 201, 80, 100), (OTHER + 200, 60, 200), (OTHER + 201, 2, 20), (OTHER + 202, 30, 60)):
        store(CODE, region, n, d, on)
    store("health.hypertension_regular", OTHER + 200, 10, 100, on)
    store("health.hypertension_regular", TOWNSHIP + 200, 70, 100, on)
    StaffPost.objects.create(institution=bad, region=bad.region, kind="doctor", approved=4, reported=2)
    return [good, bad, small]


@pytest.fixture
def district(jurisdiction):
    with everything():
        return put_district()


@pytest.fixture
def bureau(jurisdiction, actor):
    return actor("health_bureau", COUNTY)


def test_an_institutions_figure_is_the_sum_over_its_villages(bureau, district):
    with entered(bureau):
        assert by_institution(bureau, [CODE], TODAY)[CODE] == {district[0].pk: (170, 200), district[1].pk: (60, 200), district[2].pk: (2, 20)}


@pytest.mark.req("C3")
def test_the_bureau_sees_who_is_behind_and_why(bureau, district):
    with entered(bureau):
        found = comparison(bureau, TODAY)
    rows = {str(row.institution): row for row in found.rows}
    assert found.whole[CODE] == (262, 480)
    assert [(name, row.shares[CODE].standing, row.shares[CODE].best) for name, row in rows.items()] == [
        ("甲中心", "ahead", 1), ("乙中心", "behind", 2), ("丙站", "small", 0),
    ]  # fmt: skip
    assert said(rows["乙中心"]) == ["高血压患者规范管理率比全区低 30.0 个百分点", "健康档案建档率比全区低 24.6 个百分点"]
    assert (said(rows["甲中心"]), said(rows["丙站"])) == ([], [])
    assert (rows["乙中心"].residents, rows["乙中心"].per_doctor, rows["乙中心"].per_10k) == (200, 100, 100.0)
    assert found.unassigned == 60


def test_an_institution_sees_itself_and_the_whole_district(district, actor):
    own = actor("institution", OTHER)
    with entered(own):
        found = comparison(own, TODAY)
    assert ([str(row.institution) for row in found.rows], found.whole[CODE], found.ranked) == (["乙中心", "丙站"], (262, 480), False)


def test_monthly_reports_are_the_institutions_own(bureau, district):
    with everything():
        make_report(district[1])
    with entered(bureau):
        assert by_institution(bureau, ["institutions.first_visit"], TODAY) == {"institutions.first_visit": {district[1].pk: (300, 600)}}


def test_the_same_number_of_queries_for_three_and_for_ten(bureau, district, django_assert_num_queries):
    def count() -> int:
        with entered(bureau), django_assert_num_queries(14, exact=False) as caught:
            comparison(bureau, TODAY)
        return len(caught)

    few = count()
    with everything():
        for number in range(7):
            make_institution(OTHER + 210 + number, f"站{number}", kind="station", villages=(OTHER + 210 + number,))
    assert count() == few


def test_who_serves_by_appointment_is_counted_instead_of_the_report(bureau, district):
    with everything():
        for name in ("张全科", "李全科", "王全科"):
            make_appointment(district[1].site, make_worker(OTHER, name), job="全科医生")
    with entered(bureau):
        assert [row.doctors for row in comparison(bureau, TODAY).rows if str(row.institution) == "乙中心"] == [3]


def test_the_bulletin_keeps_the_figures_of_the_end_of_the_quarter(bureau, actor):
    with everything():
        put_district(date(2026, 9, 30))
        store(CODE, TOWNSHIP + 200, 0, 100, TODAY)
    act(bureau, "institutions.issue_bulletin", ISSUE, "b", now=NOW)
    with everything():
        row = QuarterBulletin.objects.get()
    assert (row.figures["day"], row.figures["codes"][0]["n"], row.figures["unassigned"]) == ("2026-09-30", 262, 60)
    assert [line["name"] for line in row.figures["rows"] if line["why"]] == ["乙中心"]
    with pytest.raises(Exception, match="已经印发"):
        act(bureau, "institutions.issue_bulletin", ISSUE, "c", now=NOW)


def test_without_figures_there_is_no_bulletin(bureau):
    with pytest.raises(RuleBroken, match="还没有可以通报的指标值"):
        act(bureau, "institutions.issue_bulletin", ISSUE, "b", now=NOW)


def test_the_bulletin_is_an_official_paper(bureau, client_as):
    with everything():
        put_district(date(2026, 9, 30))
    act(bureau, "institutions.issue_bulletin", ISSUE, "b", now=NOW)
    client = client_as("institution", TOWNSHIP)
    with everything():
        number = QuarterBulletin.objects.get().pk
    words = "\n".join(line.text for line in Document(io.BytesIO(client.get(f"/institutions/bulletins/{number}/bulletin.docx").content)).paragraphs)
    assert "关于 2026 年第 3 季度社区卫生服务情况的通报" in words.replace("\n", "")
    assert "乙中心：高血压患者规范管理率比全区低 30.0 个百分点" in words
    assert client.get(f"/institutions/bulletins/{number}/bulletin.pdf").content.startswith(b"%PDF")
    assert "乙中心" in client.get(f"/institutions/bulletins/{number}/").content.decode()


def test_the_comparison_page_draws_and_words_everybody(district, client_as):
    page = client_as("health_bureau", COUNTY).get("/institutions/comparison/").content.decode()
    assert "明显落后于全区，第 2 名" in page
    assert "人数少，不比较" in page
    assert "还有 60 名居民" in page
    book = client_as("health_bureau", COUNTY, "李四").get("/institutions/comparison/?excel=1")
    assert book["Content-Type"].endswith("spreadsheetml.sheet")


def test_an_institutions_page_shows_no_other_institution(district, client_as):
    page = client_as("institution", OTHER).get("/institutions/comparison/").content.decode()
    assert "乙中心" in page
    assert "甲中心" not in page


def test_an_institutions_page_shows_its_figures_against_the_district(district, client_as):
    with everything():
        store(CODE, OTHER + 200, 50, 200, date(2026, 11, 1))
        own = own_figures(system_actor(), district[1], TODAY)[0]
    assert (own.share.percent, own.mean, own.spark, own.kind) == (30.0, 54.5, [25.0, 30.0], "bad")
    page = client_as("institution", OTHER).get(f"/institutions/{district[1].pk}/").content.decode()
    assert "54.5%" in page
    assert "明显落后于全区" in page


def test_the_record_of_a_round_is_a_form_to_sign(jurisdiction, client_as):
    with everything():
        number = make_inspected(TOWNSHIP, "rectifying", {"rules": 0, "plates": 0}).rounds.get().pk
    answer = client_as("health_bureau", COUNTY).get(f"/institutions/rounds/{number}/record.docx")
    words = "\n".join(line.text for line in Document(io.BytesIO(answer.content)).paragraphs)
    assert "没有达到的：规章制度统一并上墙；机构标牌统一" in words
    assert "请于2026年12月23日前完成整改" in words


@pytest.mark.req("C3")
def test_the_stars_page_says_what_is_missing(district, client_as):
    page = client_as("institution", TOWNSHIP).get(f"/institutions/{district[0].pk}/stars/").content.decode()
    assert "离 1 星还差" in page
    assert "没有数据，不得分。" in page


def test_a_rating_page_shows_what_was_confirmed(district, client_as):
    with everything():
        number = make_rating(district[0], "published").pk
    assert "3 星" in client_as("institution", TOWNSHIP).get(f"/institutions/ratings/{number}/").content.decode()


def test_figures_of_an_institution_stand_on_two_lines_of_the_bulletins_table():
    assert share_words({"percent": "66.6", "n": 1234, "d": 5678}) == "66.6%\n1234/5678" and share_words({"percent": None}) == "—"


def test_the_page_of_an_institution_says_how_many_stars_it_was_given(jurisdiction, client_as):
    with everything():
        centre = make_institution(TOWNSHIP)
        make_rating(centre, "published")
    assert "<strong>3 星</strong>" in client_as("health_bureau", COUNTY).get(f"/institutions/{centre.pk}/").content.decode()
