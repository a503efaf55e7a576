"""The result goes into somebody's hands, with the proof; an agent takes it only where the mandate says so. Called by actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.attachments.attaching import attach
from weimin.calendars.clock import ZONE
from weimin.cases.models import Case, Delivery
from weimin.cases.queries.agency import mandate_of
from weimin.cases.rules_mandate import check_power, check_standing
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def book_delivery(case: Case, by: Actor, data: dict[str, Any], now: datetime) -> Delivery:
    """Books who took the result, with the proof."""
    agent = check_agent(case, by, now) if data["to"] == "agent" else ""
    proof = "tracking" if data["way"] == "post" else "drawn" if data.get("signature") else "confirmed"
    delivery = Delivery.objects.create(
        case=case, region=case.region, way=data["way"], to=data["to"], name=data["name"] or agent or case.applicant_name, proof=proof, detail=data["detail"],
        delivered_by=by.name or by.role, delivered_at=now,
    )  # fmt: skip
    for name in ("signature", "photo"):
        if data.get(name):
            attach(by, data[name], subject_type="cases.delivery", subject_id=delivery.pk, region=case.region, kind="photo", now=now)
    return delivery


def check_agent(case: Case, by: Actor, now: datetime) -> str:
    """The agent's name; RuleBroken when nobody was given the power to take the result, or no longer is."""
    mandate = mandate_of(by, case)
    if mandate is None:
        raise RuleBroken(_("这件事没有代办委托，不能由代办人签收；家属代收的，签收人身份选“家属”。"))
    check_standing(mandate.state, mandate.starts_on, mandate.until_on, now.astimezone(ZONE).date())
    check_power("receive_result", mandate.powers)
    return mandate.agent_name
