"""The value types that plan files are made of: keys, days, percents, money, region codes, references."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from weimin.yamlfiles.walk import Ref

MONEY = re.compile(r"(\d+(?:\.\d+)?)\s*(万元|元)")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")
KEY_PATTERN = r"^[a-z][a-z0-9_]*$"


def to_fen(value: Any) -> Any:
    """ "10万元" or "68元" -> fen. A bare number is refused: nobody could tell yuan from fen."""
    if isinstance(value, str) and (found := MONEY.fullmatch(value.strip())):
        fen = Decimal(found[1]) * (1_000_000 if found[2] == "万元" else 100)
        if fen == fen.to_integral_value():
            return int(fen)
    raise PydanticCustomError("plan_money", "money")


def as_written(fen: int) -> str:
    """Fen as a plan file writes money, so that a stored plan reads back as itself: 6800 → 68元."""
    yuan = f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)
    return f"{yuan}元"  # text: data


def to_day(value: Any, info: ValidationInfo) -> Any:
    """A date, or MM-DD in the plan's year (`meta.year`, carried as validation context)."""
    if type(value) is date:
        return value
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return _calendar_day(*(int(part) for part in value.split("-")))
    year = (info.context or {}).get("year")
    found = MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise PydanticCustomError("plan_day", "day")
    if not year:
        raise PydanticCustomError("plan_year", "year")
    return _calendar_day(year, int(found[1]), int(found[2]))


def _calendar_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise PydanticCustomError("plan_day", "day") from None


def to_percent(value: Any) -> Any:
    """85 or "85%"."""
    if isinstance(value, str) and value.endswith("%"):
        return value[:-1].strip()
    return value


def to_region(value: Any) -> Any:
    """6, 9 or 12 digits -> the 12-digit code (500242 -> 500242000000)."""
    if type(value) is int and len(str(value)) in (6, 9, 12):
        return value * 10 ** (12 - len(str(value)))
    raise PydanticCustomError("plan_region", "region")


Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Day = Annotated[date, BeforeValidator(to_day)]
Percent = Annotated[Decimal, BeforeValidator(to_percent), Field(ge=0, le=100)]
Fen = Annotated[int, BeforeValidator(to_fen), Field(ge=0), PlainSerializer(as_written, when_used="json")]
RegionCode = Annotated[int, BeforeValidator(to_region)]
RoleKey = Annotated[str, Ref("roles")]
TierKey = Annotated[str, Ref("tiers")]
BatchKey = Annotated[str, Ref("batches")]
GoalKey = Annotated[str, Ref("goals")]
StandardKey = Annotated[str, Ref("standards")]
StandardItemKey = Annotated[str, Ref("standard_items")]


class Part(BaseModel):
    """A part of a plan file. Unknown keys are errors; values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)


class Fact(Part):
    """A part that states something, with the place in the document that says so."""

    source: str = Field("", description="出处：文件的章节，例如“三（一）5”")
    note: str = Field("", description="说明：原文的含糊之处、口径、解释")
    confirm: bool = Field(False, description="true 表示原文没有写明、需要本地确认")
