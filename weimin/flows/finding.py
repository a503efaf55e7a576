"""What the search page finds among open steps: by a part of the title, or by their place in Chinese, pinyin or initials."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.flows.listing import titled
from weimin.flows.models import Step
from weimin.flows.queries import in_place
from weimin.flows.registry import FLOWS
from weimin.flows.veil import behind_the_wall
from weimin.regions.queries import search
from weimin.regions.rules import Level
from weimin.ui.search import Hit, provider
from weimin.walls.actor import Actor


@provider("steps", label=gettext_lazy("待办事项"), order=10)
def find_steps(actor: Any, text: str, limit: int) -> list[Hit]:
    rows = in_place(actor).exclude(behind_the_wall(actor)).order_by("queue_at", "id")
    found = {step.pk: step for step in rows.filter(pk__in=titled([in_place(actor)], text))[:limit]}
    if len(found) < limit and (named := places(actor, text)):
        found |= {step.pk: step for step in rows.filter(named)[:limit]}
    return [hit(step) for step in list(found.values())[:limit] if step.flow in FLOWS]


def places(actor: Actor, text: str) -> Q:
    """Steps of the villages and townships that the text names; empty when it names none."""
    regions: list[Any] = search(text, low=actor.low, high=actor.high, limit=20)
    villages = [region.code for region in regions if region.level == Level.VILLAGE]
    townships = [region.code // 1000 for region in regions if region.level == Level.TOWNSHIP]
    return Q(place__in=villages) | Q(township__in=townships) if regions else Q()


def hit(step: Step) -> Hit:
    flow = FLOWS[step.flow]
    until = step.due_on.isoformat() if step.due_on else _("无时限")
    detail = _("%(state)s · %(role)s · 截止 %(until)s") % {
        "state": flow.state(step.state).label,
        "role": step.get_role_display(),
        "until": until,
    }
    return Hit(step.title, detail, flow.url(step.subject_id))
