# text: data
"""Plan 1 on 酉阳: 39 township centres and the village stations, told over the last five weeks.

Who is how far follows from the order of the townships alone, so that the same picture comes out every time; the plan's
dates are moved so that today lies between "construction finished" and "open for business".
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from weimin.buildout.models import Batch, Plan, Project, Quota
from weimin.buildout.plan.schema import Tier
from weimin.buildout.rules import share_out
from weimin.demonstration.building import choose_operator, evidence_for, made
from weimin.demonstration.files import document
from weimin.demonstration.ground import place_of
from weimin.demonstration.serving import serve_residents
from weimin.demonstration.stage import Stage
from weimin.demonstration.youyang_ending import tell_ending
from weimin.demonstration.youyang_seats import CENTRE, seats, service_seats, village_seats
from weimin.regions.queries import Geography, geography, inside
from weimin.regions.rules import Level, township_of
from weimin.walls.session import entered

CODE = 500242000000
PLAN = Path(settings.BASE_DIR) / "plans" / "youyang-rural-ecommerce.yaml"
ISSUED_DAYS_AGO = 35
ORDER = ["wanted", "proposed", "filed", "building", "fitted", "trained", "open"]
# township's place in the list → how far its centre is; the rest of the list is still wanted
CENTRES = [("open", 19), ("fitted", 22), ("building", 28), ("filed", 32), ("proposed", 35), ("wanted", 39)]
STATIONS = [("open", 5), ("fitted", 8), ("building", 12), ("filed", 19), ("proposed", 27), ("wanted", 39)]
WITH_PEOPLE = 7  # townships whose helpers are chosen already; in the next two they are only nominated
FILED = range(4)  # townships whose list of chosen helpers is with the county
FIRST_BATCH = [*range(18), 35, 36]
KEY_TOWNSHIPS = 8
EXISTING = 98
FLAG_SOURCE = "演示数据，待县里确认"
DAYS = {"proposed": 29, "filed": 26, "building": 21, "fitted": 9, "trained": 7, "open": 6}
ACTIONS = {
    "proposed": "buildout.propose_site", "filed": "buildout.file_project", "building": "buildout.start_building",
    "fitted": "buildout.finish_fitting", "trained": "buildout.confirm_training", "open": "buildout.open_site",
}  # fmt: skip


def goal_of(table: list[tuple[str, int]], place: int) -> str:
    return next(state for state, below in table if place < below)


def flags(stage: Stage, townships: list[Any], places: Geography) -> None:
    """Key townships and poverty villages are not in the source: these are invented, and their source says so."""
    since = (stage.today - timedelta(days=400)).isoformat()
    villages = [code for place, code in enumerate(places.villages) if place % 9 == 0]
    for flag, codes in (("key_township", [region.code for region in townships[:KEY_TOWNSHIPS]]), ("poverty_village", villages)):
        data = {"many": "\n".join(map(str, codes)), "flag": flag, "value": "yes", "since_on": since, "source": FLAG_SOURCE}
        stage.act(("administrator", CODE), "regions.set_flag", data, 60)


def desk_of(project: Project, state: str, township: int) -> tuple[str, int]:
    """Who reports a step: the plan's own role for it."""
    if state == "trained":
        return "lead_office", CODE
    if state == "open":
        return ("operator", project.region) if project.tier == "village_station" else ("partner", township)
    return "township", township


def step_forward(stage: Stage, project: Project, state: str, township: int) -> None:
    """One step of one project, by the desk the plan names, with the evidence the plan asks for."""
    data: dict[str, Any] = {"remark": ""}
    if state == "proposed":
        data = place_data(project.plan.content.tier(project.tier), project.region, project.name, stage.today)
    if state == "open":
        data |= {"opened_on": stage.moment(DAYS["open"]).date().isoformat(), "opening_hours": "8:30—17:30", "parcel_delivery": "on"}
    stage.act(desk_of(project, state, township), ACTIONS[state], data, DAYS[state], target=project.pk, files=evidence_for(project, state))


def place_data(tier: Tier, region: int, name: str, on: date) -> dict[str, Any]:
    """A free place that meets the first two criteria, somewhere in the county (invented coordinates)."""
    spread = region % 997
    free = next((kind.key for kind in tier.place_kinds if kind.free), tier.place_kinds[0].key)
    return {
        "place_kind": free, "address": f"{name.removeprefix('农村淘宝+')[:6]}综合楼 {spread % 80 + 1} 号", "criteria": [row.key for row in tier.place_criteria[:2]],
    } | place_of(region, on)  # fmt: skip


