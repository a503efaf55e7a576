"""A record of this house as the neutral content that bundles are made of and compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weimin.exchange.kinds import KINDS, Naming, plain
from weimin.exchange.models import FormerNumber
from weimin.exchange.rules_bundle import Content
from weimin.exchange.rules_keys import key_of
from weimin.exchange.rules_lines import Item
from weimin.health.models import HealthRecord
from weimin.residents.models import Resident
from weimin.walls.actor import Actor

RECORD = ("opened_on", "opened_by", "state", "inactive_reason", "inactive_on", "inactive_note", "touched_on", "personal", "personal_on")
PERSON = ("name", "gender", "birth_on", "address", "id_kind", "ethnicity", "marital", "education", "occupation")


@dataclass(frozen=True)
class Collected:
    """The content, and the row behind each item: (kind, pk) → row."""

    content: Content
    rows: dict[tuple[str, int], Any]


def collect(actor: Actor, record: HealthRecord, jurisdiction: int) -> Collected:
    """Everything of one record, in a fixed number of queries."""
    rows = {name: kind.rows(actor, record) for name, kind in KINDS.items()}
    naming = Naming(actor, rows, record, jurisdiction)
    items = {name: sorted((KINDS[name].item(row, naming) for row in found), key=lambda item: str(item["key"])) for name, found in rows.items()}
    facts = {"key": key_of(jurisdiction, "record", record.pk), **plain(record, RECORD), **naming.staff(record)}
    content = Content(person_of(actor, record), facts, items)
    return Collected(content, {(name, row.pk): row for name, found in rows.items() for row in found})


def person_of(actor: Actor, record: HealthRecord) -> Item:
    former = [
        plain(row, ("number", "place", "until_on", "state", "why")) for row in FormerNumber.objects.visible_to(actor).filter(record=record).order_by("number")
    ]
    return facts_of(record.resident) | {"number": record.number, "former": former}


def facts_of(resident: Resident) -> Item:
    numbers = {"id_number": resident.id_number or "", "phone": resident.phone or "", "registered": str(resident.registered_region or "")}
    return plain(resident, PERSON) | numbers
