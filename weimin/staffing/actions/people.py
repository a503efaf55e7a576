"""Who somebody is: entered once, corrected, and the phone shown in full for a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.actions.registry import Outcome, register
from weimin.secrets.masking import mask
from weimin.staffing.forms import CorrectPerson, Reason
from weimin.staffing.models import Worker
from weimin.staffing.queries import find_worker
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

FACTS = ("name", "gender", "birth_year", "background")
LOOKERS = tuple(role for role in Role.values if role not in (Role.ADMINISTRATOR, Role.OPERATOR))


def find_person(actor: Actor, pk: Any) -> Worker:
    return Worker.objects.visible_to(actor).select_for_update().get(pk=pk)


def where(target: Any, data: dict[str, Any]) -> int:
    return int(target.region)


def person_url(number: int) -> str:
    return reverse("staffing:worker", args=[number])


def enter_person(by: Actor, region: int, data: dict[str, Any]) -> Worker:
    """The person with this name and phone: found inside the range, or entered. One phone, two names: RuleBroken."""
    found, agrees = find_worker(by, data["name"], data["phone"])
    if not agrees:
        raise RuleBroken(_now("这个手机号已经登记在另一个人名下，请核对姓名和号码。"))
    if found is not None:
        return found
    facts = {name: data.get(name) or None if name == "birth_year" else data.get(name, "") for name in FACTS}
    return Worker.objects.create(region=region, phone=data["phone"], **facts)


@register(
    "staffing.correct_person", label=_("更正人员资料"), form=CorrectPerson, roles=("lead_office", "township", "village"), find=find_person,
    region=where, keeps_draft=False,
)  # fmt: skip
def correct_person(by: Actor, worker: Worker, data: dict[str, Any], now: datetime) -> Outcome:
    """更正姓名、手机号等，并登记一人兼任的几种身份。"""
    before = {name: getattr(worker, name) for name in FACTS if getattr(worker, name) != data[name]}
    after = {name: data[name] for name in before}
    for name in FACTS:
        setattr(worker, name, data[name])
    if "roles" in data and worker.roles != data["roles"]:
        before["roles"], after["roles"], worker.roles = worker.roles, data["roles"], data["roles"]
    if data["phone"] and data["phone"] != worker.phone:
        if find_worker(by, worker.name, data["phone"])[0] not in (None, worker):
            raise RuleBroken(_now("这个手机号已经登记在另一个人名下，请核对号码。"))
        before["phone"], after["phone"] = mask("phone", worker.phone or "", "public"), mask("phone", data["phone"], "public")
        worker.phone = data["phone"]
    worker.save()
    return Outcome(worker, before=before, after=after, message=_now("已更正。"), next_url=person_url(worker.pk))


def check_has_phone(worker: Worker, actor: Actor, now: datetime) -> None:
    if not worker.phone:
        raise RuleBroken(_now("没有登记手机号。"))


@register(
    "staffing.show_phone", label=_("查看完整号码"), form=Reason, roles=LOOKERS, find=find_person, region=where, check=check_has_phone, keeps_draft=False,
)  # fmt: skip
def show_phone(by: Actor, worker: Worker, data: dict[str, Any], now: datetime) -> Outcome:
    """因工作需要查看完整手机号；谁、何时、为什么看，都留痕。"""
    return Outcome(worker, message=worker.name, reason=data["reason"], once=[worker.phone or ""], next_url=person_url(worker.pk))
