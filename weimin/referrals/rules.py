"""What follows from a referral: limits, days, stays, what was in time. Pure; rules A-11, A-14, A-17, A-27, A-42."""

from __future__ import annotations

from datetime import date, timedelta

ANSWER = {"emergency": "answer_emergency", "ordinary": "answer_ordinary"}
HELD = {"declined": "arrange_again", "missed": "arrange_again", "returned": "receive"}


def limit_key(state: str, urgency: str) -> str:
    """The limit of the desk that holds a referral; empty where a date on the referral says it, or nothing does."""
    return ANSWER[urgency] if state == "sent" else HELD.get(state, "")


def follow_by(sent_on: date, days: int) -> date:
    """The last day on which the community asks what became of the referral."""
    return sent_on + timedelta(days=days)


def followed_in_time(follow_by_on: date | None, followed_on: date | None, today: date) -> bool | None:
    """None while there is still time."""
    if follow_by_on is None:
        return None
    if followed_on is not None:
        return followed_on <= follow_by_on
    return None if today <= follow_by_on else False


def stay_of(arrived_on: date | None, admitted_on: date | None, returned_on: date | None, closed_on: date | None) -> tuple[date, date | None] | None:
    """First and last day in the hospital's hands, None as the last while there; None for somebody who never came."""
    first = arrived_on or admitted_on
    if first is None:
        return None
    return first, returned_on or closed_on


def refers(emergency: bool, refer: bool, visited_on: date, today: date, fresh_days: int) -> bool:
    """A visit is the ground of a referral while it is fresh and the standard said so."""
    return (emergency or refer) and 0 <= (today - visited_on).days <= fresh_days


def urgency_of(emergency: bool) -> str:
    return "emergency" if emergency else "ordinary"
