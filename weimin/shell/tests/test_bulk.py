"""Ticked rows are done in one post: each with its own key, each told what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from weimin.actions.act import new_key
from weimin.actions.registry import ACTIONS
from weimin.flows.models import Step
from weimin.flows.tests.builders import make_step
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X2", "S5")


def late(region: int, number: int, **over: Any) -> Step:
    now = timezone.now()
    return make_step(region, now, subject_id=number, opened_at=now - timedelta(days=60), due_at=now - timedelta(days=9), **over)


def urged() -> dict[int, int]:
    with entered(system_actor()):
        return dict(Step.objects.values_list("pk", "urged_count"))


def send(client: Any, *steps: Any, action: str = "flows.urge", key: str = "", **more: Any) -> Any:
    return client.post("/todo/bulk/", {"row": [getattr(step, "pk", step) for step in steps], "action": action, "key": key or new_key(), **more})


def test_two_ticked_steps_are_urged_in_one_post(jurisdiction: Any, client_as: Any, places: Any) -> None:
    first, second, third = (late(places.village, number) for number in (1, 2, 3))
    answer = send(client_as("township", places.township), first, second)
    assert "办成 2 件，没有办成 0 件" in answer.content.decode()
    assert urged() == {first.pk: 1, second.pk: 1, third.pk: 0}


def test_the_same_post_again_changes_nothing(jurisdiction: Any, client_as: Any, places: Any) -> None:
    step, client, key = late(places.village, 1), client_as("township", places.township), new_key()
    answers = [send(client, step, key=key) for _again in range(2)]
    assert urged() == {step.pk: 1}
    assert all("办成 1 件" in answer.content.decode() for answer in answers)


def test_a_row_whose_state_refuses_is_told_and_the_others_are_done(jurisdiction: Any, client_as: Any, places: Any) -> None:
    good, own = late(places.village, 1), late(places.village, 2, role="township")
    page = send(client_as("township", places.township), own, good).content.decode()
    assert "办成 1 件，没有办成 1 件" in page and "这一步由您自己的岗位承办，不用催办。" in page
    assert urged() == {good.pk: 1, own.pk: 0}


def test_a_step_of_another_township_is_not_there(jurisdiction: Any, client_as: Any, places: Any) -> None:
    foreign = late(places.other_village, 1)
    page = send(client_as("township", places.township), foreign, 987654321).content.decode()
    assert page.count("已经办结，或者不在您的辖区。") == 2
    assert urged() == {foreign.pk: 0}


@pytest.mark.parametrize(("action", "status"), [("flows.pause", 404), ("no.such", 404), ("", 404), ("flows.urge", 403)])
def test_what_may_not_be_done_in_bulk_is_refused(jurisdiction: Any, client_as: Any, places: Any, action: str, status: int) -> None:
    step = late(places.village, 1)
    assert send(client_as("finance" if status == 403 else "lead_office", places.county), step, action=action).status_code == status
    assert urged() == {step.pk: 0}


def test_nothing_ticked_is_refused_with_a_sentence(jurisdiction: Any, client_as: Any, places: Any) -> None:
    answer = send(client_as("township", places.township))
    assert answer.status_code == 422 and "没有勾选事项" in answer.content.decode()


def test_the_list_of_others_offers_urging_and_my_own_does_not(jurisdiction: Any, client_as: Any, places: Any, now: datetime) -> None:
    late(places.village, 1), late(places.village, 2, role="township")
    client = client_as("township", places.township)
    urging = 'name="action" value="flows.urge"'
    assert [urging in client.get(url).content.decode() for url in ("/?tab=team", "/")] == [True, False]


def test_no_action_of_bulk_wants_anything_typed() -> None:
    asking = [name for name, action in ACTIONS.items() if action.bulk and any(field.required for field in action.form.base_fields.values())]
    assert asking == []
