"""Reads of activities: the list, one activity, what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from weimin.calendars.clock import add_months
from weimin.education.models import Activity, ActivityKind, ActivityState, MaterialMove, PlaceKind, Quiz, SignIn
from weimin.regions.narrowing import typed_code
from weimin.regions.queries import names
from weimin.regions.rules import range_of, township_of
from weimin.walls.actor import Actor

TAGS = {"planned": "info", "held": "ok", "cancelled": "off"}
MOST_EXPORTED = 50_000


def month_of(text: str) -> tuple[date, date] | None:
    """The first day of a month "2026-11" and of the next one."""
    year, _sign, month = text.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and month.isascii() and month.isdigit() and 1 <= int(month) <= 12 and year >= "1990"):
        return None
    first = date(int(year), int(month), 1)
    return first, add_months(first, 1)


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), timezone.get_current_timezone())


def filter_activities(actor: Actor, chosen: dict[str, str]) -> QuerySet[Activity]:
    """By kind, state, kind of place, township, institution and month; all optional."""
    rows = Activity.objects.visible_to(actor)
    for name, known in (("kind", ActivityKind.values), ("state", ActivityState.values), ("place_kind", PlaceKind.values)):
        if chosen.get(name) in known:
            rows = rows.filter(**{name: chosen[name]})
    if township := typed_code(chosen.get("township", "")):
        low, high = range_of(township)
        rows = rows.filter(region__gte=low, region__lte=high)
    if (site := chosen.get("institution", "")).isdecimal() and len(site) < 19:
        rows = rows.filter(institution=int(site))
    if months := month_of(chosen.get("month", "")):
        rows = rows.filter(starts_at__gte=midnight(months[0]), starts_at__lt=midnight(months[1]))
    return rows


def lines(rows: Iterable[Activity], now: datetime) -> list[dict[str, Any]]:
    found = list(rows)
    known = names({row.region for row in found} | {township_of(row.region) for row in found})
    return [line(row, known, now) for row in found]


def line(row: Activity, known: dict[int, str], now: datetime) -> dict[str, Any]:
    late = row.state == ActivityState.PLANNED and row.starts_at < now
    return {
        "subject": row.subject, "url": reverse("education:activity", args=[row.pk]), "kind": str(row.get_kind_display()), "starts_at": row.starts_at,
        "institution": row.institution_name, "venue": row.venue, "township": known[township_of(row.region)], "village": known[row.region],
        "place_kind": str(row.get_place_kind_display()) if row.place_kind else "", "speaker": row.speaker, "audience": row.audience,
        "attendance": row.attendance, "state": (row.get_state_display(), "warn" if late else TAGS[row.state]), "state_words": str(row.get_state_display()),
    }  # fmt: skip


def rows_for_export(rows: QuerySet[Activity], now: datetime) -> Iterator[dict[str, Any]]:
    """Plain rows for Excel: what the list shows, with every fact."""
    for row in lines(rows.order_by("-starts_at", "-pk")[:MOST_EXPORTED], now):
        yield row | {"starts_at": f"{timezone.localtime(row['starts_at']):%Y-%m-%d %H:%M}"}


def get_activity(actor: Actor, number: int) -> Activity:
    """Activity.DoesNotExist when hidden or missing."""
    return Activity.objects.visible_to(actor).get(pk=number)


def quiz_of(actor: Actor, activity: Activity) -> Quiz | None:
    return Quiz.objects.visible_to(actor).filter(activity=activity).first()


def names_of(actor: Actor, activity: Activity) -> list[str]:
    """The sign-in list; empty for posts that do not know the residents."""
    return list(SignIn.objects.visible_to(actor).filter(activity=activity).order_by("pk").values_list("name", flat=True))


def given_out(actor: Actor, activity: Activity) -> list[tuple[str, int]]:
    """(material, copies) given out at an activity."""
    rows = MaterialMove.objects.visible_to(actor).filter(activity=activity.pk).values_list("material__title").annotate(copies=-Sum("quantity"))
    return list(rows.order_by("material__title"))
