"""A township's list of chosen people: how many sites need somebody, who is chosen, what is filed, who is late."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from weimin.calendars.clock import Due, Lamp, lamp
from weimin.calendars.queries import calendar_for
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.staffing.models import Filing, Nomination
from weimin.staffing.requirements import Requirements, Wanted, wanted_in
from weimin.staffing.rules import filing_words
from weimin.walls.actor import Actor


@dataclass(frozen=True)
class TownshipList:
    """One township under one plan. `pk` is the target of staffing.file_list: "plan-township"."""

    plan: int
    region: int
    name: str
    asks: Requirements
    wanted: int
    chosen: int
    filed: int
    last: Filing | None

    @property
    def pk(self) -> str:
        return f"{self.plan}-{self.region}"

    @property
    def unfiled(self) -> int:
        return self.chosen - self.filed

    def __str__(self) -> str:
        return _("%(place)s：%(job)s名单") % {"place": self.name, "job": self.asks.job}


def township_lists(actor: Actor) -> list[TownshipList]:
    """Every township of the range that needs people, by code; the number of queries does not depend on how many."""
    groups: dict[tuple[int, int], list[Wanted]] = defaultdict(list)
    for wanted in wanted_in(actor):
        groups[wanted.asks.plan, township_of(wanted.region)].append(wanted)
    if not groups:
        return []
    chosen: dict[tuple[int, int], list[bool]] = defaultdict(list)
    rows = Nomination.objects.visible_to(actor).filter(plan__in={plan for plan, _town in groups}, state="chosen")
    for plan, region, filed in rows.values_list("plan", "region", "filing"):
        chosen[plan, township_of(region)].append(filed is not None)
    latest = {(row.plan, row.region): row for row in Filing.objects.visible_to(actor).order_by("pk")}
    known = names({town for _plan, town in groups})
    return [
        TownshipList(plan, town, known[town], found[0].asks, len(found), len(chosen[plan, town]), sum(chosen[plan, town]), latest.get((plan, town)))
        for (plan, town), found in sorted(groups.items(), key=lambda item: item[0])
    ]


def lamp_of(found: TownshipList, now: datetime) -> Lamp | None:
    """Green when the whole list is filed, else the plan's day; None when the plan names no day."""
    if filing_words(found.wanted, found.chosen, found.filed) == "complete":
        return Lamp("green", _("已备案"))
    if found.asks.file_by is None:
        return None
    return lamp(Due.ending(found.asks.file_by, unit="day"), now, calendar_for(found.region))


def find_list(actor: Actor, target: str) -> TownshipList | None:
    return next((found for found in township_lists(actor) if found.pk == target), None)
