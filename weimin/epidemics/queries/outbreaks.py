"""Outbreaks and the panel of the three parties; cases and contacts only for health posts."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from weimin.epidemics.finding import cards, contacts, outbreaks
from weimin.epidemics.lamps import done_lamp, hour_lamp
from weimin.epidemics.models import CaseReport, CaseState, Contact, ContactDay, FamilyReport, Measure, MeasureState, Outbreak, OutbreakState, Party
from weimin.epidemics.queries.places import past
from weimin.ui.components.charts import Series
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor

CURVE_DAYS = 60
REPORT_DAYS = 7
STANDING = Q(state__in=[CaseState.DUE, CaseState.REPORTED])


def list_outbreaks(actor: Actor, state: str, cursor: str, size: int = 25) -> Page:
    rows = outbreaks(actor).select_related("place")
    rows = rows.annotate(owed=Count("measures", filter=Q(measures__state=MeasureState.OWED)), whole=Count("measures"))
    if state in OutbreakState.values:
        rows = rows.filter(state=state)
    return page_of(rows, ["-opened_on", "-id"], cursor, size)


def get_outbreak(actor: Actor, pk: int) -> Outbreak:
    """Outbreak.DoesNotExist when hidden or missing."""
    found: Outbreak = outbreaks(actor).select_related("place").get(pk=pk)
    return found


def parties(outbreak: Outbreak, now: datetime) -> list[dict[str, Any]]:
    """Each party with what it owes: done, not done, until when."""
    rows = list(Measure.objects.filter(outbreak=outbreak).select_related("group").order_by("due_at", "pk"))
    for row in rows:
        row.outbreak = outbreak
        row.lamp = lamp_of(row, now)  # type: ignore[attr-defined]
    found = []
    for party, words in Party.choices:
        own = [row for row in rows if row.party == party]
        standing = [row for row in own if row.state != MeasureState.DROPPED]
        done = sum(1 for row in standing if row.state == MeasureState.DONE)
        if own or party != Party.SCHOOL or outbreak.place_id:
            found.append({"key": party, "words": words, "measures": own, "done": done, "whole": len(standing)})
    return found


def lamp_of(measure: Measure, now: datetime) -> Any:
    if measure.state == MeasureState.DROPPED:
        return {"colour": "none", "words": measure.get_state_display()}
    if measure.done_at is not None:
        return done_lamp(measure.done_at, measure.due_at)
    return hour_lamp(measure.due_at, 24, measure.region, now)


def reported(actor: Actor, outbreak: Outbreak, on: date) -> dict[str, Any]:
    """What each party said lately: the school day by day, the families of the village, those with a child in the school."""
    since = outbreak.first_on - timedelta(days=REPORT_DAYS)
    until = outbreak.closed_on or on
    rows = FamilyReport.objects.visible_to(actor).filter(region=outbreak.region, on__gte=since, on__lte=until) if actor.role != "school" else None
    said: dict[str, Any] = {"school": past(actor, outbreak.place, until, REPORT_DAYS) if outbreak.place else []}
    if rows is not None:
        said["community"] = rows.aggregate(n=Count("pk"), sick=Sum("sick"))
        said["family"] = rows.filter(group__place_id=outbreak.place_id).aggregate(n=Count("pk"), sick=Sum("sick")) if outbreak.place_id else {"n": 0, "sick": 0}
    return said


def cases(actor: Actor, outbreak: Outbreak) -> list[CaseReport]:
    """The line list: cards that stand, by onset. Empty for posts without the purpose."""
    return list(cards(actor).filter(STANDING, outbreak=outbreak).select_related("place", "group").order_by("onset_on", "pk"))


def curve(rows: list[CaseReport], until: date) -> dict[str, Any] | None:
    """New cases by day of onset, days without a case drawn as nought; the last sixty days."""
    if not rows:
        return None
    counted = Counter(row.onset_on for row in rows)
    last = max(max(counted), min(until, max(counted) + timedelta(days=3)))
    first = max(min(counted), last - timedelta(days=CURVE_DAYS - 1))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {"labels": [f"{day:%m-%d}" for day in days], "values": [counted.get(day, 0) for day in days]}


def series(name: str, values: list[int]) -> list[Series]:
    return [Series(name, values)]


def watched(actor: Actor, outbreak: Outbreak) -> list[Contact]:
    """Contacts with `last`: how they were when last asked."""
    rows: QuerySet[Contact] = contacts(actor).filter(outbreak=outbreak).order_by("-state", "until_on", "pk")
    found = list(rows)
    last: dict[int, ContactDay] = {}
    for day in ContactDay.objects.visible_to(actor).filter(contact__in=found).order_by("on"):
        last[day.contact_id] = day
    for row in found:
        row.last = last.get(row.pk)  # type: ignore[attr-defined]
    return found
