"""The kinds of rows that travel, on the side of the database: how they are read, made and changed. Their FHIR side is `rules_bundle.Part`.

A room whose rows travel too registers a `Part` and a `Kind` of the same name here, in a module `kinds_<room>` that `AppConfig.ready()` imports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from weimin.accounts.models import Person
from weimin.exchange.models import Exchange, Origin
from weimin.exchange.rules_keys import key_of
from weimin.exchange.rules_lines import Item
from weimin.health.models import HealthRecord
from weimin.sites.models import Site
from weimin.walls.actor import Actor

STAFF = ("doctor", "institution")


@dataclass
class Work:
    """An import that is being written: who, into which record, and the rows that keys stand for by now."""

    by: Actor
    record: HealthRecord
    exchange: Exchange
    now: datetime
    source: str
    found: dict[str, Model] = field(default_factory=dict)

    def row(self, key: str) -> Any:
        return self.found.get(key)


@dataclass(frozen=True)
class Kind:
    """`rows` reads with what `item` needs in a fixed number of queries; `columns` are item fields that are columns of the same name."""

    name: str
    model: type[Model]
    label: Any
    columns: tuple[str, ...]
    rows: Callable[[Actor, HealthRecord], list[Any]]
    item: Callable[[Any, Naming], Item]
    add: Callable[[Work, Item], Model]
    change: Callable[[Work, Any, Item, Item], Model]
    faults: Callable[[Item, date], list[str]]
    about: Callable[[Item], str]


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    KINDS[kind.name] = kind


class Naming:
    """Who rows are everywhere, and what doctors and institutions are called; four queries for everything."""

    def __init__(self, actor: Actor, rows: dict[str, list[Any]], record: HealthRecord, jurisdiction: int) -> None:
        self.jurisdiction = jurisdiction
        self.origins: dict[tuple[str, int], list[Origin]] = {}
        for kind, found in rows.items():
            if found:
                label = KINDS[kind].model._meta.label_lower
                for one in Origin.objects.visible_to(actor).filter(subject_type=label, subject_id__in=[row.pk for row in found]).order_by("pk"):
                    self.origins.setdefault((label, one.subject_id), []).append(one)
        every = [record, *(row for found in rows.values() for row in found)]
        doctors, sites = ({int(getattr(row, name)) for row in every if getattr(row, name, None)} for name in STAFF)
        self.doctors = dict(Person.objects.filter(pk__in=doctors).values_list("pk", "name")) if doctors else {}
        self.sites = dict(Site.objects.visible_to(actor).filter(pk__in=sites).values_list("pk", "name")) if sites else {}

    def of(self, row: Any) -> list[Origin]:
        return self.origins.get((row._meta.label_lower, row.pk), [])

    def identity(self, kind: str, row: Any) -> Item:
        """`key`, `also`, `pk`."""
        origins = self.of(row)
        first = next((one.key for one in origins if not one.is_alias), key_of(self.jurisdiction, kind, row.pk))
        return {"key": first, "also": sorted(one.key for one in origins if one.key != first), "pk": row.pk}

    def said(self, row: Any, name: str) -> str:
        """A word that the source had for something that has no row here."""
        return next((str(one.names[name]) for one in self.of(row) if one.names.get(name)), "")

    def staff(self, row: Any) -> Item:
        """Names of doctor and institution: those of here, else those of the source."""
        doctor, site = self.doctors.get(getattr(row, "doctor", None) or 0, ""), self.sites.get(getattr(row, "institution", None) or 0, "")
        return {"doctor": doctor or self.said(row, "doctor"), "institution": site or self.said(row, "institution")}


def plain(row: Any, columns: tuple[str, ...]) -> Item:
    return {name: getattr(row, name) for name in columns}
