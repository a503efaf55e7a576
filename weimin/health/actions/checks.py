"""A value that looked odd is explained (H3); correcting the visit answers it as well."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.actions.registry import Outcome, register
from weimin.health.actions.base import KEEPERS, where
from weimin.health.checking import settle
from weimin.health.models import CheckState, ValueCheck
from weimin.health.wording import hint_sentences
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


class ExplainValue(ActionForm):
    answer = forms.CharField(
        label=_("核对结果"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("例如：当天在家量了两次，数值属实。数值写错的，请办理“更正随访”。")
    )  # fmt: skip


def find_check(actor: Actor, pk: Any) -> ValueCheck:
    return ValueCheck.objects.visible_to(actor).select_for_update(of=("self",)).select_related("record__resident", "visit").get(pk=pk)


def check_open(row: ValueCheck, actor: Actor, now: datetime) -> None:
    if row.state != CheckState.TO_CHECK:
        raise RuleBroken(_now("这一条已经核对过：%(state)s。") % {"state": row.get_state_display()})


@register("health.explain_value", label=_("说明数值"), form=ExplainValue, roles=KEEPERS, find=find_check, region=where, check=check_open)
def explain_value(by: Actor, row: ValueCheck, data: dict[str, Any], now: datetime) -> Outcome:
    """数值属实的写明情况，这一条就办结；只是请人看一眼，不作考核。"""
    settle(by, row, CheckState.EXPLAINED, data["answer"], "health.explain_value", now)
    after = {"on": str(row.visit.on), "hints": len(hint_sentences(row.hints))}
    return Outcome(row, after=after, message=_now("已说明，谢谢核对。"), next_url=reverse("health:checks"))
