"""The shape of input for acceptance: application with dossier, the checklist of an inspection, the report of rectification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.buildout.forms import EVIDENCE_HELP
from weimin.buildout.models import Project
from weimin.buildout.plan.schema import Acceptance, CheckItem, Evidence
from weimin.buildout.rules import step_reaching
from weimin.buildout.rules_acceptance import missing_dossier
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level
from weimin.sites.forms import FACTS, SiteFacts
from weimin.ui.widgets import DateParts, Upload

CAMERA = {"capture": "environment"}


def way_of(project: Project) -> Acceptance | None:
    return project.plan.content.acceptance_of(project.tier)


class ApplyAcceptance(ActionForm):
    """Only the papers of the dossier that are not uploaded yet must be added; further ones may be."""

    remark = forms.CharField(label=_("说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        project: Project | None = self.target
        way = way_of(project) if project is not None else None
        if project is None or way is None:
            return
        missing = missing_dossier(way, project.evidence)
        for item in way.dossier:
            there = len(project.evidence.get(item.key, []))
            hint = EVIDENCE_HELP[item.kind] if not there else _("已有 %(number)d 份，可以再补充。") % {"number": there}
            kinds = "image/jpeg,image/png,image/webp" if item.kind == "photo" else ".pdf,.docx,.xlsx,.jpg,.png"
            self.fields[f"evidence_{item.key}"] = forms.FileField(label=item.label, required=item.key in missing, help_text=hint, widget=Upload(kinds=kinds))


def record_evidence(project: Project) -> list[Evidence]:
    """What the plan's own step of acceptance wants on paper (the signed record)."""
    step = step_reaching(project.plan.content, project.tier, "accepted")
    return [item for item in step.evidence if item.kind == "signature"] if step else []


@dataclass(frozen=True)
class CheckFields:
    """One checklist item with its fields, for the page."""

    item: CheckItem
    score: BoundField
    remark: BoundField
    photo: BoundField


class Inspect(ActionForm):
    """A score from 0 to its weight for each item, with a photo where the plan wants one."""

    opinion = forms.CharField(label=_("检查意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    rectify_by = forms.DateField(label=_("整改期限"), required=False, widget=DateParts, help_text=_("结论是限期整改时用；不填按方案规定的天数计算。"))
    signed_by = forms.CharField(label=_("被检查方签字人"), max_length=40, validators=[LINE], help_text=_("请被检查方当面核对后，填写签字人姓名。"))

    def prepare(self) -> None:
        project: Project | None = self.target
        self.way = way_of(project) if project is not None else None
        given: dict[str, forms.Field] = {}
        for item in self.way.checklist if self.way else ():
            given[f"score_{item.key}"] = forms.DecimalField(
                label=_("%(item)s：得分（满分 %(weight)d）") % {"item": item.label, "weight": item.weight}, min_value=0, max_value=item.weight,
                max_digits=4, decimal_places=1, widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )  # fmt: skip
            given[f"photo_{item.key}"] = forms.FileField(
                label=_("%s：照片") % item.label, required=item.photo, widget=Upload(CAMERA, kinds="image/jpeg,image/png,image/webp")
            )
            given[f"remark_{item.key}"] = forms.CharField(label=_("%s：说明") % item.label, max_length=200, required=False, validators=[LINE])
        self.fields = {**given, **self.fields}
        for paper in record_evidence(project) if project is not None else ():
            self.fields[f"evidence_{paper.key}"] = forms.FileField(
                label=paper.label, required=False, help_text=_("签字后的扫描件，没有可以不交；系统也会生成记录。"), widget=Upload(kinds=".pdf,.jpg,.png")
            )

    def lines(self) -> Iterator[CheckFields]:
        for item in self.way.checklist if self.way else ():
            yield CheckFields(item, self[f"score_{item.key}"], self[f"remark_{item.key}"], self[f"photo_{item.key}"])

    def clean_rectify_by(self) -> Any:
        on = self.cleaned_data["rectify_by"]
        if on is not None and self.now is not None and on <= self.now.date():
            raise forms.ValidationError(_("整改期限要晚于今天。"))
        return on

    def clean(self) -> dict[str, Any]:
        """Points taken off need a word: the remark is what the village reads."""
        cleaned = super().clean() or {}
        for item in self.way.checklist if self.way else ():
            score = cleaned.get(f"score_{item.key}")
            if score is not None and score == 0 and item.weight and not cleaned.get(f"remark_{item.key}"):
                self.add_error(f"remark_{item.key}", _("得 0 分的，请写明原因。"))
        return cleaned


def scores_of(way: Acceptance, cleaned: dict[str, Any]) -> dict[str, Decimal]:
    return {item.key: cleaned[f"score_{item.key}"] for item in way.checklist}


class ReportRectified(ActionForm):
    note = forms.CharField(label=_("整改情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("逐条写明整改了什么。"))
    photo_1 = forms.FileField(label=_("整改后照片"), widget=Upload(CAMERA))
    photo_2 = forms.FileField(label=_("整改后照片（二）"), required=False, widget=Upload(CAMERA))
    photo_3 = forms.FileField(label=_("整改后照片（三）"), required=False, widget=Upload(CAMERA))


class RegisterExisting(SiteFacts):
    """A site of one of the plan's tiers that stood before the plan."""

    tier = forms.ChoiceField(label=_("站点种类"))
    place = PlaceField(levels=(Level.TOWNSHIP, Level.VILLAGE))
    opened_on = forms.DateField(label=_("开放日期"), widget=DateParts)

    field_order = ["tier", "place", *FACTS, "opened_on"]

    def prepare(self) -> None:
        offer_places(self, "place")
        if self.target is not None:
            self.offer("tier", [(tier.key, tier.label) for tier in self.target.content.tiers if tier.build])

    def clean_opened_on(self) -> Any:
        on = not_later(self, "opened_on")
        if self.target is not None and on is not None and on >= self.target.issued_on:
            raise forms.ValidationError(_("原有站点须在方案印发前开放；方案印发后建的，请按流程办理。"))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        tier, place = cleaned.get("tier"), cleaned.get("place")
        if tier and place and self.target is not None:
            wants_village = self.target.content.tier(tier).level == "village"
            if wants_village != bool(place % 1000):
                self.add_error("place", _("村级站点请选到村（社区），乡镇中心请选到乡镇。"))
        return cleaned
