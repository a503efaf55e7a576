"""The shape of input for candidate places, the question to the solver and its acceptance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.buildout.forms import add_evidence
from weimin.buildout.forms_places import OwnPlace
from weimin.buildout.models import Plan
from weimin.buildout.plan.schema import Tier
from weimin.buildout.queries.siting import acceptable
from weimin.regions.fields import offer_places
from weimin.regions.rules import Level, level
from weimin.sheets.errors import FileRefused
from weimin.sheets.trial import Report, dry_run
from weimin.ui.fields import YuanField

VERSION = "2026-1"
LEVELS = {"county": Level.COUNTY, "township": Level.TOWNSHIP, "village": Level.VILLAGE}
MODES = (("all", _("有一行出错就全部不导入")), ("good", _("只导入没有错误的行")))
GOALS = (("fewest", _("达到覆盖目标，站点最少")), ("most", _("在预算之内，覆盖的人最多")))
SECONDS = ((5, _("5 秒")), (10, _("10 秒")), (30, _("30 秒")))
LARGEST = 3 * 1024 * 1024
MOST_TOLD = 10


def tiers_of(plan: Plan | None) -> list[Tier]:
    return [tier for tier in plan.content.tiers if tier.build] if plan is not None else []


class TierForm(ActionForm):
    """A form about one tier of the plan that is its target."""

    tier = forms.ChoiceField(label=_("站点层级"))

    def prepare(self) -> None:
        self.offer("tier", [(tier.key, tier.label) for tier in tiers_of(self.target)])

    def tier_of(self, key: str) -> Tier | None:
        return next((tier for tier in tiers_of(self.target) if tier.key == key), None)


class CandidateForm(TierForm):
    """One place that could hold a site, as typed or as a row of the sheet."""

    place = OwnPlace()
    name = forms.CharField(label=_("候选地点"), max_length=100, validators=[LINE])
    place_kind = forms.ChoiceField(label=_("场所类型"))
    longitude = forms.DecimalField(label=_("经度"), max_digits=9, decimal_places=6, min_value=73, max_value=136, help_text=_("度，例如 108.767。"))
    latitude = forms.DecimalField(label=_("纬度"), max_digits=8, decimal_places=6, min_value=3, max_value=54, help_text=_("度，例如 28.841。"))
    population = forms.IntegerField(label=_("周边人口"), min_value=0, max_value=1_000_000, help_text=_("住在这个地点周边、由它服务的人数。"))
    rent_free = forms.BooleanField(label=_("免租金"), required=False)
    gathering = forms.BooleanField(label=_("人员集中"), required=False)
    transport = forms.BooleanField(label=_("交通便利"), required=False)
    existing = forms.BooleanField(label=_("已有站点"), required=False)
    synthetic = forms.BooleanField(label=_("演示数据"), required=False, help_text=_("编造的地点填“是”，真实地点不填。"))

    field_order = ["tier", "place", "name"]

    def prepare(self) -> None:
        super().prepare()
        kinds = {kind.key: kind.label for tier in tiers_of(self.target) for kind in tier.place_kinds}
        self.offer("place_kind", [*kinds.items()] if kinds else [("other", _("其他场所"))])
        offer_places(self, "place")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        tier = self.tier_of(cleaned.get("tier", ""))
        if tier is None:
            return cleaned
        kinds = [kind.key for kind in tier.place_kinds]
        if kinds and cleaned.get("place_kind") and cleaned["place_kind"] not in kinds:
            self.add_error("place_kind", _("方案里这一层级的站点没有这种场所，请改选。"))
        if cleaned.get("place") and level(cleaned["place"]) != LEVELS[tier.level]:
            self.add_error("place", _("这一层级的站点不能设在这一级区划，请改选。"))
        return cleaned


def try_out(content: bytes, actor: Any, plan: Plan, now: Any) -> Report:
    """The dry run of a sheet of candidates; the same place twice in one sheet is a fault of the second row."""
    seen: set[tuple[str, int, str]] = set()

    def check(row: dict[str, Any]) -> str | None:
        key = (row["tier"], row["place"], row["name"])
        if key in seen:
            return _now("表里已有同一地点。")
        seen.add(key)
        return None

    return dry_run(content, CandidateForm, check_row=check, form_kwargs={"actor": actor, "target": plan, "now": now}, version=VERSION)


class ImportForm(ActionForm):
    """A filled sheet of candidates; read and checked as a whole."""

    file = forms.FileField(label=_("填好的表格"))
    mode = forms.ChoiceField(label=_("遇到错误时"), choices=MODES, initial="all", widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or self.target is None:
            return cleaned
        upload = cleaned["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("表格不能超过 3 MB，请分成几个文件。"))
        try:
            report = try_out(upload.read(), self.actor, self.target, self.now)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        if report.errors and cleaned["mode"] == "all":
            raise forms.ValidationError([_now("没有导入，请先改正："), *(told(error) for error in report.errors[:MOST_TOLD])])
        if not report.good:
            raise forms.ValidationError(_("表里没有一行可以导入。"))
        cleaned["report"] = report
        return cleaned


def told(error: Any) -> str:
    return _now("第 %(row)d 行 %(label)s：%(sentence)s") % {"row": error.row, "label": error.label, "sentence": error.sentence}


class RunForm(TierForm):
    """What the county asks the solver."""

    goal = forms.ChoiceField(label=_("要解决的问题"), choices=GOALS, initial="fewest", widget=forms.RadioSelect)
    distance_km = forms.DecimalField(label=_("服务半径（公里）"), max_digits=5, decimal_places=2, min_value=0, max_value=200, initial=3)
    coverage = forms.DecimalField(label=_("覆盖人口的目标（%）"), required=False, max_digits=5, decimal_places=2, min_value=0, max_value=100, initial=85)
    budget = YuanField(label=_("预算"), required=False, smallest=0, help_text=_("“在预算之内”时必填。"))
    cost = YuanField(label=_("每个新站点的费用"), required=False, smallest=1, help_text=_("不填就用方案的补助标准。"))
    cover_poverty = forms.BooleanField(label=_("贫困村必须全部覆盖"), required=False, initial=True)
    seconds = forms.TypedChoiceField(label=_("计算时间"), choices=SECONDS, coerce=int, initial=10)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("goal") == "fewest" and cleaned.get("coverage") is None and "coverage" not in self.errors:
            self.add_error("coverage", _("请填写覆盖目标。"))
        if cleaned.get("goal") == "most":
            if cleaned.get("budget") is None and "budget" not in self.errors:
                self.add_error("budget", _("请填写预算。"))
            if cleaned.get("cost") is None and not self.has_standard(cleaned.get("tier", "")) and "cost" not in self.errors:
                self.add_error("cost", _("方案没有这类站点的补助标准，请填写每个站点的费用。"))
        return cleaned

    def has_standard(self, tier: str) -> bool:
        return self.target is not None and bool(self.target.content.subsidies_of(tier))


class AcceptForm(ActionForm):
    """Which of the proposed places become proposals of sites, with the evidence that the plan asks for at this step."""

    places = forms.MultipleChoiceField(label=_("采纳的地点"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        if self.target is None or self.actor is None:
            return
        found = acceptable(self.actor, self.target)
        self.offer("places", [(str(line.candidate.pk), line.words) for line in found])
        self.initial.setdefault("places", [str(line.candidate.pk) for line in found])
        add_evidence(self, self.target.plan.content, self.target.tier, "wanted")


def place_lists(actor: Any, plan: Plan) -> dict[str, list[str]]:
    """Lists of the template: tiers and kinds of place of the plan, places of the own range as "乡镇 村"."""
    rows = OwnPlace()
    rows.attach(actor)
    known = {region.code: region.short for region in rows.known() if region.level == Level.TOWNSHIP}
    villages = [f"{known.get(row.code - row.code % 1000, '')} {row.short}".strip() for row in rows.known() if row.level == Level.VILLAGE]
    kinds = {kind.label: "" for tier in tiers_of(plan) for kind in tier.place_kinds}
    return {"tier": [tier.label for tier in tiers_of(plan)], "place": [*known.values(), *villages], "place_kind": [*kinds] or [_now("其他场所")]}
