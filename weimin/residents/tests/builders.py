"""Residents and households for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from weimin.actions.act import act
from weimin.actions.models import Receipt
from weimin.residents.entering import new_household, new_resident
from weimin.residents.models import Household, Membership, Resident
from weimin.residents.rules import check_digit
from weimin.walls.actor import Actor

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SERIAL = count(1)


def id_number(born: date = date(1975, 6, 15), *, male: bool = True, serial: int | None = None, region6: int = 500242) -> str:
    """A sound number; a new one at each call unless `serial` (0 to 499) is given."""
    number = next(SERIAL) if serial is None else serial
    first17 = f"{region6 + number // 499 % 50:06d}{born:%Y%m%d}{number % 499 * 2 + (1 if male else 0):03d}"
    return first17 + check_digit(first17)


def make_resident(region: int, name: str = "冉小红", **over: Any) -> Resident:
    """A saved resident of a village. `id_number=""` makes somebody without papers."""
    born, gender = over.pop("birth_on", date(1975, 6, 15)), over.pop("gender", "f")
    number = over.pop("id_number", None)
    facts: dict[str, Any] = {"now": NOW, "phone": "13800001111", "address": "大坡村3组12号", "ethnicity": "汉族", **over}
    facts["id_number"] = id_number(born, male=gender == "m") if number is None else number
    resident = new_resident(region, name, gender=gender, birth_on=born, **facts)
    resident.save()
    if resident.household_id is not None:
        Membership.objects.create(region=region, resident=resident, household=resident.household, relation=resident.relation, since_on=date(2020, 1, 1))
    return resident


def make_household(region: int, **over: Any) -> Household:
    """A saved household without members; give `household=` to make_resident."""
    facts: dict[str, Any] = {"number": f"5002{next(SERIAL):06d}", "address": "大坡村3组12号", "settled_on": date(2020, 1, 1), **over}
    household = new_household(region, **facts)
    household.save()
    return household


def make_family(region: int, surname: str = "冉", **over: Any) -> tuple[Household, list[Resident]]:
    """A household with its head, wife and a child born in 2015."""
    household = make_household(region, head_name=f"{surname}大山", **over)
    people = [("大山", "m", date(1975, 6, 15), "户主"), ("小红", "f", date(1977, 3, 2), "配偶"), ("小山", "m", date(2015, 9, 1), "子")]
    members = [
        make_resident(region, surname + given, gender=gender, birth_on=born, household=household, relation=relation) for given, gender, born, relation in people
    ]
    return household, members


def act_now(who: Actor, name: str, data: dict[str, Any], key: str = "", *, target: Any = None) -> Receipt:
    """Does an action at the moment that the tests of this room live in; the key is the action's name unless one is given."""
    return act(who, name, data, key or name, target=target, now=NOW)
