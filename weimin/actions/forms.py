"""The shape of input: one form is the schema of an action for pages, API, Excel and the command line."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.walls.actor import Actor

LINE = RegexValidator(r"[\x00-\x1f\x7f]", _("不能有换行或控制字符。"), inverse_match=True)


class PlainField(forms.CharField):
    """A number, a phone or a code: full-width digits and letters, as a Chinese keyboard gives them, become plain ones."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class ActionForm(forms.Form):
    """A form that knows who fills it in and for what. Subclasses use self.actor, self.target, self.now (any may be None)."""

    required_css_class = "req"
    initial: dict[str, Any]

    def __init__(self, *args: Any, actor: Actor | None = None, target: Any = None, now: datetime | None = None, **kwargs: Any) -> None:
        self.actor, self.target = actor, target
        self.now = timezone.localtime(now) if now is not None else None  # so that `self.now.date()` is the day on the wall, also before eight
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Hook: limit choices to the actor's range, fill in what is known already."""

    def offer(self, name: str, choices: Any) -> None:
        """The choices of one of the form's own choice fields: pairs (value, label)."""
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class NoInput(ActionForm):
    """An action that needs nothing typed."""


def not_later(form: ActionForm, name: str) -> Any:
    """A day that is not after today, as the calendar on the wall has it: after midnight the clock of the machine is still on the day before."""
    on = form.cleaned_data[name]
    if on is not None and form.now is not None and on > timezone.localdate(form.now):
        raise forms.ValidationError(_("日期不能晚于今天。"))
    return on
