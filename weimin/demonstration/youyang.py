"""Plan 1 on 酉阳: 39 township centres and the village stations, told over the last five weeks.

Who is how far follows from the order of the townships alone, so that the same picture comes out every time; the plan's
dates are moved so that today lies between "construction finished" and "open for business".
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from weimin.buildout.models import Batch, Plan, Project, Quota
from weimin.buildout.plan.schema import Tier
from weimin.buildout.rules import share_out
from weimin.demonstration.files import document, photo
from weimin.demonstration.stage import Stage
from weimin.regions.queries import Geography, geography, inside
from weimin.regions.rules import Level, township_of
from weimin.walls.session import entered

CODE = 500242000000
PLAN = Path(settings.BASE_DIR) / "plans" / "youyang-rural-ecommerce.yaml"
ISSUED_DAYS_AGO = 35
ORDER = ["wanted", "proposed", "filed", "building", "fitted", "trained", "open"]
# township's place in the list → how far its centre is; the rest of the list is still wanted
CENTRES = [("open", 19), ("fitted", 22), ("building", 28), ("filed", 32), ("proposed", 35), ("wanted", 39)]
STATIONS = [("open", 6), ("fitted", 10), ("building", 15), ("filed", 25), ("proposed", 34), ("wanted", 39)]
FIRST_BATCH = [*range(18), 35, 36]
EXISTING = 98
DAYS = {"proposed": 29, "filed": 26, "building": 21, "fitted": 9, "trained": 7, "open": 5}


def goal_of(table: list[tuple[str, int]], place: int) -> str:
    return next(state for state, below in table if place < below)


def seats(stage: Stage, townships: list[Any]) -> None:
    """Posts of the county and of every township; eight of them get a card on the sign-in page."""
    county = "酉阳县"
    stage.enter("lead_office", CODE, "村站建设部", f"{county}电商办", says="执行方案、备案、验收、通报")
    stage.enter("finance", CODE, "经济建设股", f"{county}财政局", says="下达和拨付建站资金")
    stage.enter("leader", CODE, "副县长", f"{county}人民政府", says="看全县进度，决定奖惩")
    stage.enter("supervisor", CODE, "督查室", f"{county}委县政府督查室", says="督办逾期任务，查留痕")
    stage.enter("administrator", CODE, "系统管理员", f"{county}电商办", says="人员、岗位、区划")
    stage.enter("auditor", CODE, "审计管理员", f"{county}大数据中心", says="查谁在何时办了什么")
    for place, region in enumerate(townships):
        name, first = region.short, place == 0
        stage.enter("township", region.code, "商务经办", f"{name}政府" if name.endswith("街道") else f"{name}人民政府", says="选址、建设、考察淘帮手" if first else "")
        stage.enter("partner", region.code, "村淘合伙人", name, says="推荐淘帮手" if first else "")


def village_seats(stage: Stage, places: Geography, townships: list[Any]) -> None:
    """The helpers of the first township's villages, who report the opening of their stations."""
    shown = False
    for village, name in places.villages.items():
        if township_of(village) in {region.code for region in townships[:6]}:
            stage.enter("operator", village, "淘帮手", f"{name}电商服务站", says="" if shown else "登记开业、看自己站点的进度")
            shown = True


def step_forward(stage: Stage, project: Project, state: str, who: int) -> None:
    """One step of one project, by the desk the plan names, with the evidence the plan asks for."""
    files = evidence_for(project, state)
    role, region = ("operator", project.region) if state == "open" and project.tier == "village_station" else ("township", who)
    role = "partner" if state == "open" and project.tier == "township_centre" else "lead_office" if state == "trained" else role
    seat = (role, CODE if role == "lead_office" else region)
    data: dict[str, Any] = {"remark": ""}
    if state == "proposed":
        data = place_data(project.plan.content.tier(project.tier), project.region, project.name)
    if state == "open":
        data |= {"opened_on": str(stage.today - timedelta(days=DAYS["open"])), "opening_hours": "8:30—17:30", "parcel_delivery": "on"}
    stage.act(seat, ACTIONS[state], data, DAYS[state], target=project.pk, files=files)


