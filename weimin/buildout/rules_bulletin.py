"""What a stage bulletin says: each place's figures and rank, who is ahead, who is late by how many days, what comes next.

Pure: no query, clock or request. Sources: plan 5 考核 (阶段通报), plan 1 五（二）; ranking is our own choice: share built first,
then accepted, filed and proposed, equal shares share a rank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from weimin.buildout.plan.schedule import deadlines
from weimin.buildout.plan.schema import STATES, Batch, Bulletin, Plan

FIGURES = ("proposed", "filed", "built", "accepted")
BEST = 3


@dataclass(frozen=True)
class Standing:
    """One project on the day of a bulletin. `waits_for`/`waits_until`: the step that was open then, None when none was."""

    place: int
    name: str
    state: str
    opened_on: date | None
    accepted_on: date | None
    waits_for: str = ""
    waits_until: date | None = None


@dataclass(frozen=True)
class Owed:
    """Stations that a township had still to propose on the day, with the last day for it."""

    place: int
    missing: int
    label: str
    due_on: date


def subject_of(plan: Plan, bulletin: Bulletin) -> Batch | None:
    """The batch that a bulletin speaks of; None when it speaks of the whole tier."""
    return next((batch for batch in plan.batches if batch.key == bulletin.batch), None)


def days_of(plan: Plan, bulletin: Bulletin, until: date) -> list[date]:
    """The days on which a bulletin falls due up to `until`: its own day, its batch's, or every so many days from the plan's issue."""
    batch = subject_of(plan, bulletin)
    day = bulletin.on or (batch.due_on if batch else None)
    if bulletin.every_days:
        start, step = plan.meta.issued_on, timedelta(days=bulletin.every_days)
        return [start + step * number for number in range(1, (until - start).days // bulletin.every_days + 1)]
    return [day] if day and day <= until else []


def next_day(plan: Plan, bulletin: Bulletin, today: date) -> date | None:
    """The day a bulletin is due next, or was due when it is due only once; None when the plan sets none."""
    past = days_of(plan, bulletin, today)
    if bulletin.every_days:
        return (past[-1] if past else plan.meta.issued_on) + timedelta(days=bulletin.every_days)
    return past[0] if past else next(iter(days_of(plan, bulletin, date.max)), None)


def reached(state: str, wanted: str) -> bool:
    """Whether a state is at or past a step of the path; what comes after opening counts as open."""
    order: dict[str, int] = {name: position for position, name in enumerate(STATES)}
    here = order["open"] if state in ("applied", "rectifying", "failed") else order.get(state, -1)
    return here >= order[wanted]


def counted(row: Standing, on: date) -> list[str]:
    """Which figures a project counts in on the day. The days of opening and acceptance are facts whatever the steps say."""
    built = row.opened_on is not None and row.opened_on <= on
    found = [name for name in ("proposed", "filed") if built or reached(row.state, name)]
    if built:
        found.append("built")
    return [*found, "accepted"] if row.accepted_on and row.accepted_on <= on else found


def figures_of(rows: Iterable[Standing], owed: Iterable[Owed], wanted: Mapping[int, int], names: Mapping[int, str], on: date) -> dict[str, Any]:
    """The figures of a day as plain JSON: places (ranked), sum, ahead, late (longest first).

    wanted: place → how many sites it shall have; it may be more than `rows` (stations not proposed yet).
    """
    found, late = list(rows), late_of(rows, owed, names, on)
    tally = {place: Counter(name for row in found if row.place == place for name in counted(row, on)) for place in wanted}
    lines = [{"code": place, "name": names[place], "wanted": wanted[place], **{name: tally[place][name] for name in FIGURES}} for place in wanted]
    ranked = rank(lines)
    return {
        "places": ranked, "sum": {name: sum(line[name] for line in lines) for name in ("wanted", *FIGURES)},
        "ahead": ahead_of(ranked, {line["place"] for line in late}), "late": late,
    }  # fmt: skip


def share(line: Mapping[str, Any]) -> tuple[Fraction, ...]:
    whole = max(1, line["wanted"])
    return tuple(Fraction(line[name], whole) for name in ("built", "accepted", "filed", "proposed"))


def rank(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By share, equal shares with the same rank and by code among themselves."""
    ordered = sorted(lines, key=lambda line: (*(-part for part in share(line)), line["code"]))
    result: list[dict[str, Any]] = []
    for position, line in enumerate(ordered, start=1):
        same = result and share(result[-1]) == share(line)
        result.append({**line, "rank": result[-1]["rank"] if same else position})
    return result


def ahead_of(ranked: list[dict[str, Any]], late: set[str]) -> list[str]:
    """Names of the places where everything stands; while there is none, of the first three where something stands. Never a late one."""
    fit = [line for line in ranked if line["built"] and line["name"] not in late]
    done = [line for line in fit if line["built"] >= line["wanted"]]
    return [line["name"] for line in done or [line for line in fit if line["rank"] <= BEST]]


def late_of(rows: Iterable[Standing], owed: Iterable[Owed], names: Mapping[int, str], on: date) -> list[dict[str, Any]]:
    """Every site whose open step was past its last day, and every township that owes proposals; the longest first."""
    found = [
        late_line(names[row.place], row.name, row.waits_for, row.waits_until, on)
        for row in rows if row.waits_until and row.waits_until < on and row.state not in ("suspended", "closed")
    ]  # fmt: skip
    for item in owed:
        if item.missing and item.due_on < on:
            name = _("还差 %(number)d 个站址") % {"number": item.missing}
            found.append(late_line(names[item.place], name, item.label, item.due_on, on))
    return sorted(found, key=lambda line: (-line["days"], line["place"], line["name"]))


def late_line(place: str, name: str, what: str, due_on: date, on: date) -> dict[str, Any]:
    return {"place": place, "name": name, "what": what, "due_on": due_on.isoformat(), "days": (on - due_on).days}


def next_deadlines(plan: Plan, tier: str, on: date, most: int = 5) -> list[dict[str, str]]:
    """What the plan asks for next after a day, for any batch of the tier: [{"on", "label"}], soonest first."""
    batches: list[Batch | None] = [*plan.batches_of(tier)]
    found = {(item.due_on, item.step.label) for batch in batches or [None] for item in deadlines(plan, tier, batch) if item.due_on and item.due_on > on}
    found |= {(batch.due_on, batch.label) for batch in plan.batches_of(tier) if batch.due_on and batch.due_on > on}
    return [{"on": day.isoformat(), "label": label} for day, label in sorted(found)[:most]]
