"""From candidate places and a county's question to the solver and back to what is stored. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from math import ceil, floor
from typing import Any, Literal

from django.utils.translation import gettext as _

from weimin.buildout.plan.schema import Plan, Tier
from weimin.buildout.siting.model import CRITERIA, Candidate, Demand, Solution
from weimin.buildout.siting.solve import fewest_sites, most_people

MOST_PLACES = 1500  # distances are computed for every pair; more belong into several runs


@dataclass(frozen=True)
class Place:
    """A candidate place and the people who live around it."""

    id: int | str
    region: int
    name: str
    people: int
    latitude: float
    longitude: float
    flags: frozenset[str] = frozenset()
    existing: bool = False
    cost_fen: int = 0


@dataclass(frozen=True)
class Question:
    """What the county asks: `target` in percent of people for "fewest", `budget_fen` for "most"."""

    goal: Literal["fewest", "most"]
    distance_km: float
    seconds: float
    target: float | None = None
    budget_fen: int | None = None
    cost_fen: int | None = None
    cover_poverty: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def standing(places: Sequence[Place], settled: Mapping[int, tuple[float, float] | None]) -> list[Place]:
    """The places with what stands already fixed: a region with a site under way is settled.

    `settled`: region → coordinates (latitude, longitude) of its site, or None when they are not known; then the likeliest
    place of the region stands for it: one marked as existing, else the one with most people."""
    by_region: dict[int, list[Place]] = {}
    for place in places:
        by_region.setdefault(place.region, []).append(place)
    fixed = {
        max(by_region[region], key=lambda place: (place.existing, place.people)).id
        for region, known in settled.items() if known is None and region in by_region
    }  # fmt: skip
    found = [replace(place, existing=place.existing or place.id in fixed) for place in places]
    return found + [Place(f"site:{region}", region, "", 0, *known, existing=True) for region, known in settled.items() if known is not None]


def musts(places: Sequence[Place], poverty: Set[int]) -> set[int | str]:
    """The main place of each poverty village: it has to be within the distance of a site."""
    chosen: dict[int, Place] = {}
    for place in places:
        if place.region in poverty and place.people and (place.region not in chosen or place.people > chosen[place.region].people):
            chosen[place.region] = place
    return {place.id for place in chosen.values()}


def solve(question: Question, places: Sequence[Place], poverty: Set[int], weights: Mapping[str, float]) -> Solution:
    """`places` as `standing` gives them; `poverty` counts for the fewest sites only, a budget may not reach everybody."""
    must = musts(places, poverty) if question.cover_poverty else set()
    demands = [Demand(p.id, p.people, p.latitude, p.longitude, must=p.id in must, name=p.name) for p in places if p.people]
    candidates = [
        Candidate(p.id, p.cost_fen, p.latitude, p.longitude, flags=p.flags, existing=p.existing, region=p.region) for p in places
    ]  # fmt: skip
    if question.goal == "most":
        return most_people(demands, candidates, question.distance_km, question.budget_fen or 0, seconds=question.seconds, weights=weights)
    return fewest_sites(demands, candidates, question.distance_km, question.target or 0, seconds=question.seconds, weights=weights)


def weights_of(tier: Tier) -> dict[str, float]:
    """The weights of the plan's own criteria; those of the solver when the plan names none of them."""
    own = {row.key: float(row.weight) for row in tier.place_criteria if row.key in CRITERIA}
    return own or dict(CRITERIA)


def standard_cost(plan: Plan, tier: str, in_key_township: bool) -> int:
    """What a new site costs in fen by the plan's subsidy standard; 0 when the plan has none."""
    wanted = {"any", "key" if in_key_township else "other"}
    return next((row.standard_fen for row in plan.subsidies_of(tier) if row.township_class in wanted), 0)


def answer_of(solution: Solution, places: Sequence[Place]) -> dict[str, Any]:
    """What is stored of an answer. `places` of the chosen are kept by name, since candidates may be dropped later."""
    by_id = {place.id: place for place in places}
    chosen = [by_id[number] for number in solution.chosen]  # type: ignore[index]
    return {
        "chosen": [{"id": place.id, "region": place.region, "name": place.name, "people": place.people} for place in chosen],
        "existing": len(solution.existing), "covered": [number for number in solution.covered if isinstance(number, int)],
        "covered_people": solution.covered_people, "total_people": solution.total_people, "share": floor(solution.share * 1000) / 10,
        "cost_fen": solution.cost_fen, "bound": solution.bound, "gap": solution.gap, "seconds": round(solution.seconds, 2), "sentence": solution.sentence,
    }  # fmt: skip


def proof_words(status: str, gap: float | None) -> tuple[str, str]:
    """(words, kind of tag) for how far an answer is proven."""
    if status == "optimal":
        return _("已证明最优"), "ok"
    if status == "infeasible":
        return _("达不到"), "bad"
    if gap is not None:
        return _("与最优解差距不超过 %(gap)s%%") % {"gap": ceil(gap * 1000) / 10}, "warn"
    return _("没有证明最优"), "warn"
