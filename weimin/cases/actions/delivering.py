"""The result goes into somebody's hands, with the evidence; an agent takes it only where the mandate says so. Called by actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.attachments.attaching import attach
from weimin.calendars.clock import ZONE
from weimin.cases.forms_delivery import handed_of
from weimin.cases.models import Case, Delivery
from weimin.cases.queries.agency import mandate_of
from weimin.cases.rules_delivery import lacking, proof_of
from weimin.cases.rules_mandate import check_power, check_standing
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

PORTAL = "portal"


def book_delivery(case: Case, by: Actor, data: dict[str, Any], now: datetime) -> Delivery:
    """Books who took the result; RuleBroken where the way's evidence is missing, whoever asks."""
    if data["way"] == "online" and by.channel == PORTAL:
        return open_result(case, by, now)
    agent = check_agent(case, by, now) if data["to"] == "agent" else ""
    handed = handed_of(data, way=data["way"], to=data["to"])
    if missing := lacking(handed):
        raise RuleBroken("".join(sentence for _field, sentence in missing))
    if handed.witness and handed.witness == by.name:
        raise RuleBroken(_("见证人不能是送达人自己。"))
    Delivery.objects.filter(case=case, proof="awaited").delete()  # it lay on the net unopened; the trail has that it was sent
    facts = {name: getattr(handed, name) for name in ("unable", "witness", "carrier", "tracking")}
    delivery = Delivery.objects.create(
        case=case, region=case.region, way=data["way"], to=data["to"], name=data["name"] or agent or case.applicant_name, proof=proof_of(handed),
        detail=data["detail"], arrived_on=data.get("arrived_on"), delivered_by=by.name or by.role, delivered_at=now, **facts,
    )  # fmt: skip
    for name in ("signature", "photo", "thumb"):
        if data.get(name):
            attach(by, data[name], subject_type="cases.delivery", subject_id=delivery.pk, region=case.region, kind="photo", now=now)
    return delivery


def open_result(case: Case, by: Actor, now: datetime) -> Delivery:
    """The resident has opened what lay on the net, with the receipt's QR code or with number and last four."""
    delivery = awaited(case)
    if delivery is None:
        raise RuleBroken(_("这件事的结果没有发到网上，请到窗口领取。"))
    delivery.proof, delivery.delivered_at = "opened", now
    delivery.save(update_fields=["proof", "delivered_at"])
    return delivery


def awaited(case: Case) -> Delivery | None:
    """What lies on the net and was not opened yet."""
    return Delivery.objects.filter(case=case, proof="awaited").first()


def check_agent(case: Case, by: Actor, now: datetime) -> str:
    """The agent's name; RuleBroken when nobody was given the power to take the result, or no longer is."""
    mandate = mandate_of(by, case)
    if mandate is None:
        raise RuleBroken(_("这件事没有代办委托，不能由代办人签收；家属代收的，签收人身份选“家属”。"))
    check_standing(mandate.state, mandate.starts_on, mandate.until_on, now.astimezone(ZONE).date())
    check_power("receive_result", mandate.powers)
    return mandate.agent_name
