"""Reads of the trail: always inside the reader's own range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from weimin.trail.labels import label_for
from weimin.trail.models import Entry
from weimin.trail.places import region_names
from weimin.walls.actor import Actor

NEWEST_FIRST = ("-at", "-pk")
MOST_OF_A_RECORD = 100
LATEST_YEAR = 9998


@dataclass(frozen=True)
class Row:
    """An entry in words."""

    entry: Entry
    label: str
    place: str
    changes: list[tuple[str, str, str]]

    @property
    def subject(self) -> str:
        return f"{self.entry.subject_type}:{self.entry.subject_id}" if self.entry.subject_id else self.entry.subject_type


def search(actor: Actor, wanted: dict[str, Any]) -> QuerySet[Entry]:
    """Entries of the actor's range that fit the cleaned SearchForm. Prefixes only: anything else scans behind the policy."""
    found = Entry.objects.visible_to(actor)
    for name, column in (("person", "person_name"), ("action", "action"), ("reason", "reason")):
        if wanted.get(name):
            found = found.filter(**{f"{column}__prefix": wanted[name]})
    if wanted.get("subject"):
        kind, _colon, number = wanted["subject"].partition(":")
        found = found.filter(subject_type=kind, **({"subject_id": int(number)} if number else {}))
    if wanted.get("region"):
        found = found.filter(region__gte=wanted["region"][0], region__lte=wanted["region"][1])
    if wanted.get("since"):
        found = found.filter(at__gte=midnight(wanted["since"]))
    if wanted.get("until") and wanted["until"].year <= LATEST_YEAR:
        found = found.filter(at__lt=midnight(wanted["until"] + timedelta(days=1)))
    return found


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), timezone.get_default_timezone())


def in_words(entries: Iterable[Entry]) -> list[Row]:
    """Rows with the names of their places (one query)."""
    held = list(entries)
    places = region_names(entry.region for entry in held)
    return [Row(entry, label_for(entry.action), places.get(entry.region, ""), changes_of(entry.before, entry.after)) for entry in held]


def get_entry(actor: Actor, number: int) -> Entry:
    """The entry, or Entry.DoesNotExist when it is missing or outside the range."""
    return Entry.objects.visible_to(actor).get(pk=number)


def of_subject(actor: Actor, subject: Model) -> QuerySet[Entry]:
    """What was done to a record, newest first; only what lies in the actor's range."""
    found = Entry.objects.visible_to(actor).filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return found.order_by(*NEWEST_FIRST)[:MOST_OF_A_RECORD]


def changes_of(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(field, before, after) of what differs; empty text where there was or is nothing."""
    names = list(dict.fromkeys([*before, *after]))
    return [(name, said(before.get(name)), said(after.get(name))) for name in names if before.get(name) != after.get(name)]


def said(value: Any) -> str:
    if value is None:
        return ""
    return "、".join(map(said, value)) if isinstance(value, list) else str(value)
