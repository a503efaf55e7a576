"""Rosters of rooms come together on the workbench."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from weimin.ui import duty
from weimin.ui.duty import SHOWN, OnDuty, duties_of, roster

TODAY, CLERK = date(2026, 11, 30), SimpleNamespace(name="张三", role="window")
pytestmark = pytest.mark.req("X2")


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty, "_rosters", {})


def many(actor: Any, day: date) -> list[OnDuty]:
    return [OnDuty(f"{number} 号窗口", actor.name) for number in range(20)]


def test_rosters_come_in_their_order_and_stop() -> None:
    roster("b", label="窗口", order=2)(many)
    roster("a", label="带班领导", order=1)(lambda actor, day: [OnDuty("中心", "李四")])
    assert [(label, len(lines)) for label, lines in duties_of(CLERK, TODAY)] == [("带班领导", 1), ("窗口", SHOWN)]


def test_a_roster_with_nobody_is_not_shown() -> None:
    roster("a", label="窗口")(lambda actor, day: [])
    assert duties_of(CLERK, TODAY) == []
