"""Groups and visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.residents.forms.fields import GROUPS, Touching, line, today_of
from weimin.residents.groups import AGES
from weimin.residents.models import GroupMembership, Resident, VisitWay
from weimin.residents.rules_groups import age_on
from weimin.ui.widgets import DateParts


class AddGroup(Touching):
    """Into which group, since when, by what."""

    event = "group"

    kind = forms.ChoiceField(label=_("人群"), choices=GROUPS)
    detail = line(_("等级或说明"), 60, help_text=_("例如残疾等级、救助证号。"))
    since_on = forms.DateField(label=_("起始日期"), widget=DateParts)
    proof = line(_("依据"), 100, required=True, help_text=_("例如残疾人证、民政部门名单、入户走访。"))

    def clean_since_on(self) -> Any:
        return not_later(self, "since_on")

    def clean(self) -> dict[str, Any]:
        """Groups that an age goes with: children (B-50, B-51, B-55) and old people."""
        cleaned = super().clean() or {}
        resident: Resident | None = self.target
        bounds = AGES.get(cleaned.get("kind", ""))
        if resident is not None and bounds is not None and not bounds[0] <= age_on(resident.birth_on, today_of(self)) <= bounds[1]:
            self.add_error("kind", _now("这个人群的年龄是 %(low)d 至 %(high)d 周岁，和出生日期不符。") % {"low": bounds[0], "high": bounds[1]})
        return cleaned


class EndGroup(Touching):
    event = "group"
    until_on = forms.DateField(label=_("截止日期"), widget=DateParts)
    proof = line(_("依据"), 100, required=True)

    def clean_until_on(self) -> Any:
        on: date = not_later(self, "until_on")
        held: GroupMembership | None = self.target
        if held is not None and on < held.since_on:
            raise forms.ValidationError(_("截止日期不能早于起始日期。"))
        return on


class RecordVisit(ActionForm):
    on = forms.DateField(label=_("走访日期"), widget=DateParts)
    way = forms.ChoiceField(label=_("方式"), choices=VisitWay.choices)
    found = forms.CharField(label=_("走访情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    needs = forms.CharField(label=_("需要解决的困难"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    next_on = forms.DateField(label=_("下次走访日期"), required=False, widget=DateParts, help_text=_("不填的，按人群规定的间隔计算。"))

    def prepare(self) -> None:
        self.initial.setdefault("on", today_of(self))

    def clean_on(self) -> Any:
        return not_later(self, "on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("on") and cleaned.get("next_on") and cleaned["next_on"] <= cleaned["on"]:
            self.add_error("next_on", _("下次走访日期要晚于这次。"))
        return cleaned
