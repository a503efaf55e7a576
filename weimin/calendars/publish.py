"""A holiday notice comes in as CSV, makes its year published, and tells those who had provisional dates."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from weimin.calendars import queries
from weimin.calendars.models import CalendarDay, CalendarVersion, CalendarYear
from weimin.calendars.published import festivals
from weimin.calendars.rules import HOLIDAY, MAKEUP, NATION, statutory_days

COLUMNS = ("日期", "类型", "名称", "来源", "适用区划")  # text: data
FIRST_CHECKED_YEAR = 2025  # the law's 13 days hold from here; older years had 11
SPILL_MONTHS = {-1: 12, 1: 1}  # a notice may move days in the December before and the January after
Callback = Callable[[int, int], None]
_callbacks: list[Callback] = []


class CalendarInvalid(ValueError):
    """The file cannot be used; `faults` lists every sentence with its line, and nothing was changed."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    on: date
    kind: str
    name: str
    source: str
    region: int


def on_year_published(callback: Callback) -> Callback:
    """Register `callback(year, region)`; it runs inside the import's transaction, region 0 = the nation."""
    if callback not in _callbacks:
        _callbacks.append(callback)
    return callback


def import_csv(text: str) -> list[tuple[int, int]]:
    """Take over a notice: replaces the rows of each (year, region) named in it, and makes the nation's years published.

    Columns 日期, 类型, 名称, 来源, 适用区划 (empty = the nation). Returns the (year, region) pairs. Raises CalendarInvalid.
    """
    rows = _parse(text)
    years = _check(rows)
    with transaction.atomic():
        _replace(rows, years)
        tell_processes()
        for year, region in years:
            for callback in _callbacks:
                callback(year, region)
    return years


def tell_processes() -> None:
    """Inside a transaction that changes the calendar: every process reads it anew once it is committed."""
    token = uuid.uuid4().hex
    CalendarVersion.objects.update_or_create(pk=1, defaults={"token": token})
    queries.await_commit(token)
    transaction.on_commit(queries.commit_seen)


def export_csv(year: int, region: int = NATION) -> str:
    """The exceptional days of a year, in the form that `import_csv` reads. The nation's, or those a region adds."""
    labels = dict(CalendarDay.Kind.choices)
    stored = dict(CalendarDay.objects.filter(region=region, on__year=year).values_list("on", "source"))
    calendar = queries.calendar_for(region)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for on, kind, name in calendar.exceptions(year):
        if region == NATION or on in stored:
            default = "chinesecalendar" if year in calendar.published else "放假办法（暂定）"  # text: data
            writer.writerow([on.isoformat(), labels[kind], name, stored.get(on, default), region or ""])
    return "\ufeff" + out.getvalue()


def _parse(text: str) -> list[Row]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [column for column in COLUMNS[:2] if column not in (reader.fieldnames or [])]
    if missing:
        raise CalendarInvalid([_("第 1 行：缺少列“%(columns)s”。") % {"columns": "、".join(missing)}])
    rows, faults = [], []
    for line, cells in enumerate(reader, start=2):
        try:
            rows.append(_row(line, cells))
        except ValueError as fault:
            faults.append(_("第 %(line)d 行：%(fault)s") % {"line": line, "fault": fault})
    if faults:
        raise CalendarInvalid(faults)
    return rows


def _row(line: int, cells: dict[str, str]) -> Row:
    day, kind = _day(cells[COLUMNS[0]]), _kind(cells[COLUMNS[1]])
    region = (cells.get(COLUMNS[4]) or "0").strip() or "0"
    if not region.isdigit() or len(region) not in (1, 12):
        raise ValueError(_("适用区划应是 12 位区划代码，全国留空。"))
    if kind == MAKEUP and day.weekday() < 5:
        raise ValueError(_("%(day)s 是周一至周五，不能是调休上班。") % {"day": day})
    name, source = ((cells.get(column) or "").strip() for column in COLUMNS[2:4])
    return Row(line, day, kind, name[:40], source[:200], int(region))


def _day(text: str | None) -> date:
    try:
        year, month, day = (int(part) for part in (text or "").strip().replace("/", "-").split("-"))
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("日期“%(text)s”看不懂，请写成 2027-01-01。") % {"text": text or ""}) from None


def _kind(text: str | None) -> str:
    wanted = (text or "").strip()
    for value, label in CalendarDay.Kind.choices:
        if wanted.upper() == value or wanted == label:
            return value
    raise ValueError(_("类型“%(text)s”不对，应是：节假日、调休上班、休息日、工作日。") % {"text": wanted})


def _check(rows: list[Row]) -> list[tuple[int, int]]:
    """The (year, region) pairs that the file publishes; raises CalendarInvalid when the whole does not make sense."""
    seen: set[tuple[int, date]] = set()
    faults = []
    for row in rows:
        if (row.region, row.on) in seen:
            faults.append(_("第 %(line)d 行：%(day)s 重复。") % {"line": row.line, "day": row.on})
        seen.add((row.region, row.on))
    nation = [row for row in rows if row.region == NATION]
    years = sorted({row.on.year for row in nation if (row.on.month, row.on.day, row.kind) == (10, 1, HOLIDAY)})
    faults += [fault for year in years for fault in _missing(year, nation)]
    faults += [_stray(row) for row in nation if not _belongs(row.on, years)]
    if faults or not rows:
        raise CalendarInvalid(faults or [_("文件里没有日期。")])
    return [(year, NATION) for year in years] + sorted({(row.on.year, row.region) for row in rows if row.region != NATION})


def _stray(row: Row) -> str:
    words = _("第 %(line)d 行：%(day)s 不属于文件中的任何一年（每一年都要有 10 月 1 日国庆节）。")
    return words % {"line": row.line, "day": row.on}


def _missing(year: int, nation: list[Row]) -> list[str]:
    if year < FIRST_CHECKED_YEAR or year not in festivals():
        return []
    off = {row.on for row in nation if row.kind == HOLIDAY}
    lawful = statutory_days(year, festivals()[year])
    return [_("缺少法定节假日 %(day)s（%(name)s）。") % {"day": day, "name": name} for day, name in sorted(lawful.items()) if day not in off]


def _belongs(day: date, years: list[int]) -> bool:
    near = {day.year + 1: -1, day.year - 1: 1}
    return day.year in years or any(year in years and day.month == SPILL_MONTHS[side] for year, side in near.items())


def _replace(rows: list[Row], years: list[tuple[int, int]]) -> None:
    for year, region in years:
        CalendarDay.objects.filter(region=region, on__year=year).delete()
        if region == NATION:
            source = next(row.source for row in rows if row.on.year == year and row.region == NATION)
            published = {"status": CalendarYear.Status.PUBLISHED, "source": source}
            CalendarYear.objects.update_or_create(year=year, defaults=published)
    days = [CalendarDay(on=row.on, kind=row.kind, name=row.name, source=row.source, region=row.region) for row in rows]
    CalendarDay.objects.bulk_create(days, update_conflicts=True, unique_fields=["region", "on"], update_fields=["kind", "name", "source"])
