"""Background entry points: the nightly urging, and new due dates when a year's holidays are published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import tenant_context

from weimin.actions.act import act
from weimin.calendars.clock import ZONE
from weimin.calendars.queries import calendar_for
from weimin.calendars.rules import NATION
from weimin.flows.ladder import AFTER_WORKDAYS, desk_above, goes_up
from weimin.flows.models import OPEN, Step
from weimin.flows.queries import late_unattended
from weimin.flows.steps import DEADLINE, recompute
from weimin.flows.urging import late_workdays, tell_above
from weimin.jurisdictions.models import Jurisdiction
from weimin.regions.rules import range_of, township_of
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.periodic import every
from weimin.walls.session import entered

BATCH = 2000


@every("0 8 * * *", "flows.urge_overdue", label=_("催办逾期事项"), own_transactions=True)
def urge_this_morning(jurisdiction: Jurisdiction, now: datetime) -> None:
    """On working days of the jurisdiction only."""
    if calendar_for(jurisdiction.code).is_working(now.astimezone(ZONE).date()):
        urge_overdue(now)


def urge_overdue(now: datetime) -> int:
    """Urges what is overdue in the current jurisdiction: the holder on the first day, the level above after the ladder's days.

    Each step is one action with a key of its day, so running twice on a day changes nothing. The level above gets one
    message for all steps of a township, in one transaction with them. Returns how many were urged.
    """
    day = now.astimezone(ZONE).date()
    robot = system_actor()
    with entered(robot):
        found = list(late_unattended(now, datetime.combine(day, time(), ZONE)).iterator(BATCH))
    due = [step for step in found if step.urged_count == 0 or late_workdays(step, now) >= AFTER_WORKDAYS]
    groups: dict[tuple[str, int], list[Step]] = {}
    urged = 0
    for step in due:
        if goes_up(step.urged_count, late_workdays(step, now)):
            groups.setdefault((desk_above(step.role), township_of(step.region)), []).append(step)
        else:
            urged += urge_one(step, day, now)
    return urged + sum(urge_together(desk, township, steps, now) for (desk, township), steps in groups.items())


def urge_one(step: Step, day: date, now: datetime) -> int:
    """One urging in its own transaction (or savepoint); a step that was closed meanwhile is left alone."""
    try:
        act(system_actor(step.region, step.region), "flows.urge", {}, f"urge-{step.pk}-{day}", target=step.pk, now=now)
    except RuleBroken:
        return 0
    return 1


def urge_together(desk: str, township: int, steps: list[Step], now: datetime) -> int:
    """Urges the holders and tells the level above once how many of a township's steps are late."""
    day = now.astimezone(ZONE).date()
    with entered(system_actor()):
        urged = sum(urge_one(step, day, now) for step in steps)
        if urged:
            tell_above(desk, township, urged, now)
    return urged


def recompute_provisional(year: int, region: int) -> None:
    """A year's calendar is known: the provisional deadlines of every jurisdiction (or of those in `region`) are computed anew."""
    for jurisdiction in Jurisdiction.objects.all():
        if region == NATION or touches(jurisdiction, region):
            with tenant_context(jurisdiction), entered(system_actor()):
                recompute_steps(year, region)


def touches(jurisdiction: Jurisdiction, region: int) -> bool:
    low, high = range_of(region)
    return jurisdiction.low <= high and low <= jurisdiction.high


def recompute_steps(year: int, region: int) -> None:
    """Open provisional steps of the current jurisdiction, and for a region's own holidays every open step that ends in the year."""
    affected = Q(provisional=True)
    if region != NATION:
        low, high = range_of(region)
        affected = Q(region__gte=low, region__lte=high) & (affected | Q(due_on__year=year))
    found = Step.objects.filter(OPEN, affected).order_by("pk").select_for_update()
    for batch in batches(found.iterator(BATCH)):
        for step in batch:
            recompute(step)
        Step.objects.bulk_update(batch, DEADLINE)


def batches(steps: Iterable[Any]) -> Iterable[list[Any]]:
    held: list[Any] = []
    for step in steps:
        held.append(step)
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held
