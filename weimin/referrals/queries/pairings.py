"""Paired hospitals with what was done: days, patients, referrals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from weimin.referrals.actions.pairing import pairings_seen_by
from weimin.referrals.desks import seen_by
from weimin.referrals.models import Direction, Pairing, SupportVisit
from weimin.regions.narrowing import in_region
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.walls.actor import Actor

STATES = ("in_force", "over")


def filter_pairings(actor: Actor, chosen: dict[str, str], today: date) -> QuerySet[Pairing]:
    rows = in_region(pairings_seen_by(actor), chosen.get("township", ""))
    running = Q(ended_on__isnull=True) & (Q(until_on__isnull=True) | Q(until_on__gte=today))
    state = chosen.get("state") or "in_force"
    if state in STATES:
        rows = rows.filter(running if state == "in_force" else ~running)
    return rows


def get_pairing(actor: Actor, number: int) -> Pairing:
    return pairings_seen_by(actor).get(pk=number)


def year_of(today: date) -> tuple[date, date]:
    return date(today.year, 1, 1), date(today.year, 12, 31)


def lines(actor: Actor, rows: list[Pairing], today: date) -> list[dict[str, Any]]:
    """With this year's support and referrals; three queries."""
    first, last = year_of(today)
    stands = SupportVisit.objects.visible_to(actor).filter(pairing__in=rows, withdrawn_on__isnull=True, on__gte=first, on__lte=last)
    support = {row["pairing"]: row for row in stands.values("pairing").annotate(days=Sum("days"), patients=Sum("patients"))}
    sent = seen_by(actor).filter(pairing__in=rows, sent_at__year=today.year).values("pairing")
    ways = {
        row["pairing"]: row for row in sent.annotate(up=Count("pk", filter=Q(direction=Direction.UP)), back=Count("pk", filter=Q(returned_on__isnull=False)))
    }
    known = names({row.region for row in rows} | {township_of(row.region) for row in rows})
    return [line(row, support.get(row.pk, {}), ways.get(row.pk, {}), known, today) for row in rows]


def in_force(row: Pairing, today: date) -> bool:
    return row.ended_on is None and (row.until_on is None or row.until_on >= today)


def line(row: Pairing, support: Any, ways: Any, known: dict[int, str], today: date) -> dict[str, Any]:
    return {
        "institution": row.institution, "hospital": row.hospital, "url": reverse("referrals:pairing", args=[row.pk]), "place": known[row.region],
        "from_on": row.from_on, "until_on": row.until_on, "specialities": row.specialities, "agreement": row.agreement, "contact": row.contact,
        "days": support.get("days", 0), "patients": support.get("patients", 0), "up": ways.get("up", 0), "back": ways.get("back", 0),
        "in_force": in_force(row, today), "agreed_days": row.days_a_year,
    }  # fmt: skip


def support_of(actor: Actor, pairing: Pairing) -> list[SupportVisit]:
    return list(SupportVisit.objects.visible_to(actor).filter(pairing=pairing).order_by("-on", "-pk")[:100])
