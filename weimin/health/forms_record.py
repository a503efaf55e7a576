"""The shape of input for a record: opening it, the personal information form, resting and coming back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.health.models import HealthRecord, InactiveReason
from weimin.health.queries.institutions import doctors_for, open_institutions
from weimin.health.rules_personal import Asked, asked, contradicts
from weimin.health.standard_words import choices_of, in_words
from weimin.regions.rules import range_of, township_of
from weimin.ui.widgets import DateParts

LONGEST = 100


class OpenRecord(ActionForm):
    """Everything else is in the register."""

    opened_on = forms.DateField(label=_("建档日期"), widget=DateParts)

    def prepare(self) -> None:
        self.initial.setdefault("opened_on", timezone.localdate(self.now))

    def clean_opened_on(self) -> Any:
        return not_later(self, "opened_on")


def field_for(one: Asked) -> forms.Field:
    if one.kind == "one":
        return forms.ChoiceField(
            label=in_words(one.label), required=False, choices=[("", "---------"), *((code, f"{code} {words}") for code, words in choices_of(one.codes))]
        )
    if one.kind == "many":
        return forms.MultipleChoiceField(
            label=in_words(one.label), required=False, choices=choices_of(one.codes), widget=forms.CheckboxSelectMultiple, help_text=in_words(one.help)
        )  # fmt: skip
    return forms.CharField(label=in_words(one.label), required=False, max_length=LONGEST, validators=[LINE], help_text=in_words(one.help))


class UpdatePersonal(ActionForm):
    """The personal information form by the table of the standard; what is known is filled in."""

    def prepare(self) -> None:
        known = self.target.personal if isinstance(self.target, HealthRecord) else {}
        for one in asked():
            self.fields[one.key] = field_for(one)
            if one.key in known:
                self.initial.setdefault(one.key, known[one.key])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in asked():
            if one.kind == "many" and contradicts(one, cleaned.get(one.key) or []):
                self.add_error(one.key, _now("选了“%(none)s”就不能再选别的。") % {"none": in_words(one.codes[one.alone])})
        return cleaned


class RestRecord(ActionForm):
    why = forms.ChoiceField(label=_("原因"), choices=InactiveReason.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("日期"), widget=DateParts)
    note = forms.CharField(label=_("说明"), max_length=200, required=False, validators=[LINE], help_text=_("例如迁往哪里、从哪里知道的。"))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        if isinstance(self.target, HealthRecord) and on < self.target.opened_on:
            raise forms.ValidationError(_("不能早于建档日期。"))
        return on


class WakeRecord(ActionForm):
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class AssignDoctor(ActionForm):
    """The doctors whose post covers the village of the record on this day, and institutions of its township."""

    doctor = forms.TypedChoiceField(label=_("责任医生"), coerce=int)
    institution = forms.TypedChoiceField(label=_("管理机构"), coerce=int, required=False, empty_value=None)

    def prepare(self) -> None:
        if not isinstance(self.target, HealthRecord):
            return
        record, today = self.target, timezone.localdate(self.now)
        self.offer("doctor", [(number, name) for number, name in doctors_for(record.region, today)])
        sites = open_institutions(*range_of(township_of(record.region)))
        self.offer("institution", [("", "---------"), *((site.pk, site.name) for site in sites)])
        self.initial.setdefault("doctor", record.doctor)
        self.initial.setdefault("institution", record.institution)
