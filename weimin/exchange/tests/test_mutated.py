"""A sound bundle with a few places changed at random is taken in or refused with a sentence; nothing else may happen.

WEIMIN_MUTATIONS=5000 tries more than the usual few.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import transaction

from weimin.exchange.packing import to_json
from weimin.exchange.rules_release import to_r4
from weimin.exchange.tests.builders import bring, bundle_of, make_full_record, take_in
from weimin.exchange.tests.examples import BORN, NUMBER
from weimin.residents.tests.builders import make_resident
from weimin.walls.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.req("H9")]
VILLAGE, OTHER_VILLAGE = 500242101200, 500242102200
TRIES = int(os.environ.get("WEIMIN_MUTATIONS", "60"))
ODD: list[Any] = [
    None, "", 0, -1, 1.5, True, [], {}, "x", [None], [{}], {"resourceType": "Patient"}, "2026", "2026-13-45", 10**30, [[]], {"reference": "Patient/1"}, "9999-12-31",
    "0001-01-01", "2026-11-01T25:00:00Z", {"value": "x"}, "\u3000", "王" * 300, "ended", "managed", "open", "[]", "{}", '[{"item": 1}]', "urn:weimin:500242000000:visit", "up",
]  # fmt: skip


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if place:
        yield place
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in rows:
        yield from places(inner, (*place, name))


def mutated(bundle: dict[str, Any], chance: Random) -> dict[str, Any]:
    other = json.loads(to_json(to_r4(bundle) if chance.random() < 0.3 else bundle))
    for _time in range(chance.choice([1, 1, 1, 2, 3])):
        *steps, last = chance.choice(list(places(other)))
        holder = other
        for step in steps:
            holder = holder[step]
        kind = chance.random()
        if kind < 0.15 and isinstance(holder, dict):
            holder.pop(last)
        elif kind < 0.25 and isinstance(holder, list):
            holder.append(holder[last])
        else:
            holder[last] = chance.choice(ODD)
    return other


def tried(who: Any, bundle: dict[str, Any], key: str) -> str:
    """What became of it; nothing of it stays."""
    try:
        with transaction.atomic():
            take_in(who, bring(who, bundle, f"up{key}"), f"in{key}")
            transaction.set_rollback(True)
    except Refusal as refusal:
        assert str(refusal).strip()
        return "refused"
    return "taken"


def test_whatever_is_changed_it_is_taken_in_or_refused(everywhere: None, actor: Any) -> None:
    who = actor("doctor", VILLAGE)
    bundle = bundle_of(make_full_record(OTHER_VILLAGE, resident=make_resident(OTHER_VILLAGE, "冉桂兰", birth_on=BORN, id_number="")))
    bundle = json.loads(to_json(bundle).replace(b":500242000000:", b":371402000000:"))
    make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER)
    assert tried(who, bundle, "whole") == "taken"
    found = {tried(who, mutated(bundle, Random(seed)), str(seed)) for seed in range(TRIES)}
    assert found == {"taken", "refused"}
