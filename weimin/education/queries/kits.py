"""Reads of kits: stock of institutions, coverage of communities, the households of a community."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from weimin.education.models import KitHandout, KitKind, KitStock
from weimin.indicators.queries import VILLAGE, by_township
from weimin.indicators.rules import Standing
from weimin.regions.rules import township_of
from weimin.residents.models import Household, HouseholdStatus
from weimin.secrets.masking import mask
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor

KITS = "education.kits"
PAGE = 50
MOST_EXPORTED = 20_000


def stocks(actor: Actor) -> list[KitStock]:
    return list(KitStock.objects.visible_to(actor).order_by("region", "institution", "kind"))


def coverage(actor: Actor, on: date) -> list[Standing]:
    """Each community by the stored figures, lowest code first. Two queries."""
    found = by_township(actor, KITS, on, span=VILLAGE)
    return sorted((replace(row, region=int(row.region)) for row in found), key=lambda row: row.region)  # the database's modulo makes floats of codes


def shortages(rows: Iterable[Standing], held: Iterable[KitStock]) -> dict[tuple[int, str], int]:
    """(township, kind) → pieces that are missing for its households without a kit, where the institutions of the township have fewer."""
    waiting: dict[int, int] = {}
    for row in rows:
        waiting[township_of(row.region)] = waiting.get(township_of(row.region), 0) + row.denominator - row.numerator
    left: dict[tuple[int, str], int] = {(place, str(kind)): 0 for place in waiting for kind in KitKind}
    for stock in held:
        key = (township_of(stock.region), stock.kind)
        left[key] = left.get(key, 0) + stock.left
    return {(place, kind): waiting[place] - pieces for (place, kind), pieces in left.items() if waiting.get(place, 0) > pieces}


def in_force() -> QuerySet[KitHandout]:
    return KitHandout.objects.filter(household=OuterRef("pk"), withdrawn_at__isnull=True)


def found(actor: Actor, community: int, chosen: dict[str, str]) -> QuerySet[Household]:
    """Households of one community: those without a whole kit, or those served, or all; `text` is the beginning of an address.

    One community is some thousand rows at most, found by the index on its code.
    """
    rows = Household.objects.visible_to(actor).filter(region=community, status=HouseholdStatus.STANDING, collective=False)
    show = chosen.get("show", "")
    if show == "served":
        rows = rows.filter(Exists(in_force()))
    elif show != "all":
        rows = rows.exclude(Exists(in_force().filter(oil_pot=True, salt_spoon=True)))
    if text := sought(chosen):
        rows = rows.filter(address__prefix=text)
    return rows


def sought(chosen: dict[str, str]) -> str:
    """The beginning of an address that was typed: the building where somebody stands."""
    return chosen.get("text", "").replace("\x00", "").strip()


def address_of(actor: Actor, address: str, typed: str = "") -> str:
    """Masked like everywhere; who typed the building reads no less than that."""
    masked = mask("address", address, actor.role)
    known = f"{typed}***" if address != typed else typed
    return known if typed and address.startswith(typed) and len(known) > len(masked) else masked


def households(actor: Actor, community: int, chosen: dict[str, str]) -> Page:
    """A page of them, by address."""
    page = page_of(found(actor, community, chosen), ["address"], chosen.get("cursor", ""), PAGE)
    return Page(lines(actor, list(page.rows), sought(chosen)), page.previous, page.next)


def all_households(actor: Actor, community: int, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The same for a workbook."""
    return lines(actor, list(found(actor, community, chosen).order_by("address", "pk")[:MOST_EXPORTED]), sought(chosen))


def title_of(actor: Actor, row: Household) -> str:
    """A household in one line: its building and its head."""
    return f"{address_of(actor, row.address) or row.number} {mask('name', row.head_name, actor.role) if row.head_name else ''}".strip()


def lines(actor: Actor, rows: list[Household], typed: str = "") -> list[dict[str, Any]]:
    """Households as the list shows them, with their kit if they have one. One query."""
    held = {row.household_id: row for row in KitHandout.objects.visible_to(actor).filter(household__in=rows, withdrawn_at__isnull=True)}
    return [
        {
            "pk": row.pk, "number": row.number, "head": mask("name", row.head_name, actor.role) if row.head_name else "",
            "address": address_of(actor, row.address, typed), "kit": held.get(row.pk), "receiver": receiver(actor, held.get(row.pk)),
        }
        for row in rows
    ]  # fmt: skip


def receiver(actor: Actor, kit: KitHandout | None) -> str:
    return mask("name", kit.received_by, actor.role) if kit else ""
