"""One valid use of each action of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from weimin.actions.examples import Build, Example
from weimin.flows.tests.builders import make_step
from weimin.walls.actor import Actor


def on_step(data: dict[str, Any], **over: Any) -> Build:
    """A step held by an operator at the actor's place."""
    return lambda actor, region: (make_step(region, timezone.now(), role="operator", **over).pk, dict(data))


def on_paused(actor: Actor, region: int) -> tuple[int, dict[str, Any]]:
    now = timezone.now()
    return make_step(region, now, role="operator", paused_since=now - timedelta(days=1), paused_reason="补正").pk, {"reason": "材料已补齐"}


def on_watched(actor: Actor, region: int) -> tuple[int, dict[str, Any]]:
    step = make_step(region, timezone.now(), role="operator")
    return step.pk, {}


EXAMPLES = {
    "flows.urge": Example("lead_office", on_step({"note": "请抓紧办理"})),
    "flows.pause": Example("lead_office", on_step({"reason": "等待公示"})),
    "flows.resume": Example("lead_office", on_paused),
    "flows.extend": Example(
        "lead_office",
        on_step({"days": "5", "reason": "连日大雪，道路不通"}),
        wrong=on_step({"days": "5", "reason": "连日大雪"}, due_at=None),
    ),
    "flows.watch": Example("leader", on_step({})),
    "flows.unwatch": Example("leader", on_watched),
}
