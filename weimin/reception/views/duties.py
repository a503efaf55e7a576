"""The week of a centre as a grid and as a paper."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.registry import get_action
from weimin.reception.forms.windows import WEEKDAYS
from weimin.reception.papers import roster_paper
from weimin.reception.roster import Roster, monday_of, week_of_site
from weimin.reception.views.answers import day_of, pdf_answer, site_of
from weimin.walls.request import Request


def asked_week(request: Request) -> date:
    return monday_of(day_of(request.GET.get("week", ""), timezone.localdate()))


@require_GET
@signed_in
def roster_page(request: Request, number: int) -> HttpResponse:
    """?week= any day of it."""
    monday = asked_week(request)
    roster = week_of_site(request.actor, site_of(request.actor, number), monday)
    context = {
        "site": roster.site, "roster": roster, "heads": [(WEEKDAYS[day.on.weekday()], day) for day in roster.days], "lines": grid(roster),
        "before": (monday - timedelta(days=7)).isoformat(), "after": (monday + timedelta(days=7)).isoformat(), "today": timezone.localdate(),
        "may_swap": get_action("reception.propose_swap").allows(request.actor), "here": request.get_full_path(),
    }  # fmt: skip
    return render(request, "reception/roster.html", context)


def grid(roster: Roster) -> list[tuple[object, list[tuple[str, object, list[object]]]]]:
    """(window, [(weekday, day, its two cells)]) for each window."""
    return [
        (line.window, [(str(WEEKDAYS[day.on.weekday()]), day, [cell for cell in line.cells if cell.on == day.on]) for day in roster.days])
        for line in roster.lines
    ]


@require_GET
@signed_in
def roster_pdf(request: Request, number: int) -> HttpResponse:
    roster = week_of_site(request.actor, site_of(request.actor, number), asked_week(request))
    return pdf_answer(lambda: roster_paper(roster), "roster")
