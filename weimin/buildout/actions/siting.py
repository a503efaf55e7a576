"""Siting: candidate places come in, the solver is asked, its places become proposals (N4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.buildout.actions.lifecycle import advance, desk, keep_evidence
from weimin.buildout.forms_siting import AcceptForm, CandidateForm, ImportForm, RunForm
from weimin.buildout.models import Candidate, Plan, Project, Quota, SitingRun
from weimin.buildout.proposing import call_for, finish_quota, place_site, propose_new
from weimin.buildout.queries.siting import Line, acceptable, chosen_ids, get_run, places_of, settled
from weimin.buildout.siting.question import MOST_PLACES, Question, answer_of, solve, standing, weights_of
from weimin.regions.queries import geography
from weimin.regions.rules import township_of
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

OFFICES = ("lead_office", "township")
FACTS = ("place_kind", "longitude", "latitude", "population", "rent_free", "gathering", "transport", "existing", "synthetic")
ROW = tuple[str, int, str]


def find_plan(actor: Actor, pk: Any) -> Plan:
    return Plan.objects.get(pk=pk)


def siting_url(plan: int, tier: str = "") -> str:
    return reverse("buildout:siting", args=[plan]) + (f"?tier={tier}" if tier else "")


def store(plan: Plan, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Adds what is new and brings up to date what differs, in one statement; (tier, place, name) names a candidate."""
    held: dict[ROW, Candidate] = {
        (row.tier, row.region, row.name): row for row in Candidate.objects.filter(plan=plan, region__in={row["place"] for row in rows})
    }
    changed, counts = [], {"added": 0, "changed": 0, "same": 0}
    for row in rows:
        facts = {name: row[name] for name in FACTS}
        known = held.get((row["tier"], row["place"], row["name"]))
        if known is not None and all(getattr(known, name) == value for name, value in facts.items()):
            counts["same"] += 1
            continue
        counts["changed" if known else "added"] += 1
        changed.append(Candidate(plan=plan, tier=row["tier"], region=row["place"], name=row["name"], **facts))
    Candidate.objects.bulk_create(changed, update_conflicts=True, unique_fields=["plan", "tier", "region", "name"], update_fields=list(FACTS))
    return counts


