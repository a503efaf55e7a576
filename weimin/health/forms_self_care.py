"""The shape of input for the self-care of elderly people: five items, each with the levels of the standard's form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.health.models import HealthRecord, SelfCare
from weimin.health.rules_self_care import items
from weimin.health.standard_words import in_words
from weimin.ui.widgets import DateParts


class AssessSelfCare(ActionForm):
    on = forms.DateField(label=_("评估日期"), widget=DateParts)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))
        for item in items():
            levels = [(str(score), f"{in_words(words)}（{score}）") for score, words in item.levels.items()]  # text: data
            self.fields[item.key] = forms.ChoiceField(label=in_words(item.label), choices=levels, widget=forms.RadioSelect, help_text=in_words(item.about))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        if isinstance(self.target, HealthRecord) and SelfCare.objects.filter(record=self.target, on=on).exists():
            raise forms.ValidationError(_("这一天已经评估过。"))
        return on
