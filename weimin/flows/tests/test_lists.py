"""What each list holds, in which order, and how pages follow each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from weimin.actions.act import act
from weimin.flows.listing import COUNTED
from weimin.flows.queries import HANDED, TEAM, WATCHING, Filters, count_lists, list_steps
from weimin.flows.tests.builders import make_step
from weimin.shell.todo import shown
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X2")


def titles(who: Any, now: datetime, *given: Any, **named: Any) -> list[str]:
    with entered(who):
        return [step.title for step in list_steps(who, now, *given, **named).rows]


def test_mine_is_my_role_in_my_range_by_deadline_with_none_last(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    make_step(places.village, now, title="无时限", subject_id=1, due_at=None)
    make_step(places.village, now, title="晚", subject_id=2, due_at=now + timedelta(days=9))
    make_step(places.village, now, title="早", subject_id=3)
    make_step(places.village, now, title="乡镇的", subject_id=4, role="township")
    make_step(places.other_village, now, title="别村的", subject_id=5)
    assert titles(actor("village", places.village), now) == ["早", "晚", "无时限"]


def test_a_step_held_in_person_is_in_that_person_s_list_and_not_in_a_colleague_s(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    me, other = actor("lead_office", places.county), actor("lead_office", places.county, "李四")
    make_step(places.village, now, title="交给我", role="leader", holder=me.person)
    assert (titles(me, now), titles(other, now)) == (["交给我"], [])


def test_team_is_what_other_posts_of_my_range_hold(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    make_step(places.village, now, title="村里的", subject_id=1)
    make_step(places.village, now, title="我的", subject_id=2, role="township")
    make_step(places.other_village, now, title="别乡的", subject_id=3)
    assert titles(actor("township", places.township), now, TEAM) == ["村里的"]


def test_handed_on_shows_where_the_record_is_now(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    me = actor("village", places.village)
    make_step(places.village, now, title="已转", closed_at=now, closed_by=me.person, closed_name="张三", outcome="done")
    make_step(places.village, now, title="乡镇在办", role="township", state="check")
    assert titles(me, now, HANDED) == ["乡镇在办"]


def test_watching_lists_what_i_follow_until_i_no_longer_do(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    me, step = actor("leader", places.county), make_step(places.village, now, title="重点")
    act(me, "flows.watch", {}, "k1", target=step.pk, now=now)
    assert titles(me, now, WATCHING) == ["重点"]
    act(me, "flows.unwatch", {}, "k2", target=step.pk, now=now)
    assert titles(me, now, WATCHING) == []


@pytest.mark.parametrize(("colour", "wanted"), [("red", ["红"]), ("yellow", ["黄"]), ("green", ["绿"]), ("paused", ["停"])])
def test_lists_narrow_to_a_lamp(jurisdiction: Any, actor: Any, places: Any, now: datetime, colour: str, wanted: list[str]) -> None:
    begun = now - timedelta(days=60)
    make_step(places.village, now, title="红", subject_id=1, opened_at=begun, due_at=now - timedelta(days=2))
    make_step(places.village, now, title="黄", subject_id=2, opened_at=begun, due_at=now + timedelta(days=2))
    make_step(places.village, now, title="绿", subject_id=3, opened_at=begun, due_at=now + timedelta(days=40))
    make_step(
        places.village,
        now,
        title="停",
        subject_id=4,
        opened_at=begun,
        paused_since=begun,
        due_at=now - timedelta(days=2),
    )
    assert titles(actor("village", places.village), now, filters=Filters(colour)) == wanted


def test_pages_follow_each_other_without_gap_or_repeat_and_back(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    who = actor("township", places.township)
    for number in range(7):
        make_step(
            places.village,
            now,
            title=str(number),
            subject_id=number,
            role="township",
            due_at=now + timedelta(days=1 + number // 3) if number < 5 else None,
        )
    with entered(who):
        first = list_steps(who, now, size=3)
        second = list_steps(who, now, cursor=first.next, size=3)
        third = list_steps(who, now, cursor=second.next, size=3)
        back = list_steps(who, now, cursor=third.previous, size=3)
    shown = [[step.title for step in page.rows] for page in (first, second, third, back)]
    assert shown == [["0", "1", "2"], ["3", "4", "5"], ["6"], ["3", "4", "5"]]
    assert (first.previous, third.next) == ("", "")


def test_an_odd_cursor_gives_the_first_page(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    make_step(places.village, now, title="一")
    for cursor in (">nan~1", ">1e300~1", "<~", "x", ">1~99999999999999999999999", "\x00"):
        assert isinstance(titles(actor("village", places.village), now, cursor=cursor), list)


def test_the_figures_count_what_the_lists_show(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    me = actor("village", places.village)
    make_step(places.village, now, subject_id=1, opened_at=now - timedelta(days=60), due_at=now - timedelta(days=2))
    make_step(places.village, now, subject_id=2, opened_at=now - timedelta(days=60), due_at=now + timedelta(days=40))
    make_step(places.village, now, subject_id=3, role="township")
    make_step(
        places.village,
        now,
        subject_id=4,
        closed_at=now,
        closed_by=me.person,
        closed_name="张三",
        outcome="done",
        on_time=False,
    )
    with entered(me):
        counts = count_lists(me, now)
    assert counts == {
        "all": 2,
        "red": 1,
        "yellow": 0,
        "paused": 0,
        "team": 1,
        "handed": 0,
        "watching": 0,
        "done": 1,
        "done_late": 1,
    }


def test_a_record_that_went_through_my_hands_twice_counts_once(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    me = actor("village", places.village)
    for _round in range(2):
        make_step(places.village, now, closed_at=now, closed_by=me.person, closed_name="张三", outcome="done")
    make_step(places.village, now, role="township", state="check")
    with entered(me):
        assert (count_lists(me, now)["handed"], len(list_steps(me, now, HANDED).rows)) == (1, 1)


def test_a_count_stops_and_says_that_there_is_more(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    me = actor("village", places.village)
    for number in range(COUNTED + 2):
        make_step(places.village, now, subject_id=number)
    with entered(me):
        assert (count_lists(me, now)["all"], shown(COUNTED), shown(COUNTED - 1)) == (COUNTED, "99+", "99")
