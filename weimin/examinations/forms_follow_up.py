"""The shape of input for what is followed: called back, looked at again, closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.examinations.forms_plan import line
from weimin.examinations.models import AbnormalFollowUp, Closing, Recheck
from weimin.examinations.rules_abnormal import from_data
from weimin.examinations.wording import label_of
from weimin.ui.widgets import DateParts

BY_HAND = (Closing.NORMAL, Closing.TREATED, Closing.MANAGED, Closing.REFERRED, Closing.REFUSED, Closing.GONE)


class Dated(ActionForm):
    """Something that happened on a day between the examination and today."""

    on = forms.DateField(label=_("日期"), widget=DateParts)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        if isinstance(self.target, AbnormalFollowUp) and on < self.target.found_on:
            raise forms.ValidationError(_("不能早于体检日期。"))
        return on


class Recall(Dated):
    note = line(_("通知情况"), 100, required=True, help_text=_("怎样通知的、约在哪天，例如：电话告知，约下周一来复查。"))


class RecordRecheck(Dated):
    """A result for each finding that is still open."""

    def prepare(self) -> None:
        super().prepare()
        self.keys: dict[str, str] = {}
        if not isinstance(self.target, AbnormalFollowUp):
            return
        for one in open_items(self.target):
            name = f"result_{one.item}"
            self.keys[name] = one.item
            self.fields[name] = forms.ChoiceField(label=f"{label_of(one.item)} {one.value}", choices=Recheck.choices, widget=forms.RadioSelect)
        self.fields["note"] = line(_("复查的数值和处理"), 200, help_text=_("例如：血压 138/84，已开药。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["results"] = {item: cleaned[name] for name, item in self.keys.items() if cleaned.get(name)}
        return cleaned


def open_items(row: AbnormalFollowUp) -> list[Any]:
    """The findings that no recheck has settled yet, each item once."""
    settled = {item for one in row.rechecks for item, result in one["results"].items() if result != Recheck.STILL}
    found = {one.item: one for one in from_data(row.items) if one.item not in settled}
    return list(found.values())


class CloseFollowUp(Dated):
    closing = forms.ChoiceField(label=_("结果"), choices=[(one.value, one.label) for one in BY_HAND], widget=forms.RadioSelect)
    note = line(_("说明"), 200, help_text=_("本人拒绝的，写明已告知后果。"))
