"""Who sits where today is on the workbench of the township, and of nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from weimin.reception.on_duty import at_windows
from weimin.reception.tests.builders import make_centre, make_clerk, make_duty, make_window
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X2", "S2")


@pytest.fixture
def today(jurisdiction: Any, places: Any) -> Any:
    day = timezone.localdate()
    with entered(system_actor()):
        site = make_centre(places.township)
        make_duty(make_window(site, 1, name="综合窗口"), make_clerk(site), on=day)
        make_duty(make_window(site, 2, name="社保窗口"), None, on=day, half="afternoon", instead_of=make_clerk(site, "李四"))
    return day


def lines(who: Any, day: Any) -> list[tuple[str, str, str]]:
    with entered(who):
        return [(line.place, line.who, line.detail) for line in at_windows(who, day)]


def test_the_township_sees_who_sits_where_and_which_seat_is_vacant(today: Any, actor: Any, places: Any) -> None:
    assert lines(actor("window", places.township), today) == [("1 号 综合窗口", "冉小红", "上午"), ("2 号 社保窗口", "空缺", "下午")]


def test_another_township_and_the_county_do_not(today: Any, actor: Any, places: Any) -> None:
    assert [lines(actor("window", places.other_township), today), lines(actor("lead_office", places.county), today)] == [[], []]


def test_it_is_on_the_workbench(today: Any, client_as: Any, places: Any) -> None:
    page = client_as("window", places.township).get("/").content.decode()
    assert "今日值班" in page and "1 号 综合窗口" in page
