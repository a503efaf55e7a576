"""The visits of a person for one programme, judged in order of the day on which they were made, and the next day that follows from them.

Pure; A-13, A-17, A-28, A-42, decision 13. The class of a visit follows from what was found on it; only "two in a row" with its referral, and
how soon somebody not yet stable is seen, follow from the visit before. So what is entered late touches the visit that comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from weimin.health.rules_outcome import BAD, SECOND, Outcome, in_a_row, still_unstable
from weimin.health.standards import Standard

CHRONIC = ("hypertension", "diabetes")
RULE, DOCTOR = "rule", "doctor"


@dataclass(frozen=True)
class Link:
    """What the standard said of one visit. number: its row; 0 while there is none. chosen_on: the day that the doctor chose."""

    on: date
    programme: str
    outcome: str
    next_on: date
    refer: bool = False
    emergency: bool = False
    reasons: tuple[str, ...] = ()
    chosen_on: date | None = None
    number: int = 0


@dataclass(frozen=True)
class Order:
    """A day by which somebody ordered a visit: the hospital that sent the patient back, or who found somebody again. A visit after `since` fulfils it."""

    on: date
    since: date
    source: str


def days_of(link: Link, rule: Standard) -> int | None:
    """Within how many days the standard wants the next visit; None where another standard than that of the programme says so."""
    if link.programme == "mental":
        names = {Outcome.UNSTABLE: "soon_days", Outcome.FAIRLY_STABLE: "guided_days" if link.refer else "soon_days"}
        return rule.days(names.get(Outcome(link.outcome), "stable_days"))
    if link.programme in CHRONIC:
        return rule.days("soon_days" if link.outcome in BAD or link.emergency else "next_days")
    return None if link.emergency else 365 // rule.days("visits_a_year")


def chosen(link: Link, rule: Standard) -> date | None:
    """The day that the doctor chose. Rows from before it was kept show it by a day that is earlier than the standard's."""
    days = days_of(link, rule)
    if link.chosen_on is None and days is not None and link.next_on < link.on + timedelta(days=days):
        return link.next_on
    return link.chosen_on


def again(link: Link, previous: str, rule: Standard) -> Link:
    """The same visit with another one before it."""
    if link.programme in CHRONIC:
        second = in_a_row(link.outcome, previous)
        reasons = (*(one for one in link.reasons if one != SECOND), *([SECOND] if second else []))
        return replace(link, reasons=reasons, refer=link.emergency or link.outcome == Outcome.COMPLICATION or second)
    if link.programme == "mental" and link.outcome == Outcome.FAIRLY_STABLE:
        wanted, still = chosen(link, rule), still_unstable(previous)
        by_rule = link.on + timedelta(days=rule.days("guided_days" if still else "soon_days"))
        return replace(link, refer=still, next_on=min(by_rule, wanted or by_rule))
    return link


def latest(chain: Iterable[Link]) -> Link | None:
    """The visit that counts: of the last day, and of several on that day (two records brought together) the one that is seen again soonest."""
    return max(chain, key=lambda one: (one.on, -one.next_on.toordinal(), one.outcome), default=None)


def before(chain: Iterable[Link], on: date) -> str:
    """The class of the visit before a day; a visit of the same day is not before it."""
    found = latest(one for one in chain if one.on < on)
    return found.outcome if found else ""


def period(chain: Iterable[Link], on: date, anew_on: date | None) -> list[Link]:
    """Those that are judged together with a visit of this day: who came back under care begins anew."""
    return [one for one in chain if anew_on is None or (one.on < anew_on) == (on < anew_on)]


def rejudged(chain: Sequence[Link], days: Iterable[date], rule: Callable[[date], Standard]) -> list[Link]:
    """After visits of these days came, went or changed: the visits that now read otherwise. From each day on until one reads as before."""
    rows = list(chain)
    for day in sorted(set(days)):
        for at in sorted({one.on for one in rows if one.on >= day}):
            previous = before(rows, at)
            fresh = [again(one, previous, rule(at)) if one.on == at else one for one in rows]
            done, rows = fresh == rows and at > day, fresh
            if done:
                break
    return [new for new, old in zip(rows, chain, strict=True) if new != old]


def own_day(link: Link) -> tuple[date, str]:
    """(next day, where it comes from) by the latest visit itself."""
    return link.next_on, DOCTOR if link.chosen_on == link.next_on else RULE


def fulfilled(order: Order, last_on: date | None) -> bool:
    return last_on is not None and last_on > order.since


def following(own: tuple[date | None, str], last_on: date | None, order: Order | None) -> tuple[date | None, str]:
    """(next day, where it comes from) with what was ordered. An order holds until a visit after it; an earlier day of one's own stays when it is
    not over by then."""
    if order is None or fulfilled(order, last_on) or (own[0] is not None and order.since <= own[0] <= order.on):
        return own
    return order.on, order.source


def ordered_anew(old: Order | None, new: Order, last_on: date | None) -> Order:
    """A later order takes the place of an earlier one, and does not push back the day that still stands."""
    if old is not None and not fulfilled(old, last_on) and new.since <= old.on < new.on:
        return replace(old, since=new.since)
    return new
