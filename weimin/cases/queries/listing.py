"""Lists of cases: filters, keyset pages whose cost does not grow with the table, rows for a sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from weimin.cases.clocks import lamp_of
from weimin.cases.flow import case_url
from weimin.cases.models import OPEN_STATES, Case, CaseState, Channel
from weimin.cases.rules_number import LENGTH
from weimin.flows.listing import Order, page_over
from weimin.flows.rules import YELLOW_AT_MOST
from weimin.regions.narrowing import at_place, typed_code
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.secrets.cipher import hash_for
from weimin.ui.paging import Page
from weimin.walls.actor import Actor

NEWEST, BY_DEADLINE = Order("received_at", falling=True), Order("queue_at")
OPEN = [str(state.value) for state in OPEN_STATES]
COLOURS = ("red", "yellow", "green", "paused")
MOST_EXPORTED = 100_000


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed by; empty = all. `state` of CaseState or "open", `place` a village or township code, `text` number, name, ID number or phone."""

    state: str = ""
    item: str = ""
    place: str = ""
    lamp: str = ""
    channel: str = ""
    text: str = ""

    @classmethod
    def read(cls, chosen: dict[str, str]) -> Filters:
        """From an address; what is not a known value is left out."""
        clean = {name: chosen.get(name, "").replace("\x00", "").strip()[:60] for name in ("state", "item", "place", "lamp", "channel", "text")}
        clean["state"] = clean["state"] if clean["state"] in (*CaseState.values, "open") else ""
        clean["channel"] = clean["channel"] if clean["channel"] in Channel.values else ""
        clean["lamp"] = clean["lamp"] if clean["lamp"] in COLOURS else ""
        clean["place"] = clean["place"] if typed_code(clean["place"]) else ""
        return cls(**clean)


def in_place(actor: Actor, place: str = "") -> QuerySet[Any]:
    """Cases of the range, or of a place inside it."""
    return at_place(Case.objects.visible_to(actor), actor, typed_code(place))


def identifier(text: str) -> tuple[str, Any] | None:
    """(column, value) when the text is a case number, a phone or a document number; None when it is a name."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain.isascii() or len(plain) < 8:
        return None
    if len(plain) == LENGTH and plain.isdigit():
        return "number", plain
    if len(plain) == 11 and plain.isdigit():
        return "applicant_phone_lookup", hash_for("phone", plain)
    return "applicant_id_lookup", hash_for("id_number", plain)


def found_by(actor: Actor, text: str, place: str = "") -> QuerySet[Any]:
    """By number, by ID number or phone (keyed hash), else by the whole name of the applicant, whose index begins with the township."""
    if known := identifier(text):
        return in_place(actor, place).filter(**{known[0]: known[1]})
    rows = in_place(actor, place).filter(applicant_name=text)
    code = int(place) if place else actor.low if actor.low == actor.high else 0
    return rows.filter(township=code // 1000) if code % 1000 else rows


def newest_found(actor: Actor, text: str, limit: int) -> list[Case]:
    """The latest cases that a text names, for the search page; one query."""
    return list(page_over([found_by(actor, text)], NEWEST, "", limit, walk=identifier(text) is None).rows)


def of_lamp(colour: str, now: datetime) -> Q:
    """Cases whose promise shows a colour now: open, accepted, not decided."""
    if colour == "paused":
        return Q(state__in=OPEN, paused_since__isnull=False)
    running = Q(state__in=OPEN, paused_since__isnull=True, decided_at__isnull=True)
    if colour == "red":
        return running & Q(queue_at__lte=now)
    if colour == "yellow":
        return running & Q(queue_at__gt=now, queue_at__lte=now + YELLOW_AT_MOST, warn_at__lte=now)
    return running & Q(queue_at__gt=now, warn_at__gt=now)


def narrowed(actor: Actor, filters: Filters, now: datetime) -> QuerySet[Any]:
    rows = found_by(actor, filters.text, filters.place) if filters.text else in_place(actor, filters.place)
    if filters.state:
        rows = rows.filter(state__in=OPEN) if filters.state == "open" else rows.filter(state=filters.state)
    if filters.item:
        rows = rows.filter(item_code=filters.item)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    return rows.filter(of_lamp(filters.lamp, now)) if filters.lamp else rows


def order_of(filters: Filters) -> Order:
    """What is open is read by deadline, everything else (and what was looked for) newest first; each order has its index."""
    return BY_DEADLINE if filters.lamp or filters.state == "open" else NEWEST


def list_cases(actor: Actor, filters: Filters, now: datetime, cursor: str = "", size: int = 20) -> Page:
    """One page; one query whatever the size of the table."""
    walk = not filters.text or identifier(filters.text) is None
    return page_over([narrowed(actor, filters, now).defer("note", "result", "reason")], order_of(filters), cursor, size, walk=walk)


def lines(rows: Any, now: datetime) -> list[dict[str, Any]]:
    """Cases as lists show them; one query for the names of places."""
    found = list(rows)
    known = names({row.region for row in found} | {township_of(row.region) for row in found})
    return [line(row, now, known) for row in found]


def line(row: Case, now: datetime, known: dict[int, str]) -> dict[str, Any]:
    return {
        "number": row.number, "url": case_url(row.pk), "item": row.item_name, "applicant": row.applicant_name, "place": known.get(row.region, ""),
        "township": known.get(township_of(row.region), ""), "channel": row.get_channel_display(), "state": row.get_state_display(), "state_key": row.state,
        "desk": row.get_desk_now_display() if row.desk_now else "", "received_at": row.received_at, "due_on": row.due_on, "lamp": lamp_of(row, now),
        "outcome": row.get_outcome_display() if row.outcome else "",
    }  # fmt: skip


def rows_for_export(actor: Actor, filters: Filters, now: datetime) -> Iterator[dict[str, Any]]:
    """What the list shows, page by page, so that memory stays small."""
    cursor, left = "", MOST_EXPORTED
    while left > 0:
        page = list_cases(actor, filters, now, cursor, 200)
        yield from lines(page.rows, now)
        cursor, left = page.next, left - len(page.rows)
        if not cursor:
            return
