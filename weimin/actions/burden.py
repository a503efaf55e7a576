"""How much paper the house makes: what a form cost the one who filled it in, summed up per month, post and action. No content is kept.

A form counts when a page opened it (its key says when) and it was sent; rows of Excel, programs and jobs fill in no form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zlib import crc32

from django.forms import Field, Form

from weimin.actions.models import Burden
from weimin.calendars.clock import ZONE
from weimin.walls.actor import Actor
from weimin.walls.prepared import prepared

LONGEST = timedelta(minutes=30)  # whoever leaves a form open over lunch has not typed all the while
UNTYPED = ("checkbox", "radio", "select", "file", "hidden")  # a tick or a choice is no typing
SHORTEST = 2  # one sign ("1") is the same by chance
SLOTS = 16  # rows of one post, month and action: clerks who share a post do not queue for one row
KEY_DIGITS, MOMENT_DIGITS, MARK = 32, 12, "7"
BOOK = f"""
    INSERT INTO {Burden._meta.db_table} AS kept (month, post, role, region, action, slot, forms, seconds, boxes, known)
    VALUES (%s, %s, %s, %s, %s, %s, 1, %s, %s, %s)
    ON CONFLICT (month, post, action, slot) DO UPDATE SET forms = kept.forms + 1, seconds = kept.seconds + excluded.seconds,
        boxes = kept.boxes + excluded.boxes, known = kept.known + excluded.known
"""


@dataclass(frozen=True)
class Weight:
    """`boxes` that were typed in a form, and of these `known`: the record said the same already, the form had not filled it in."""

    boxes: int
    known: int


def opened_at(key: str) -> datetime | None:
    """When the page was opened that a key of ours came from (`new_key`: milliseconds in its first 12 digits); None for a foreign key."""
    if len(key) != KEY_DIGITS or key[MOMENT_DIGITS] != MARK:
        return None
    try:
        return datetime.fromtimestamp(int(key[:MOMENT_DIGITS], 16) / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def facts_of(record: Any) -> frozenset[str]:
    """What a record says before the action, as texts to compare with; nothing of it is kept."""
    values = vars(record).values() if record is not None and hasattr(record, "_meta") else ()
    texts = {str(value) for value in values if isinstance(value, str | int | date) and not isinstance(value, bool)}
    return frozenset(text for text in texts if len(text) >= SHORTEST)


def weigh(form: Form, facts: frozenset[str]) -> Weight:
    """Of a valid form: a box that came filled in and was left so was not typed."""
    typed = {name: str(form.cleaned_data[name]) for name, field in form.fields.items() if is_typed(form, name, field)}
    return Weight(len(typed), sum(text in facts for text in typed.values()))


def is_typed(form: Form, name: str, field: Field) -> bool:
    if getattr(field.widget, "input_type", "text") in UNTYPED or form.cleaned_data.get(name) in (None, "", [], {}):
        return False
    return field.has_changed(form.get_initial_for_field(field, name), form[name].data)


def book(actor: Actor, action: str, key: str, weight: Weight, now: datetime) -> None:
    """Adds a form to the month of the post, in one statement."""
    opened = opened_at(key)
    if actor.channel != "web" or actor.post is None or opened is None:
        return
    took = min(max(now - opened, timedelta(0)), LONGEST)
    month = now.astimezone(ZONE).date().replace(day=1)
    values: list[Any] = [month, actor.post, actor.role, actor.low, action, crc32(key.encode()) % SLOTS, round(took.total_seconds()), weight.boxes, weight.known]
    with prepared() as cursor:
        cursor.execute(BOOK, values)
