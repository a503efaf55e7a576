"""The shape of input for windows, hours, special days and what hangs on the wall."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.reception.hours import week_of
from weimin.reception.models import OpeningHours, PledgeKind, Window, WindowKind
from weimin.reception.queries import offered_items
from weimin.reception.rules import Stretch, read_stretches
from weimin.ui.widgets import DateParts

WEEKDAYS = [_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日")]
FACTS = ("number", "name", "kind", "also_kinds", "also_takes", "never_takes", "booking_limit")


class StretchField(forms.CharField):
    """Hours of one day as people write them; cleans to stretches."""

    def __init__(self, **named: Any) -> None:
        super().__init__(max_length=60, validators=[LINE], widget=forms.TextInput(attrs={"autocomplete": "off"}), **named)

    def clean(self, value: Any) -> tuple[Stretch, ...]:  # type: ignore[override]  # a text is typed, stretches come of it
        text = super().clean(value)
        try:
            return read_stretches(text)
        except ValueError:
            raise forms.ValidationError(_("请写成 8:30-12:00，14:00-17:30 的样子，后一段不能早于前一段。")) from None


class WindowForm(ActionForm):
    """A window: number, name, which items it takes by its kind, with exceptions."""

    number = forms.IntegerField(label=_("窗口号"), min_value=1, max_value=99)
    name = forms.CharField(label=_("窗口名称"), max_length=40, validators=[LINE], help_text=_("例如“民生服务窗口”。"))
    kind = forms.ChoiceField(label=_("窗口类别"), choices=WindowKind.choices, help_text=_("这一类的事项都在这个窗口受理。"))
    also_kinds = forms.MultipleChoiceField(
        label=_("兼办类别"), choices=WindowKind.choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=_("综合窗口兼办几类的，都选上。")
    )
    booking_limit = forms.IntegerField(label=_("每半天预约数"), min_value=0, max_value=99, initial=6, help_text=_("0 表示不接受预约。"))
    also_takes = forms.MultipleChoiceField(label=_("另外受理的事项"), required=False, widget=forms.SelectMultiple(attrs={"size": 6}))
    never_takes = forms.MultipleChoiceField(label=_("不受理的事项"), required=False, widget=forms.SelectMultiple(attrs={"size": 6}))

    def prepare(self) -> None:
        items = [(code, f"{code} {name}") for code, name, _kind in offered_items()]
        for name in ("also_takes", "never_takes"):
            if items:
                self.offer(name, items)
            else:
                del self.fields[name]
        if isinstance(self.target, Window):
            self.initial = {name: getattr(self.target, name) for name in FACTS} | self.initial

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        site = self.target.site if isinstance(self.target, Window) else self.target
        same = Window.objects.filter(site=site, number=number).exclude(state="closed")
        if isinstance(self.target, Window):
            same = same.exclude(pk=self.target.pk)
        if same.exists():
            raise forms.ValidationError(_("这个站点已经有 %(number)d 号窗口。"), params={"number": number})
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        both = set(cleaned.get("also_takes", [])) & set(cleaned.get("never_takes", []))
        if both:
            self.add_error("never_takes", _("同一个事项不能又受理又不受理：%(codes)s。") % {"codes": "、".join(sorted(both))})  # text: data
        return cleaned


class WeekForm(ActionForm):
    """The usual hours of each weekday; an empty field is a closed day."""

    def prepare(self) -> None:
        week = week_of(OpeningHours.objects.filter(site=self.target)) if self.target is not None else {}
        for day, label in enumerate(WEEKDAYS):
            shown = "，".join(f"{part.opens_at:%H:%M}-{part.closes_at:%H:%M}" for part in week.get(day, ()))  # text: data
            hint = _("例如 8:30-12:00，14:00-17:30；不开放的留空。") if day == 0 else ""
            self.fields[f"day_{day}"] = StretchField(label=label, required=False, help_text=hint)
            self.initial.setdefault(f"day_{day}", shown)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("一周里至少要有一天开放；暂停开放的请办理“暂停站点”。"))
        return cleaned


class DayForm(ActionForm):
    """One day that is not as usual: closed, or open at other times."""

    on = forms.DateField(label=_("日期"), widget=DateParts)
    open_as = forms.ChoiceField(label=_("这一天"), choices=[("open", _("开放（错时、延时、赶场天）")), ("closed", _("不开放"))], widget=forms.RadioSelect)
    times = StretchField(label=_("开放时间"), required=False, help_text=_("开放的填一段，例如 8:00-12:00。"))
    reason = forms.CharField(label=_("原因"), max_length=100, validators=[LINE], help_text=_("群众会看到，例如“赶场天延时服务”。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        times = cleaned.get("times", ())
        if cleaned.get("open_as") == "open" and len(times) != 1 and "times" not in self.errors:
            self.add_error("times", _("开放的这一天要填一段时间。"))
        if self.now is not None and cleaned.get("on") and cleaned["on"] < timezone.localdate(self.now):
            self.add_error("on", _("这一天已经过了，请另选日期。"))
        return cleaned


class PledgeForm(ActionForm):
    """One line for the wall and the public page."""

    kind = forms.ChoiceField(label=_("类别"), choices=PledgeKind.choices)
    post = forms.CharField(label=_("岗位"), max_length=40, required=False, validators=[LINE], help_text=_("岗位职责写明是哪个岗位的。"))
    text = forms.CharField(label=_("内容"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    position = forms.IntegerField(label=_("顺序"), min_value=0, max_value=999, initial=10, required=False, help_text=_("小的排在前面。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == PledgeKind.DUTY and not cleaned.get("post") and "post" not in self.errors:
            self.add_error("post", _("岗位职责要写明岗位。"))
        return cleaned


class Why(ActionForm):
    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
