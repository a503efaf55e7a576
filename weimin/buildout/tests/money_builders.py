"""Rows that money and pressure need: a plan in force, sites brought to acceptance, money in a township. Inside an entered transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from proofs.replay import replayed

from weimin.actions.act import act, new_key
from weimin.buildout.actions.lifecycle import advance
from weimin.buildout.models import Acceptance, Allocation, Budget, Invoice, Plan, Project
from weimin.sites.register import create_site
from weimin.walls.actor import Actor, system_actor

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PLANS = Path(settings.BASE_DIR) / "plans"
ISSUED = "2026-03-21"
NUMBERS = count(1)
ROBOT = system_actor()


def put_plan(name: str = "youyang-rural-ecommerce", issued: str = ISSUED) -> Plan:
    """The plan in force, its dates shifted into the tests' year; applied once."""
    text = (PLANS / f"{name}.yaml").read_text()

    def apply() -> None:
        act(ROBOT, "buildout.apply_plan", {"text": text, "issued_on": issued}, new_key(), now=NOW)

    if Plan.objects.exists():
        apply()
    else:
        replayed(f"{name} {issued}", apply)
    return Plan.objects.get(code=name)


def put_version(plan: Plan) -> None:
    """Another version of the plan, with what is in it now. No number comes twice: content is parsed once per version and process."""
    plan.version += 1000 + next(NUMBERS)
    plan.save()


def put_open(project: Project, on: date, by: Actor = ROBOT) -> Project:
    """A wanted project whose site opened on a day."""
    project.site = create_site(region=project.region, name=project.name, tier="township_centre", purposes=[])
    project.opened_on = on
    advance(project, "buildout.open_site", "open", by, NOW)
    return project


def put_accepted(project: Project, on: date, by: Actor = ROBOT) -> Project:
    """… that was accepted on a day, with the round that says so."""
    put_open(project, on - timedelta(days=5), by)
    advance(project, "buildout.apply_acceptance", "applied", by, NOW)
    Acceptance.objects.create(
        region=project.region,
        project=project,
        applied_by="李四",
        applied_at=NOW,
        items=[],
        score=92,
        outcome="passed",
        inspected_by="王五",
        inspected_at=NOW,
        signed_by="李四",
    )
    project.accepted_on = on
    advance(project, "buildout.inspect", "accepted", by, NOW)
    return project


def put_centre(township: int, on: date = date(2026, 11, 20)) -> Project:
    """The accepted centre of a township under plan 1."""
    return put_accepted(Project.objects.select_related("plan").get(tier="township_centre", region=township), on)


def put_invoice(project: Project, amount_fen: int, number: str = "") -> Invoice:
    return Invoice.objects.create(
        region=project.region, project=project, number=number or f"{next(NUMBERS):020d}", seller="酉阳县某办公设备店", item="办公设备", amount_fen=amount_fen,
        issued_on=date(2026, 10, 8), recorded_by="李四", recorded_at=NOW,
    )  # fmt: skip


def put_allocation(township: int, amount_fen: int = 6_000_000, key: str = "centre_other") -> Allocation:
    """Money in a township, the budget's column kept in step."""
    budget = Budget.objects.get(key=key)
    row = Allocation.objects.create(
        budget=budget, region=township, amount_fen=amount_fen, document_number=f"酉财〔2026〕{next(NUMBERS)}号", allocated_by="周会计", allocated_at=NOW
    )
    Budget.objects.filter(pk=budget.pk).update(allocated_fen=budget.allocated_fen + amount_fen)
    return row


def put_late_centre(village: int = 341221203208) -> Project:
    """The pilot of plan 5 that was not accepted by its day."""
    put_plan("tupo-village-centres", "2026-03-01")
    return Project.objects.select_related("plan").get(region=village)
