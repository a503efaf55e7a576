"""The working calendar on the page: a year seen, taken out and taken over."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.act import act
from weimin.calendars.models import CalendarDay, CalendarYear
from weimin.calendars.queries import calendar_for, forget
from weimin.calendars.tests.test_publish import HEAD, notice_2027
from weimin.jurisdictions.models import Jurisdiction
from weimin.shell.calendar_year import month_of
from weimin.walls.errors import InputInvalid, NotAllowed, RuleBroken

pytestmark = pytest.mark.django_db
ADDRESS = "/calendars/"


@pytest.fixture(autouse=True)
def fresh_calendar():
    forget()
    yield
    forget()


@pytest.fixture
def administrator(jurisdiction, actor, places):
    """Of the only jurisdiction of the installation."""
    Jurisdiction.objects.exclude(code=places.county).delete()
    return actor("administrator", places.county)


def take_over(by, text, key="k"):
    content = text if isinstance(text, bytes) else text.encode()
    return act(by, "calendars.import_notice", {}, key, files={"file": SimpleUploadedFile("notice.csv", content)})


def test_october_2026_shows_the_holiday_and_counts_its_working_days():
    month = month_of(calendar_for(), 2026, 10)
    first = next(day for week in month.weeks for day in week if day and day.on == date(2026, 10, 1))
    assert (str(first.mark), str(first.words), first.name, first.working) == ("假", "节假日", "国庆节", False)
    assert (len(month.weeks[0]), month.weeks[0][:3]) == (7, [None, None, None])
    assert month.workdays == sum(calendar_for().is_working(date(2026, 10, day)) for day in range(1, 32))


def test_the_page_of_an_unpublished_year_says_provisional(jurisdiction, client_as, places):
    page = client_as("administrator", places.county).get(ADDRESS, {"year": "2027"})
    assert (page.context["published"], "跨这一年的期限都标为暂定" in page.content.decode()) == (False, True)


def test_after_the_import_the_year_is_published_with_its_source(administrator, client_as, places):
    assert take_over(administrator, notice_2027()).message == "已导入 2027 年放假安排，相关期限已重算。"
    page = client_as("administrator", places.county).get(ADDRESS, {"year": "2027"})
    assert (page.context["published"], page.context["source"]) == (True, "试验通知")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_as_excel_saves_it_is_taken(administrator, encoding):
    take_over(administrator, notice_2027().encode(encoding))
    assert CalendarYear.objects.get(pk=2027).status == "published"


@pytest.mark.parametrize("text", ["", "日子,类型\n", HEAD, notice_2027("2027-13-01,节假日,,\n"), HEAD + "2026-04-20,节假日,三月三,规定,450000000000\n"])
def test_a_faulty_notice_or_one_for_elsewhere_is_refused_and_changes_nothing(administrator, text):
    with pytest.raises((RuleBroken, InputInvalid)):
        take_over(administrator, text)
    assert (CalendarDay.objects.count(), CalendarYear.objects.count(), 2027 in calendar_for().published) == (0, 0, False)


@pytest.mark.parametrize("content", [b"\x00" * 10, b"\xff\xfe\xff", b"PK\x03\x04"])
def test_what_is_no_text_is_refused(administrator, content):
    with pytest.raises((RuleBroken, InputInvalid)):
        take_over(administrator, content)
    assert CalendarDay.objects.count() == 0


def test_holidays_of_the_own_autonomous_county_are_taken(administrator):
    take_over(administrator, HEAD + "2026-11-11,节假日,县庆,县规定,500242000000\n")
    assert (calendar_for(500242101200).is_working(date(2026, 11, 11)), calendar_for().is_working(date(2026, 11, 11))) == (False, True)


def test_the_nations_days_are_not_one_countys_to_change_where_others_work_by_them(jurisdiction, actor, places):
    with pytest.raises(RuleBroken, match="weimin calendar import"):
        take_over(actor("administrator", places.county), notice_2027())
    assert (CalendarDay.objects.count(), CalendarYear.objects.count()) == (0, 0)


def test_only_the_administrator_may(jurisdiction, actor, client_as, places):
    with pytest.raises(NotAllowed):
        take_over(actor("lead_office", places.county), notice_2027())
    assert client_as("lead_office", places.county).get(ADDRESS).status_code == 403
    assert CalendarYear.objects.count() == 0


def test_strangers_are_sent_to_sign_in(jurisdiction, client):
    assert client.get(ADDRESS).status_code == 302


def test_the_exported_year_can_be_imported_again(administrator, client_as, places):
    content = client_as("administrator", places.county).get(ADDRESS, {"year": "2026", "csv": "1"}).content
    before = calendar_for().exceptions(2026)
    take_over(administrator, content)
    assert calendar_for().exceptions(2026) == before


@pytest.mark.parametrize("year", ["x", "0000", "9999", "²026", "-1"])
def test_an_odd_year_gives_this_year(jurisdiction, client_as, places, year):
    page = client_as("administrator", places.county).get(ADDRESS, {"year": year})
    assert page.status_code == 200


def test_the_page_costs_few_queries(jurisdiction, client_as, places, django_assert_max_num_queries):
    client = client_as("administrator", places.county)
    with django_assert_max_num_queries(20):
        client.get(ADDRESS)
