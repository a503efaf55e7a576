"""The two limits of a case against a table worked out from the law texts and the holiday notices of 2025 and 2026."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from weimin.calendars.published import package_days, package_years
from weimin.calendars.rules import Calendar
from weimin.cases.clocks import end_of
from weimin.cases.models import Case, CasePause

ZONE = ZoneInfo("Asia/Shanghai")
ROWS = YAML(typ="safe").load(Path(__file__).with_name("data") / "deadlines.yaml")
CALENDAR = Calendar({day: kind for day, (kind, _name) in package_days().items()}, package_years())
pytestmark = pytest.mark.req("S3")


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["say"])
def test_a_limit_ends_on_the_day_that_the_law_says(row):
    case = Case(accepted_at=moment(row["start"]), extended=row.get("extended", 0))
    pauses = [CasePause(kind="supplement", since=noon(start), until=noon(end)) for start, end in row.get("pauses", [])]
    end = end_of(row["limit"], row["unit"], case, pauses, CALENDAR)
    assert end is not None
    shown = end.at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if row["unit"] == "hour" else end.on
    assert shown == row["due"]


def test_the_table_is_long_enough_to_mean_something():
    assert len(ROWS) >= 60
    assert {row["unit"] for row in ROWS} == {"workday", "day", "month", "hour"}
