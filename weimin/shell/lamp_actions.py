"""When the lamps of the jurisdiction turn yellow: set from tomorrow on, for clocks that begin then; `weimin.calendars.rules.Warning` says what it means."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.actions.registry import Outcome, register
from weimin.calendars.models import LampWarning
from weimin.calendars.publish import tell_processes
from weimin.calendars.queries import calendar_for
from weimin.shell.calendar_actions import whole_jurisdiction
from weimin.ui.widgets import DateParts
from weimin.walls.actor import Actor
from weimin.walls.tenancy import here

FIGURES = ("share", "least", "most", "fixed")


class SetWarning(ActionForm):
    """The four figures together, as they hold from a day on."""

    share = forms.IntegerField(label=_("剩余时间不到时限的百分之几转黄"), min_value=5, max_value=50, help_text=_("20 就是五分之一。"))
    least = forms.IntegerField(
        label=_("最后几天必定转黄"), min_value=0, max_value=10, help_text=_("按时限的单位：工作日或天。以小时计的时限，总是最后 1 小时。")
    )
    most = forms.IntegerField(label=_("最早提前几天"), min_value=1, max_value=30, help_text=_("时限再长，也不早于这么多天。"))
    fixed = forms.IntegerField(label=_("方案写明日期的，最早提前几天"), min_value=1, max_value=30)
    effective_from = forms.DateField(label=_("生效日期"), widget=DateParts, help_text=_("最早明天；从那天起开始计时的事项按新规则，已经在计时的不变。"))
    source = forms.CharField(label=_("依据"), max_length=200, validators=[LINE])
    reason = forms.CharField(label=_("理由"), max_length=200, validators=[LINE])

    def prepare(self) -> None:
        today = timezone.localdate(self.now)
        rule = asdict(calendar_for(int(here().code)).warning(today))
        for name, value in {**rule, "effective_from": today + timedelta(days=1)}.items():
            self.initial.setdefault(name, value)

    def clean_effective_from(self) -> date:
        on: date = self.cleaned_data["effective_from"]
        today = timezone.localdate(self.now)
        if on <= today:
            raise forms.ValidationError(_("最早从明天起生效：今天开始计时的事项已经按原规则亮灯。"))
        if on.year > today.year + 5:
            raise forms.ValidationError(_("生效日期太远，请核对年份。"))
        return on


@register("calendars.set_warning", label=_("设定何时转黄"), form=SetWarning, roles=("administrator",), region=whole_jurisdiction, keeps_draft=False)
def set_warning(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """设定本辖区时限灯提前多久转黄，从明天或以后的一天起；每次设定都留在页面上。"""
    code, on = int(here().code), data["effective_from"]
    before = asdict(calendar_for(code).warning(on))
    LampWarning.objects.create(
        region=code, effective_from=on, source=data["source"], reason=data["reason"], person_name=by.name or by.role, made_at=now,
        **{name: data[name] for name in FIGURES},
    )  # fmt: skip
    tell_processes()
    after = {name: data[name] for name in FIGURES} | {"effective_from": on.isoformat(), "source": data["source"]}
    said = _now("已设定：%(day)s 起开始计时的事项按新规则转黄。") % {"day": on.isoformat()}
    return Outcome(None, before=before, after=after, message=said, next_url=reverse("calendars:year") + "#lamps", reason=data["reason"])
