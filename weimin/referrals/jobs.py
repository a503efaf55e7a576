"""At night a referral whose patient was visited after the return is over: nobody has to tell the software twice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from weimin.actions.act import act
from weimin.health.models import Visit
from weimin.referrals.models import EndReason, Referral, State
from weimin.walls.actor import Actor, system_actor
from weimin.walls.periodic import every
from weimin.walls.session import entered

AT_ONCE = 2000


def visited(robot: Actor) -> list[tuple[int, date]]:
    """(referral, day) of those received whose first visit after the return is written down."""
    after = Visit.objects.filter(record=OuterRef("record"), on__gt=OuterRef("returned_on"), corrections__isnull=True)
    rows = Referral.objects.visible_to(robot).filter(Exists(after), state=State.RECEIVED).annotate(day=Subquery(after.order_by("on").values("on")[:1]))
    return list(rows.order_by("pk").values_list("pk", F("day"))[:AT_ONCE])


@every("25 5 * * *", "referrals.close_visited", label=_("康复随访已做的转诊自动结束"), own_transactions=True)
def close_visited(jurisdiction: Any, now: datetime) -> None:
    """One action each, in its own transaction."""
    robot = system_actor(jurisdiction.low, jurisdiction.high, name="referrals.close_visited")
    with entered(robot):
        found = visited(robot)
    for number, day in found:
        data = {"why": EndReason.RECOVERED.value, "visited_on": day.isoformat()}
        act(robot, "referrals.close", data, f"close-visited-{number}", target=number, now=now)
