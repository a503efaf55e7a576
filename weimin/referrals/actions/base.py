"""What the actions of this room share: who may, how a referral is found, carried on and told of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _now

from weimin.actions.registry import Outcome
from weimin.flows.models import NEVER
from weimin.flows.steps import move
from weimin.health.actions.base import CLINICIANS, KEEPERS, named
from weimin.messages.sending import send
from weimin.referrals.desks import Desk, community_desk, hospital_desk, seen_by, works_at
from weimin.referrals.flow import DESKS, REFERRAL, referral_url
from weimin.referrals.limits import limit
from weimin.referrals.models import OVER, Referral, State
from weimin.referrals.rules import limit_key
from weimin.secrets.masking import mask
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

__all__ = ["CLINICIANS", "KEEPERS", "at", "carry", "find_referral", "hospital_side", "tell_community", "tell_hospital", "told", "where"]


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def find_referral(actor: Actor, pk: Any) -> Referral:
    return seen_by(actor).select_for_update(of=("self",)).select_related("resident", "record", "summary").get(pk=pk)


def at(*states: State) -> Any:
    """A check: the referral is in one of the states."""

    def check(referral: Referral, actor: Actor, now: datetime) -> None:
        if referral.state not in states:
            raise RuleBroken(_now("这次转诊现在是“%(state)s”，不能办理这一步。") % {"state": referral.get_state_display()})

    return check


def hospital_side(*states: State) -> Any:
    """A check: as `at`; and a hospital that works here answers for itself."""

    def check(referral: Referral, actor: Actor, now: datetime) -> None:
        at(*states)(referral, actor, now)
        if referral.attended and actor.role in KEEPERS:
            raise RuleBroken(_now("“%(hospital)s”在本系统里自己办理这一步，请等医院答复或打电话催。") % {"hospital": referral.hospital})

    return check


def desk_of(referral: Referral, on: date) -> Desk:
    """Who holds it now."""
    if DESKS[State(referral.state)] == "hospital" and referral.attended:
        return hospital_desk(referral.hospital, on)
    return community_desk(referral.region, on)


@in_chinese
def title_of(referral: Referral) -> str:
    """The name masked, no illness and no hospital, for steps are read by posts without the purpose too."""
    words = _now("上转%(name)s") if referral.is_up else _now("下转%(name)s")
    return words % {"name": mask("name", referral.resident.name, "public")}


def carry(referral: Referral, action: str, start: str, by: Actor, now: datetime, on: date, *, due_on: date | None = None) -> None:
    """Saves the referral in its new state, closes the step of the desk before and opens the next one with its clock."""
    over = referral.state in OVER
    desk = Desk("") if over else desk_of(referral, on)
    key = limit_key(referral.state, referral.urgency)
    step = move(
        referral, REFERRAL, action, start, referral.state, by, now, title=title_of(referral), region=referral.region, due_on=due_on,
        limit=limit(key, on) if key else None, role=desk.role, holder=desk.holder,
    )  # fmt: skip
    referral.wait_until = now if over else (step.due_at if step and step.due_at else NEVER)
    referral.save()


@in_chinese
def tell_hospital(referral: Referral, words: Any, now: datetime, on: date) -> None:
    """`words`: translated when they are read here; they name nobody; urgent ones ring."""
    desk = hospital_desk(referral.hospital, on)
    if desk.attended:
        send(desk.holder or "hospital", referral.region, str(words), referral_url(referral.pk), now, urgent=referral.urgency == "emergency")


@in_chinese
def tell_community(referral: Referral, words: Any, now: datetime, on: date, **facts: Any) -> None:
    """Whoever sent the patient, while the patient lives where they work, else who holds the desk of the village."""
    sender = referral.doctor if referral.doctor and works_at(referral.doctor, referral.region, on) else None
    to = sender or community_desk(referral.region, on).role
    send(to, referral.region, str(words) % facts if facts else str(words), referral_url(referral.pk), now, urgent=referral.urgency == "emergency")


def told(referral: Referral, start: str, message: Any, **after: Any) -> Outcome:
    """The trail names the person by a masked name, no illness and no hospital."""
    facts = {"name": named(referral.resident), "direction": referral.direction, "state": referral.state, **after}
    return Outcome(referral, before={"state": start} if start else {}, after=facts, message=message, next_url=referral_url(referral.pk))