def apply_plan(stage: Stage) -> Plan:
    issued = stage.today - timedelta(days=ISSUED_DAYS_AGO)
    stage.act(("lead_office", CODE), "buildout.apply_plan", {"text": PLAN.read_text(), "issued_on": str(issued)}, ISSUED_DAYS_AGO - 1)
    return Plan.objects.get(code="youyang-rural-ecommerce")


def centres(stage: Stage, plan: Plan, townships: list[Any]) -> None:
    with entered(stage.whole):
        rows = {row.region: row for row in Project.objects.filter(plan=plan, tier="township_centre").select_related("plan")}
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
    with entered(stage.whole):
        quotas = {row.region: row for row in Quota.objects.filter(plan=plan).select_related("plan")}
    by_township: dict[int, list[int]] = {region.code: [] for region in townships}
    for village in places.villages:
        by_township[township_of(village)].append(village)
    standing = share_out(EXISTING, dict(Counter(map(township_of, places.villages))), {})
    for place, region in enumerate(townships):
        free, old = by_township[region.code], standing.get(region.code, 0)
        for village in free[:old]:
            register_existing(stage, plan, village, places.villages[village])
        end = goal_of(STATIONS, place)
        people = "chosen" if place < WITH_PEOPLE else "nominated" if place < WITH_PEOPLE + 2 else ""
        new = free[old : quotas[region.code].wanted] if end != "wanted" else []
        for village in new:
            behind = place == 0 and len(new) > 1 and village == new[-1]  # one of the first township still looks for its people
            build_station(stage, quotas[region.code], village, places.villages[village], *(("filed", "") if behind else (end, people)))
        if place in FILED:
            stage.act(("township", region.code), "staffing.file_list", {"note": "", "list_file": ""}, DAYS["fitted"], target=f"{plan.pk}-{region.code}")


def register_existing(stage: Stage, plan: Plan, village: int, name: str) -> None:
    data = {
        "tier": "village_station", "place": str(village), "name": f"{name}电商服务站", "place_kind": "service_centre", "address": f"{name}公共服务中心", "rent_free": "on",
        "parcel_delivery": "on" if village % 3 else "", "opened_on": (stage.today - timedelta(days=300)).isoformat(), "opening_hours": "8:30—17:30",
    }  # fmt: skip
    stage.act(("township", township_of(village)), "buildout.register_existing", data, 33, target=plan.pk)


def build_station(stage: Stage, quota: Quota, village: int, name: str, end: str, people: str) -> None:
    """A station of the quota from its proposal to the state its township has reached; its helper is chosen on the way."""
    with entered(stage.whole):
        wanted = Project.objects.filter(plan=quota.plan, tier=quota.tier, region=village, state="wanted").first()
    data = place_data(quota.plan.content.tier(quota.tier), village, name, stage.today)
    files = {"evidence_address": document("村站点建设地址")}
    who = ("township", quota.region)
    if wanted is not None:  # a poverty village, which the plan wants by name
        receipt = stage.act(who, "buildout.propose_site", data, DAYS["proposed"], target=wanted.pk, files=files)
    else:
        receipt = stage.act(who, "buildout.propose_station", data | {"village": str(village)}, DAYS["proposed"], target=quota.pk, files=files)
    with entered(stage.whole):
        project = Project.objects.select_related("plan", "site").get(pk=made(receipt))
    reached = ORDER.index(end)
    if people:
        choose_operator(stage, project, 28, decided=people == "chosen")
    for state in ORDER[2 : reached + 1]:
        step_forward(stage, project, state, quota.region)


def tell(stage: Stage) -> None:
    """The whole story of plan 1."""
    townships = inside(CODE, Level.TOWNSHIP)
    places = geography(CODE, stage.today)
    seats(stage, townships)
    village_seats(stage, places, townships)
    flags(stage, townships, places)
    places = geography(CODE, stage.today)
    plan = apply_plan(stage)
    centres(stage, plan, townships)
    stations(stage, plan, places, townships)
    tell_ending(stage, plan, townships)
    serve_residents(stage, service_seats(stage, townships, places), CENTRE)
