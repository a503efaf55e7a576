"""The centres, one centre's page, and its poster."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.reception.centres import centre_lines, filter_centres
from weimin.reception.forms.windows import WEEKDAYS
from weimin.reception.models import PledgeKind
from weimin.reception.papers import place_poster, poster
from weimin.reception.queries import centre_of, marked_days
from weimin.reception.views.answers import pdf_answer, site_of
from weimin.reception.waiting import queue_state
from weimin.regions.fields import townships
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sites.rules import place_served
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

TABLE = [
    Column(_("服务中心"), "name", url="url", hint="address", main=True),
    Column(_("乡镇"), "township"),
    Column(_("窗口"), "windows", kind="number"),
    Column(_("今天空岗"), "vacant", kind="tag"),
    Column(_("正在等候"), "waiting", kind="number"),
]


@require_GET
@signed_in
def centres_page(request: Request) -> HttpResponse:
    """Every site with windows: how many windows, how many seats nobody sits today, how many wait."""
    actor, chosen = request.actor, request.GET.dict()
    page = page_of(filter_centres(actor, chosen), ["region"], chosen.get("cursor", ""), 25)
    rows = centre_lines(actor, list(page.rows), timezone.now())
    return render(request, "reception/centres.html", {"columns": TABLE, "rows": rows, "page": page, "chosen": chosen, "townships": townships(actor)})


@require_GET
@signed_in
def centre_page(request: Request, number: int) -> HttpResponse:
    """One centre: hours, windows with their items and today's seats, the queue, what hangs on the wall."""
    actor, now = request.actor, timezone.now()
    site = site_of(actor, number)
    known = names({site.region, township_of(site.region)})
    centre = centre_of(actor, site, now)
    marked = {row.on: row for row in marked_days(actor, site, centre.on)}
    context = {
        "site": site, "centre": centre, "queue": queue_state(actor, site, now), "week": [(WEEKDAYS[day], words) for day, words in centre.week],
        "pledges": [(label, centre.pledges.get(kind, [])) for kind, label in PledgeKind.choices], "hung": any(centre.pledges.values()),
        "special": [(day, marked.get(day.on)) for day in centre.special], "village": known[site.region], "township": known[township_of(site.region)],
        "place": place_served(site.tier, site.region),
    }  # fmt: skip
    return render(request, "reception/centre.html", context)


@require_GET
@signed_in
def poster_pdf(request: Request, number: int) -> HttpResponse:
    """?size=A3 or A4."""
    site = site_of(request.actor, number)
    centre: Any = centre_of(request.actor, site, timezone.now())
    return pdf_answer(lambda: poster(centre, request.GET.get("size", "A3")), "poster")


@require_GET
@signed_in
def place_pdf(request: Request, number: int) -> HttpResponse:
    """The code of the public page of the place that the centre serves; a centre of the county has none."""
    site = site_of(request.actor, number)
    place = place_served(site.tier, site.region)
    if place is None:
        raise NotVisible()
    address = request.build_absolute_uri(reverse("portal:place", args=[request.tenant.code, place]))
    return pdf_answer(lambda: place_poster(site, names([place])[place], address), "place")
