"""One school: its classes today and the last two weeks."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Sum

from weimin.epidemics.expected import owes
from weimin.epidemics.finding import alerts, places, reports
from weimin.epidemics.models import Alert, Place
from weimin.epidemics.wording import symptom_words
from weimin.walls.actor import Actor

DAYS = 14


def get_place(actor: Actor, pk: int) -> Place:
    """Place.DoesNotExist when hidden or missing."""
    found: Place = places(actor).get(pk=pk)
    return found


def classes(actor: Actor, place: Place, on: date) -> list[dict[str, Any]]:
    """Each class with its report of the day, or whether it owes one."""
    sent = {row.group_id: row for row in reports(actor).filter(place=place, on=on)}
    rows = list(place.groups.filter(closed=False).order_by("pk"))
    for group in rows:
        group.place = place
    return [
        {"group": group, "report": sent.get(group.pk), "owes": owes(group, on), "words": symptom_words(sent[group.pk].symptoms) if group.pk in sent else ""}
        for group in rows
    ]


def past(actor: Actor, place: Place, on: date, days: int = DAYS) -> list[dict[str, Any]]:
    """The days with reports, newest first."""
    rows = reports(actor).filter(place=place, on__gt=on - timedelta(days=days), on__lte=on)
    sums = rows.values("on").annotate(n=Count("pk"), expected=Sum("expected"), absent=Sum("absent"), ill=Sum("ill")).order_by("-on")
    sick: dict[date, Counter[str]] = {}
    for day, symptoms in rows.exclude(symptoms={}).values_list("on", "symptoms"):
        sick.setdefault(day, Counter()).update(symptoms)
    return [row | {"sick": symptom_words(dict(sick.get(row["on"], {})))} for row in sums]


def alerts_of(actor: Actor, place: Place) -> list[Alert]:
    return list(alerts(actor).filter(place=place).select_related("place", "group").order_by("-raised_at", "-pk")[:20])
