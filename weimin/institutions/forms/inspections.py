"""Inspections: planned, held by the checklist, mended, called off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.health.standard_words import in_words
from weimin.institutions.models import Inspection, InspectionRound
from weimin.institutions.rules_unified import Item, Standard
from weimin.institutions.tables import standard_on
from weimin.ui.widgets import DateParts, Upload

CAMERA, PICTURES = {"capture": "environment"}, "image/jpeg,image/png,image/webp"


class PlanInspection(ActionForm):
    planned_on = forms.DateField(label=_("计划日期"), widget=DateParts)
    note = forms.CharField(label=_("说明"), required=False, max_length=200, validators=[LINE])

    def clean_planned_on(self) -> Any:
        on = self.cleaned_data["planned_on"]
        if self.now is not None and on < timezone.localdate(self.now):
            raise forms.ValidationError(_("计划日期不能早于今天。"))
        return on


@dataclass(frozen=True)
class CheckFields:
    """One item of the checklist with its fields and what was said of it the last time."""

    item: Item
    score: BoundField
    remark: BoundField
    photo: BoundField
    before: dict[str, Any] | None


class Inspect(ActionForm):
    """A score from 0 to its weight for each item; a photo where the standard wants one, the first time."""

    opinion = forms.CharField(label=_("检查意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    rectify_by = forms.DateField(label=_("整改期限"), required=False, widget=DateParts, help_text=_("结论是限期整改时用；不填按规定的天数计算。"))
    signed_by = forms.CharField(label=_("机构签字人"), max_length=40, validators=[LINE], help_text=_("请机构负责人当面核对后，填写签字人姓名。"))

    def prepare(self) -> None:
        self.standard: Standard = standard_on(timezone.localdate(self.now))
        inspection = self.target if isinstance(self.target, Inspection) else None
        last = InspectionRound.objects.filter(inspection=inspection).order_by("-number").first() if inspection else None
        self.before = {line["key"]: line for line in last.items} if last else {}
        given: dict[str, forms.Field] = {}
        for item in self.standard.items:
            given |= self.fields_of(item, self.before.get(item.key))
        self.fields = {**given, **self.fields}

    def fields_of(self, item: Item, before: dict[str, Any] | None) -> dict[str, forms.Field]:
        label = in_words(item.label)
        words = {"item": label, "weight": item.weight}
        score = forms.DecimalField(
            label=_("%(item)s：得分（满分 %(weight)d）") % words, min_value=0, max_value=item.weight, max_digits=4, decimal_places=1,
            widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}), initial=before["score"] if before else None,
        )  # fmt: skip
        photo = forms.FileField(label=_("%s：照片") % label, required=item.photo and before is None, widget=Upload(CAMERA, kinds=PICTURES))
        remark = forms.CharField(label=_("%s：说明") % label, max_length=200, required=False, validators=[LINE])
        return {f"score_{item.key}": score, f"photo_{item.key}": photo, f"remark_{item.key}": remark}

    def lines(self) -> Iterator[CheckFields]:
        for item in self.standard.items:
            yield CheckFields(item, self[f"score_{item.key}"], self[f"remark_{item.key}"], self[f"photo_{item.key}"], self.before.get(item.key))

    def scores(self) -> dict[str, Decimal]:
        return {item.key: self.cleaned_data[f"score_{item.key}"] for item in self.standard.items}

    def clean_rectify_by(self) -> Any:
        on = self.cleaned_data["rectify_by"]
        if on is not None and self.now is not None and on <= timezone.localdate(self.now):
            raise forms.ValidationError(_("整改期限要晚于今天。"))
        return on

    def clean(self) -> dict[str, Any]:
        """Nothing for an item needs a word: the remark is what the institution reads."""
        cleaned = super().clean() or {}
        for item in self.standard.items:
            if cleaned.get(f"score_{item.key}") == 0 and not cleaned.get(f"remark_{item.key}"):
                self.add_error(f"remark_{item.key}", _("得 0 分的，请写明原因。"))
        return cleaned


class ReportRectified(ActionForm):
    note = forms.CharField(label=_("整改情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("逐条写明整改了什么。"))
    photo_1 = forms.FileField(label=_("整改后照片"), widget=Upload(CAMERA, kinds=PICTURES))
    photo_2 = forms.FileField(label=_("整改后照片（二）"), required=False, widget=Upload(CAMERA, kinds=PICTURES))
    photo_3 = forms.FileField(label=_("整改后照片（三）"), required=False, widget=Upload(CAMERA, kinds=PICTURES))


class Why(ActionForm):
    reason = forms.CharField(label=_("理由"), max_length=200, validators=[LINE])
