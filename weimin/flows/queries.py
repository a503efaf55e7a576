"""Every read of steps: to-do lists by deadline, figures of the workbench, what a record went through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from weimin.flows.listing import Order, bounded_counts, page_over, titled
from weimin.flows.models import OPEN, Step, Watch
from weimin.flows.rules import YELLOW_AT_MOST, month_start
from weimin.flows.veil import behind_the_wall, veil, veiled
from weimin.regions.rules import Level, level, range_of
from weimin.ui.paging import Page
from weimin.walls.actor import Actor

MINE, TEAM, HANDED, WATCHING, BLOCKED = "mine", "team", "handed", "watching", "blocked"
LISTS = (MINE, TEAM, HANDED, WATCHING, BLOCKED)
SOUGHT = (HANDED, WATCHING, BLOCKED)  # begin at the few records that concern the person
COLOURS = ("red", "yellow", "green", "paused")
REMEMBERED = timedelta(days=365)  # how far back "handed on" looks
MONTH = 1000  # the steps of one's month are counted so far
BY_DEADLINE = Order("queue_at")


@dataclass(frozen=True)
class Filters:
    """What a list may be narrowed by. `colour` of COLOURS, `text` in the title, `flow` name, `township` 12-digit code; empty = all."""

    colour: str = ""
    text: str = ""
    flow: str = ""
    township: int | None = None


def in_place(actor: Actor) -> QuerySet[Any]:
    """Open steps of the actor's range, with an equality for villages and townships, so that an index gives the order."""
    found = Step.objects.visible_to(actor).filter(OPEN)
    if actor.low == actor.high:
        return found.filter(place=actor.low)
    if actor.low > 0 and (actor.low, actor.high) == range_of(actor.low) and level(actor.low) == Level.TOWNSHIP:
        return found.filter(township=actor.low // 1000)
    return found


def mine(actor: Actor) -> list[QuerySet[Any]]:
    """Held by my role in my range and by nobody else in person; and held by me in person through another role."""
    own = in_place(actor).filter(Q(holder__isnull=True) | Q(holder=actor.person), role=actor.role)
    personal = Step.objects.visible_to(actor).filter(OPEN, holder=actor.person).exclude(role=actor.role)
    return [own, personal]


def team(actor: Actor) -> list[QuerySet[Any]]:
    """Held by other posts in my range, or in person by a colleague in my role."""
    return [in_place(actor).filter(~Q(role=actor.role) | (Q(holder__isnull=False) & ~Q(holder=actor.person)))]


def handed_on(actor: Actor, now: datetime) -> list[QuerySet[Any]]:
    """Open steps, held by another desk now, of records of which I closed a step within a year."""
    closed = Step.objects.visible_to(actor).filter(closed_by=actor.person, closed_at__gte=now - REMEMBERED)
    records = closed.filter(subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"), flow=OuterRef("flow"))
    return [Step.objects.visible_to(actor).filter(Exists(records), OPEN).exclude(role=actor.role)]


def watching(actor: Actor) -> list[QuerySet[Any]]:
    """Open steps of the records that I follow."""
    followed = Watch.objects.filter(person=actor.person or 0, subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
    return [Step.objects.visible_to(actor).filter(Exists(followed), OPEN)]


def blocked(actor: Actor, now: datetime) -> list[QuerySet[Any]]:
    """What I wait for: my steps whose clock stands still, and what I handed on and another desk holds."""
    stopped = [branch.filter(paused_since__isnull=False) for branch in mine(actor)]
    return stopped + [branch.filter(Q(holder__isnull=True) | ~Q(holder=actor.person)) for branch in handed_on(actor, now)]


def branches(which: str, actor: Actor, now: datetime) -> list[QuerySet[Any]]:
    """The disjoint querysets of a list of LISTS; an unknown name is mine."""
    if which == TEAM:
        return team(actor)
    if which in (HANDED, BLOCKED):
        return handed_on(actor, now) if which == HANDED else blocked(actor, now)
    return watching(actor) if which == WATCHING else mine(actor)


def of_colour(colour: str, now: datetime) -> Q:
    """Steps whose lamp has a colour now; the same thresholds that `rules.lamp_of` shows."""
    running = Q(paused_since__isnull=True)
    if colour == "red":
        return running & Q(queue_at__lte=now)
    if colour == "yellow":
        return running & Q(queue_at__gt=now, queue_at__lte=now + YELLOW_AT_MOST, warn_at__lte=now)
    if colour == "green":
        return running & Q(queue_at__gt=now) & (Q(warn_at__gt=now) | Q(warn_at__isnull=True))
    return Q(paused_since__isnull=False)


def narrowed(chosen: list[QuerySet[Any]], filters: Filters, now: datetime) -> list[QuerySet[Any]]:
    condition = Q()
    if filters.colour in COLOURS:
        condition &= of_colour(filters.colour, now)
    if filters.flow:
        condition &= Q(flow=filters.flow)
    if filters.township:
        condition &= Q(township=filters.township // 1000)
    return [branch.filter(condition) for branch in chosen]


def list_steps(actor: Actor, now: datetime, which: str = MINE, filters: Filters | None = None, cursor: str = "", size: int = 20) -> Page:
    """One page of a list by (deadline, id), steps without a deadline last. One query whatever the size of the table; with a text one more, which looks
    at the nearest."""
    filters, walk = filters or Filters(), which not in SOUGHT
    chosen = narrowed(branches(which, actor, now), filters, now)
    if filters.text:
        named = Q(pk__in=titled(chosen, filters.text, walk=walk)) & ~behind_the_wall(actor)
        chosen, walk = [branch.filter(named) for branch in chosen], False
    page = page_over(chosen, BY_DEADLINE, cursor, size, walk=walk)
    veiled(actor, page.rows)
    return page


def open_steps(actor: Actor, numbers: list[int]) -> dict[int, Any]:
    """Open steps of the actor's range by number."""
    return {step.pk: veil(actor, step) for step in Step.objects.visible_to(actor).filter(OPEN, pk__in=numbers)}


def count_lists(actor: Actor, now: datetime) -> dict[str, int]:
    """Figures of the workbench in one query: all, red, yellow, paused (of mine), team, handed, watching, each at most COUNTED;
    done and done_late (closed by me this month), at most MONTH."""
    own = mine(actor)
    done = Step.objects.visible_to(actor).filter(closed_by=actor.person, closed_at__gte=month_start(now))
    lists = {"all": own} | {colour: [branch.filter(of_colour(colour, now)) for branch in own] for colour in ("red", "yellow", "paused")}
    lists[TEAM] = team(actor)
    walked = {name: [branch.order_by("queue_at", "id") for branch in found] for name, found in lists.items()}
    sought = {HANDED: [handed_records(actor, now)], WATCHING: [watched_records(actor)]}
    closed: dict[str, list[QuerySet[Any]]] = {"done": [done], "done_late": [done.filter(on_time=False)]}
    return bounded_counts(walked | sought | closed, dict.fromkeys(closed, MONTH))


def handed_records(actor: Actor, now: datetime) -> QuerySet[Any]:
    """The records of `handed_on`, found from the last step of each that I closed, latest first: as many as that list has rows."""
    same = {name: OuterRef(name) for name in ("subject_type", "subject_id", "flow")}
    still = Step.objects.visible_to(actor).filter(OPEN, **same).exclude(role=actor.role)
    later = Step.objects.visible_to(actor).filter(closed_by=actor.person, pk__gt=OuterRef("pk"), **same)
    closed = Step.objects.visible_to(actor).filter(Exists(still), ~Exists(later), closed_by=actor.person, closed_at__gte=now - REMEMBERED)
    return closed.order_by("-closed_at", "-id")


def watched_records(actor: Actor) -> QuerySet[Any]:
    """The records that I follow and that are still open in my range."""
    still = Step.objects.visible_to(actor).filter(OPEN, subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
    return Watch.objects.filter(Exists(still), person=actor.person or 0)


def is_watched(actor: Actor, subject: Model) -> bool:
    """Whether this person follows the record."""
    return Watch.objects.filter(person=actor.person or 0, subject_type=subject._meta.label_lower, subject_id=subject.pk).exists()


def count_mine(actor: Actor) -> int:
    """The figure beside "工作台" in the navigation; at most COUNTED."""
    return bounded_counts({"all": [branch.order_by("queue_at", "id") for branch in mine(actor)]})["all"]


def history_of(subject: Model) -> list[Any]:
    """Every step of a record, oldest first, with who held it, how it ended and the working time booked to the desk (`held_for`)."""
    found = Step.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return list(found.order_by("id"))


def late_unattended(now: datetime, today: datetime) -> QuerySet[Any]:
    """Overdue, running steps that nobody urged since the day began and that have not gone up yet, oldest deadline first."""
    quiet = Q(urged_at__isnull=True) | Q(urged_at__lt=today)
    return Step.objects.filter(OPEN, quiet, paused_since__isnull=True, queue_at__lte=now, urged_up_at__isnull=True).order_by("queue_at", "id")
