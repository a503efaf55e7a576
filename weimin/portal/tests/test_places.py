"""The public page of a township or village (P4): what it shows, what it never shows, how it is found."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from weimin.buildout.models import Campaign, Project
from weimin.buildout.tests.siting_builders import plan_in_force
from weimin.cases.models import Case
from weimin.cases.tests.agency_builders import make_mandate
from weimin.cases.tests.builders import make_case, make_item_version
from weimin.cases.tests.rating_builders import make_rating
from weimin.education.tests.builders import make_activity
from weimin.indicators.models import Value
from weimin.institutions.models import NamedStar
from weimin.institutions.tests.builders import make_institution
from weimin.portal.month import last_month
from weimin.reception.tests.builders import make_booking, make_centre, make_clerk, make_duty, make_pledge, make_window
from weimin.regions import public_parts
from weimin.residents.models import Resident
from weimin.residents.tests.builders import make_family, make_resident
from weimin.sites.tests.builders import make_site

pytestmark = [pytest.mark.django_db, pytest.mark.req("P4")]
HOME = "/public/500242000000/"


def text_of(answer: Any) -> str:
    return answer.content.decode()


def page_of(browser: Any, region: int, more: str = "") -> str:
    answer = browser.get(f"{HOME}places/{region}/{more}")
    assert answer.status_code == 200
    return text_of(answer)


def store(code: str, region: int, good: int, whole: int, part: str = "", days_before: int = 0) -> None:
    """A value of the last day of last month, or of some days before it."""
    on = last_month(timezone.localdate())[1] - timedelta(days=days_before)
    Value.objects.create(code=code, region=region, part=part, on=on, numerator=good, denominator=whole, computed_at=timezone.now())


def figures(page: str) -> dict[str, str]:
    return dict(re.findall(r'<th scope="row">([^<]+)</th><td class="r">([^<]+)</td>', page))


def test_a_village_leads_up_to_its_township_and_its_government(here, places):
    page = page_of(here, places.village)
    assert (f'href="{HOME}places/{places.township}/">龙潭镇</a>' in page, f'href="{HOME}">酉阳土家族苗族自治县</a>' in page) == (True, True)


def test_a_township_leads_down_to_its_villages_with_who_serves_there(here, places):
    make_centre(places.village, name="花桥便民站")
    page = page_of(here, places.township)
    assert re.search(rf'href="{HOME}places/{places.village}/">[^<]+</a> 花桥便民站', page)
    assert f"{HOME}places/{places.other_village}/" not in page


def test_what_is_foreign_unknown_or_no_village_is_missing_alike(here):
    codes = [341221203208, 341221203000, 500242101999, 500242000000, 500000000000, 1, 10**19]
    answers = [here.get(f"{HOME}places/{code}/") for code in codes]
    said = {re.sub(r'value="[^"]*"|"X-CSRFToken":"[^"]*"|<b class="num">[^<]*', "", text_of(answer)) for answer in answers}
    assert ({answer.status_code for answer in answers}, len(said)) == ({404}, 1)


def test_a_village_shows_where_when_who_is_there_today_what_is_taken_and_promised(here, places):
    make_item_version(code="CV0001", name="最低生活保障审核确认", window="livelihood")
    site = make_centre(places.village)
    window = make_window(site)
    make_duty(window, make_clerk(site), timezone.localdate())
    make_pledge(site, kind="promise", text="一次告知，不让您多跑")
    page = page_of(here, places.village)
    shown = (
        "便民服务站",
        "星期一至星期五 08:30—12:00，14:00—17:30",
        "星期六至星期日 休息",
        "上午 冉小红",
        f"{HOME}guide/?window=livelihood",
        "能办 1 件事",
        "一次告知，不让您多跑",
        "tel:023-75551234",
    )
    assert [words for words in shown if words not in page] == []


def test_a_village_without_a_station_is_sent_to_the_centre_of_its_township(here, places):
    centre = make_centre(places.township, name="龙潭镇便民服务中心", tier="township_centre")
    page = page_of(here, places.village)
    assert ("村里还没有开放的服务站" in page, f"{HOME}centres/{centre.pk}/" in page) == (True, True)


def test_a_centre_of_the_township_that_stands_in_a_village_is_the_townships(here, places):
    make_centre(places.village, name="龙潭镇便民服务中心", tier="township_centre")
    assert "<h2>龙潭镇便民服务中心" in page_of(here, places.township)


def test_a_station_that_is_not_open_is_not_shown(here, places):
    make_centre(places.village, name="停办的站", state="suspended")
    assert "停办的站" not in page_of(here, places.village)


def test_who_comes_for_an_item_reads_at_which_window_it_is_done(here, places):
    make_item_version(code="CV0001", name="最低生活保障审核确认", window="civil")
    site = make_centre(places.village)
    make_window(site, 3, kind="civil", name="民政事务窗口")
    page = page_of(here, places.village, "?item=CV0001")
    assert "“最低生活保障审核确认”在这里的 3号窗口 民政事务窗口 办" in page
    assert f"{HOME}centres/{site.pk}/book/?item=CV0001" in page


def test_the_figures_of_last_month_are_those_that_were_stored_rounded_to_five(here, places):
    for region, number in ((places.village, 13), (places.village + 1, 9), (places.other_village, 400)):
        store("cases.received", region, number, 1)
    store("cases.received", places.village, 500, 1, days_before=1)
    store("cases.on_time", places.village, 3, 8)
    assert figures(page_of(here, places.village)) == {"收下的办件": "约 15", "办完的": "约 10", "其中按时办完的": "不到 5", "居民的评价": "0"}
    assert figures(page_of(here, places.township))["收下的办件"] == "约 20"


def test_ratings_are_told_by_grade_when_there_are_five(here, places):
    for code, part, number in (("cases.good_grades", "5", 6), ("cases.good_grades", "3", 1), ("cases.bad_grades", "1", 2)):
        store(code, places.village, number, 9, part)
    found = figures(page_of(here, places.village))
    assert (found["居民的评价"], found["非常满意"], found["满意"], found["基本满意"], found["非常不满意"]) == ("约 10", "约 5", "0", "不到 5", "不到 5")


def test_fewer_than_five_ratings_are_not_told_by_grade(here, places):
    store("cases.bad_grades", places.village, 1, 1, "1")
    assert figures(page_of(here, places.village)) == {"收下的办件": "0", "办完的": "0", "其中按时办完的": "0", "居民的评价": "不到 5"}


def test_a_month_that_was_not_counted_to_its_end_says_so(here, places):
    store("cases.received", places.village, 13, 1, days_before=3)
    assert "统计到" in page_of(here, places.village)


def test_a_month_without_stored_figures_shows_none(here, places):
    page = page_of(here, places.village)
    assert ("上个月的数字还没有统计出来" in page, figures(page)) == (True, {})


def plant(region: int) -> list[str]:
    """People of every kind that the house knows, and what of theirs must stand on no public page."""
    now = timezone.now()
    make_resident(region, name="金丝雀甲", phone="13900000101")
    make_family(region, surname="鸩")
    case = make_case(region, "delivered", now=now, applicant_name="金丝雀乙")
    make_rating(region, "contact", case=case, now=now, rater_name="金丝雀丙", words="金丝雀说的话")
    mandate = make_mandate(region, principal_name="金丝雀丁")
    booking = make_booking(make_window(make_centre(region)), on=timezone.localdate(), name="金丝雀戊")
    plan = plan_in_force()
    Campaign.objects.create(
        plan=plan, region=region, channel="led", place="村口", text="防火", starts_on=timezone.localdate(), recorded_by="金丝雀己", recorded_at=now,
    )  # fmt: skip
    clinic = make_institution(region)
    make_activity(clinic.site, timezone.localdate() + timedelta(days=3), planned_by="金丝雀庚", speaker="金丝雀辛")
    return ["金丝雀", "鸩", "13900000101", case.number, mandate.number, booking.code, booking.phone or "", case.applicant_id_number or "", mandate.agent_name]


def test_no_page_of_a_place_shows_a_resident(here, places):
    canaries = plant(places.village)
    pages = [page_of(here, places.village), page_of(here, places.township), text_of(here.get(f"{HOME}places/?q=金丝雀")).replace('value="金丝雀"', "")]
    assert "村口" in pages[0]
    assert [(number, words) for number, page in enumerate(pages) for words in canaries if words in page] == []


def test_the_database_shows_a_part_no_resident_whatever_it_asks(here, places, monkeypatch):
    """Not by care of who writes a part: the visitor of this page has no purpose, and the second wall answers accordingly."""
    make_case(places.village, "review")
    make_resident(places.village)
    seen: list[int] = []
    monkeypatch.setattr(public_parts, "_fillers", [(1, "", lambda who, place, now: seen.extend([Resident.objects.count(), Case.objects.count()]))])
    page_of(here, places.village)
    assert seen == [0, 0]


def make_project(region: int, **over: Any) -> Project:
    facts = {"plan": plan_in_force(), "tier": "village_station", "township": region // 1000 * 1000, "name": "龙潭村电商服务站", "state": "building", **over}
    site = make_site(region=region, state="building", opened_on=None)
    return Project.objects.create(region=region, site=site, **facts)


def test_a_village_shows_how_far_its_station_is_and_a_township_what_is_still_to_come(here, places):
    make_project(places.village, due_on=timezone.localdate() + timedelta(days=40))
    assert "正在建" in page_of(here, places.village)
    page = page_of(here, places.township)
    assert ("个，已开放 0 个" in page, "龙潭村电商服务站" in page) == (True, True)


def test_an_acceptance_that_is_not_decided_is_not_told(here, places):
    make_project(places.village, state="rectifying", opened_on=timezone.localdate())
    page = page_of(here, places.village)
    assert ("已开放" in page, "整改" in page) == (True, False)


def test_a_village_shows_the_clinic_that_answers_for_it_with_its_star(here, places):
    clinic = make_institution(places.township, "龙潭社区卫生服务中心", villages=(places.village,), insured_from=timezone.localdate())
    NamedStar.objects.create(institution=clinic, region=clinic.region, name="星级社区卫生服务机构", granted_by="省卫健委", granted_on=timezone.localdate())
    page = page_of(here, places.village)
    assert [words for words in ("龙潭社区卫生服务中心", "星级社区卫生服务机构", "医保定点", "健康档案和随访由它负责") if words not in page] == []
    assert "龙潭社区卫生服务中心" not in page_of(here, places.other_village)


def test_coming_lectures_are_shown_and_those_of_a_school_are_not(here, places):
    clinic, soon = make_institution(places.township).site, timezone.localdate() + timedelta(days=3)
    make_activity(clinic, soon, subject="控油限盐")
    make_activity(clinic, soon, subject="学生视力", place_kind="school")
    make_activity(clinic, soon - timedelta(days=30), subject="上个月的讲座")
    page = page_of(here, places.village)
    assert [words in page for words in ("控油限盐", "学生视力", "上个月的讲座")] == [True, False, False]


@pytest.mark.parametrize("text", ["龙潭", "longtan", "ltz", "500242101"])
def test_a_place_is_found_by_name_pinyin_initials_and_code(here, places, text):
    assert f'href="{HOME}places/{places.township}/"' in text_of(here.get(f"{HOME}places/?q={text}"))


def test_a_search_stays_inside_the_jurisdiction_and_never_ends_in_an_error(here):
    assert "土陂" not in text_of(here.get(f"{HOME}places/?q=tupo")).replace('value="tupo"', "")
    page = text_of(here.get(f"{HOME}places/", {"q": "\x00%_'\"" + "9" * 80}))
    assert "没有找到这个地方" in page and "龙潭镇" in page


def test_the_way_from_an_item_to_a_village_keeps_the_item(here, places):
    make_item_version(code="CV0001", name="最低生活保障审核确认", window="civil")
    make_centre(places.village)
    where = text_of(here.get(f"{HOME}centres/?item=CV0001"))
    assert f"{HOME}places/{places.village}/?item=CV0001" in where and 'name="item" value="CV0001"' in where
    assert f"{HOME}places/{places.township}/?item=CV0001" in text_of(here.get(f"{HOME}places/?q=龙潭镇&item=CV0001"))


def test_the_first_page_has_the_search_of_villages(here):
    assert f'action="{HOME}places/"' in text_of(here.get(HOME))


def questions(browser: Any, region: int) -> int:
    page_of(browser, region)
    with CaptureQueriesContext(connection) as caught:
        page_of(browser, region)
    return len(caught)


def test_more_stations_windows_and_figures_ask_no_more_questions(here, places):
    site = make_centre(places.village, tier="township_centre")
    make_duty(make_window(site), make_clerk(site), timezone.localdate())
    store("cases.received", places.village, 13, 1)
    before = questions(here, places.township)
    for number in range(1, 6):
        further = make_centre(places.village + number, name=f"站{number}", tier="township_centre")
        make_duty(make_window(further), make_clerk(further), timezone.localdate())
        make_pledge(further, kind="promise", text="随到随办")
        store("cases.received", places.village + number, 13, 1)
    assert questions(here, places.township) == before


@pytest.mark.req("X12")
def test_the_page_is_in_english_for_who_reads_english(here, places):
    here.cookies["django_language"] = "en"
    make_centre(places.village)
    page = page_of(here, places.village)
    assert [words for words in ("How to ask, apply and follow", "On duty today", "Monday to Friday") if words not in page] == []
