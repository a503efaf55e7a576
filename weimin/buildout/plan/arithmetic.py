"""How many sites a plan wants, what they cost, and how that agrees with what the plan says itself.

Rule of numbers: 85 % of administrative villages, rounded up (plan 1, 三（二）4; domain rule G-01). Money in fen."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from weimin.buildout.plan.diff import Change, diff
from weimin.buildout.plan.explain import Comparison, explain, noun_of
from weimin.buildout.plan.schema import Plan, Subsidy, Tier
from weimin.regions.rules import kind, township_of

__all__ = [
    "Budget", "BudgetLine", "Change", "Comparison", "Geography", "Wanted", "bases_giving", "budget",
    "budget_by_key_townships", "compare_counts", "diff", "unknown_regions", "village_points", "wanted_sites",
]  # fmt: skip


class Geography(Protocol):
    """Official codes and local flags of a region (`weimin.regions.queries.Geography` is one)."""

    @property
    def townships(self) -> Mapping[int, str]: ...
    @property
    def villages(self) -> Mapping[int, str]: ...
    @property
    def communities(self) -> Mapping[int, str]: ...
    @property
    def key_townships(self) -> Set[int]: ...
    @property
    def poverty_villages(self) -> Set[int]: ...


@dataclass(frozen=True)
class Wanted:
    """Sites of one tier by the official codes. `codes` may have one; `must` have to; `count` is how many in the end."""

    tier: str
    codes: tuple[int, ...]
    must: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class BudgetLine:
    """One standard times the number of its sites."""

    subsidy: str
    label: str
    sites: int
    standard_fen: int

    @property
    def sum_fen(self) -> int:
        return self.sites * self.standard_fen


@dataclass(frozen=True)
class Budget:
    """What the sites cost. `key_townships_confirmed` is False while no key township is flagged but a standard asks."""

    lines: tuple[BudgetLine, ...]
    key_townships_confirmed: bool

    @property
    def total_fen(self) -> int:
        return sum(line.sum_fen for line in self.lines)


def village_points(villages: int, coverage: Decimal, rounding: str = "up") -> int:
    """Sites for a share of villages: 270 villages at 85 % -> 230. `coverage` in percent; exact, no floating point."""
    exact = Fraction(coverage) * villages / 100
    if rounding == "up":
        return ceil(exact)
    return floor(exact) if rounding == "down" else floor(exact + Fraction(1, 2))


def bases_giving(points: int, coverage: Decimal, rounding: str = "up") -> list[int]:
    """The numbers of villages that would give this many sites: 238 at 85 % -> [279, 280]."""
    if not coverage:
        return []
    share = Fraction(coverage) / 100
    around = range(max(0, floor((points - 1) / share) - 1), ceil((points + 1) / share) + 1)
    return [villages for villages in around if village_points(villages, coverage, rounding) == points]


def wanted_sites(plan: Plan, places: Geography) -> dict[str, Wanted]:
    """Per tier key: which regions may have a site, which must, and how many there shall be."""
    return {tier.key: _wanted(plan, tier, places) for tier in plan.tiers}


def _wanted(plan: Plan, tier: Tier, places: Geography) -> Wanted:
    where = tier.where
    codes = tuple(sorted(where.regions)) if where.rule == "named" else _codes(plan, tier, places)
    flags = {"poverty_village": places.poverty_villages, "key_township": places.key_townships}
    must = tuple(code for code in codes if any(code in flags[flag] for flag in where.must_include))
    if where.rule == "coverage":
        share = village_points(len(codes), where.coverage or Decimal(0), where.rounding)
        return Wanted(tier.key, codes, must, max(share, len(must)))
    return Wanted(tier.key, codes, codes, len(codes))


def _codes(plan: Plan, tier: Tier, places: Geography) -> tuple[int, ...]:
    kinds = set(tier.where.kinds)
    if tier.level == "county":
        return (plan.meta.region,) if plan.meta.region % 10**6 == 0 else ()
    if tier.level == "township":
        return tuple(sorted(code for code in places.townships if not kinds or str(kind(code)) in kinds))
    villages = places.villages if not kinds or kinds & {"village", "village_like"} else {}
    communities = places.communities if not kinds or kinds & {"community", "community_like"} else {}
    return tuple(sorted((*villages, *communities)))


def unknown_regions(plan: Plan, places: Geography) -> list[tuple[str, int]]:
    """(where, code) of every region that the plan names and the official codes do not have."""
    known = {plan.meta.region, *places.townships, *places.villages, *places.communities}
    named = [(f"tiers[{tier.key}].where.regions", code) for tier in plan.tiers for code in tier.where.regions]
    named += [(f"batches[{batch.key}].regions", code) for batch in plan.batches for code in batch.regions]
    return [(where, code) for where, code in named if code not in known]


def budget(plan: Plan, places: Geography, counts: Mapping[str, int] | None = None) -> Budget:
    """Standards times sites. `counts` (tier key -> sites) replaces the official numbers, e.g. by the plan's own."""
    wanted = wanted_sites(plan, places)
    lines, confirmed = [], True
    for subsidy in plan.subsidies:
        total = (counts or {}).get(subsidy.tier, wanted[subsidy.tier].count)
        sites = _sites_of(subsidy, plan.tier(subsidy.tier), wanted[subsidy.tier], places, total)
        lines.append(BudgetLine(subsidy.key, subsidy.label, sites, subsidy.standard_fen))
        confirmed &= subsidy.township_class == "any" or bool(places.key_townships)
    return Budget(tuple(lines), confirmed)


