"""What is owed because of a referral: asking after it within two weeks, and the visit after the return (A-14, A-17, A-27)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from weimin.health.actions.care import close_referral
from weimin.health.calling import open_due, plan
from weimin.health.judging import order
from weimin.health.models import Care, CareState, Due, DueKind, DueState, HealthRecord, NextFrom
from weimin.health.rules_chain import Order
from weimin.health.rules_visit import VISITED
from weimin.referrals.models import Referral, Urgency


def touch(record: HealthRecord | None, on: date) -> None:
    """A referral is a dynamic record (A-05)."""
    if record is not None and (record.touched_on is None or record.touched_on < on):
        record.touched_on = on
        record.save(update_fields=["touched_on"])


def owe_follow_up(referral: Referral, on: date, by: date, *, urgent: bool, reason: str) -> None:
    """One open row for each record: an earlier one stands, and closes with this one's result. `reason` is kept, so it is in Chinese."""
    if referral.record is None or open_due(referral.record, DueKind.REFERRAL) is not None:
        return
    facts: dict[str, Any] = {"kind": DueKind.REFERRAL, "from_on": on, "due_on": by, "urgent": urgent, "reason": reason, "doctor": referral.record.doctor}
    Due.objects.create(region=referral.region, record=referral.record, programmes=[], **facts)


def owe_two_weeks(referral: Referral, today: date) -> None:
    """Whoever was sent up is asked after by the day that is written on the referral."""
    with translation.override("zh-hans"):
        reason = _("双向转诊追踪")
    owe_follow_up(referral, today, referral.follow_by or today, urgent=referral.urgency == Urgency.EMERGENCY, reason=reason)


def settle_follow_up(referral: Referral, on: date) -> None:
    """The result is known; what a screening waits for stays until the doctor confirms or excludes it."""
    end_follow_up(referral, on, DueState.DONE)


def drop_follow_up(referral: Referral, on: date) -> None:
    """Nothing to ask after; what a screening waits for stays."""
    end_follow_up(referral, on, DueState.CANCELLED)


def end_follow_up(referral: Referral, on: date, state: str) -> None:
    if referral.record is not None and not Care.objects.filter(record=referral.record, state=CareState.SUSPECTED).exists():
        close_referral(referral.record, on, state)


def take_back_two_weeks(referral: Referral) -> None:
    """The row that `owe_two_weeks` wrote when the referral came to this record, and no other."""
    sent_on = timezone.localdate(referral.sent_at)
    written = Due.objects.filter(record=referral.record, kind=DueKind.REFERRAL, state=DueState.OPEN, from_on=sent_on, programmes=[])
    written.filter(due_on=referral.follow_by or sent_on).update(state=DueState.CANCELLED)


def plan_recovery(referral: Referral, returned_on: date, visit_by: date, today: date) -> None:
    """The next visit moves to within the hospital's date; who is owed no visits is asked after instead."""
    if referral.record is None:
        return
    cares = list(Care.objects.select_for_update().filter(record=referral.record, state=CareState.MANAGED).order_by("pk"))
    visited = [care for care in cares if care.programme in VISITED]
    if not visited:
        with translation.override("zh-hans"):
            reason = _("出院康复随访")
        owe_follow_up(referral, min(today, visit_by), visit_by, urgent=True, reason=reason)
        return
    order(visited, Order(visit_by, returned_on, NextFrom.HOSPITAL), referral.pk)
    plan(referral.record, cares, open_due(referral.record), today)
