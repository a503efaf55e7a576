"""The one way a resident's row is made: every writer (intake, import, births, transfers, the demonstration) calls `new_resident`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from weimin.residents.models import Household, IdKind, Resident
from weimin.residents.naming import names_of, tidy_name
from weimin.residents.rules import tidy_number, upgraded

HEAD = "户主"  # text: data


def new_resident(
    region: int, name: str, *, gender: str, birth_on: date, now: datetime, id_kind: str = IdKind.ID_CARD, id_number: str = "", phone: str = "",
    **facts: Any,
) -> Resident:  # fmt: skip
    """An unsaved resident with every computed column filled in; `facts` are further columns. An old 15-digit number becomes the 18-digit one."""
    number = upgraded(id_number) if id_kind == IdKind.ID_CARD else tidy_number(id_number)
    resident = Resident(
        region=region, gender=gender, birth_on=birth_on, id_kind=id_kind if number else IdKind.NONE, id_number=number or None,
        phone=tidy_number(phone) or None, updated_at=now, **facts,
    )  # fmt: skip
    name_resident(resident, name)
    return resident


def name_resident(resident: Resident, name: str) -> None:
    """Sets the name and the columns that are computed from it."""
    resident.name = tidy_name(name)
    resident.given, resident.pinyin, resident.initials, resident.pinyin_other, resident.initials_other = names_of(resident.name)


def new_household(region: int, **facts: Any) -> Household:
    """An unsaved household of a village."""
    return Household(region=region, **facts)
