"""The shape of input for volunteer activities, hours and proofs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.regions.queries import names
from weimin.staffing.models import Activity, Worker
from weimin.staffing.queries import workers_near
from weimin.staffing.rules_volunteering import PROOF_DAYS
from weimin.ui.widgets import DateParts

CLOCK: dict[str, Any] = {"widget": forms.TimeInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%H:%M"), "input_formats": ["%H:%M", "%H：%M"]}


class Times(ActionForm):
    """A start and an end on one day."""

    def whole(self, on: date, first: str, last: str, cleaned: dict[str, Any]) -> None:
        """Puts the two moments into `cleaned`; an end that is not later is an error."""
        starts, ends = cleaned.get(first), cleaned.get(last)
        if starts is None or ends is None:
            return
        if ends <= starts:
            self.add_error(last, _("结束时间要晚于开始时间；跨天的分两天登记。"))
            return
        zone = timezone.get_current_timezone()
        cleaned["starts_at"], cleaned["ends_at"] = datetime.combine(on, starts, zone), datetime.combine(on, ends, zone)


class ActivityForm(Times):
    """What was done, where, when, by whom organised (I-20)."""

    name = forms.CharField(label=_("活动名称"), max_length=80, validators=[LINE])
    content = forms.CharField(label=_("服务内容"), max_length=200, validators=[LINE], help_text=_("写清做了什么，证明上照这个写。"))
    on = forms.DateField(label=_("日期"), widget=DateParts)
    starts = forms.TimeField(label=_("开始时间"), help_text=_("例如 9:00"), **CLOCK)
    ends = forms.TimeField(label=_("结束时间"), **CLOCK)
    place = forms.CharField(label=_("地点"), max_length=100, validators=[LINE])
    unit = forms.CharField(label=_("组织单位"), max_length=80, validators=[LINE])
    leader = forms.CharField(label=_("负责人"), max_length=40, validators=[LINE])
    insured = forms.BooleanField(label=_("已买意外险"), required=False, help_text=_("有人身危险的活动，事先要给志愿者买保险。"))

    def clean_on(self) -> date:
        on: date = not_later(self, "on")
        if self.now is not None and (self.now.date() - on).days > PROOF_DAYS:
            raise forms.ValidationError(_("只能登记近五年的活动。"))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("on"):
            self.whole(cleaned["on"], "starts", "ends", cleaned)
        if self.now is not None and cleaned.get("ends_at") and cleaned["ends_at"] > self.now:
            self.add_error("ends", _("活动结束后再登记。"))
        return cleaned


class HoursForm(Times):
    """Who served from when to when; several people of the same times at once."""

    workers = forms.TypedMultipleChoiceField(label=_("志愿者"), coerce=int, widget=forms.CheckboxSelectMultiple)
    starts = forms.TimeField(label=_("开始服务"), help_text=_("来回路上和培训的时间不算。"), **CLOCK)
    ends = forms.TimeField(label=_("结束服务"), **CLOCK)
    evaluation = forms.CharField(label=_("评价"), max_length=100, required=False, validators=[LINE])
    late_reason = forms.CharField(
        label=_("补录原因"), max_length=200, required=False, validators=[LINE], help_text=_("活动结束超过十个工作日才记的，要写明原因，由乡镇补录。")
    )

    def prepare(self) -> None:
        activity: Activity | None = self.target
        if activity is None or self.actor is None:
            return
        self.offer("workers", [(row.pk, row.name) for row in workers_near(self.actor, activity.region)])
        self.initial.setdefault("starts", timezone.localtime(activity.starts_at).time())
        self.initial.setdefault("ends", timezone.localtime(activity.ends_at).time())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.target is not None:
            self.whole(timezone.localdate(self.target.starts_at), "starts", "ends", cleaned)
        return cleaned


class StrikeForm(ActionForm):
    reason = forms.CharField(label=_("删除原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class ProofForm(ActionForm):
    """Which period, for what, in whose name."""

    starts_on = forms.DateField(label=_("起始日期"), widget=DateParts)
    ends_on = forms.DateField(label=_("截止日期"), widget=DateParts)
    unit = forms.CharField(label=_("出具单位"), max_length=80, validators=[LINE])
    purpose_of_use = forms.CharField(label=_("用途"), max_length=100, validators=[LINE], help_text=_("例如升学、求职、评先；证明免费。"))

    def prepare(self) -> None:
        worker: Worker | None = self.target
        if worker is None or self.now is None:
            return
        today = timezone.localdate(self.now)
        self.initial.setdefault("starts_on", date(today.year, 1, 1))
        self.initial.setdefault("ends_on", today)
        self.initial.setdefault("unit", names({worker.region})[worker.region])

    def clean_starts_on(self) -> date:
        on: date = self.cleaned_data["starts_on"]
        if on.year < 2000:
            raise forms.ValidationError(_("起始日期太早，请核对。"))
        return on

    def clean_ends_on(self) -> date:
        on: date = not_later(self, "ends_on")
        return on
