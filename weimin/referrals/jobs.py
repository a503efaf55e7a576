"""An emergency that nobody answered is called out within minutes; at night a referral whose patient was visited after the return is over."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.act import act
from weimin.flows.models import OPEN, Step
from weimin.health.models import Visit
from weimin.messages.sending import send
from weimin.referrals.desks import community_desk
from weimin.referrals.following import SUBJECT
from weimin.referrals.models import EndReason, Lane, Referral, State, Urgency
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.periodic import every
from weimin.walls.session import entered

AT_ONCE, CALLED = 2000, 200


def visited(robot: Actor) -> list[tuple[int, date]]:
    """(referral, day) of those received whose first visit after the return is written down."""
    after = Visit.objects.filter(record=OuterRef("record"), on__gt=OuterRef("returned_on"), corrections__isnull=True)
    rows = Referral.objects.visible_to(robot).filter(Exists(after), state=State.RECEIVED).annotate(day=Subquery(after.order_by("on").values("on")[:1]))
    return list(rows.order_by("pk").values_list("pk", F("day"))[:AT_ONCE])


@every("25 5 * * *", "referrals.close_visited", label=_("康复随访已做的转诊自动结束"), own_transactions=True)
def close_visited(jurisdiction: Any, now: datetime) -> None:
    """One action each, in its own transaction; closed in this very moment, it is left alone and the others go on."""
    robot = system_actor(jurisdiction.low, jurisdiction.high, name="referrals.close_visited")
    with entered(robot):
        found = visited(robot)
    for number, day in found:
        data = {"why": EndReason.RECOVERED.value, "visited_on": day.isoformat()}
        with suppress(RuleBroken, InputInvalid):
            act(robot, "referrals.close", data, f"close-visited-{number}", target=number, now=now)


def unanswered(robot: Actor, now: datetime) -> list[tuple[int, int]]:
    """(step, village) of emergencies whose clock has run out and that were not urged yet."""
    late = Referral.objects.visible_to(robot).filter(lane=Lane.WAITING, urgency=Urgency.EMERGENCY, wait_until__lte=now)
    steps = Step.objects.filter(OPEN, subject_type=SUBJECT, subject_id__in=late.values("pk"), urged_count=0)
    return list(steps.order_by("due_at", "pk").values_list("pk", "region")[:CALLED])


@every("*/10 * * * *", "referrals.call_unanswered", label=_("紧急转诊没有答复时提醒"), own_transactions=True)
def call_unanswered(jurisdiction: Any, now: datetime) -> None:
    """The hospital is urged and the health bureau told, once, by day and night: two hours cannot wait for the morning's urging."""
    robot = system_actor(jurisdiction.low, jurisdiction.high, name="referrals.call_unanswered")
    with entered(robot):
        found = unanswered(robot, now)
    for number, region in found:
        call_one(robot, number, region, now)


def call_one(robot: Actor, step: int, region: int, now: datetime) -> None:
    """All or nothing; answered in this very moment, it is left alone."""
    try:
        with entered(robot):
            act(robot, "flows.urge", {}, f"unanswered-{step}", target=step, now=now)
            for desk in ("health_bureau", community_desk(region, timezone.localdate(now)).role):
                send(desk, region, _now("一次紧急转诊过了时限医院还没有答复，请马上过问。"), reverse("referrals:referrals"), now, urgent=True)
    except RuleBroken:
        return
