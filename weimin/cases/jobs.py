"""What follows from the dates: cases that count as accepted or withdrawn, results that nobody objected to, new days of a published year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import tenant_context

from weimin.actions.act import act
from weimin.calendars.clock import ZONE
from weimin.calendars.rules import NATION
from weimin.cases.clocks import DEADLINE, recompute
from weimin.cases.models import Case, CasePause
from weimin.cases.queries.due import forgotten, lapsed, settled
from weimin.cases.reminding import remind
from weimin.jurisdictions.models import Jurisdiction
from weimin.regions.rules import range_of
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.periodic import every
from weimin.walls.session import entered

BATCH = 2000


@every("20 * * * *", "cases.follow_dates", label=_("按期限处理办件"), own_transactions=True)
def follow_dates(jurisdiction: Jurisdiction, now: datetime) -> None:
    follow(now)


@every("5 10 * * *", "cases.ask_for_rating", label=_("邀请评价"))
def ask_for_rating(jurisdiction: Jurisdiction, now: datetime) -> None:
    remind(now)


def follow(now: datetime) -> dict[str, int]:
    """How many cases each rule took on. Every case is one action of its own with a key of its day: running again changes nothing."""
    today = now.astimezone(ZONE).date()
    with entered(system_actor()):
        due = {
            "cases.deem_accepted": list(forgotten(now)),
            "cases.lapse": list(lapsed(today)),
            "cases.settle": list(settled(today)),
        }
    return {name: sum(do(name, number, region, now) for number, region in rows) for name, rows in due.items()}


def do(name: str, number: int, region: int, now: datetime) -> int:
    """One case; 0 when somebody was faster."""
    try:
        act(system_actor(region, region), name, {}, f"{name}-{number}-{now.astimezone(ZONE).date()}", target=number, now=now)
    except RuleBroken:
        return 0
    return 1


def recompute_provisional(year: int, region: int) -> None:
    """A year's holidays are known: the provisional ends of open cases are computed anew, as the steps are."""
    low, high = (0, 10**12) if region == NATION else range_of(region)
    for jurisdiction in Jurisdiction.objects.all():
        if jurisdiction.low <= high and low <= jurisdiction.high:
            with tenant_context(jurisdiction), entered(system_actor()):
                recompute_cases(year, low, high, everything=region != NATION)


def recompute_cases(year: int, low: int, high: int, *, everything: bool) -> None:
    affected = Q(provisional=True) | (Q(due_on__year=year) if everything else Q())
    rows = Case.objects.filter(affected, accepted_at__isnull=False, closed_at__isnull=True, region__gte=low, region__lte=high)
    for batch in batches(rows.order_by("pk").select_for_update().iterator(BATCH)):
        pauses: dict[int, list[CasePause]] = {}
        for pause in CasePause.objects.filter(case__in=batch).order_by("pk"):
            pauses.setdefault(pause.case_id, []).append(pause)
        for case in batch:
            recompute(case, pauses.get(case.pk, []))
        Case.objects.bulk_update(batch, DEADLINE)


def batches(rows: Iterable[Any]) -> Iterable[list[Any]]:
    held: list[Any] = []
    for row in rows:
        held.append(row)
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held
