"""A valid use of each action of the room."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.actions.examples import Example
from weimin.regions.models import RegionFlag
from weimin.regions.rules import township_of
from weimin.walls.actor import Actor

TOWNSHIP = 500242101000


def inside(region: int) -> int:
    """A township in the region, itself if it is one."""
    return township_of(region) if region % 10**6 else TOWNSHIP


def flag(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return None, {
        "code": inside(region),
        "flag": "key_township",
        "value": "yes",
        "since_on": "2026-01-01",
        "source": "酉阳府发〔2026〕1 号",
    }


def ending(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    row = RegionFlag.objects.create(code=inside(region), flag="key_township", since_on=date(2026, 1, 1), source="酉阳府发〔2026〕1 号")
    return row.pk, {"until_on": "2026-12-31", "source": "酉阳府发〔2026〕9 号"}


def rename(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return None, {
        "code": inside(region),
        "change": "rename",
        "name": "龙潭古镇",
        "effective_on": "2026-11-01",
        "source": "渝府〔2026〕3 号",
    }


EXAMPLES = {
    "regions.set_flag": Example("administrator", flag),
    "regions.end_flag": Example("administrator", ending),
    "regions.correct": Example("administrator", rename),
}
