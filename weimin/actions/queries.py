"""Reads that pages need around an action: may it be done now, what was typed already, what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Sum

from weimin.actions.models import Burden, Draft, Receipt
from weimin.actions.registry import ACTIONS, Action
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken


@dataclass(frozen=True)
class Button:
    """What a page shows for an action on a record: nothing (absent), a link, or a disabled label with the reason."""

    action: Action
    target: Any
    reason: str = ""


def button_for(name: str, actor: Actor, target: Any, now: datetime) -> Button | None:
    """None when the post may not or the place is outside; otherwise the button, with the reason when the state refuses."""
    action = ACTIONS[name]
    region = getattr(target, "region", None)
    if not action.allows(actor) or (isinstance(region, int) and not actor.covers(region)):
        return None
    if action.check is not None:
        try:
            action.check(target, actor, now)
        except RuleBroken as refusal:
            return Button(action, target, str(refusal))
        except NotVisible:
            return None
    return Button(action, target)


def draft_of(actor: Actor, name: str, target: str) -> Draft | None:
    return Draft.objects.filter(person=actor.person or 0, action=name, target=target).first()


def list_receipts(actor: Actor, limit: int = 10) -> list[Receipt]:
    """What the person did lately, newest first."""
    return list(Receipt.objects.filter(person=actor.person or 0, region__isnull=False).order_by("-pk")[:limit])


def burden_by(actor: Actor, month: date, *keys: str) -> list[dict[str, Any]]:
    """Sums of a month grouped by columns of `Burden` ("post", "role", "region", "action"), the most time first: {key…, forms, seconds, boxes, known}."""
    sums = {name: Sum(name) for name in ("forms", "seconds", "boxes", "known")}
    return list(Burden.objects.visible_to(actor).filter(month=month).values(*keys).annotate(**sums).order_by("-seconds", *keys))


def burden_months(actor: Actor) -> list[date]:
    """The months that have figures, newest first, two years at most."""
    return list(Burden.objects.visible_to(actor).order_by("-month").values_list("month", flat=True).distinct()[:24])
