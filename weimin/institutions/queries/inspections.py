"""Inspections with their rounds and photos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from weimin.attachments.models import Attachment
from weimin.attachments.storage import path_of
from weimin.institutions.models import Inspection, InspectionRound, Institution, QuarterBulletin, Rating
from weimin.walls.actor import Actor

OPEN_STATES = ("planned", "rectifying", "reported")


def get_inspection(actor: Actor, number: int) -> Inspection:
    """Inspection.DoesNotExist when hidden or missing."""
    return Inspection.objects.visible_to(actor).select_related("institution__site").get(pk=number)


def get_round(actor: Actor, number: int) -> InspectionRound:
    return InspectionRound.objects.visible_to(actor).select_related("inspection", "institution__site").get(pk=number)


def get_rating(actor: Actor, number: int) -> Rating:
    return Rating.objects.visible_to(actor).select_related("institution__site").get(pk=number)


def get_bulletin(number: int) -> QuarterBulletin:
    """Issued bulletins go to every institution."""
    return QuarterBulletin.objects.get(pk=number)


def list_bulletins() -> list[QuarterBulletin]:
    return list(QuarterBulletin.objects.order_by("-year", "-quarter"))


def open_inspection(institution: Institution) -> Inspection | None:
    return Inspection.objects.filter(institution=institution, state__in=OPEN_STATES).first()


@dataclass(frozen=True)
class Held:
    """A round with its items and their photos, and the photos of what was mended."""

    row: InspectionRound
    items: list[tuple[dict[str, Any], list[Attachment]]]
    mended: list[Attachment]


def content_of(file: Attachment) -> bytes:
    return path_of(file.sm3).read_bytes()


def rounds_of(actor: Actor, inspection: Inspection) -> list[Held]:
    """Latest first; two queries."""
    return with_photos(actor, InspectionRound.objects.visible_to(actor).filter(inspection=inspection).order_by("-number"))


def with_photos(actor: Actor, rows: Iterable[InspectionRound]) -> list[Held]:
    found = list(rows)
    files = Attachment.objects.visible_to(actor).filter(subject_type="institutions.inspectionround", subject_id__in=[row.pk for row in found], removed_at=None)
    known = {file.pk: file for file in files.order_by("pk")}
    result = []
    for row in found:
        items = [(item, [known[pk] for pk in item["photos"] if pk in known]) for item in row.items]
        taken = {pk for item in row.items for pk in item["photos"]}
        result.append(Held(row, items, [file for file in known.values() if file.subject_id == row.pk and file.pk not in taken]))
    return result
