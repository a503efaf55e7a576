"""Fields that several forms of this room use."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.ui.widgets import DateParts

CLOCK: dict[str, Any] = {"widget": forms.TimeInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%H:%M"), "input_formats": ["%H:%M", "%H：%M"]}
YEARS_BACK = 2  # what is entered late belongs to this year or the last two


def line(label: Any, most: int, **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": most, "required": False, "validators": [LINE], **over})


def text(label: Any, most: int = 1000, **over: Any) -> forms.CharField:
    rows = over.pop("rows", 3)
    return forms.CharField(**{"label": label, "max_length": most, "required": False, "widget": forms.Textarea(attrs={"rows": rows}), **over})


def day(label: Any, **over: Any) -> forms.DateField:
    return forms.DateField(**{"label": label, "widget": DateParts, **over})


class OnDay(ActionForm):
    """A form about a day that is over, today unless another is given."""

    on = day(_("日期"))
    field_order: list[str] | None

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        if self.now is not None and (timezone.localdate(self.now) - on).days > 366 * YEARS_BACK:
            raise forms.ValidationError(_now("日期太早，只登记近两年的。"))
        return on


class Reason(ActionForm):
    """Why something is undone."""

    reason = text(_("原因"), 200, rows=2, required=True)


def moment(on: Any, at: time) -> datetime:
    return datetime.combine(on, at, timezone.get_current_timezone())


def within(on: Any, now: datetime, ahead: int) -> bool:
    """Not longer ago than what may be entered late, not further ahead than so many days."""
    today: date = timezone.localdate(now)
    return bool(today - timedelta(days=366 * YEARS_BACK) <= on <= today + timedelta(days=ahead))
