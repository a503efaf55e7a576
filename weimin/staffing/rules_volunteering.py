"""What holds for volunteer hours (I-20 to I-22). Pure: no query, clock, person or request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML

from weimin.calendars.clock import Limit
from weimin.walls.errors import RuleBroken

_data: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("data") / "volunteering.yaml")
RECORD_WITHIN = Limit(_data["record_within"]["value"], _data["record_within"]["unit"], basis="志愿服务记录与证明出具办法 11")  # text: data
MOST_HOURS: int = _data["most_hours_a_time"]
STAR_HOURS: tuple[int, ...] = tuple(_data["star_hours"])
PROOF_DAYS: int = _data["proof_days"]


def stars(minutes: int) -> int:
    """The star level of a volunteer by all hours: 0 to 5 (I-22)."""
    return sum(minutes >= hours * 60 for hours in STAR_HOURS)


def minutes_to_next(minutes: int) -> int | None:
    """How much is missing to the next star; None with five."""
    return next((hours * 60 - minutes for hours in STAR_HOURS if minutes < hours * 60), None)


def hours_words(minutes: int) -> str:
    """Hours as people say them: 90 is 1.5, 120 is 2."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def check_served(starts_at: datetime, ends_at: datetime, first: datetime, last: datetime) -> int:
    """The minutes of one person inside an activity from `first` to `last`; RuleBroken when it cannot be."""
    if not first <= starts_at < ends_at <= last:
        raise RuleBroken(_("服务时间要在活动时间以内，结束要晚于开始；来回路上和培训不算。"))
    span = ends_at - starts_at
    if span > timedelta(hours=MOST_HOURS):
        raise RuleBroken(_("一次最多记 %(hours)d 小时，请核对；分几天的活动分开登记。") % {"hours": MOST_HOURS})
    return round(span.total_seconds() / 60)


def check_no_overlap(starts_at: datetime, ends_at: datetime, others: Iterable[tuple[datetime, datetime, str]]) -> None:
    """One person serves at one place at a time."""
    for first, last, name in others:
        if starts_at < last and first < ends_at:
            raise RuleBroken(_("这个人同一时间已经记在“%(name)s”，不能重复记。") % {"name": name})


def check_period(starts_on: date, ends_on: date) -> None:
    if not 0 <= (ends_on - starts_on).days <= PROOF_DAYS:
        raise RuleBroken(_("截止日期不能早于起始日期，一张证明最多五年。"))
