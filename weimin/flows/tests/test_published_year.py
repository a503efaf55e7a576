"""When a year's holidays become known, provisional deadlines are computed anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from weimin.calendars.clock import ZONE
from weimin.calendars.publish import import_csv
from weimin.flows.models import Step
from weimin.flows.steps import open_step
from weimin.sites.models import Site
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

LAWFUL = [
    "01-01",
    "02-05",
    "02-06",
    "02-07",
    "02-08",
    "04-05",
    "05-01",
    "05-02",
    "06-09",
    "09-15",
    "10-01",
    "10-02",
    "10-03",
]


def notice() -> str:
    lines = ["日期,类型,名称,来源,适用区划"]
    lines += [f"2027-{day},节假日,法定,测试通知," for day in LAWFUL]
    lines += ["2027-01-04,节假日,元旦,测试通知,", "2027-01-05,节假日,元旦,测试通知,"]
    return "\n".join(lines)


def test_a_provisional_deadline_moves_behind_the_published_holidays(jurisdiction: Any, flow: Any, places: Any) -> None:
    begun = datetime(2026, 12, 30, 9, tzinfo=ZONE)
    with entered(system_actor()):
        step = open_step("test_flow", "doing", Site(pk=9), title="t", region=places.village, now=begun)
        assert (step.due_on, step.provisional) == (date(2027, 1, 7), True)
    import_csv(notice())
    with entered(system_actor()):
        later = Step.objects.get(pk=step.pk)
    assert (later.due_on, later.provisional) == (date(2027, 1, 11), False)
