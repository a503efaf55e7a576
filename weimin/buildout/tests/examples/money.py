"""Money, consequences and bulletins: one valid use of each action, on plan 1."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from weimin.actions.examples import Example
from weimin.buildout.models import Budget, Consequence, Plan, Project
from weimin.buildout.tests.money_builders import NOW, put_allocation, put_centre, put_invoice, put_open, put_plan, put_version
from weimin.walls.actor import Actor

TOWNSHIP = 500242101000
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def township_in(region: int) -> int:
    return region if region % 10**6 else TOWNSHIP


def scan() -> dict[str, Any]:
    return {"scan": SimpleUploadedFile("fapiao.pdf", SCAN, "application/pdf")}


def build_allocate(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    put_plan()
    return Budget.objects.get(key="centre_other").pk, {"township": township_in(region), "amount": "60000", "document_number": "酉财〔2026〕1号"}


def build_spent(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    """A budget of which everything is allocated."""
    target, data = build_allocate(actor, region)
    Budget.objects.filter(pk=target).update(allocated_fen=F("total_fen"))
    return target, data


def build_withdraw(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    put_plan()
    return put_allocation(township_in(region)).pk, {"reason": "中心站改由企业自建"}


def build_disburse(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    put_plan()
    project = put_centre(township_in(region))
    put_invoice(project, 6_500_000)
    return project.pk, {"allocation": put_allocation(township_in(region)).pk, "voucher": "PZ-2026-001"}


def build_invoice(actor: Actor, region: int, opened: bool = True) -> tuple[Any, dict[str, Any]]:
    put_plan()
    data = {"number": "12345678901234567890", "seller": "酉阳县某办公设备店", "item": "办公设备", "amount": "65000", "issued_on": "2026-10-08"}
    project = Project.objects.select_related("plan").get(tier="township_centre", region=township_in(region))
    return (put_open(project, date(2026, 11, 1)) if opened else project).pk, data


def build_invoice_too_early(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    """A site that nobody has proposed yet buys nothing."""
    return build_invoice(actor, region, opened=False)


def build_void(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    put_plan()
    return put_invoice(put_centre(township_in(region)), 100_00).pk, {"reason": "登记到别的站点了"}


def build_plan(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return put_plan().pk, {}


def put_reward(region: int, **over: Any) -> Consequence:
    """A reward as plan 5 has them, on a centre of plan 1 so that it lies in the same jurisdiction as the other examples."""
    put_plan()
    project = put_centre(township_in(region))
    facts: dict[str, Any] = {"key": "in_time", "label": "以奖代补", "person": "某镇人民政府", "payee": "某镇人民政府"} | over
    return Consequence.objects.create(region=project.region, project=project, kind="reward", found_at=NOW, **facts)


def build_pay(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    row = put_reward(region, state="decided", amount_fen=500_000, decided_by="王主任", decided_at=NOW)
    return row.pk, {"voucher": "PZ-2026-900"}


def build_decide(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    """Plan 1 has no rewards; the one of plan 5 is written into its stored content."""
    row = put_reward(region)
    plan = row.project.plan
    plan.data["rewards"] = [
        {
            "key": "in_time",
            "label": "以奖代补",
            "tier": "township_centre",
            "trigger": "accepted_in_time",
            "payee": "township_government",
            "decided_by": "bureau",
        }
    ]
    put_version(plan)
    return row.pk, {"decision": "execute", "amount": "5000"}


def build_bulletin(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return put_plan().pk, {"bulletin": "stations_stage", "on": "2026-06-01", "document_number": "酉电商发〔2026〕5号"}


def build_no_bulletins(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    target, data = build_bulletin(actor, region)
    plan = Plan.objects.get(pk=target)
    plan.data["bulletins"] = []
    put_version(plan)
    return target, data


EXAMPLES = {
    "buildout.allocate": Example("finance", build_allocate, wrong=build_spent),
    "buildout.withdraw_allocation": Example("finance", build_withdraw),
    "buildout.disburse": Example("finance", build_disburse),
    "buildout.record_invoice": Example("township", build_invoice, scan, wrong=build_invoice_too_early),
    "buildout.void_invoice": Example("township", build_void),
    "buildout.find_consequences": Example("lead_office", build_plan),
    "buildout.decide_consequence": Example("lead_office", build_decide),
    "buildout.pay_reward": Example("finance", build_pay),
    "buildout.issue_bulletin": Example("lead_office", build_bulletin, wrong=build_no_bulletins),
}
