"""What a form cost: counted when a page opened it and it was sent, told apart by what the record said already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from weimin.actions.act import act, new_key
from weimin.actions.burden import opened_at
from weimin.actions.models import Burden
from weimin.actions.queries import burden_by
from weimin.flows.tests.builders import make_step
from weimin.sites.tests.builders import make_site
from weimin.sites.tests.examples import CORRECTED
from weimin.walls.actor import system_actor
from weimin.walls.errors import Refusal
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X2")


def late(places: Any, now: datetime, number: int = 1) -> Any:
    return make_step(places.village, now, subject_id=number, opened_at=now - timedelta(days=60), due_at=now - timedelta(days=9))


def urge(who: Any, step: Any, note: str, minutes: float = 2, key: str = "") -> None:
    """Sends the form of urging some minutes after its page was opened."""
    key = key or new_key()
    act(who, "flows.urge", {"note": note}, key, target=step.pk, now=(opened_at(new_key()) or datetime.min) + timedelta(minutes=minutes))


def booked(who: Any) -> list[tuple[int, int, int, int]]:
    """(forms, seconds, boxes, known) of each month, post and action, over its slots."""
    names = ("forms", "seconds", "boxes", "known")
    with entered(who):
        groups = Burden.objects.values("month", "post", "action").annotate(*map(Sum, names))
        return list(groups.values_list(*(f"{name}__sum" for name in names)))


@pytest.fixture
def step(jurisdiction: Any, places: Any, now: datetime) -> Any:
    return late(places, now)


@pytest.fixture
def office(actor: Any, places: Any) -> Any:
    return actor("lead_office", places.county)


def test_a_key_tells_when_its_form_was_opened() -> None:
    moment = opened_at(f"{1_764_500_000_123:012x}7{'0' * 19}")
    assert moment is not None and moment.timestamp() == 1_764_500_000.123
    assert [opened_at(key) for key in ("", "x" * 32, "k1", "0" * 12 + "4" + "0" * 19, "f" * 12 + "7" + "0" * 19)] == [None] * 5


def test_two_keys_are_never_the_same() -> None:
    assert len({new_key() for _number in range(1000)}) == 1000


def test_a_form_is_booked_with_its_minutes_and_its_boxes(office: Any, step: Any) -> None:
    urge(office, step, "请今天办")
    assert booked(office) == [(1, 120, 1, 0)]


def test_forms_of_a_month_are_added_up(office: Any, step: Any, places: Any, now: datetime) -> None:
    urge(office, step, "请今天办", 1)
    urge(office, late(places, now, 2), "", 2)
    assert booked(office) == [(2, 180, 1, 0)]


def test_what_the_record_says_already_counts_as_known(office: Any, step: Any) -> None:
    urge(office, step, step.title)
    assert booked(office) == [(1, 120, 1, 1)]


def test_a_form_left_open_over_lunch_counts_half_an_hour(office: Any, step: Any) -> None:
    urge(office, step, "", 90)
    assert booked(office) == [(1, 1800, 0, 0)]


def test_what_came_filled_in_and_was_left_is_not_typed(actor: Any, places: Any, jurisdiction: Any) -> None:
    who = actor("township", places.township)
    with entered(system_actor()):
        site = make_site(region=places.village)
    act(who, "sites.correct", CORRECTED, new_key(), target=site.pk)
    [(_forms, _seconds, first, _known)] = booked(who)
    act(who, "sites.correct", CORRECTED, new_key(), target=site.pk)
    assert first > 0 and booked(who) == [(2, 0, first, 0)]


@pytest.mark.parametrize("key", ["row-1", "0" * 32])
def test_rows_and_programs_fill_in_no_form(office: Any, step: Any, key: str) -> None:
    urge(office, step, "请今天办", key=key)
    assert booked(office) == []


def test_a_program_with_a_key_of_ours_fills_in_no_form(office: Any, step: Any) -> None:
    urge(replace(office, channel="api"), step, "请今天办")
    assert booked(office) == []


def test_a_refusal_books_nothing(office: Any, step: Any) -> None:
    with pytest.raises(Refusal):
        urge(office, step, "长" * 500)
    assert booked(office) == []


def test_sums_are_seen_in_the_own_range_only(office: Any, actor: Any, places: Any, step: Any, now: datetime) -> None:
    clerk = actor("township", places.township)
    urge(office, step, "请今天办")
    urge(clerk, late(places, now, 2), "请今天办", 3)
    month = timezone.localdate(opened_at(new_key())).replace(day=1)
    with entered(office):
        seen = [(row["role"], row["seconds"]) for row in burden_by(office, month, "role")]
    with entered(clerk):
        own = [(row["role"], row["seconds"]) for row in burden_by(clerk, month, "role")]
    assert (seen, own) == ([("township", 180), ("lead_office", 120)], [("township", 180)])
