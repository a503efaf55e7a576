"""The stages of a case, as the item's list orders them. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from weimin.calendars.clock import Limit
from weimin.catalogue.content import ItemContent, ItemStep, TimeLimit

LAST = ("certificate", "deliver")
FRONT = ("village", "window")


@dataclass(frozen=True)
class Stage:
    """One desk's part. `key` is the state of the case there; `limit` the desk's own share, where the list names one."""

    key: str
    desk: str
    limit: Limit | None = None
    note: str = ""


def limit_of(given: TimeLimit | None) -> Limit | None:
    return Limit(given.value, given.unit, given.basis) if given else None


def stage_of(step: ItemStep, front: str) -> Stage:
    """Who took the case in hands over the result too, whichever front desk the list names."""
    desk = front if step.desk in FRONT and step.key == "deliver" else step.desk
    return Stage(step.key, desk, limit_of(step.limit), step.note)


def way_of(content: ItemContent, front: str = "window") -> tuple[Stage, ...]:
    """The stages after acceptance. Every way decides and ends with the result in hand; what a list leaves out is put in.

    front: the desk that took the case in.
    """
    stages = [stage_of(step, front) for step in content.steps if step.key != "accept"]
    if not any(stage.key == "decide" for stage in stages):
        stages.insert(before_last(stages), Stage("decide", decider(content, front)))
    if content.public_notice_days and not any(stage.key == "public_notice" for stage in stages):
        place = next(number for number, stage in enumerate(stages) if stage.key == "decide")
        stages.insert(place, Stage("public_notice", "township"))
    if stages[-1].key != "deliver":
        stages.append(Stage("deliver", front))
    return tuple(stages)


def before_last(stages: list[Stage]) -> int:
    return next((number for number, stage in enumerate(stages) if stage.key in LAST), len(stages))


def decider(content: ItemContent, front: str) -> str:
    if content.handling == "instant":
        return front
    return {"village": "village", "township": "township", "county": "county_office"}[content.decided_at]


def next_stage(way: tuple[Stage, ...], number: int, *, refused: bool = False) -> int:
    """The stage after one; a refusal needs no certificate and goes straight to delivery."""
    for following in range(number + 1, len(way)):
        if not (refused and way[following].key == "certificate"):
            return following
    return len(way) - 1
