# text: data
"""Plan 5 on 土陂乡: the pilot is open and rewarded, the second batch mostly done with one late, the rest under way.

The plan's dates are moved so that its 1 October was twenty days ago.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from weimin.buildout.models import Consequence, Plan, Project
from weimin.demonstration.building import apply_acceptance, evidence_for, inspect, mend, outcome_of
from weimin.demonstration.fitting import furnish
from weimin.demonstration.serving import serve_residents
from weimin.demonstration.stage import Stage, Who
from weimin.demonstration.town import Town
from weimin.regions.queries import geography
from weimin.walls.session import entered

CODE = 341221203000
PLAN = Path(settings.BASE_DIR) / "plans" / "tupo-village-centres.yaml"
ISSUED_DAYS_AGO = 234
PILOT, SECOND = 341221203208, (341221203212, 341221203204, 341221203202, 341221203203)
LATE = 341221203203
# village → the state it has reached; days ago of each step counted from the batch's own day
REST = {
    341221203201: "building", 341221203205: "building", 341221203206: "filed", 341221203207: "filed", 341221203209: "proposed",
    341221203210: "proposed", 341221203211: "wanted",
}  # fmt: skip
BATCH_DAYS_AGO = {"pilot": 112, "second": 20, "rest": -71}
BEFORE = {"proposed": 102, "filed": 92, "building": 77, "fitted": 24, "open": 12}
PATH = ["proposed", "filed", "building", "fitted", "open"]
ACTIONS = {
    "proposed": "buildout.propose_site", "filed": "buildout.file_project", "building": "buildout.start_building",
    "fitted": "buildout.finish_fitting", "open": "buildout.open_site",
}  # fmt: skip
DESKS = {"proposed": "village", "filed": "lead_office", "building": "village", "fitted": "village", "open": "operator"}


def seats(stage: Stage) -> None:
    place = "土陂乡"
    stage.enter("lead_office", CODE, "领导小组办公室", f"{place}党委", says="备案、验收、阶段通报、督办")
    stage.enter("leader", CODE, "领导小组", f"{place}党委", says="看进度，决定奖惩")
    stage.enter("finance", CODE, "财政所", f"{place}财政所", says="拨付以奖代补资金")
    stage.enter("supervisor", CODE, "纪委", f"{place}纪委", says="督办逾期任务，查留痕")
    stage.enter("administrator", CODE, "系统管理员", f"{place}党政办", says="人员、岗位、区划")
    stage.enter("auditor", CODE, "审计管理员", f"{place}党政办")
    for village, name in geography(CODE, stage.today).villages.items():
        stage.enter("village", village, "村支部书记", f"{name}党支部", says="建本村的党群服务中心" if village in (PILOT, LATE) else "", place=name)
        stage.enter("operator", village, "村两委干部", f"{name}村民委员会", says="值班服务、登记投入使用" if village == PILOT else "", place=name)


def apply_plan(stage: Stage) -> Plan:
    issued = stage.today - timedelta(days=ISSUED_DAYS_AGO)
    stage.act(("lead_office", CODE), "buildout.apply_plan", {"text": PLAN.read_text(), "issued_on": str(issued)}, ISSUED_DAYS_AGO - 1)
    return Plan.objects.get(code="tupo-village-centres")


def step_forward(stage: Stage, project: Project, state: str) -> None:
    days_ago = max(BATCH_DAYS_AGO[project.batch] + BEFORE[state], 1)
    role = DESKS[state]
    data: dict[str, Any] = {"remark": ""}
    if state == "proposed":
        kind = project.plan.content.tier(project.tier).place_kinds[0].key
        data = {"place_kind": kind, "address": f"{project.name}（原村部）", "area": str(180 + project.region % 7 * 20)}
    if state == "open":
        data |= {"opened_on": str(stage.moment(days_ago).date()), "opening_hours": "8:00—12:00，14:30—17:30"}
    stage.act((role, CODE if role == "lead_office" else project.region), ACTIONS[state], data, days_ago, target=project.pk, files=evidence_for(project, state))


def build(stage: Stage, projects: dict[int, Project]) -> None:
    """Steps up to opening; 西周 stays under construction past its day."""
    for village in (PILOT, *SECOND):
        for state in PATH[: PATH.index("building") + 1] if village == LATE else PATH:
            step_forward(stage, projects[village], state)
    for village, end in REST.items():
        for state in PATH[: PATH.index(end) + 1] if end in PATH else []:
            step_forward(stage, projects[village], state)


def accept(stage: Stage, projects: dict[int, Project]) -> None:
    """The pilot and two of the second batch pass; 李集 has to mend and passes late; 土北 waits for its inspection."""
    for village, applied in ((PILOT, 121), (SECOND[2], 27), (SECOND[1], 27), (SECOND[0], 4)):
        apply_acceptance(stage, projects[village], ("village", village), applied)
    inspect(stage, projects[PILOT], 117, share=1.0)
    inspect(stage, projects[SECOND[2]], 24, share=0.95)
    inspect(stage, projects[SECOND[1]], 24, share=0.75, word="公开栏未用铝合金框架，档案柜未到位。")
    if outcome_of(stage, projects[SECOND[1]]) == "rectify":
        mend(stage, projects[SECOND[1]], ("village", SECOND[1]), 15)
        inspect(stage, projects[SECOND[1]], 12, share=0.95)


def fit_out(stage: Stage, projects: dict[int, Project]) -> None:
    """The pilot has everything; 李集 lacks what its first inspection found missing."""
    furnish(stage, projects[PILOT], ("village", PILOT), 125)
    furnish(stage, projects[SECOND[1]], ("village", SECOND[1]), 28, lacking=("党务、村务公开栏", "档案柜"))


def pressure(stage: Stage, plan: Plan) -> None:
    """Rewards and accountability that follow from the dates; the pilot's reward is decided; a bulletin names who is late."""
    stage.act(("lead_office", CODE), "buildout.find_consequences", {}, 10, target=plan.pk)
    with entered(stage.whole):
        reward = Consequence.objects.filter(project__region=PILOT, kind="reward").values_list("pk", flat=True).first()
    if reward is not None:
        data = {"decision": "execute", "amount": "5000", "reason": "示范点按时建成"}
        stage.act(("lead_office", CODE), "buildout.decide_consequence", data, 9, target=reward)
    data = {"bulletin": plan.content.bulletins[0].key, "on": stage.moment(8).date().isoformat()}
    stage.act(("lead_office", CODE), "buildout.issue_bulletin", data, 8, target=plan.pk)


