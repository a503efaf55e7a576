"""The shape of input for a site's way through its plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.buildout.models import Project, Quota
from weimin.buildout.plan.schema import Plan, Tier
from weimin.buildout.rules import desk_for
from weimin.regions.queries import VILLAGE_KINDS, inside, names
from weimin.regions.rules import Level


class PlaceForm(ActionForm):
    """Where a site shall stand; kinds of place and criteria come from the plan."""

    place_kind = forms.ChoiceField(label=_("场所类型"))
    address = forms.CharField(label=_("建设地址"), max_length=200)
    longitude = forms.DecimalField(label=_("经度"), required=False, max_digits=9, decimal_places=6, min_value=73, max_value=136)
    latitude = forms.DecimalField(label=_("纬度"), required=False, max_digits=8, decimal_places=6, min_value=3, max_value=54)
    criteria = forms.MultipleChoiceField(label=_("符合的选址条件"), required=False, widget=forms.CheckboxSelectMultiple)
    area = forms.DecimalField(label=_("面积（㎡）"), required=False, max_digits=8, decimal_places=2, min_value=1)
    acknowledged_by = forms.CharField(label=_("已告知并确认的站点人员"), required=False, max_length=40)

    def plan_tier(self) -> tuple[Plan, Tier]:
        content = self.target.plan.content
        return content, content.tier(self.target.tier)

    def prepare(self) -> None:
        if self.target is None:
            return
        plan, tier = self.plan_tier()
        self.offer("place_kind", [(kind.key, kind.label) for kind in tier.place_kinds] or [("other", _("其他场所"))])
        self.offer("criteria", [(criterion.key, criterion.label) for criterion in tier.place_criteria])
        if not tier.place_criteria:
            del self.fields["criteria"]
        if tier.self_borne is None:
            del self.fields["acknowledged_by"]
        else:
            self.fields["acknowledged_by"].help_text = tier.self_borne.notice
        add_evidence(self, plan, tier.key, "wanted")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("longitude") is None) != (cleaned.get("latitude") is None):
            raise forms.ValidationError(_("经度和纬度要一起填写，或者都不填。"))
        plan, tier = self.plan_tier()
        chosen = next((kind for kind in tier.place_kinds if kind.key == cleaned.get("place_kind")), None)
        cleaned["self_borne"] = bool(tier.self_borne and chosen is not None and not chosen.free)
        if cleaned["self_borne"] and not cleaned.get("acknowledged_by"):
            self.add_error("acknowledged_by", _("不在公共服务中心建站，须先告知站点人员自付房租和宽带费，并填写确认人姓名。"))
        return cleaned


class StationForm(PlaceForm):
    """A township proposes a village of its own for a station."""

    village = forms.TypedChoiceField(label=_("行政村"), coerce=int)

    field_order = ["village"]

    def prepare(self) -> None:
        super().prepare()
        if self.target is not None:
            self.offer("village", self.free_villages())

    def free_villages(self) -> list[tuple[int, str]]:
        """Villages of the quota's township that have no project of this tier yet."""
        quota: Quota = self.target
        taken = Project.objects.filter(plan=quota.plan_id, tier=quota.tier, township=quota.region).exclude(state="closed")
        return villages_of(quota.region, set(taken.values_list("region", flat=True)))


def villages_of(township: int, without: set[int]) -> list[tuple[int, str]]:
    from_official = {region.code: region for region in inside(township, Level.VILLAGE) if region.kind in VILLAGE_KINDS}
    known = names(from_official)
    return [(code, known[code]) for code in sorted(from_official) if code not in without]


class ProgressForm(ActionForm):
    """A step is reported done, with the evidence that the plan asks for at this step."""

    remark = forms.CharField(label=_("说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        project: Project | None = self.target
        if project is not None:
            add_evidence(self, project.plan.content, project.tier, project.state)


class OpeningForm(ProgressForm):
    opened_on = forms.DateField(label=_("开业日期"), widget=forms.DateInput(attrs={"type": "date"}))
    opening_hours = forms.CharField(label=_("开放时间"), max_length=100, required=False)
    parcel_delivery = forms.BooleanField(label=_("已通物流配送"), required=False)

    field_order = ["opened_on", "opening_hours", "parcel_delivery", "remark"]

    def clean_opened_on(self) -> Any:
        on = self.cleaned_data["opened_on"]
        if self.now is not None and on > self.now.date():
            raise forms.ValidationError(_("开业日期不能晚于今天。"))
        return on


class ReasonForm(ActionForm):
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


def add_evidence(form: ActionForm, plan: Plan, tier: str, state: str) -> None:
    """One upload per piece of evidence of the next step; required where the plan says so and something is not there yet."""
    desk = desk_for(plan, tier, state, None, None)
    if desk is None:
        return
    for item in desk.evidence:
        form.fields[f"evidence_{item.key}"] = forms.FileField(label=item.label, required=item.required, help_text=EVIDENCE_HELP[item.kind])


EVIDENCE_HELP = {
    "document": _("PDF、Word、Excel 文件或照片"),
    "photo": _("照片：JPG、PNG 或 WebP"),
    "list": _("名单：PDF、Word、Excel 文件或照片"),
    "signature": _("签字后的扫描件：PDF、JPG 或 PNG"),
}
