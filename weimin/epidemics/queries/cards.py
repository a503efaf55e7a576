"""Report cards, the newest diagnosis first, found by the beginning of a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from weimin.epidemics.diseases import every_name
from weimin.epidemics.finding import cards
from weimin.epidemics.lamps import done_lamp, hour_lamp
from weimin.epidemics.models import CaseReport, CaseState
from weimin.flows.listing import in_queue_order
from weimin.regions.queries import names
from weimin.residents.rules import EIGHTEEN, tidy_number
from weimin.secrets.cipher import hash_for
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor

KINDS = {"due": "warn", "reported": "ok", "corrected": "off", "deleted": "off"}


def list_cards(actor: Actor, chosen: dict[str, str], size: int = 25) -> Page:
    """A page by keyset; a text is a whole identity card number or the beginning of a name. What is due is walked by its deadline, a name by the names, a disease by its own index, all else by the diagnosis."""
    rows = cards(actor).select_related("place", "group")
    disease, state, text = chosen.get("disease", ""), chosen.get("state", ""), chosen.get("text", "").replace("\x00", "").strip()[:60]
    order = ["-diagnosed_at", "-id"]
    if actor.low == actor.high:
        rows = rows.filter(village=actor.low)
    if disease in every_name():
        rows = rows.filter(disease=disease)
    if state in CaseState.values:
        rows = rows.filter(state=state)
        order = ["due_at", "id"] if state == CaseState.DUE else order
    if EIGHTEEN.fullmatch(number := tidy_number(text)):
        rows = rows.filter(id_lookup=hash_for("id_number", number))
    elif text:
        rows, order = rows.filter(name__prefix=text), ["name", "village", "id"]
    with in_queue_order():
        return page_of(rows, order, chosen.get("cursor", ""), size)


def get_card(actor: Actor, pk: int) -> CaseReport:
    """CaseReport.DoesNotExist when hidden or missing."""
    found: CaseReport = cards(actor).select_related("place", "group", "outbreak", "corrects", "resident").get(pk=pk)
    return found


def lamp_of(card: CaseReport, now: datetime) -> Any:
    if card.reported_at is not None:
        return done_lamp(card.reported_at, card.due_at)
    return hour_lamp(card.due_at, card.hours, card.region, now) if card.state == CaseState.DUE else {"colour": "none", "words": card.get_state_display()}


def lines(rows: Iterable[CaseReport], now: datetime) -> list[dict[str, Any]]:
    found = list(rows)
    known = names({row.region for row in found})
    return [
        {
            "name": row.name, "url": reverse("epidemics:card", args=[row.pk]), "disease": row.disease_words, "kind": row.get_kind_display(),
            "gender": row.get_gender_display(), "school": " ".join(str(part) for part in (row.place, row.group) if part), "village": known[row.region],
            "onset_on": row.onset_on, "diagnosed_at": row.diagnosed_at, "lamp": lamp_of(row, now), "tag": (row.get_state_display(), KINDS[row.state]),
        }
        for row in found
    ]  # fmt: skip
