from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from weimin.calendars import publish
from weimin.calendars.models import CalendarDay, CalendarYear
from weimin.calendars.publish import CalendarInvalid, export_csv, import_csv
from weimin.calendars.published import lawful_days
from weimin.calendars.queries import calendar_for, forget, missing_years

pytestmark = pytest.mark.django_db
HEAD = "日期,类型,名称,来源,适用区划\n"
GUANGXI, NANNING_VILLAGE = 450000000000, 450103001201


@pytest.fixture(autouse=True)
def fresh_calendar():
    forget()
    yield
    forget()


def notice_2027(extra=""):
    """A notice of our own for the tests: the law's days, plus 9 February off and Sunday 31 January worked."""
    lines = [f"{day},节假日,{name},试验通知\n" for day, (_, name) in lawful_days(2027).items()]
    return HEAD + "".join(lines) + "2027-02-09,节假日,春节,试验通知\n2027-01-31,调休上班,春节,试验通知\n" + extra


def test_an_imported_year_is_published_and_its_days_count():
    before = calendar_for()
    assert (2027 in before.published, before.is_working(date(2027, 1, 31)), before.is_working(date(2027, 2, 9))) == (
        False,
        False,
        True,
    )
    assert import_csv(notice_2027()) == [(2027, 0)]
    after = calendar_for()
    assert (2027 in after.published, after.is_working(date(2027, 1, 31)), after.is_working(date(2027, 2, 9))) == (
        True,
        True,
        False,
    )
    assert CalendarYear.objects.get(pk=2027).status == "published"


def test_those_who_wait_for_a_year_are_told_once(monkeypatch):
    told = []
    monkeypatch.setattr(publish, "_callbacks", [])
    publish.on_year_published(lambda year, region: told.append((year, region, calendar_for().is_working(date(2027, 1, 31)))))
    import_csv(notice_2027())
    assert told == [(2027, 0, True)]


def test_a_notice_may_move_a_day_of_the_december_before():
    import_csv(notice_2027("2026-12-27,调休上班,元旦,试验通知\n"))
    assert calendar_for().is_working(date(2026, 12, 27))
    assert calendar_for().name(date(2026, 10, 1)) == "国庆节"  # 2026 itself stays as published


def test_a_second_import_replaces_the_first():
    import_csv(notice_2027())
    import_csv(notice_2027().replace("2027-01-31,调休上班", "2027-01-30,调休上班"))
    assert [calendar_for().is_working(date(2027, 1, day)) for day in (30, 31)] == [True, False]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("日子,类型\n", "第 1 行：缺少列“日期”"),
        (HEAD, "文件里没有日期"),
        (notice_2027("2027-13-01,节假日,,\n"), "第 17 行：日期“2027-13-01”看不懂"),
        (notice_2027("2027-03-01,放假,,\n"), "第 17 行：类型“放假”不对"),
        (notice_2027("2027-03-01,调休上班,,\n"), "第 17 行：2027-03-01 是周一至周五"),
        (notice_2027("2027-01-31,节假日,,\n"), "第 17 行：2027-01-31 重复"),
        (notice_2027("2028-05-01,节假日,,\n"), "第 17 行：2028-05-01 不属于"),
        (notice_2027().replace("2027-06-09,", "2027-06-10,"), "缺少法定节假日 2027-06-09（端午节）"),
        (notice_2027("2027-03-01,节假日,,,4501\n"), "第 17 行：适用区划应是 12 位"),
    ],
)
def test_a_faulty_file_is_refused_by_line_and_changes_nothing(text, fault):
    with pytest.raises(CalendarInvalid) as refusal:
        import_csv(text)
    assert fault in str(refusal.value)
    assert (CalendarDay.objects.count(), CalendarYear.objects.count(), 2027 in calendar_for().published) == (
        0,
        0,
        False,
    )


def test_a_regions_own_holiday_rests_there_and_works_elsewhere():
    assert import_csv(HEAD + "2026-04-20,节假日,壮族三月三,广西规定,450000000000\n") == [(2026, GUANGXI)]
    day = date(2026, 4, 20)
    assert (
        calendar_for(NANNING_VILLAGE).is_working(day),
        calendar_for(500242000000).is_working(day),
        calendar_for().is_working(day),
    ) == (False, True, True)
    assert (calendar_for(NANNING_VILLAGE).name(day), 2026 in calendar_for(NANNING_VILLAGE).published) == (
        "壮族三月三",
        True,
    )


def test_an_exported_year_imports_to_the_same_days():
    before = [calendar_for().kind(date(2026, 1, 1) + timedelta(days=step)) for step in range(365)]
    assert import_csv(export_csv(2026)) == [(2026, 0)]
    after = [calendar_for().kind(date(2026, 1, 1) + timedelta(days=step)) for step in range(365)]
    assert (before == after, CalendarDay.objects.filter(region=0).count()) == (True, 39)


def test_a_regions_export_has_only_what_it_adds():
    import_csv(HEAD + "2026-04-20,节假日,壮族三月三,广西规定,450000000000\n")
    assert export_csv(2026, GUANGXI).splitlines()[1:] == ["2026-04-20,节假日,壮族三月三,广西规定,450000000000"]


def test_a_page_of_25_deadlines_asks_at_most_once():
    calendar_for(500242000000)
    with CaptureQueriesContext(connection) as queries:
        for village in range(25):
            calendar_for(500242101200 + village)
    assert len(queries) <= 1


def test_another_process_s_edit_is_seen_at_the_next_look(monkeypatch):
    calendar_for()
    monkeypatch.setattr("weimin.calendars.queries.forget", lambda: None)  # as if the import ran elsewhere
    import_csv(notice_2027())
    monkeypatch.setattr("weimin.calendars.queries.CHECK_SECONDS", 0)
    assert 2027 in calendar_for().published


def test_this_year_and_the_next_without_notice_are_named():
    assert (missing_years(2025), missing_years(2026)) == ([], [2027])


def test_the_command_imports_a_file(tmp_path):
    file, out = tmp_path / "2027.csv", StringIO()
    file.write_text(notice_2027(), "utf-8-sig")
    call_command("calendar_import", str(file), stdout=out)
    assert out.getvalue() == "2027 年放假安排已导入（全国），相关期限已重算。\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "读不到文件"), ("日期".encode("gbk"), "不是 UTF-8"), (HEAD.encode(), "什么都没有改动")],
)
def test_the_command_refuses_with_a_sentence(tmp_path, content, words):
    file = tmp_path / "odd.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("calendar_import", str(file))
