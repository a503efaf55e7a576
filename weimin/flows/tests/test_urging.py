"""Urging: the holder first, then one level up; by hand, and by the morning's job."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from weimin.accounts.roles import Role
from weimin.actions.act import act
from weimin.flows.jobs import urge_overdue
from weimin.flows.ladder import desk_above
from weimin.flows.models import Step
from weimin.flows.tests.builders import make_step
from weimin.messages.models import Message
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import NotAllowed, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = pytest.mark.req("S5")


def told() -> list[str]:
    with entered(system_actor()):
        return list(Message.objects.order_by("pk").values_list("role", flat=True))


def now_of(step: Step) -> Step:
    with entered(system_actor()):
        return Step.objects.get(pk=step.pk)


def test_the_first_urging_reaches_the_holder_only(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    step = make_step(places.village, now)
    act(actor("supervisor", places.county), "flows.urge", {"note": "请抓紧"}, "k1", target=step.pk, now=now)
    assert told() == ["village"]
    assert (now_of(step).urged_count, now_of(step).urged_up_at) == (1, None)


def test_the_second_urging_also_goes_one_level_up(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    step, who = make_step(places.village, now), actor("supervisor", places.county)
    act(who, "flows.urge", {}, "k1", target=step.pk, now=now)
    act(who, "flows.urge", {}, "k2", target=step.pk, now=now + timedelta(days=1))
    assert told() == ["village", "village", "township"]
    assert now_of(step).urged_up_at == now + timedelta(days=1)


def test_urging_twice_on_a_day_is_refused_and_tells_nobody(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    step, who = make_step(places.village, now), actor("leader", places.county)
    act(who, "flows.urge", {}, "k1", target=step.pk, now=now)
    with pytest.raises(RuleBroken, match="今天已经催办过"):
        act(who, "flows.urge", {}, "k2", target=step.pk, now=now + timedelta(hours=2))
    assert told() == ["village"]


def test_nobody_urges_their_own_desk(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    step = make_step(places.village, now, role="township")
    with pytest.raises(RuleBroken, match="您自己的岗位"):
        act(actor("township", places.township), "flows.urge", {}, "k", target=step.pk, now=now)


def test_a_village_may_not_urge(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    step = make_step(places.village, now, role="township")
    with pytest.raises(NotAllowed):
        act(actor("village", places.village), "flows.urge", {}, "k", target=step.pk, now=now)
    assert told() == []


def test_another_township_s_step_is_not_there(jurisdiction: Any, actor: Any, places: Any, now: datetime) -> None:
    step = make_step(places.village, now)
    with pytest.raises(NotVisible):
        act(actor("township", places.other_township), "flows.urge", {}, "k", target=step.pk, now=now)


def test_the_job_urges_what_is_overdue_once_a_day(jurisdiction: Any, places: Any, now: datetime) -> None:
    late = make_step(places.village, now, due_at=now - timedelta(days=3), opened_at=now - timedelta(days=20))
    make_step(places.village, now, subject_id=2)
    assert (urge_overdue(now), urge_overdue(now)) == (1, 0)
    assert (told(), now_of(late).urged_count) == (["village"], 1)


def test_the_job_goes_up_after_three_working_days(jurisdiction: Any, places: Any, now: datetime) -> None:
    late = make_step(places.village, now, due_at=now - timedelta(days=6), opened_at=now - timedelta(days=20))
    assert urge_overdue(now) == 1
    assert (told(), now_of(late).urged_up_at) == (["village", "township"], now)
    assert urge_overdue(now + timedelta(days=1)) == 0


def test_the_job_tells_the_level_above_once_for_all_late_steps_of_a_township(jurisdiction: Any, places: Any, now: datetime) -> None:
    for number in range(3):
        make_step(places.village, now, subject_id=number, due_at=now - timedelta(days=6), opened_at=now - timedelta(days=20))
    assert urge_overdue(now) == 3
    assert told() == ["village", "village", "village", "township"]
    with entered(system_actor()):
        assert Message.objects.get(role="township").parameters == {"place": "龙潭镇", "count": 3, "days": 3}


def test_the_job_leaves_paused_steps_alone(jurisdiction: Any, places: Any, now: datetime) -> None:
    make_step(
        places.village,
        now,
        due_at=now - timedelta(days=6),
        opened_at=now - timedelta(days=20),
        paused_since=now - timedelta(days=7),
    )
    assert urge_overdue(now) == 0


def test_every_urging_is_on_the_trail(jurisdiction: Any, places: Any, now: datetime) -> None:
    step = make_step(places.village, now, due_at=now - timedelta(days=3), opened_at=now - timedelta(days=20))
    urge_overdue(now)
    with entered(system_actor()):
        entry = Entry.objects.get(action="flows.urge")
    assert (entry.subject_id, entry.region, entry.after["urged_count"]) == (step.pk, places.village, 1)


@pytest.mark.req("S5")
def test_every_post_has_a_level_above_it() -> None:
    """A step of a post without one would end the morning's urging for all."""
    assert {role for role in Role.values if desk_above(role) not in Role.values} == set()
