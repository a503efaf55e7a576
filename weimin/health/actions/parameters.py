"""The bureau sets a parameter from a day on, or confirms it as it is shipped."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Post
from weimin.actions.registry import Outcome, register
from weimin.health.forms_parameters import ConfirmParameter, SetParameter
from weimin.health.models import ParameterValue
from weimin.health.parameters import Parameter, Version, every_parameter, forget, in_force, version_of
from weimin.health.queries.parameters import versions_of
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken
from weimin.walls.tenancy import here

SETTERS = ("health_bureau",)


def find_parameter(actor: Actor, key: Any) -> Parameter:
    if str(key) not in every_parameter():
        raise NotVisible()
    return every_parameter()[str(key)]


def whole_place(target: Any, data: dict[str, Any]) -> int:
    """A parameter holds for the whole jurisdiction: only posts of the whole may."""
    return here().code


def today_of(target: Parameter, now: datetime) -> Version:
    return in_force(target, timezone.localdate(now), versions_of([target.key]).get(target.key, ()))


def check_settable(target: Parameter, actor: Actor, now: datetime) -> None:
    if target.fixed:
        raise RuleBroken(str(target.fixed))


def check_unsure(target: Parameter, actor: Actor, now: datetime) -> None:
    held = today_of(target, now)
    if held.sure:
        raise RuleBroken(_now("这项参数已经有确认的依据，不用再确认。"))


def keep(by: Actor, target: Parameter, value: str, on: date, data: dict[str, Any], now: datetime, *, confirms: bool) -> ParameterValue:
    """The row; what processes know is forgotten now, for this one, and again when it is committed."""
    post = Post.objects.filter(pk=by.post or 0).first()
    row = ParameterValue.objects.create(
        region=here().code, key=target.key, value=value, effective_from=on, source=data["source"], reason=data["reason"], confirms=confirms,
        person=by.person or 0, person_name=(by.name or by.role)[:40], post_label=str(post or "")[:80], made_at=now,
    )  # fmt: skip
    forget()
    transaction.on_commit(forget)
    return row


@register(
    "health.set_parameter",
    label=_("设定新值"),
    form=SetParameter,
    roles=SETTERS,
    find=find_parameter,
    region=whole_place,
    check=check_settable,
    keeps_draft=False,
)
def set_parameter(by: Actor, target: Parameter, data: dict[str, Any], now: datetime) -> Outcome:
    """从某天起改用新的参数值，写明依据和理由；那天以前的判定不变。"""
    before = today_of(target, now)
    if before.value == data["value"]:
        raise RuleBroken(_now("新值和现在的值一样。要确认现在的值，请用“确认”。"))
    row = keep(by, target, data["value"], data["effective_from"], data, now, confirms=False)
    after = {"key": row.key, "value": row.value, "effective_from": str(row.effective_from), "source": row.source}
    words = _now("已设定，%(day)s 起按 %(value)s 执行。") % {"day": row.effective_from.isoformat(), "value": target.said(version_of(row))}
    return Outcome(row, {"value": before.value}, after, words, reverse("health:parameter", args=[target.key]), reason=row.reason)


@register(
    "health.confirm_parameter",
    label=_("确认"),
    form=ConfirmParameter,
    roles=SETTERS,
    find=find_parameter,
    region=whole_place,
    check=check_unsure,
    keeps_draft=False,
)
def confirm_parameter(by: Actor, target: Parameter, data: dict[str, Any], now: datetime) -> Outcome:
    """对照文件原文确认一项待确认的参数值，写明依据。"""
    held = today_of(target, now)
    row = keep(by, target, held.value, held.effective_from, data, now, confirms=True)
    after = {"key": row.key, "value": row.value, "confirms": True, "source": row.source}
    return Outcome(row, {"value": held.value}, after, _now("已确认。"), reverse("health:parameter", args=[target.key]), reason=row.reason)