@register(
    "buildout.enter_candidate", label=_("登记候选地点"), form=CandidateForm, roles=OFFICES, find=find_plan, region=lambda plan, data: data["place"],
)  # fmt: skip
def enter_candidate(by: Actor, plan: Plan, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一个可以建站的地点和周边人口；同一村的同名地点会被更新。"""
    counts = store(plan, [data])
    row = Candidate.objects.get(plan=plan, tier=data["tier"], region=data["place"], name=data["name"])
    after = {"name": row.name, "population": row.population, **counts}
    return Outcome(row, after=after, message=_("已登记。"), region=row.region, next_url=siting_url(plan.pk, row.tier))


def find_candidate(actor: Actor, pk: Any) -> Candidate:
    return Candidate.objects.visible_to(actor).select_for_update().get(pk=pk)


@register(
    "buildout.drop_candidate", label=_("删除候选地点"), roles=OFFICES, find=find_candidate, region=lambda row, data: row.region,
    confirm=_("删除后以后的计算不再考虑这个地点，确定吗？"),
)  # fmt: skip
def drop_candidate(by: Actor, row: Candidate, data: dict[str, Any], now: datetime) -> Outcome:
    """删除一个不再考虑的候选地点；已经做过的计算结果保留。"""
    before, plan, tier, region = {"name": row.name, "population": row.population}, row.plan_id, row.tier, row.region
    Candidate.objects.filter(pk=row.pk).delete()
    return Outcome(row, before=before, message=_("已删除。"), region=region, next_url=siting_url(plan, tier))


@register(
    "buildout.import_candidates", label=_("导入候选地点"), form=ImportForm, roles=OFFICES, find=find_plan,
    region=lambda plan, data: data["report"].good[0].cleaned["place"], keeps_draft=False,
)  # fmt: skip
def import_candidates(by: Actor, plan: Plan, data: dict[str, Any], now: datetime) -> Outcome:
    """从表格导入候选地点，只能导入本辖区的；同样的内容再导入一次不会改变任何东西。"""
    report = data["report"]
    counts = store(plan, [row.cleaned for row in report.good])
    left = len(report.bad_rows)
    said = _now("新增 %(added)d 个，更新 %(changed)d 个，没有变化 %(same)d 个。") % counts
    if left:
        said += _now("有错的 %(left)d 行没有导入。") % {"left": left}
    region = report.good[0].cleaned["place"]
    return Outcome(plan, after={**counts, "left": left}, message=said, region=region, next_url=siting_url(plan.pk))


@register(
    "buildout.run_siting", label=_("计算选址方案"), form=RunForm, roles=("lead_office",), find=find_plan, region=lambda plan, data: plan.region,
)  # fmt: skip
def run_siting(by: Actor, plan: Plan, data: dict[str, Any], now: datetime) -> Outcome:
    """由系统计算：达到覆盖目标最少要建几个站点，或者一笔预算最多能覆盖多少人。"""
    question = Question(
        data["goal"], float(data["distance_km"]), float(data["seconds"]), float(data["coverage"]) if data["coverage"] is not None else None,
        data["budget"], data["cost"], data["cover_poverty"],
    )  # fmt: skip
    known = geography(plan.region, plan.issued_on)
    places = places_of(by, plan, data["tier"], known.key_townships, data["cost"])
    check_places(len(places))
    fixed = standing(places, settled(by, plan, data["tier"]))
    solution = solve(question, fixed, known.poverty_villages, weights_of(plan.content.tier(data["tier"])))
    run = SitingRun.objects.create(
        plan=plan, tier=data["tier"], question=question.as_json(), answer=answer_of(solution, fixed), status=solution.status, ran_by=by.name, ran_at=now
    )
    after = {"status": run.status, "chosen": len(solution.chosen), "covered": solution.covered_people}
    return Outcome(run, after=after, message=solution.sentence, region=plan.region, next_url=reverse("buildout:siting_run", args=[run.pk]))


def check_places(number: int) -> None:
    if not number:
        raise RuleBroken(_now("这一层级还没有候选地点，请先登记或导入。"))
    if number > MOST_PLACES:
        raise RuleBroken(_now("候选地点有 %(number)d 个，一次最多计算 %(most)d 个，请先删去不用的。") % {"number": number, "most": MOST_PLACES})


def find_run(actor: Actor, pk: Any) -> SitingRun:
    return get_run(actor, SitingRun.objects.select_for_update().get(pk=pk).pk)


def check_acceptable(run: SitingRun, actor: Actor, now: datetime) -> None:
    if not chosen_ids(run):
        raise RuleBroken(_now("这次计算没有提出新站点。"))
    if not acceptable(actor, run):
        raise RuleBroken(_now("您管辖范围内的地点都已经提出过站点，或者要先告知站点人员自付费用，请在布点任务里逐个提出。"))


@register(
    "buildout.accept_siting", label=_("采纳选址方案"), form=AcceptForm, roles=OFFICES, find=find_run, check=check_acceptable,
    region=lambda run, data: int(Candidate.objects.values_list("region", flat=True).get(pk=data["places"][0])),
)  # fmt: skip
def accept_siting(by: Actor, run: SitingRun, data: dict[str, Any], now: datetime) -> Outcome:
    """把采纳的地点变成已提出的站点，等待备案；已有站点的村不动。"""
    chosen = set(map(int, data["places"]))
    lines = [line for line in acceptable(by, run) if line.candidate.pk in chosen]
    known = geography(run.plan.region, run.plan.issued_on)
    waiting = {
        row.region: row
        for row in Project.objects.visible_to(by).select_for_update(of=("self",)).select_related("plan", "site").defer("plan__data")
        .filter(plan=run.plan_id, tier=run.tier, state="wanted", region__in=[line.candidate.region for line in lines])
    }  # fmt: skip
    for line in lines:
        propose(by, run.plan, line, waiting.get(line.candidate.region), known, data, now)
    townships = {township_of(line.candidate.region) for line in lines}
    for quota in (
        Quota.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("plan")
        .defer("plan__data")
        .filter(plan=run.plan_id, tier=run.tier, region__in=townships)
    ):
        finish_quota(quota, by, now)
    run.accepted_at = run.accepted_at or now
    run.save(update_fields=["accepted_at"])
    regions = [line.candidate.region for line in lines]
    said = _now("已提出 %(number)d 个站点，等待备案。") % {"number": len(lines)}
    return Outcome(run, after={"regions": regions}, message=said, region=regions[0], next_url=reverse("buildout:siting_run", args=[run.pk]))


def propose(by: Actor, plan: Plan, line: Line, waiting: Project | None, known: Any, data: dict[str, Any], now: datetime) -> None:
    """One place becomes a proposal: of the project that waits for a place, or of a new one."""
    row = line.candidate
    facts = {"place_kind": row.place_kind, "address": row.name, "longitude": row.longitude, "latitude": row.latitude, "self_borne": False}
    if waiting is None:
        project, held = propose_new(plan, row.tier, row.region, known, facts, now)
    else:
        project, held = waiting, desk(waiting)
        place_site(project, facts, now)
        advance(project, "buildout.propose_site", "proposed", by, now)
        call_for(project, now)
    for upload in data.values():
        if hasattr(upload, "seek"):
            upload.seek(0)  # one file for all places: each reads it from the beginning
    keep_evidence(by, project, data, held, now)
