"""A plan in force without its county, and stations on their way under it. Inside an entered transaction."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from weimin.buildout.applying import new_project, step_of
from weimin.buildout.models import Acceptance, Plan, Project
from weimin.buildout.models.plan import as_json
from weimin.buildout.plan.read import shift
from weimin.buildout.tests.money_builders import NOW
from weimin.buildout.tests.plan_builders import plan_of
from weimin.regions.queries import Geography, names
from weimin.sites.register import create_site

ISSUED = date(2026, 9, 21)
OPENED = date(2026, 11, 2)


def put_bare_plan(name: str = "youyang") -> Plan:
    """The plan's row alone, dated two months before the tests' day: no projects, goals or budgets."""
    data = shift(plan_of(name), ISSUED)
    facts = {
        "region": data.meta.region, "title": data.meta.title, "issuer": data.meta.issuer, "issued_on": data.meta.issued_on,
        "original_issued_on": data.meta.original_issued_on, "data": as_json(data), "applied_at": NOW,
    }  # fmt: skip
    return Plan.objects.get_or_create(code=data.meta.code, defaults=facts)[0]


def put_site(region: int, tier: str = "village_station", state: str = "filed", *, plan: Plan | None = None, **over: Any) -> Project:
    """A project of a tier in a state, with its site and its open step; plan 1 unless another is given."""
    plan = plan or put_bare_plan()
    content = plan.content
    project = new_project(plan, content, content.tier(tier), region, Geography({}, names([region]), {}, frozenset(), frozenset()))
    site_state = "open" if state in ("open", "applied", "rectifying", "failed", "accepted", "subsidised") else "planned"
    level = {"village": "village_station", "township": "township_centre"}[content.tier(tier).level]
    opened = OPENED if site_state == "open" else None
    project.site = create_site(
        region=region,
        name=project.name,
        tier=level,
        purposes=[plan.code],
        state=site_state,
        opened_on=opened,
        address="村口",
        existing=over.pop("existing", False),
    )
    project.state, project.opened_on = state, opened
    for key, value in over.items():
        setattr(project, key, value)
    project.save()
    step = step_of(project, content, NOW)
    if step is not None:
        step.save(force_insert=True)
    return project


def dossier_of(project: Project) -> dict[str, list[int]]:
    """Evidence as if every paper of the dossier had been uploaded before."""
    return {item.key: [number] for number, item in enumerate(project.plan.content.acceptance_of(project.tier).dossier, start=1)}


def put_pending(project: Project) -> Acceptance:
    """The round that waits for its inspection."""
    return Acceptance.objects.create(project=project, region=project.region, applied_by="李四", applied_at=NOW)


def put_rectifying(region: int) -> Project:
    project = put_site(region, state="rectifying")
    Acceptance.objects.create(
        project=project, region=region, applied_by="李四", applied_at=NOW, score=70, outcome="rectify", rectify_by=date(2026, 12, 1), inspected_by="王五",
        inspected_at=NOW, signed_by="李四",
    )  # fmt: skip
    return project


def photo(name: str = "photo.jpg", colour: str = "green") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def photos_of(project: Project) -> dict[str, SimpleUploadedFile]:
    """A fresh photo for every item that wants one."""
    colours = ("green", "navy", "maroon", "teal", "olive", "purple", "gray")
    items = project.plan.content.acceptance_of(project.tier).checklist
    return {f"photo_{item.key}": photo(f"{item.key}.jpg", colours[at % 7]) for at, item in enumerate(items) if item.photo}


def marks_for(project: Project, **lower: float) -> dict[str, str]:
    """Full marks for every item but those given lower; a zero gets its reason."""
    data = {"signed_by": "李四", "opinion": "", "rectify_by": ""}
    for item in project.plan.content.acceptance_of(project.tier).checklist:
        score = lower.get(item.key, item.weight)
        data |= {f"score_{item.key}": str(score), f"remark_{item.key}": "" if score else "没有看到"}
    return data
