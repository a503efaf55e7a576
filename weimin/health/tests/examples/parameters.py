"""Figures that the bureau sets and confirms."""

from __future__ import annotations

from typing import Any

from weimin.actions.examples import Build, Example
from weimin.walls.actor import Actor

NEW = {"value": "135", "effective_from": "2027-01-01", "source": "×卫发〔2026〕12 号", "reason": "按新标准"}
SEEN = {"source": "WS/T 428-2013", "reason": "已对照印发文本"}


def on(key: str, data: dict[str, Any]) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        return key, dict(data)

    return build


EXAMPLES = {
    "health.set_parameter": Example("health_bureau", on("health.hypertension.target_systolic", NEW), wrong=on("exchange.system.loinc", NEW)),
    "health.confirm_parameter": Example("health_bureau", on("health.adult_body.obese_bmi", SEEN), wrong=on("health.hypertension.target_systolic", SEEN)),
}
