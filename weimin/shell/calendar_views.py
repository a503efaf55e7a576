"""The working calendar: a year at a glance, its exceptional days with their source, CSV out (in: `calendars.import_notice`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.calendars.models import CalendarDay, CalendarYear, LampWarning
from weimin.calendars.publish import export_csv
from weimin.calendars.published import festivals, package_years
from weimin.calendars.queries import calendar_for
from weimin.calendars.rules import NATION, places_of
from weimin.regions.queries import names
from weimin.shell.calendar_year import exceptions_of, months_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotAllowed
from weimin.walls.request import Request
from weimin.walls.tenancy import here

TABLE = [
    Column(_lazy("日期"), "on", kind="day", main=True), Column(_lazy("类型"), "tag", kind="tag"), Column(_lazy("名称"), "name"), Column(_lazy("适用范围"), "place"), Column(_lazy("来源"), "source"),
]  # fmt: skip


def year_of(text: str, now_year: int) -> int:
    """The year asked for, when the calendar knows its festivals; else this year."""
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else now_year
    return wanted if wanted in festivals() else now_year


def source_of(year: int) -> tuple[str, bool]:
    """(where the year's days come from, published): an imported notice, the package, or the law's own days."""
    row = CalendarYear.objects.filter(pk=year).first()
    if row is not None:
        return row.source, row.status == CalendarYear.Status.PUBLISHED
    if year in package_years():
        return _("国务院办公厅放假通知（chinesecalendar）"), True
    return _("《全国年节及纪念日放假办法》（暂定）"), False


@require_GET
@signed_in
def year_page(request: Request) -> HttpResponse:
    """?year= of the calendar of this place; ?csv=1 gives the nation's year in the form that the import reads."""
    if request.actor.role != "administrator":
        raise NotAllowed()
    year = year_of(request.GET.get("year", ""), timezone.localdate().year)
    if request.GET.get("csv"):
        response = HttpResponse(export_csv(year), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f"attachment; filename=calendar-{year}.csv"
        return response
    place = int(here().code)
    calendar, (source, published) = calendar_for(place), source_of(year)
    found = exceptions_of(calendar, year, stored_days(year, place), source)
    known = names({row.region for row in found if row.region}) | {NATION: _("全国")}
    rows = [{"on": row.on, "tag": (row.words, row.kind), "name": row.name, "place": known[row.region], "source": row.source} for row in found]
    months = months_of(calendar, year)
    context = {
        "year": year, "before": year - 1 if year - 1 in festivals() else None, "after": year + 1 if year + 1 in festivals() else None, "months": months,
        "columns": TABLE, "rows": rows, "source": source, "published": published, "workdays": sum(month.workdays for month in months),
    }  # fmt: skip
    return render(request, "shell/calendar.html", context | lamp_rules(place))


def lamp_rules(place: int) -> dict[str, Any]:
    """What holds today, and every rule that was set, the newest day first."""
    set_here = list(LampWarning.objects.filter(region=place).order_by("-effective_from", "-pk"))
    return {"rule": calendar_for(place).warning(timezone.localdate()), "rules": set_here}


def stored_days(year: int, place: int) -> dict[date, tuple[str, int]]:
    """Day → (source, region) of imported rows for the nation and the divisions around the place; the narrowest wins."""
    around = CalendarDay.objects.filter(on__year=year, region__in=places_of(place)).values_list("region", "on", "source")
    order = {code: position for position, code in enumerate(places_of(place))}
    return {on: (source, region) for region, on, source in sorted(around, key=lambda row: order[row[0]])}
