"""A visit meets the standard: verdicts for all care of a person, and what they change, in order of the days on which visits were made (decision 13)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from weimin.health.models import Care, HealthRecord, Programme, Visit, VisitOutcome
from weimin.health.rules_chain import Link, Order, before, chosen, following, fulfilled, latest, ordered_anew, own_day, period, rejudged
from weimin.health.rules_outcome import Verdict
from weimin.health.rules_visit import GENERAL, Person, judged
from weimin.health.standards import Standard, standard
from weimin.residents.rules_groups import age_on

LATEST = ["last_on", "last_outcome", "next_on", "next_from"]
ORDERED = ["ordered_on", "ordered_since", "ordered_from", "ordered_referral", "next_on", "next_from"]
KEYS = dict.fromkeys(GENERAL, "key_groups")  # programmes whose rule has another key
Verdicts = list[tuple[Care, Verdict]]
Chains = dict[int, list[Link]]
"""Care → its visits that stand; a care that is not in it has been visited before the day in question only."""


@dataclass(frozen=True)
class Turned:
    """A later visit that reads otherwise since an earlier one was entered, corrected or taken away."""

    care: Care
    old: Link
    new: Link


def rule_of(programme: str) -> Callable[[date], Standard]:
    return lambda on: standard(KEYS.get(programme, programme), on)


def link_of(row: VisitOutcome) -> Link:
    return Link(row.on, row.programme, row.outcome, row.next_on, row.refer, row.emergency, tuple(row.reasons), row.chosen_on, row.pk)


def link_said(care: Care, verdict: Verdict, on: date) -> Link:
    return Link(on, care.programme, str(verdict.outcome), verdict.next_on, verdict.refer, verdict.emergency, verdict.reasons, verdict.chosen_on)


def chains_of(cares: Iterable[Care], leave_out: int | None = None) -> Chains:
    """The visits of these that stand, without the one that is being corrected; one query, none for nobody."""
    chains: Chains = {care.pk: [] for care in cares}
    if chains:
        rows = VisitOutcome.objects.filter(care__in=list(chains), visit__corrections__isnull=True).exclude(visit=leave_out)
        for row in rows.order_by("on", "pk"):
            chains[row.care_id].append(link_of(row))
    return chains


def follows(care: Care, on: date) -> bool:
    """A visit of this day comes after all that were judged: what was before it stands with the care."""
    return (care.last_on is None or care.last_on < on) and (care.anew_on is None or care.anew_on <= on)


def late(cares: Iterable[Care], on: date) -> list[Care]:
    """Those for which a visit of this day is not the newest."""
    return [care for care in cares if not follows(care, on)]


def previous_of(care: Care, on: date, chains: Chains) -> str:
    return before(period(chains[care.pk], on, care.anew_on), on) if care.pk in chains else care.last_outcome


def verdicts(record: HealthRecord, cares: Iterable[Care], found: dict[str, Any], on: date, chains: Chains) -> Verdicts:
    """What the standard says for each programme whose values are there; serious ones first."""
    age, said, rows = age_on(record.resident.birth_on, on), [], list(cares)
    hypertensive = any(care.programme == Programme.HYPERTENSION for care in rows)
    for care in rows:
        verdict = judged(care.programme, found, Person(age, previous_of(care, on, chains), care.target, hypertensive), on)
        if verdict is not None:
            said.append((care, verdict))
    return sorted(said, key=lambda one: (not one[1].emergency, not one[1].refer, one[1].within_days))


def write_outcomes(visit: Visit, said: Verdicts) -> None:
    VisitOutcome.objects.bulk_create(
        VisitOutcome(
            region=visit.region, visit=visit, care=care, programme=care.programme, on=visit.on, outcome=str(verdict.outcome), refer=verdict.refer,
            emergency=verdict.emergency, reasons=list(verdict.reasons), next_on=verdict.next_on, chosen_on=verdict.chosen_on,
            standard_from=rule_of(care.programme)(visit.on).effective_from,
        )
        for care, verdict in said
    )  # fmt: skip


def sooner(said: Verdicts, earlier: date | None) -> Verdicts:
    """The doctor wants to come back before the standard does; written with the outcome, so that it outlives a correction of another visit."""
    if earlier is None:
        return said
    return [(care, replace(verdict, next_on=min(verdict.next_on, earlier), chosen_on=earlier)) for care, verdict in said]


def as_before(said: Verdicts, old: Visit, on: date) -> Verdicts:
    """What a correction changes nothing about keeps the earlier day that the doctor had chosen."""
    held = {row.care_id: row for row in VisitOutcome.objects.filter(visit=old)} if on == old.on else {}
    kept = {
        care.pk: chosen(link_of(held[care.pk]), rule_of(care.programme)(on))
        for care, verdict in said
        if care.pk in held and held[care.pk].outcome == verdict.outcome
    }
    return [one for care, verdict in said for one in sooner([(care, verdict)], kept.get(care.pk))]


def carry_on(cares: Iterable[Care], said: Verdicts, chains: Chains, days: Sequence[date]) -> list[Turned]:
    """Each care remembers its latest visit and the next day. Where visits of these `days` came, went or changed among older ones (`chains`), the
    ones after them are judged again; answers those that read otherwise now. `said`: a visit of the first day that is no row of the chains yet."""
    verdict_of = {care.pk: verdict for care, verdict in said}
    turned: list[Turned] = []
    moved: list[Care] = []
    for care in cares:
        mine = [link_said(care, verdict_of[care.pk], days[0])] if care.pk in verdict_of else []
        if not mine and care.pk not in chains:
            continue
        chain = [*chains.get(care.pk, []), *mine]
        now_so = judged_again(care, chain, days) if care.pk in chains else {}
        turned += [Turned(care, one, now_so[one.number]) for one in chain if one.number in now_so]
        if stand(care, [now_so.get(one.number, one) for one in chain]):
            moved.append(care)
    if moved:
        Care.objects.bulk_update(moved, LATEST)
    if turned:
        fresh = [VisitOutcome(pk=one.new.number, refer=one.new.refer, reasons=list(one.new.reasons), next_on=one.new.next_on) for one in turned]
        VisitOutcome.objects.bulk_update(fresh, ["refer", "reasons", "next_on"])
    return turned


def judged_again(care: Care, chain: list[Link], days: Collection[date]) -> dict[int, Link]:
    """Row → how it reads now, of those that changed; who came back under care begins anew."""
    first = [one for one in chain if care.anew_on is not None and one.on < care.anew_on]
    parts = (first, [one for one in chain if one not in first])
    return {one.number: one for part in parts for one in rejudged(part, days, rule_of(care.programme))}


def newest(care: Care, chain: Iterable[Link]) -> Link | None:
    return latest(one for one in chain if care.anew_on is None or one.on >= care.anew_on)


def stand(care: Care, chain: Iterable[Link]) -> bool:
    """The latest visit and the next day; answers whether anything moved. A care whose visits are not here keeps the one that it knows of."""
    last, held = newest(care, chain), [getattr(care, name) for name in LATEST]
    if last is not None:
        care.last_on, care.last_outcome = last.on, last.outcome
    care.next_on, care.next_from = following(own_of(care, last), care.last_on, order_of(care))
    return held != [getattr(care, name) for name in LATEST]


def order_of(care: Care) -> Order | None:
    return Order(care.ordered_on, care.ordered_since, care.ordered_from) if care.ordered_on and care.ordered_since else None


def awaited(care: Care) -> bool:
    """A visit was ordered, and none has been made since."""
    wanted = order_of(care)
    return wanted is not None and not fulfilled(wanted, care.last_on)


def wanted_by_hospital(cares: Iterable[Care]) -> list[Care]:
    """Those that wait for the visit after a return from hospital."""
    return [care for care in cares if care.ordered_referral is not None and awaited(care)]


def own_of(care: Care, last: Link | None) -> tuple[date | None, str]:
    """The next day without what is ordered; a care whose visits are not here keeps the day that it has, unless an order gave it."""
    if last is not None:
        return own_day(last)
    return (None, "") if awaited(care) and care.next_on == care.ordered_on else (care.next_on, care.next_from)


def order(cares: Collection[Care], wanted: Order, referral: int | None = None, *, instead: bool = False) -> None:
    """A visit by a day is ordered and outlives what is computed later. `instead`: the day of an earlier order is changed by who may."""
    chains = chains_of(cares)
    for care in cares:
        last, old = newest(care, chains[care.pk]), order_of(care)
        own, last_on = own_of(care, last), last.on if last else care.last_on
        new = wanted if instead else ordered_anew(old, wanted, last_on)
        if new is wanted and not instead:
            care.ordered_referral = referral
        care.ordered_on, care.ordered_since, care.ordered_from = new.on, new.since, new.source
        care.next_on, care.next_from = following(own, last_on, new)
    Care.objects.bulk_update(cares, ORDERED)