ACTIONS = {
    "proposed": "buildout.propose_site", "filed": "buildout.file_project", "building": "buildout.start_building",
    "fitted": "buildout.finish_fitting", "trained": "buildout.confirm_training", "open": "buildout.open_site",
}  # fmt: skip


def place_data(tier: Tier, region: int, name: str) -> dict[str, Any]:
    """A free place that meets the first two criteria, somewhere in the county (invented coordinates)."""
    spread = region % 997
    free = next((kind.key for kind in tier.place_kinds if kind.free), tier.place_kinds[0].key)
    return {
        "place_kind": free, "address": f"{name[:12]}旁 {spread % 80 + 1} 号", "criteria": [row.key for row in tier.place_criteria[:2]],
        "longitude": f"{108.6 + spread % 61 / 100:.4f}", "latitude": f"{28.4 + spread % 67 / 100:.4f}",
    }  # fmt: skip


def evidence_for(project: Project, state: str) -> dict[str, Any]:
    """One file per piece of required evidence of the step that reaches `state`."""
    step = next((step for step in project.plan.content.tier(project.tier).steps if step.reaches == state), None)
    return {f"evidence_{item.key}": photo("result") if item.kind == "photo" else document(item.label) for item in (step.evidence if step else []) if item.required}


def apply_plan(stage: Stage) -> Plan:
    issued = stage.today - timedelta(days=ISSUED_DAYS_AGO)
    stage.act(("lead_office", CODE), "buildout.apply_plan", {"text": PLAN.read_text(), "issued_on": str(issued)}, ISSUED_DAYS_AGO - 1)
    return Plan.objects.get(code="youyang-rural-ecommerce")


def centres(stage: Stage, plan: Plan, townships: list[Any]) -> None:
    with entered(stage.seats["lead_office", CODE].actor):
        rows = {row.region: row for row in Project.objects.filter(plan=plan, tier="township_centre")}
        batch = Batch.objects.get(plan=plan, key="centres_2016")
    chosen = [str(rows[townships[place].code].pk) for place in FIRST_BATCH]
    stage.act(("lead_office", CODE), "buildout.name_batch", {"projects": chosen}, 33, target=batch.pk)
    for place, region in enumerate(townships):
        end = goal_of(CENTRES, place)
        for state in ORDER[1 : ORDER.index(end) + 1]:
            if state != "trained":
                step_forward(stage, rows[region.code], state, region.code)


def stations(stage: Stage, plan: Plan, places: Geography, townships: list[Any]) -> None:
    """Existing stations first, then what each township proposes of the rest of its quota."""
    with entered(stage.seats["lead_office", CODE].actor):
        quotas = {row.region: row for row in Quota.objects.filter(plan=plan).select_related("plan")}
    by_township: dict[int, list[int]] = {region.code: [] for region in townships}
    for village in places.villages:
        by_township[township_of(village)].append(village)
    standing = share_out(EXISTING, dict(Counter(map(township_of, places.villages))), {})
    for place, region in enumerate(townships):
        free, old = by_township[region.code], standing.get(region.code, 0)
        fresh = free[old : quotas[region.code].wanted]
        end = goal_of(STATIONS, place)
        for village in fresh if end != "wanted" else []:
            build_station(stage, quotas[region.code], village, places.villages[village], end)


def build_station(stage: Stage, quota: Quota, village: int, name: str, end: str) -> None:
    data = place_data(quota.plan.content.tier(quota.tier), village, name) | {"village": str(village)}
    files = {"evidence_address": document("村站点建设地址")}
    receipt = stage.act(("township", quota.region), "buildout.propose_station", data, DAYS["proposed"], target=quota.pk, files=files)
    with entered(stage.seats["lead_office", CODE].actor):
        project = Project.objects.select_related("plan").get(pk=receipt.subject_id)
    for state in ORDER[2 : ORDER.index(end) + 1]:
        step_forward(stage, project, state, quota.region)


def tell(stage: Stage) -> None:
    """The whole story of plan 1."""
    townships = inside(CODE, Level.TOWNSHIP)
    places = geography(CODE, stage.today)
    seats(stage, townships)
    village_seats(stage, places, townships)
    plan = apply_plan(stage)
    centres(stage, plan, townships)
    stations(stage, plan, places, townships)
