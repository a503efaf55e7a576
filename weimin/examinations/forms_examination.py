"""The form of an examination: the standard's fields for this person, in its sections; what cannot be is refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.examinations.judging import content_of, sketch
from weimin.examinations.models import Examination
from weimin.examinations.rules_form import Item, asked_of, bound_of, items
from weimin.health.bounds import bounds
from weimin.health.forms_bounds import hold, number_field
from weimin.health.forms_visit import since_opened
from weimin.health.models import HealthRecord
from weimin.health.queries import record_of
from weimin.health.standard_words import in_words
from weimin.residents.queries import find_by_id_number
from weimin.residents.rules import tidy_number
from weimin.ui.widgets import DateParts

ARMS = (("left_systolic", "left_diastolic"), ("right_systolic", "right_diastolic"))
FIRSTS = tuple(high for high, _low in ARMS)
NUMBERS = ("whole", "decimal")


def title_of(one: Item) -> str:
    """The label with its unit, in the language of the reader."""
    return f"{in_words(one.label)}（{in_words(one.unit)}）" if one.unit else in_words(one.label)  # text: data


def field_for(one: Item, *, sheet: bool = False) -> forms.Field:
    """As the page has it, or as a column of a sheet, where every code is chosen from a list."""
    words = str if sheet else in_words  # a sheet has the words of the standard, whoever reads it
    title = one.title if sheet else title_of(one)
    given: dict[str, Any] = {"label": title, "required": False, "help_text": words(one.help)}
    if one.kind == "one":
        choices = [(code, words(said)) for code, said in one.codes.items()]
        return forms.ChoiceField(choices=[("", ""), *choices], **given) if sheet else forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)
    if one.kind == "many":
        return forms.MultipleChoiceField(choices=[(code, words(said)) for code, said in one.codes.items()], widget=forms.CheckboxSelectMultiple, **given)
    if one.kind == "text":
        return forms.CharField(max_length=200, validators=[LINE], **given)
    return number_field(bound_of(one.key), **given)


def hold_numbers(form: ActionForm, names: Iterable[str]) -> None:
    """The numbers of a form to what may be entered today."""
    today = timezone.localdate(form.now)
    for name in names:
        if items()[name].kind in NUMBERS:
            hold(form.fields[name], bound_of(name), today)


def check_pressures(form: ActionForm, cleaned: dict[str, Any]) -> None:
    for high, low in ARMS:
        upper, lower = cleaned.get(high), cleaned.get(low)
        if bool(upper) != bool(lower) and high not in form.errors and low not in form.errors:
            form.add_error(low if upper else high, _("高压和低压要一起填。"))
        elif upper and lower and upper - lower < bounds("gap", timezone.localdate(form.now))[0]:
            form.add_error(low, _("高压和低压差得太少或写反了，请核对。"))


def check_alone(form: ActionForm, cleaned: dict[str, Any]) -> None:
    """ "None" ticked together with something."""
    for one in items().values():
        chosen = cleaned.get(one.key)
        if one.alone and isinstance(chosen, list) and one.alone in chosen and len(chosen) > 1:
            form.add_error(one.key, _now("选了“%(none)s”就不能再选别的。") % {"none": in_words(one.codes[one.alone])})


def in_rows(fields: list[Any]) -> list[list[Any]]:
    """Two numbers that follow each other share a row, the two pressures of an arm always."""
    rows: list[list[Any]] = []
    for bound in fields:
        alone = items()[bound.name].kind not in NUMBERS
        first = bound.name in FIRSTS
        if not alone and not first and rows and len(rows[-1]) == 1 and items()[rows[-1][0].name].kind in NUMBERS:
            rows[-1].append(bound)
        else:
            rows.append([bound])
    return rows


class RecordExamination(ActionForm):
    """`sections`: (title, names) in the order of the form; only what concerns this person is asked. `asks`: what the verdict while typing has to know."""

    on = forms.DateField(label=_("体检日期"), widget=DateParts)

    def prepare(self) -> None:
        self.record, today = self.whom(), timezone.localdate(self.now)
        self.initial.setdefault("on", today)
        self.sections: list[tuple[str, list[str]]] = []
        for one in asked_of(sketch(self.record, today), today) if self.record else ():
            self.fields[one.key] = field_for(one)
            if not self.sections or self.sections[-1][0] != one.section:
                self.sections.append((one.section, []))
            self.sections[-1][1].append(one.key)
        hold_numbers(self, [name for _title, names in self.sections for name in names])

    @property
    def asks(self) -> str:
        return f"&examination={self.target.pk}" if isinstance(self.target, Examination) else ""

    def whom(self) -> HealthRecord | None:
        return self.target if isinstance(self.target, HealthRecord) else None

    def parts(self) -> list[dict[str, Any]]:
        """The sections for the page: numbers stand two in a row; what a complete form does not need is folded until it is filled in."""
        return [
            {
                "number": number,
                "title": in_words(title),
                "rows": in_rows([self[name] for name in names]),
                "folded": not any(items()[name].need for name in names),
                "open": self.is_used(names),
            }
            for number, (title, names) in enumerate(self.sections, 1)
        ]

    def is_used(self, names: list[str]) -> bool:
        return any(self[name].errors or self[name].value() not in (None, "", []) for name in names)

    def clean_on(self) -> Any:
        on = since_opened(self, self.record)
        if self.record is not None and self.taken(on):
            raise forms.ValidationError(_("这一天已经有一次体检。要补充或更正的，请在那次体检上办理。"))
        return on

    def taken(self, on: date) -> bool:
        return Examination.objects.filter(record=self.record, on=on, corrections__isnull=True).exists()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_pressures(self, cleaned)
        check_alone(self, cleaned)
        if not any(cleaned.get(name) not in (None, "", []) for _title, names in getattr(self, "sections", []) for name in names) and not self.errors:
            raise forms.ValidationError(_("一项也没有填。"))
        return cleaned


class CorrectExamination(RecordExamination):
    """The same form with what was written; a new row takes the place of the old one, which is kept."""

    reason = forms.CharField(label=_("更正理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("补录化验结果的，写“补录”。"))

    def whom(self) -> HealthRecord | None:
        return self.target.record if isinstance(self.target, Examination) else None

    def prepare(self) -> None:
        if isinstance(self.target, Examination):
            self.initial = {**content_of(self.target), "on": self.target.on} | self.initial
        super().prepare()

    def taken(self, on: date) -> bool:
        others = Examination.objects.filter(record=self.record, on=on, corrections__isnull=True)
        return others.exclude(pk=getattr(self.target, "pk", 0)).exists()


class ImportResult(ActionForm):
    """One row of a file of results. The person is found by the number of the record or of the identity card; a name that does not fit is refused."""

    identity = forms.CharField(label=_("身份证号或档案编号"), max_length=30, help_text=_("18 位身份证号，或 17 位健康档案编号"))
    name = forms.CharField(label=_("姓名"), max_length=60, required=False, help_text=_("用来核对，可不填"))
    on = forms.DateField(label=_("体检日期"))

    def prepare(self) -> None:
        hold_numbers(self, SHEET)

    def clean_on(self) -> Any:
        return not_later(self, "on")

    def clean_identity(self) -> str:
        return tidy_number(self.cleaned_data["identity"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_pressures(self, cleaned)
        if self.actor is None or not cleaned.get("identity"):
            return cleaned
        cleaned["record"] = record = find_record(self, cleaned["identity"])
        if record is None:
            self.add_error("identity", _("没有找到这个人的健康档案，请核对号码，或先建档。"))
        elif cleaned.get("name") and cleaned["name"].strip() != record.resident.name:
            self.add_error("name", _("和登记的姓名不一致，请核对是不是同一个人。"))
        elif cleaned.get("on") and cleaned["on"] < record.opened_on:
            self.add_error("on", _("不能早于建档日期。"))
        elif not any(cleaned.get(key) not in (None, "", []) for key in SHEET) and not self.errors:
            self.add_error(None, _("这一行没有结果。"))
        return cleaned


def find_record(form: ActionForm, number: str) -> HealthRecord | None:
    """A 17-digit record number, else an identity card number; inside the range of who imports."""
    if form.actor is None:
        return None
    if len(number) == 17 and number.isdigit():
        return HealthRecord.objects.visible_to(form.actor).select_related("resident").filter(number=number).first()
    resident = find_by_id_number(form.actor, number)
    record = record_of(form.actor, resident) if resident is not None else None
    if record is not None and resident is not None:
        record.resident = resident
    return record


SHEET = [one.key for one in items().values() if one.sheet]
for key in SHEET:
    ImportResult.base_fields[key] = field_for(items()[key], sheet=True)  # type: ignore[attr-defined]
