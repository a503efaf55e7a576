"""The trail of one record as a page shows it: what was done, by whom, with which values before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from weimin.trail.labels import label_for
from weimin.trail.models import Entry
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

MOST = 50
ENTRIES = Question(Entry, lambda rows, kind, pk: rows.filter(subject_type=kind, subject_id=pk).order_by("-pk")[:MOST], str, int)


def history_of(actor: Actor, record: Model) -> list[Event]:
    """The latest entries of a record, newest first; one query."""
    rows = ENTRIES(actor, record._meta.label_lower, record.pk)
    labels, choices = labels_of(type(record)), choices_of(type(record))
    return [event(row, labels, choices) for row in rows]


def labels_of(model: type[Model]) -> dict[str, str]:
    return {field.name: str(getattr(field, "verbose_name", field.name)) for field in model._meta.get_fields()}


def choices_of(model: type[Model]) -> dict[str, dict[Any, Any]]:
    """Field → its values with the words that people choose by."""
    return {field.name: dict(field.flatchoices) for field in model._meta.concrete_fields if field.choices}


def event(row: Entry, labels: Mapping[str, str], choices: Mapping[str, Mapping[Any, Any]]) -> Event:
    return Event(row.at, label_for(row.action), row.who, row.reason, changes(row, labels, choices))


def changes(row: Entry, labels: Mapping[str, str], choices: Mapping[str, Mapping[Any, Any]]) -> list[tuple[str, str, str]]:
    """(label, before, after) of the plain values that the entry noted and the model has a name for."""
    keys = [key for key in dict.fromkeys([*row.before, *row.after]) if key in labels and key != "state"]

    def said(values: Mapping[str, Any], key: str) -> str:
        value = values.get(key)
        return str(choices[key][value]) if key in choices and isinstance(value, str) and value in choices[key] else worded(value)

    return [(labels[key], said(row.before, key), said(row.after, key)) for key in keys]


def worded(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(map(str, value))  # text: data
    if isinstance(value, dict):
        return "，".join(worded(part) for part in value.values() if part not in (None, "", [], False))  # text: data
    return str(value)
