"""The first line of the workbench."""

from __future__ import annotations

from datetime import datetime

import pytest

from weimin.calendars.clock import ZONE
from weimin.calendars.rules import HOLIDAY, Calendar
from weimin.shell.greeting import date_line, greeting

MONDAY = datetime(2026, 11, 23, 15, tzinfo=ZONE)
PLAIN = Calendar({}, [2026])


@pytest.mark.parametrize(("hour", "words"), [(2, "夜深了"), (7, "早上好"), (10, "上午好"), (13, "中午好"), (15, "下午好"), (22, "晚上好")])
def test_the_greeting_follows_the_hour(hour: int, words: str) -> None:
    assert greeting("王秀兰", MONDAY.replace(hour=hour)) == f"王秀兰，{words}"


def test_the_date_line_names_day_post_and_what_is_due_soon() -> None:
    assert date_line(MONDAY, "代办员 · 石桥村", 3, PLAIN) == "2026 年 11 月 23 日 星期一 · 代办员 · 石桥村 · 有 3 件快到期"


def test_a_holiday_is_named() -> None:
    calendar = Calendar({MONDAY.date(): HOLIDAY}, [2026], {MONDAY.date(): "州庆"})
    assert date_line(MONDAY, "", 0, calendar).endswith("· 州庆放假")
