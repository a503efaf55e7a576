"""Plans, batches, invitations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from weimin.actions.examples import Example
from weimin.examinations.tests.builders import make_batch, make_invitation, make_plan
from weimin.health.tests.builders import make_record
from weimin.residents.tests.builders import TODAY
from weimin.residents.tests.examples import village
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]
PLAN = {
    "year": "2026", "groups": ["elderly", "hypertension"], "from_age": "65", "place": "村卫生室", "starts_on": "2026-11-01", "ends_on": "2026-12-20",
}  # fmt: skip
BATCH = {"on": "2026-12-01", "hours": "7:30—11:00", "place": "村卫生室", "capacity": "40", "doctor_name": "李医生"}
DAYS = {"place": "乡卫生院", "starts_on": "2026-10-01", "ends_on": "2026-12-10"}
REFUSED = {"refusal": "away", "refusal_note": "在广东打工", "on": "2026-11-20"}


def new_plan(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    make_record(village(region))
    return None, {**PLAN, "region": str(village(region))}


def a_plan(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_plan(village(region), **over).pk, dict(data))


def new_batch(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    plan = make_plan(village(region))
    return plan.pk, {**BATCH, "region": str(plan.region)}


def listed(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    plan = make_plan(village(region))
    make_batch(plan)
    make_invitation(plan)
    return plan.pk, {}


def a_batch(data: dict[str, Any], **over: Any) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        batch = make_batch(make_plan(village(region)), **over)
        make_invitation(batch.plan, batch=batch)
        return batch.pk, dict(data)

    return build


def today(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    batch = make_batch(make_plan(village(region)), on=TODAY)
    return batch.pk, {"came": [str(make_invitation(batch.plan, batch=batch).pk)]}


def an_invitation(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_invitation(make_plan(village(region)), **over).pk, dict(data))


def another_batch(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    plan = make_plan(village(region))
    return make_invitation(plan, batch=make_batch(plan)).pk, {"batch": str(make_batch(plan, on=TODAY + timedelta(days=9)).pk)}


SETTLED: dict[str, Any] = {"state": "examined", "settled_on": TODAY}
EXAMPLES = {
    "examinations.make_plan": Example("doctor", new_plan),
    "examinations.change_plan": Example("doctor", a_plan(DAYS), wrong=a_plan(DAYS, state="closed")),
    "examinations.draw_list": Example("doctor", listed, wrong=a_plan({}, state="closed")),
    "examinations.distribute": Example("doctor", listed, wrong=a_plan({}, state="closed")),
    "examinations.close_plan": Example("doctor", a_plan({}), wrong=a_plan({}, state="closed")),
    "examinations.add_batch": Example("doctor", new_batch, wrong=a_plan(BATCH, state="closed")),
    "examinations.change_batch": Example("doctor", a_batch(BATCH), wrong=a_batch(BATCH, state="held")),
    "examinations.cancel_batch": Example("doctor", a_batch({}), wrong=a_batch({}, state="held")),
    "examinations.check_in": Example("doctor", today, wrong=a_batch({"came": []})),
    "examinations.end_batch": Example("doctor", a_batch({}, on=TODAY), wrong=a_batch({})),
    "examinations.refuse": Example("doctor", an_invitation(REFUSED), wrong=an_invitation(REFUSED, **SETTLED)),
    "examinations.move_invitation": Example("doctor", another_batch, wrong=an_invitation({"batch": "1"}, **SETTLED)),
}
