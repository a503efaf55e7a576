"""The shape of input for the duty roster: pattern, weeks, one seat, leave, swap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.reception.forms.windows import WEEKDAYS
from weimin.reception.models import Duty, DutyPattern, Half, Window
from weimin.reception.roster import monday_of, swappable, workers_at
from weimin.sites.models import Site
from weimin.ui.widgets import DateParts

AHEAD_DAYS = 28


def today_of(form: ActionForm) -> date:
    return timezone.localdate(form.now) if form.now else date(2026, 1, 1)


def people_of(form: ActionForm, site: Site | None) -> list[tuple[int, str]]:
    if site is None or form.actor is None:
        return []
    return [(row.pk, row.name) for row in workers_at(form.actor, site, today_of(form))]


class PatternForm(ActionForm):
    """For each half-day of the week who usually sits at the window."""

    def prepare(self) -> None:
        window: Window | None = self.target
        people = people_of(self, window.site if window else None)
        held = {(row.weekday, row.half): row.worker_id for row in DutyPattern.objects.filter(window=window)} if window else {}
        for day, label in enumerate(WEEKDAYS):
            for half, half_label in Half.choices:
                name = f"d{day}_{half}"
                self.fields[name] = forms.TypedChoiceField(
                    label=f"{label} {half_label}", required=False, coerce=int, empty_value=None, choices=[("", _("没有人")), *people]
                )
                self.initial.setdefault(name, held.get((day, half)))


class RosterForm(ActionForm):
    """From which week and for how many weeks."""

    first_on = forms.DateField(label=_("从哪一周起"), widget=DateParts, help_text=_("填这一周的任意一天。"))
    weeks = forms.TypedChoiceField(label=_("排几周"), coerce=int, choices=[(number, str(number)) for number in range(1, 9)], initial=1)

    def prepare(self) -> None:
        if self.now is not None:
            self.initial.setdefault("first_on", monday_of(today_of(self)) + timedelta(days=7))

    def clean_first_on(self) -> date:
        first = monday_of(self.cleaned_data["first_on"])
        if not -7 < (first - today_of(self)).days <= 90:
            raise forms.ValidationError(_("只能从本周排起，最多提前三个月。"))
        return first


class SeatForm(ActionForm):
    """One half-day at the window."""

    on = forms.DateField(label=_("日期"), widget=DateParts)
    half = forms.ChoiceField(label=_("半天"), choices=Half.choices)
    worker = forms.TypedChoiceField(label=_("值班人员"), coerce=int)

    def prepare(self) -> None:
        window: Window | None = self.target
        self.offer("worker", people_of(self, window.site if window else None))

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if on < today_of(self):
            raise forms.ValidationError(_("过去的值班不能改。"))
        return on


class LeaveForm(ActionForm):
    """Who is away from which day to which, and who stands in."""

    worker = forms.TypedChoiceField(label=_("请假人"), coerce=int)
    starts_on = forms.DateField(label=_("开始日期"), widget=DateParts)
    ends_on = forms.DateField(label=_("结束日期"), widget=DateParts)
    stand_in = forms.TypedChoiceField(label=_("顶班人"), coerce=int, required=False, empty_value=None, help_text=_("没有人顶班的，值班表上显示空岗。"))
    reason = forms.CharField(label=_("请假原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        people = people_of(self, self.target)
        self.offer("worker", people)
        self.offer("stand_in", [("", _("没有人顶班")), *people])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and first < today_of(self):
            self.add_error("starts_on", _("过去的日子不能请假。"))
        if first and last and not 0 <= (last - first).days <= 180:
            self.add_error("ends_on", _("结束日期不能早于开始日期，一次最多半年。"))
        if cleaned.get("worker") and cleaned.get("worker") == cleaned.get("stand_in"):
            self.add_error("stand_in", _("顶班人不能是请假人本人。"))
        return cleaned


class BackForm(ActionForm):
    """From which day on somebody on leave is there again."""

    back_on = forms.DateField(label=_("哪天回来上班"), widget=DateParts, help_text=_("从这一天起的班还给本人；还没有开始的假，填开始那天就是取消。"))

    def clean_back_on(self) -> date:
        back, leave = self.cleaned_data["back_on"], self.target
        first = max(leave.starts_on, today_of(self)) if leave is not None else back
        if leave is not None and not first <= back <= leave.ends_on:
            raise forms.ValidationError(_("填 %(first)s 到 %(last)s 之间的一天。"), params={"first": first, "last": leave.ends_on})
        return back


class SwapForm(ActionForm):
    """The half-day of somebody else that one would take instead."""

    theirs = forms.TypedChoiceField(label=_("想换成"), coerce=int)
    reason = forms.CharField(label=_("换班原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        duty: Duty | None = self.target
        if duty is None or self.actor is None:
            return
        found = swappable(self.actor, duty, today_of(self), max(duty.on, today_of(self) + timedelta(days=AHEAD_DAYS)))
        self.offer("theirs", [(row.pk, f"{row} {row.window} {row.worker.name if row.worker else ''}") for row in found])


class Decision(ActionForm):
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
