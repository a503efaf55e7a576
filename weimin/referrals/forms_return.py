"""The shape of input for the way back: the hospital's summary, receiving, the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.referrals.forms_referral import line, text
from weimin.referrals.limits import days
from weimin.referrals.models import EndReason, Referral
from weimin.ui.widgets import DateParts


class SummaryForm(ActionForm):
    """The form of the standard for the way back (回转单)."""

    returned_on = forms.DateField(label=_("转回日期"), widget=DateParts)
    hospital_number = line(_("病案号"), 40)
    diagnosis = line(_("诊断结果"), 200, required=True)
    results = text(_("主要检查结果"), required=True)
    treatment = text(_("治疗经过"), required=True)
    drugs = text(_("带药和用法"), help_text=_("每种药一行：药名、用法、疗程。"))
    rehabilitation = text(_("康复建议"), required=True)
    next_steps = text(_("下一步治疗方案"), help_text=_("例如何时复查、什么情况马上回医院。"))
    visit_by = forms.DateField(label=_("最晚康复随访日期"), widget=DateParts, help_text=_("社区医生在这一天之前随访。"))
    doctor_name = line(_("医院医生"), 40, required=True)
    doctor_phone = line(_("联系电话"), 30)

    def prepare(self) -> None:
        today = timezone.localdate(self.now)
        self.initial.setdefault("returned_on", today)
        self.initial.setdefault("visit_by", today + timedelta(days=days("recovery_visit", today)))
        if self.actor is not None:
            self.initial.setdefault("doctor_name", self.actor.name)
        if isinstance(self.target, Referral):
            self.initial.setdefault("hospital_number", self.target.hospital_number)
            self.initial.setdefault("diagnosis", self.target.impression)

    def clean_returned_on(self) -> Any:
        on = not_later(self, "returned_on")
        first = (self.target.admitted_on or self.target.arrived_on) if isinstance(self.target, Referral) else None
        if first is not None and on < first:
            raise forms.ValidationError(_("不能早于到院、入院日期。"))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        returned_on, visit_by = cleaned.get("returned_on"), cleaned.get("visit_by")
        last = timedelta(days=days("latest_recovery_visit", returned_on or timezone.localdate(self.now)))
        if returned_on and visit_by and not returned_on <= visit_by <= returned_on + last:
            words = _("应在转回日期起 %(days)d 天之内。")
            self.add_error("visit_by", forms.ValidationError(words, params={"days": last.days}))
        return cleaned


class ReferDown(SummaryForm):
    """A resident comes home from the hospital without a referral of ours before."""

    admitted_on = forms.DateField(label=_("入院日期"), widget=DateParts, required=False)
    department = line(_("科室"), 60)
    field_order = ("admitted_on", "returned_on", "department")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("admitted_on"), cleaned.get("returned_on")
        if first and last and last < first:
            self.add_error("admitted_on", _("不能晚于转回日期。"))
        return cleaned


class Receive(ActionForm):
    """The summary is read; the visit is planned from its date."""

    visit_by = forms.DateField(label=_("最晚康复随访日期"), widget=DateParts, help_text=_("只能提前，不能晚于医院小结上的日期。"))

    def prepare(self) -> None:
        self.latest: date | None = self.target.summary.visit_by if isinstance(self.target, Referral) else None
        self.initial.setdefault("visit_by", max(self.latest, timezone.localdate(self.now)) if self.latest else None)

    def clean_visit_by(self) -> date:
        on: date = self.cleaned_data["visit_by"]
        today = timezone.localdate(self.now)
        latest = max(self.latest, today) if self.latest else None
        if on < today or (latest and on > latest):
            raise forms.ValidationError(_("应在今天到 %(day)s 之间。"), params={"day": latest})
        return on


class Close(ActionForm):
    """How it ended; after a return with the day of the recovery visit."""

    why = forms.ChoiceField(label=_("结束原因"), choices=EndReason.choices, widget=forms.RadioSelect)
    visited_on = forms.DateField(label=_("康复随访日期"), widget=DateParts, required=False, help_text=_("做过康复随访的填；已登记随访的，夜里自动填上。"))
    note = line(_("说明"), 200)

    def prepare(self) -> None:
        if isinstance(self.target, Referral) and self.target.returned_on is None:
            self.offer("why", [choice for choice in EndReason.choices if choice[0] != EndReason.RECOVERED])

    def clean_visited_on(self) -> Any:
        on = not_later(self, "visited_on")
        back = self.target.returned_on if isinstance(self.target, Referral) else None
        if on and (back is None or on < back):
            raise forms.ValidationError(_("康复随访在转回之后；还没有转回的不填。"))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told = cleaned.get("visited_on") or "visited_on" in self.errors or (isinstance(self.target, Referral) and self.target.visited_on)
        if cleaned.get("why") == EndReason.RECOVERED and not told:
            self.add_error("visited_on", _("已恢复的，要填康复随访的日期。"))
        return cleaned
