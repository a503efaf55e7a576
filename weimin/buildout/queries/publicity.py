"""Reads of publicity: campaigns, their totals, the open sites that a letter names."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from weimin.attachments.models import Attachment
from weimin.buildout.models import BUILT, Campaign, Plan, Project
from weimin.buildout.papers_letter import Station
from weimin.buildout.rules_publicity import Total, by_channel, by_township, channels_of, place_of
from weimin.regions.queries import geography, names
from weimin.regions.rules import range_of
from weimin.walls.actor import Actor

SUBJECT = "buildout.campaign"
MOST_STATIONS = 40


def filter_campaigns(actor: Actor, plan: Plan, chosen: dict[str, str]) -> QuerySet[Campaign]:
    """Campaigns of a plan; `chosen` has channel, township, counted (all optional)."""
    rows = Campaign.objects.visible_to(actor).filter(plan=plan)
    if chosen.get("channel"):
        rows = rows.filter(channel=chosen["channel"].replace("\x00", ""))
    township = chosen.get("township", "")
    if township.isascii() and township.isdigit() and len(township) == 12:
        rows = rows.filter(region__gte=int(township), region__lt=int(township) + 1000)
    if chosen.get("counted") in ("yes", "no"):
        rows = rows.filter(reached__isnull=chosen["counted"] == "no")
    return rows


def totals(actor: Actor, plan: Plan) -> tuple[list[Total], list[Total]]:
    """Per channel and per township of the actor's range; three queries and those of the geography."""
    rows = list(Campaign.objects.visible_to(actor).filter(plan=plan).values_list("channel", "region", "reached"))
    known = {code: name for code, name in geography(plan.region, plan.issued_on).townships.items() if actor.low <= code <= actor.high}
    others = {place_of(region) for _channel, region, _reached in rows} - set(known)
    known |= names(others) if others else {}
    channels = by_channel([(channel, reached) for channel, _region, reached in rows], channels_of(plan.content))
    return channels, by_township([(region, reached) for _channel, region, reached in rows], known)


def photos_of(actor: Actor, rows: list[Campaign]) -> dict[int, list[Attachment]]:
    """Campaign → its photos, one query for a page."""
    found: dict[int, list[Attachment]] = {}
    held = Attachment.objects.visible_to(actor).filter(subject_type=SUBJECT, subject_id__in=[row.pk for row in rows], removed_at=None)
    for photo in held.order_by("pk"):
        found.setdefault(photo.subject_id, []).append(photo)
    return found


def rows_for_export(rows: QuerySet[Campaign], channels: dict[str, str]) -> list[dict[str, Any]]:
    found = list(rows.order_by("-starts_on", "-pk")[:100_000])
    known = names({row.region for row in found} | {place_of(row.region) for row in found})
    return [
        {
            "channel": channels.get(row.channel, row.channel), "township": known[place_of(row.region)], "region": known[row.region], "place": row.place,
            "audience": row.audience, "text": row.text, "starts_on": row.starts_on, "ends_on": row.ends_on, "reached": row.reached, "recorded_by": row.recorded_by,
        }
        for row in found
    ]  # fmt: skip


def stations_in(actor: Actor, plan: Plan, region: int) -> list[Station]:
    """Open sites of the plan inside a region, by code."""
    low, high = range_of(region)
    rows = Project.objects.visible_to(actor).filter(plan=plan, region__gte=low, region__lte=high, state__in=BUILT, site__state="open")
    return [Station(*facts) for facts in rows.order_by("region").values_list("site__name", "site__address", "site__opening_hours")[:MOST_STATIONS]]
