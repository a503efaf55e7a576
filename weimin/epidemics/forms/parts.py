"""Parts of several forms: a line of text, a moment in two fields, a day with its default."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.calendars.clock import ZONE
from weimin.ui.widgets import DateParts


def line(label: Any, most: int, **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": most, "required": False, "validators": [LINE], **over})


def text(label: Any, most: int = 300, **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": most, "widget": forms.Textarea, **over})


def day(label: Any, **over: Any) -> forms.DateField:
    return forms.DateField(**{"label": label, "widget": DateParts, **over})


def hour(label: Any, **over: Any) -> forms.TimeField:
    shown = forms.TimeInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%H:%M")
    return forms.TimeField(**{"label": label, "widget": shown, "input_formats": ["%H:%M", "%H：%M"], "help_text": _("例如 9:00"), **over})


def with_blank(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices of which none is taken by itself: a disease is never a slip of the finger."""
    return [("", "---------"), *choices]


def begin_now(form: ActionForm, name: str) -> None:
    """The two fields `name`_on and `name`_time begin with the present moment."""
    if form.now is not None:
        local = timezone.localtime(form.now, ZONE)
        form.initial.setdefault(f"{name}_on", local.date())
        form.initial.setdefault(f"{name}_time", local.strftime("%H:%M"))


def moment(form: ActionForm, cleaned: dict[str, Any], name: str) -> datetime | None:
    """The moment of two fields, never later than now: else the error stands at the time and None is answered."""
    on, at = cleaned.get(f"{name}_on"), cleaned.get(f"{name}_time")
    if on is None or at is None:
        return None
    found = datetime.combine(on, at, ZONE)
    if form.now is not None and found > form.now:
        form.add_error(f"{name}_time", _now("这个时间还没有到，请核对日期和时间。"))
        return None
    return found
