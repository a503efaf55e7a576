"""Reads of siting: candidate places, runs of the solver, and which chosen places can still become proposals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from weimin.buildout.models import Candidate, Plan, Project, SitingRun
from weimin.buildout.plan.schema import Tier
from weimin.buildout.siting.question import Place, standard_cost
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible

READERS = ("lead_office", "township", "leader", "supervisor", "auditor")
FLAGS = ("rent_free", "gathering", "transport")
IDLE = ("wanted", "closed", "suspended")


def filter_candidates(actor: Actor, plan: Plan, chosen: dict[str, str]) -> QuerySet[Candidate]:
    """Candidates of a plan; `chosen` has tier, township, kind, existing, text (all optional)."""
    rows = Candidate.objects.visible_to(actor).filter(plan=plan)
    for name, column in {"tier": "tier", "kind": "place_kind"}.items():
        if chosen.get(name):
            rows = rows.filter(**{column: chosen[name].replace("\x00", "")})
    township = chosen.get("township", "")
    if township.isascii() and township.isdigit() and len(township) == 12:
        rows = rows.filter(region__gte=int(township), region__lt=int(township) + 1000)
    if chosen.get("existing") in ("yes", "no"):
        rows = rows.filter(existing=chosen["existing"] == "yes")
    if chosen.get("text"):
        rows = rows.filter(name__prefix=chosen["text"].replace("\x00", ""))
    return rows


def list_runs(plan: Plan, limit: int = 10) -> list[SitingRun]:
    return list(SitingRun.objects.filter(plan=plan).order_by("-pk")[:limit])


def get_run(actor: Actor, number: int) -> SitingRun:
    """A run of the solver; NotVisible for posts that do not work on the network."""
    run = SitingRun.objects.select_related("plan").defer("plan__data").filter(pk=number).first()
    if run is None or not (actor.role in READERS or actor.is_system):
        raise NotVisible()
    return run


def settled(actor: Actor, plan: Plan, tier: str) -> dict[int, tuple[float, float] | None]:
    """Region → coordinates (latitude, longitude; None unknown) of every site that is under way or stands."""
    rows = Project.objects.visible_to(actor).filter(plan=plan, tier=tier).exclude(state__in=IDLE)
    found = rows.values_list("region", "site__latitude", "site__longitude")
    return {region: (float(latitude), float(longitude)) if latitude is not None and longitude is not None else None for region, latitude, longitude in found}


def places_of(actor: Actor, plan: Plan, tier: str, key_townships: frozenset[int], cost_fen: int | None) -> list[Place]:
    """The candidates of a tier as the solver's question takes them, by code."""
    content = plan.content
    costs = {key: cost_fen if cost_fen is not None else standard_cost(content, tier, key) for key in (True, False)}
    return [
        Place(
            row.pk, row.region, row.name, row.population, float(row.latitude), float(row.longitude),
            frozenset(flag for flag in FLAGS if getattr(row, flag)), row.existing, costs[township_of(row.region) in key_townships],
        )
        for row in Candidate.objects.visible_to(actor).filter(plan=plan, tier=tier).order_by("region", "pk")
    ]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A chosen place on the page of a run. `state` is that of the village's project, empty when it has none."""

    candidate: Candidate
    village: str
    township: str
    kind: str
    state: str
    self_borne: bool

    @property
    def words(self) -> str:
        return _("%(township)s %(village)s：%(name)s（%(people)s 人）") % {
            "township": self.township, "village": self.village, "name": self.candidate.name, "people": self.candidate.population,
        }  # fmt: skip

    @property
    def open(self) -> bool:
        """Nobody has proposed a site of this tier in the village yet."""
        return self.state in ("", "wanted")


def chosen_ids(run: SitingRun) -> list[int]:
    return [row["id"] for row in run.answer.get("chosen", [])]


def chosen_lines(actor: Actor, run: SitingRun) -> list[Line]:
    """The chosen places in the actor's range, by code; places that were dropped since are gone."""
    rows = list(Candidate.objects.visible_to(actor).filter(pk__in=chosen_ids(run), plan=run.plan_id, tier=run.tier).order_by("region", "pk"))
    projects = Project.objects.visible_to(actor).filter(plan=run.plan_id, tier=run.tier, region__in=[row.region for row in rows]).exclude(state="closed")
    states = dict(projects.values_list("region", "state"))
    known = names({row.region for row in rows} | {township_of(row.region) for row in rows})
    tier: Tier = run.plan.content.tier(run.tier)
    kinds = {kind.key: kind for kind in tier.place_kinds}
    return [
        Line(
            row, known[row.region], known[township_of(row.region)], kinds[row.place_kind].label if row.place_kind in kinds else _("其他场所"),
            states.get(row.region, ""), bool(tier.self_borne and row.place_kind in kinds and not kinds[row.place_kind].free),
        )
        for row in rows
    ]  # fmt: skip


def acceptable(actor: Actor, run: SitingRun) -> list[Line]:
    """Chosen places of villages without a project, where nobody has to be told of costs of his own first."""
    return [line for line in chosen_lines(actor, run) if line.open and not line.self_borne]


@dataclass(frozen=True)
class TownshipShare:
    """How many people of a township the answer reaches, and with how many new sites."""

    code: int
    name: str
    people: int
    covered: int
    sites: int

    @property
    def share(self) -> int:
        return self.covered * 100 // self.people if self.people else 0


def township_shares(rows: list[Candidate], covered: set[int], chosen: set[int]) -> list[TownshipShare]:
    people: Counter[int] = Counter()
    reached: Counter[int] = Counter()
    sites: Counter[int] = Counter()
    for row in rows:
        township = township_of(row.region)
        people[township] += row.population
        reached[township] += row.population if row.pk in covered else 0
        sites[township] += row.pk in chosen
    known = names(people)
    return [TownshipShare(code, known[code], people[code], reached[code], sites[code]) for code in sorted(people)]


def run_candidates(actor: Actor, run: SitingRun) -> list[Candidate]:
    return list(Candidate.objects.visible_to(actor).filter(plan=run.plan_id, tier=run.tier).order_by("region", "pk"))


def rows_for_export(lines: list[Line]) -> list[dict[str, Any]]:
    return [
        {
            "township": line.township, "village": line.village, "name": line.candidate.name, "kind": line.kind, "population": line.candidate.population,
            "rent_free": line.candidate.rent_free, "gathering": line.candidate.gathering, "transport": line.candidate.transport,
            "longitude": line.candidate.longitude, "latitude": line.candidate.latitude,
        }
        for line in lines
    ]  # fmt: skip
