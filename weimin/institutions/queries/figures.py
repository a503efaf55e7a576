"""Figures of institutions: stored values of the villages they serve, added up. Nothing is counted here a second time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, OuterRef, Subquery, Sum

from weimin.indicators.models import Value
from weimin.indicators.registry import INDICATORS
from weimin.institutions.measuring import reported
from weimin.institutions.models import Catchment, Institution, PostKind
from weimin.institutions.queries.institutions import latest_rounds, posts_of
from weimin.institutions.rules_stars import Rated, Scheme, rate
from weimin.institutions.rules_unified import PASSED
from weimin.institutions.tables import scheme_on
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered
from weimin.walls.tenancy import here

RESIDENTS = "health.record_rate"  # its denominator: the residents of the register
REPORTED = {"institutions.first_visit": ("first_here", "first_all"), "institutions.satisfaction": ("satisfied", "surveyed")}
Pair = tuple[int, int]


def last_day(actor: Actor, codes: Collection[str], on: date) -> date | None:
    """The last day up to `on` on which one of the figures was stored. One query."""
    found: date | None = Value.objects.visible_to(actor).filter(code__in=list(codes), part="", on__lte=on).aggregate(last=Max("on"))["last"]
    return found


def by_institution(actor: Actor, codes: Collection[str], day: date) -> dict[str, dict[int, Pair]]:
    """Indicator → institution → (numerator, denominator) on a stored day: the sums over the villages it serves. Two queries."""
    keeper = Catchment.objects.visible_to(actor).filter(region=OuterRef("region")).values("institution")[:1]
    rows = Value.objects.visible_to(actor).filter(code__in=[code for code in codes if code not in REPORTED], part="", on=day)
    sums = rows.annotate(keeper=Subquery(keeper)).filter(keeper__isnull=False).values("code", "keeper").annotate(n=Sum("numerator"), d=Sum("denominator"))
    found: dict[str, dict[int, Pair]] = {code: {} for code in codes}
    for code, keeper_pk, numerator, denominator in sums.values_list("code", "keeper", "n", "d"):
        found[code][keeper_pk] = (numerator, denominator)
    own = reported(actor.low, actor.high, day, "institution_id")
    for code in found.keys() & REPORTED.keys():
        found[code] = {number: pair for number, sums_of in own.items() if (pair := sums_of[code])[1]}
    return found


def district_sums(codes: Collection[str], day: date) -> dict[str, Pair]:
    """The whole jurisdiction's figures, for whoever may compare with them: sums only, so the software reads them for every post. One query."""
    home = here()
    whole = system_actor(home.low, home.high)
    with entered(whole):
        rows = Value.objects.visible_to(whole).filter(code__in=list(codes), part="", on=day).values("code")
        return {row["code"]: (row["n"], row["d"]) for row in rows.annotate(n=Sum("numerator"), d=Sum("denominator"))}


@dataclass(frozen=True)
class Facts:
    """What the stars of one institution are computed from."""

    day: date | None
    values: dict[str, Decimal | None]
    holds: frozenset[str]
    pairs: dict[str, Pair]


def star_facts(institution: Institution, on: date) -> Facts:
    """Figures and conditions of one institution as they stand on a day. Its villages may lie beyond the township of who asks, so the
    software reads these sums. Eight queries."""
    home, scheme = here(), scheme_on(on)
    whole = system_actor(home.low, home.high)
    with entered(whole):
        day = last_day(whole, {one.indicator for one in scheme.criteria if one.indicator} | {RESIDENTS}, on)
        pairs = pairs_of(whole, institution, scheme, day) if day else {}
        last = latest_rounds(whole, [institution], on).get(institution.pk)
        doctors = sum(post.filled for post in posts_of(whole, [institution], on)[institution.pk] if post.kind == PostKind.DOCTOR)
    own = {"unified": (last.score if last else None), "staffing": ratio(doctors, pairs.get(RESIDENTS, (0, 0))[1])}
    held = {"unified": bool(last and last.result == PASSED), "insured": institution.is_insured(on), "informed": institution.is_informed(on)}
    return Facts(day, values_of(scheme, pairs, own), frozenset(name for name, yes in held.items() if yes), pairs)


def pairs_of(actor: Actor, institution: Institution, scheme: Scheme, day: date) -> dict[str, Pair]:
    """Indicator → the institution's numerator and denominator on a stored day. Five queries."""
    sited = {one.indicator for one in scheme.criteria if one.at_site}
    found = by_institution(actor, {one.indicator for one in scheme.criteria if one.indicator} - sited | {RESIDENTS}, day)
    return {code: rows[institution.pk] for code, rows in found.items() if institution.pk in rows} | at_site(actor, institution, sited, day)


def at_site(actor: Actor, institution: Institution, codes: Collection[str], day: date) -> dict[str, Pair]:
    """Figures kept at the institution's own place; none where another institution stands at the same place. Two queries."""
    if Institution.objects.visible_to(actor).filter(region=institution.region).exclude(pk=institution.pk).exists():
        return {}
    rows = Value.objects.visible_to(actor).filter(code__in=list(codes), part="", region=institution.region, on=day)
    return {code: (numerator, denominator) for code, numerator, denominator in rows.values_list("code", "numerator", "denominator")}


def ratio(doctors: int, residents: int) -> Decimal | None:
    """Doctors for every 10,000 residents."""
    return Decimal(doctors) * 10_000 / residents if residents else None


def values_of(scheme: Scheme, pairs: Mapping[str, Pair], own: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """Criterion → its figure; percent of the pair, or the room's own; None where nothing is known."""
    found: dict[str, Decimal | None] = {}
    for one in scheme.criteria:
        numerator, denominator = pairs.get(one.indicator, (0, 0))
        found[one.key] = own.get(one.own) if one.own else Decimal(numerator) * 100 / denominator if denominator else None
    return found


def rated(institution: Institution, on: date) -> tuple[Facts, Rated, Scheme]:
    """The stars that the scheme of a day gives to an institution, with why."""
    facts, scheme = star_facts(institution, on), scheme_on(on)
    return facts, rate(scheme, facts.values, facts.holds), scheme


def known_codes(codes: Iterable[str]) -> list[str]:
    """Those that some room measures."""
    return [code for code in codes if code in INDICATORS]
