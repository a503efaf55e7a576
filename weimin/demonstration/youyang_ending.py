# text: data
"""How plan 1 goes on after the opening: money, acceptance (one mended, one still mending), payments, bulletin, siting."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.buildout.models import Budget, Plan, Project
from weimin.buildout.siting_demo import synthetic_workbook
from weimin.demonstration.building import allocate, apply_acceptance, disburse, inspect, invoice, mend, outcome_of
from weimin.demonstration.fitting import furnish
from weimin.demonstration.ground import CENTRE, RADIUS_KM
from weimin.demonstration.stage import Stage
from weimin.walls.session import entered

CODE = 500242000000
APPLIED, INSPECTED, PAID = 16, 14, 9  # how many of the opened centres have come so far
FURNISHED = 4
MENDED, MENDING = 3, 13  # places of the centre that failed first and was mended, and of the one still mending
NUMBER = "演示财建〔2026〕{number}号"


def tell_ending(stage: Stage, plan: Plan, townships: list[Any]) -> None:
    with entered(stage.whole):
        centres = {row.region: row for row in Project.objects.filter(plan=plan, tier="township_centre").select_related("plan", "site")}
        budgets = {row.key: row for row in Budget.objects.filter(plan=plan)}
    opened = [centres[region.code] for region in townships if centres[region.code].state in ("open",)]
    accept_centres(stage, opened)
    pay_centres(stage, opened, budgets)
    stations(stage, plan, budgets)
    goals(stage, plan)
    siting(stage, plan)
    publicity(stage, plan, townships)
    bulletin(stage, plan)


def accept_centres(stage: Stage, opened: list[Project]) -> None:
    for place, project in enumerate(opened[:APPLIED]):
        who = ("township", project.township)
        if place < FURNISHED:
            furnish(stage, project, who, 8)
        invoice(stage, project, who, 100_000 + place * 1_000 if place % 2 else 112_000, 8)
        apply_acceptance(stage, project, who, 5)
        if place >= INSPECTED:
            continue
        if place in (MENDED, MENDING):
            inspect(stage, project, 4, share=0.7, word="标识不全，部分设备未到位。")
            if place == MENDED and outcome_of(stage, project) == "rectify":
                mend(stage, project, who, 3)
                inspect(stage, project, 2, share=0.95)
        else:
            inspect(stage, project, 4, share=0.95)


def pay_centres(stage: Stage, opened: list[Project], budgets: dict[str, Budget]) -> None:
    for place, project in enumerate(opened[: INSPECTED + 4]):
        key, yuan = ("centre_key", 100_000) if place < 8 else ("centre_other", 60_000)
        number = NUMBER.format(number=100 + place)
        allocate(stage, budgets[key].pk, project.township, yuan, number, 7)
        if place < PAID and place != MENDED:
            disburse(stage, project, number, f"PZ2026-{place + 1:04d}", 1)


def stations(stage: Stage, plan: Plan, budgets: dict[str, Budget]) -> None:
    """Two of the new stations are accepted and paid, one of them after mending; others wait."""
    with entered(stage.whole):
        rows = list(
            Project.objects.filter(plan=plan, tier="village_station", state="open", site__existing=False).select_related("plan", "site").order_by("pk")[:4]
        )
    for place, project in enumerate(rows):
        who = ("township", project.township)
        invoice(stage, project, who, 7_200 + place, 7)
        apply_acceptance(stage, project, who, 4)
        if place < 3:
            inspect(stage, project, 3, share=0.7 if place == 1 else 0.96, word="货架未到位。" if place == 1 else "")
        if place == 1 and outcome_of(stage, project) == "rectify":
            mend(stage, project, who, 2)
            inspect(stage, project, 1, share=0.95)
    if rows:
        number = NUMBER.format(number=200)
        allocate(stage, budgets["station"].pk, rows[0].township, 18_000, number, 6)
        disburse(stage, rows[0], number, "PZ2026-0101", 1, payee="演示商贸有限公司")


def goals(stage: Stage, plan: Plan) -> None:
    """Figures that only people know yet, with their source."""
    with entered(stage.whole):
        found = {goal.key: goal.pk for goal in plan.goals.filter(indicator="", dropped=False)}
    for place, key in enumerate(found):
        data = {"on": stage.moment(3).date().isoformat(), "value": str((place + 1) * 2 % 7), "source": "演示数据"}
        stage.act(("lead_office", CODE), "buildout.record_goal", data, 3, target=found[key])


def siting(stage: Stage, plan: Plan) -> None:
    """Invented candidate places come in by the sheet; one question is put to the solver."""
    book = synthetic_workbook(plan, "village_station", CENTRE, RADIUS_KM)
    file = SimpleUploadedFile("候选地点（演示）.xlsx", book)
    stage.act(("lead_office", CODE), "buildout.import_candidates", {"mode": "all"}, 20, target=plan.pk, files={"file": file})
    data = {"tier": "village_station", "goal": "fewest", "distance_km": "3", "coverage": "95", "cover_poverty": "on", "seconds": "10"}
    stage.act(("lead_office", CODE), "buildout.run_siting", data, 19, target=plan.pk)


def publicity(stage: Stage, plan: Plan, townships: list[Any]) -> None:
    channels = [row.key for row in plan.content.publicity.channels] if plan.content.publicity else []
    for place, region in enumerate(townships[:9]):
        data = {
            "channel": channels[place % len(channels)], "where": str(region.code), "place": "赶场路口", "audience": "群众", "text": "网上买卖到村里，足不出户办事情",
            "starts_on": stage.moment(20).date().isoformat(), "reached": str(300 + place * 120),
        }  # fmt: skip
        stage.act(("township", region.code), "buildout.record_campaign", data, 19, target=plan.pk)


def bulletin(stage: Stage, plan: Plan) -> None:
    key = plan.content.bulletins[0].key
    data = {"bulletin": key, "on": stage.moment(2).date().isoformat()}
    stage.act(("lead_office", CODE), "buildout.issue_bulletin", data, 2, target=plan.pk)