def _sites_of(subsidy: Subsidy, tier: Tier, wanted: Wanted, places: Geography, total: int) -> int:
    if subsidy.township_class == "any" or tier.level == "county":
        return total
    in_key = min(total, sum(township_of(code) in places.key_townships for code in wanted.codes))
    return in_key if subsidy.township_class == "key" else total - in_key


@dataclass(frozen=True)
class _Supposed:
    """The same places with other key townships."""

    townships: Mapping[int, str]
    villages: Mapping[int, str]
    communities: Mapping[int, str]
    key_townships: Set[int]
    poverty_villages: Set[int]


def budget_by_key_townships(plan: Plan, places: Geography) -> list[tuple[int, int]]:
    """(number of key townships, total in fen) for none to all: what the county's naming of them will cost. Empty when
    no standard asks for key townships."""
    if all(subsidy.township_class == "any" for subsidy in plan.subsidies):
        return []
    codes = sorted(places.townships)
    found = []
    for number in range(len(codes) + 1):
        supposed = _Supposed(places.townships, places.villages, places.communities, set(codes[:number]), places.poverty_villages)
        found.append((number, budget(plan, supposed).total_fen))
    return found


def compare_counts(plan: Plan, places: Geography) -> list[Comparison]:
    """The plan's own numbers beside those of the official codes, with the reason in words. Both are shown; neither is
    bent to the other."""
    wanted = wanted_sites(plan, places)
    found = []
    for tier in plan.tiers:
        if tier.own_count is None:
            continue
        coverage, rounding = tier.where.coverage, tier.where.rounding
        both = len(places.villages) + len(places.communities)
        comparison = Comparison(
            tier=tier.key,
            label=str(tier.label),
            own=tier.own_count.total,
            existing=tier.own_count.existing,
            official=wanted[tier.key].count,
            basis=len(wanted[tier.key].codes),
            coverage=coverage if tier.where.rule == "coverage" else None,
            with_communities=village_points(both, coverage, rounding) if coverage else None,
            villages_and_communities=both,
            must=len(wanted[tier.key].must) if coverage else 0,
            bases=tuple(bases_giving(tier.own_count.total, coverage, rounding)) if coverage else (),
            noun=noun_of(tier),
        )
        found.append(explain(comparison))
    return found