def site_of(stage: Stage, project: Project) -> int:
    with entered(stage.whole):
        return int(Project.objects.values_list("site_id", flat=True).get(pk=project.pk))


def town(stage: Stage) -> Town:
    """The pilot village's centre serves the whole township."""
    place = "土陂乡"
    window: Who = ("window", PILOT)
    stage.enter("township", CODE, "社会事务办", f"{place}人民政府", says="审核、现场核查、公示")
    stage.enter("window", PILOT, "综合窗口", "李楼村党群服务中心", says="收件、告知、送达、叫号", place="李楼村")
    stage.enter("county_office", CODE, "社会救助股", "临泉县民政局", says="县级审批", place=place)
    villages = list(geography(CODE, stage.today).villages)
    return Town(("lead_office", CODE), ("township", CODE), window, ("village", PILOT), ("county_office", CODE), villages, 150)


def tell(stage: Stage) -> None:
    """The whole story of plan 5."""
    stage.office = "土陂乡党委"
    seats(stage)
    plan = apply_plan(stage)
    with entered(stage.seats["lead_office", CODE].actor):
        projects = {row.region: row for row in Project.objects.filter(plan=plan).select_related("plan")}
    build(stage, projects)
    fit_out(stage, projects)
    accept(stage, projects)
    pressure(stage, plan)
    serve_residents(stage, town(stage), site_of(stage, projects[PILOT]))
