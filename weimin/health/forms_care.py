"""The shape of input for care: found by screening, confirmed, excluded, ended, an individual target."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.health.bounds import every_bound
from weimin.health.forms_bounds import hold
from weimin.health.judging import wanted_by_hospital
from weimin.health.models import Care, EndReason, HealthRecord, LostReason, Programme
from weimin.health.standards import standard
from weimin.residents.rules_groups import age_on
from weimin.ui.widgets import DateParts

CONFIRMED, SUSPECTED = "confirmed", "suspected"


def line(label: Any, most: int, **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": most, "required": False, "validators": [LINE], **over})


class Screen(ActionForm):
    """Somebody is found: by measuring, or with a diagnosis that a hospital has made already."""

    programme = forms.ChoiceField(label=_("管理类别"), choices=Programme.choices)
    found_on = forms.DateField(label=_("发现日期"), widget=DateParts)
    verdict = forms.ChoiceField(
        label=_("结果"), choices=[(SUSPECTED, _("可疑，请上级医院确诊")), (CONFIRMED, _("已经确诊，纳入管理"))], widget=forms.RadioSelect
    )
    confirmed_at = line(_("确诊机构"), 80, help_text=_("已经确诊的要填；老年人管理不用填。"))
    grade = line(_("分级"), 20, help_text=_("例如高血压 2 级、精神分裂症。"))

    def prepare(self) -> None:
        self.initial.setdefault("found_on", timezone.localdate(self.now))

    def clean_found_on(self) -> Any:
        return not_later(self, "found_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        programme, diagnosed = cleaned.get("programme"), cleaned.get("verdict") == CONFIRMED
        if isinstance(self.target, HealthRecord) and programme and Care.objects.filter(record=self.target, programme=programme).exclude(state="ended").exists():
            self.add_error("programme", _("这一类已经在管理或待确诊，不用再登记。"))
        if programme == Programme.ELDERLY and isinstance(self.target, HealthRecord) and cleaned.get("found_on"):
            wanted = standard("key_groups", cleaned["found_on"]).days("from_age")
            if age_on(self.target.resident.birth_on, cleaned["found_on"]) < wanted:
                self.add_error("programme", _now("满 %(age)d 岁才纳入老年人管理。") % {"age": wanted})
        if diagnosed and programme not in (Programme.ELDERLY, Programme.DISABLED, "", None) and not cleaned.get("confirmed_at"):
            self.add_error("confirmed_at", _("请填在哪家医院确诊。"))
        return cleaned


class ConfirmCare(ActionForm):
    confirmed_on = forms.DateField(label=_("确诊日期"), widget=DateParts)
    confirmed_at = line(_("确诊机构"), 80, required=True)
    grade = line(_("分级"), 20)

    def prepare(self) -> None:
        self.initial.setdefault("confirmed_on", timezone.localdate(self.now))

    def clean_confirmed_on(self) -> Any:
        return not_later(self, "confirmed_on")


class ExcludeCare(ActionForm):
    on = forms.DateField(label=_("排除日期"), widget=DateParts)
    excluded_at = line(_("排除诊断的机构"), 80, required=True)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        return not_later(self, "on")


def while_managed(form: ActionForm) -> Any:
    """A day from the one on which the care began, not after today."""
    on, care = not_later(form, "on"), form.target
    if isinstance(care, Care) and care.since_on and on < care.since_on:
        raise forms.ValidationError(_("不能早于纳入管理日期。"))
    return on


class EndCare(ActionForm):
    on = forms.DateField(label=_("结案日期"), widget=DateParts)
    why = forms.ChoiceField(label=_("结案原因"), choices=[(value, words) for value, words in EndReason.choices if value != EndReason.EXCLUDED])
    note = line(_("说明"), 100)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        return while_managed(self)


class LoseTrack(ActionForm):
    on = forms.DateField(label=_("失访日期"), widget=DateParts)
    why = forms.ChoiceField(label=_("失访原因"), choices=LostReason.choices, widget=forms.RadioSelect)
    note = line(_("说明"), 100, help_text=_("例如去了哪里、最后一次是怎么联系的。"))

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        return while_managed(self)


class FindAgain(ActionForm):
    on = forms.DateField(label=_("找到日期"), widget=DateParts)
    note = line(_("说明"), 100)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        if isinstance(self.target, Care) and self.target.lost_on and on < self.target.lost_on:
            raise forms.ValidationError(_("不能早于失访日期。"))
        return on


class ReopenCare(ActionForm):
    """Somebody is back, or the end was entered by mistake: then the days in between count as well."""

    on = forms.DateField(label=_("恢复管理日期"), widget=DateParts)
    mistaken = forms.BooleanField(label=_("结案登记有误，按原来的纳入管理日期恢复"), required=False)
    reason = line(_("理由"), 200, required=True)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        if isinstance(self.target, Care) and self.target.ended_on and on < self.target.ended_on:
            raise forms.ValidationError(_("不能早于结案日期。"))
        return on


class ChangeOrdered(ActionForm):
    """Another day than the hospital's; not later than a quarter after the return, by which anybody under care is seen (A-13)."""

    on = forms.DateField(label=_("新的随访日期"), widget=DateParts)
    reason = line(_("理由"), 200, required=True, help_text=_("例如：和医院王主任电话商定。"))

    def prepare(self) -> None:
        asked, today = wanted_by_hospital(getattr(self.target, "open_cares", [])), timezone.localdate(self.now)
        days = [care.ordered_since + timedelta(days=standard("hypertension", care.ordered_since).days("next_days")) for care in asked if care.ordered_since]
        self.last = max([today, *days])
        if asked:
            words = {"day": min(care.ordered_on for care in asked if care.ordered_on), "last": self.last}
            self.fields["on"].help_text = _now("现在要求 %(day)s 前随访，最晚可以改到 %(last)s。") % words

    def clean_on(self) -> Any:
        on, today = self.cleaned_data["on"], timezone.localdate(self.now)
        if not today <= on <= self.last:
            raise forms.ValidationError(_("应在今天到 %(day)s 之间。"), params={"day": self.last})
        return on


class SetTarget(ActionForm):
    """An individual target of the doctor's (A-15); empty again = the standard's."""

    systolic = forms.IntegerField(label=_("高压（收缩压）低于"), required=False)
    diastolic = forms.IntegerField(label=_("低压（舒张压）低于"), required=False)
    fasting = forms.DecimalField(label=_("空腹血糖低于"), max_digits=4, decimal_places=1, required=False)
    reason = line(_("理由"), 200, required=True, help_text=_("例如合并肾病、高龄体弱。"))

    def prepare(self) -> None:
        if not isinstance(self.target, Care):
            return
        unused = ("fasting",) if self.target.programme == Programme.HYPERTENSION else ("systolic", "diastolic")
        for name in unused:
            del self.fields[name]
        for name in ("systolic", "diastolic", "fasting"):
            if name in self.fields:
                hold(self.fields[name], every_bound()[f"target_{name}"], timezone.localdate(self.now))
        for name, value in self.target.target.items():
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "systolic" in self.fields and bool(cleaned.get("systolic")) != bool(cleaned.get("diastolic")):
            self.add_error("diastolic", _("高压和低压的目标要一起填，或者都不填。"))
        return cleaned
