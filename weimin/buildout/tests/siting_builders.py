"""A small plan in force and candidate places around it, for tests of siting, publicity and coverage."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from proofs.replay import replayed

from weimin.actions.act import act
from weimin.buildout.models import Candidate, Plan
from weimin.buildout.tests.test_applying import TUPO, YOUYANG
from weimin.papers.content import Paper, Paragraph
from weimin.papers.docx import to_docx
from weimin.walls.actor import system_actor

VILLAGES = [500242101200 + number for number in range(6)]
PLACE = {
    "tier": "village_station", "place": str(VILLAGES[0]), "name": "村委会大楼", "place_kind": "public_service_centre", "longitude": "108.75",
    "latitude": "28.83", "population": "1200", "rent_free": "on",
}  # fmt: skip
QUESTION = {"tier": "village_station", "goal": "fewest", "distance_km": "3", "coverage": "85", "seconds": "5"}


def plan_in_force(path: Any = YOUYANG, key: str = "plan") -> Plan:
    """The plan of the jurisdiction, applied by the system once."""
    if not Plan.objects.exists():
        replayed(f"{path} {key}", lambda: act(system_actor(), "buildout.apply_plan", {"text": path.read_text()}, key))
    return Plan.objects.get()


def make_candidate(plan: Plan, region: int = VILLAGES[0], **over: Any) -> Candidate:
    facts = {
        "tier": "village_station", "name": "村委会大楼", "place_kind": "public_service_centre", "longitude": "108.75", "latitude": "28.83", "population": 1000,
    } | over  # fmt: skip
    return Candidate.objects.create(plan=plan, region=region, **facts)


def row_of_villages(plan: Plan, step_km: float = 10) -> list[Candidate]:
    """Six villages in a line, `step_km` apart, with 1000, 1100 … 1500 people."""
    return [
        make_candidate(plan, region, latitude=f"{28.5 + number * step_km / 111.195:.6f}", population=1000 + 100 * number)
        for number, region in enumerate(VILLAGES)
    ]  # fmt: skip


def paper_file(name: str = "地址.docx") -> SimpleUploadedFile:
    """A real Word file, as evidence."""
    return SimpleUploadedFile(name, to_docx(Paper(title="村站点建设地址", kind="", layout="record", blocks=(Paragraph("见名单。"),))))


__all__ = ["PLACE", "QUESTION", "TUPO", "VILLAGES", "YOUYANG", "make_candidate", "paper_file", "plan_in_force", "row_of_villages"]
