"""Rounds of acceptance, and a site held against its standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from weimin.attachments.models import Attachment
from weimin.attachments.storage import path_of
from weimin.buildout.models import Acceptance, Project
from weimin.buildout.rules_standard import FitLine, FitScore, Having, Held, RealRoom, compare, fit_score
from weimin.sites.models import Site
from weimin.sites.queries import inside_of
from weimin.staffing.models import Appointment
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class Round:
    """One round with the photos taken at each item and those of the rectification."""

    row: Acceptance
    items: list[tuple[dict[str, Any], list[Attachment]]]
    rectified: list[Attachment]


def get_acceptance(actor: Actor, number: int) -> Acceptance:
    """Acceptance.DoesNotExist when hidden or missing."""
    return Acceptance.objects.visible_to(actor).select_related("project__plan", "project__site").get(pk=number)


def rounds_of(actor: Actor, project: Project) -> list[Round]:
    """Every round, latest first; two queries."""
    rows = list(Acceptance.objects.visible_to(actor).filter(project=project).order_by("-round"))
    return rounds_with_photos(actor, rows)


def rounds_with_photos(actor: Actor, rows: Iterable[Acceptance]) -> list[Round]:
    wanted = list(rows)
    files: dict[int, list[Attachment]] = defaultdict(list)
    found = Attachment.objects.visible_to(actor).filter(subject_type="buildout.acceptance", subject_id__in=[row.pk for row in wanted], removed_at=None)
    for file in found.order_by("pk"):
        files[file.subject_id].append(file)
    return [with_photos(row, files[row.pk]) for row in wanted]


def with_photos(row: Acceptance, files: list[Attachment]) -> Round:
    by_id = {file.pk: file for file in files}
    items = [(item, [by_id[number] for number in item["photos"] if number in by_id]) for item in row.items]
    at_items = {number for item in row.items for number in item["photos"]}
    return Round(row, items, [file for file in files if file.pk not in at_items])


def content_of(file: Attachment) -> bytes:
    return path_of(file.sm3).read_bytes()


def having_of(actor: Actor, site: Site) -> Having:
    """What a site has, for the comparison with a standard; five queries."""
    inside = inside_of(actor, site)
    rooms = [RealRoom(room.name, tuple(room.uses), tuple(room.boards)) for room in inside.rooms]
    held = [Held(row.kind, row.quantity, room.name, row.working) for room in inside.rooms for row in room.equipment.all()]
    held += [Held(row.kind, row.quantity, "", row.working) for row in inside.loose]
    people = Appointment.objects.visible_to(actor).filter(site=site, ends_on=None).count()
    return Having(rooms, held, [sign.kind for sign in inside.signs], people, float(site.area) if site.area else None)


def fit_lines(actor: Actor, project: Project) -> list[FitLine]:
    """The standard's rooms and fittings, each there, shared or missing; empty without a standard or a site."""
    standard = project.plan.content.standard_of(project.tier)
    if standard is None or project.site is None:
        return []
    return compare(standard, having_of(actor, project.site))


def latest_score(actor: Actor, project: Project) -> FitScore | None:
    """The fit-out score of the latest inspection; None before the first."""
    way = project.plan.content.acceptance_of(project.tier)
    rows = Acceptance.objects.visible_to(actor).filter(project=project).exclude(outcome="")
    row = rows.order_by("-round").first() if way is not None else None
    return fit_score(row.items, {item.key: item.standard_item for item in way.checklist}) if row is not None and way is not None else None
