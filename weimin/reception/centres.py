"""The list of centres with a few figures each."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from weimin.reception.hours import local
from weimin.reception.models import Duty, Ticket, Window
from weimin.regions.narrowing import in_region
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.sites.models import Site
from weimin.walls.actor import Actor


def filter_centres(actor: Actor, chosen: dict[str, str]) -> QuerySet[Site]:
    """Sites that have windows, by township and beginning of the name; `all` shows those without windows too."""
    rows = Site.objects.visible_to(actor).exclude(state="closed")
    if not chosen.get("all"):
        rows = rows.filter(pk__in=Window.objects.visible_to(actor).exclude(state="closed").values("site_id"))
    rows = in_region(rows, chosen.get("township", ""))
    if text := chosen.get("text", "").replace("\x00", "").strip():
        rows = rows.filter(name__prefix=text)
    return rows


def centre_lines(actor: Actor, rows: list[Site], now: datetime) -> list[dict[str, Any]]:
    """Four queries whatever the number of centres."""
    on, sites = local(now).date(), [site.pk for site in rows]
    windows = dict(Window.objects.visible_to(actor).filter(site__in=sites).exclude(state="closed").values_list("site").annotate(n=Count("pk")).order_by())
    waiting = dict(Ticket.objects.visible_to(actor).filter(site__in=sites, on=on, state="waiting").values_list("site").annotate(n=Count("pk")).order_by())
    vacant = Counter(Duty.objects.visible_to(actor).filter(window__site__in=sites, on=on, worker=None).values_list("window__site", flat=True))
    known = names({township_of(site.region) for site in rows})
    return [
        {
            "name": site.name, "url": reverse("reception:centre", args=[site.pk]), "address": site.address, "township": known[township_of(site.region)],
            "windows": windows.get(site.pk, 0), "waiting": waiting.get(site.pk, 0), "vacant": vacancy(vacant[site.pk]),
        }
        for site in rows
    ]  # fmt: skip


def vacancy(number: int) -> tuple[str, str]:
    return (_("%(number)d 个") % {"number": number}, "warn") if number else (_("没有"), "ok")
