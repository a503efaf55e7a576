"""Life events, entered once: what each touches in every room is shown before and done with it.

    on_life_event("death", preview=pension_preview, apply=stop_pension)     # in AppConfig.ready() of a higher room

`preview(actor, resident, on)` answers sentences for the person who enters the event; `apply(by, resident, on, now)` does it inside the
same transaction and answers what was done, as sentences for the resident's life line (no identifiers, no names of illnesses).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from weimin.residents.models import EventKind, LifeEvent, Resident
from weimin.walls.actor import Actor

Preview = Callable[[Actor, Resident, date], list[str]]
Apply = Callable[[Actor, Resident, date, datetime], list[str]]


class Listener(NamedTuple):
    preview: Preview
    apply: Apply


_listeners: dict[str, list[Listener]] = {}


def on_life_event(kind: str, *, preview: Preview, apply: Apply) -> None:
    """Joins an event (`EventKind`); ValueError when there is no such event."""
    _listeners.setdefault(EventKind(kind).value, []).append(Listener(preview, apply))


def touched_by(kind: str, actor: Actor, resident: Resident, on: date) -> list[str]:
    """What the event would touch, room by room; nothing is changed."""
    return [sentence for listener in _listeners.get(kind, ()) for sentence in listener.preview(actor, resident, on)]


def followed(kind: str, by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    """Every room does its part of an event that is written down as, or with, another one; what each of them said."""
    return [line for listener in _listeners.get(kind, ()) for line in listener.apply(by, resident, on, now)]


def happened(
    kind: str, by: Actor, resident: Resident, on: date, now: datetime, *, source: str = "", said: list[str] | None = None, undo: dict[str, object] | None = None
) -> LifeEvent:
    """Writes the event down and has every room do its part. `said`: what was done already; `undo`: what taking it back needs."""
    lines = list(dict.fromkeys([*(said or []), *followed(kind, by, resident, on, now)]))
    return LifeEvent.objects.create(
        region=resident.region, resident=resident, kind=kind, on=on, facts={"lines": lines, "undo": undo or {}}, source=source,
        recorded_by=by.name or by.role, recorded_at=now,
    )  # fmt: skip
