"""The shape of input for activities: planned, recorded, cancelled, the sign-in list, the plan of a year."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.education.forms.fields import CLOCK, day, line, moment, text, within
from weimin.education.models import Activity, ActivityKind, Material, Medium, PlaceKind, SignIn
from weimin.education.rules import level_for
from weimin.regions.queries import inside
from weimin.regions.rules import township_of
from weimin.sites.models import Site
from weimin.ui.widgets import Upload

CAMERA = {"capture": "environment"}
AHEAD_DAYS = 400
ARCHIVES = [
    ("written", _("书面材料")), ("pictures", _("图片材料")), ("printed", _("印刷材料")), ("films", _("影音材料")), ("sign_in", _("签到表")), ("other", _("其他材料")),
]  # fmt: skip
LEVELS = [("centre", _("中心（卫生院）")), ("station", _("站（村卫生室）"))]
MOST_MATERIALS = 30
MOST_NAMES = 500


class ActivityFacts(ActionForm):
    """What, where, when, by whom, for whom."""

    kind = forms.ChoiceField(label=_("活动形式"), choices=ActivityKind.choices)
    subject = line(_("活动主题"), 100, required=True)
    on = day(_("日期"))
    starts = forms.TimeField(label=_("开始时间"), help_text=_("例如 9:00"), **CLOCK)
    place = forms.TypedChoiceField(label=_("所在社区（村）"), coerce=int, required=False, empty_value=None, help_text=_("在机构内开展的不用选。"))
    venue = line(_("活动地点"), 100, required=True)
    place_kind = forms.ChoiceField(label=_("“五进”场所"), required=False, choices=[("", _("不属于“五进”")), *PlaceKind.choices])
    speaker = line(_("主讲人"), 60)
    audience = line(_("接受健康教育人员类别"), 60, help_text=_("例如高血压患者、老年人、学生、职工。"))

    def offer_places(self, low: int) -> None:
        """Communities of the township that the post covers."""
        if self.actor is None:
            return
        rows = [region for region in inside(township_of(low)) if self.actor.covers(region.code) and region.code % 1000]
        self.offer("place", [("", "---------"), *((region.code, region.short) for region in rows)])

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if self.now is not None and not within(on, self.now, AHEAD_DAYS):
            raise forms.ValidationError(_now("日期只能在近两年到一年以后之间，请核对。"))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == ActivityKind.CAMPAIGN and not cleaned.get("place_kind"):
            self.add_error("place_kind", _now("“五进”宣传要选进的是哪一类场所。"))
        if cleaned.get("on") and cleaned.get("starts"):
            cleaned["starts_at"] = moment(cleaned["on"], cleaned["starts"])
        return cleaned


class PlanActivity(ActivityFacts):
    def prepare(self) -> None:
        if isinstance(self.target, Site):
            self.offer_places(self.target.region)
            self.initial.setdefault("venue", self.target.address or self.target.name)


class ChangeActivity(ActivityFacts):
    """An activity that is still to come; what is known is filled in."""

    def prepare(self) -> None:
        if not isinstance(self.target, Activity):
            return
        row, at = self.target, timezone.localtime(self.target.starts_at)
        self.offer_places(row.region)
        known = {name: getattr(row, name) for name in ("kind", "subject", "venue", "place_kind", "speaker", "audience")}
        known |= {"on": at.date(), "starts": at.time(), "place": row.region if row.region % 1000 else ""}
        for name, value in known.items():
            self.initial.setdefault(name, value)


class RecordActivity(ActionForm):
    """What came of it, as the record form of the standard asks; one number for each printed material that was given out."""

    attendance = forms.IntegerField(label=_("接受健康教育人数"), min_value=0, max_value=100_000)
    photo_1 = forms.FileField(label=_("现场照片"), required=False, widget=Upload(CAMERA))
    photo_2 = forms.FileField(label=_("签到表照片"), required=False, widget=Upload(CAMERA))
    content = text(_("活动内容"))
    evaluation = text(_("活动总结评价"))
    archives = forms.MultipleChoiceField(label=_("存档材料"), choices=ARCHIVES, required=False, widget=forms.CheckboxSelectMultiple)
    leader = line(_("负责人"), 40)
    materials: list[Material] = []  # noqa: RUF012  (each form sets its own)

    def prepare(self) -> None:
        if not isinstance(self.target, Activity) or self.actor is None:
            return
        names = SignIn.objects.visible_to(self.actor).filter(activity=self.target).count()
        self.initial.setdefault("attendance", self.target.attendance if self.target.attendance is not None else names or None)
        for name in ("content", "evaluation", "archives", "leader"):
            self.initial.setdefault(name, getattr(self.target, name))
        self.offer_materials(self.target)

    def offer_materials(self, activity: Activity) -> None:
        rows = Material.objects.visible_to(self.actor).filter(institution=activity.institution, medium=Medium.PRINTED, stock__gt=0)  # type: ignore[arg-type]
        self.materials = list(rows.order_by("-pk")[:MOST_MATERIALS]) if activity.state == "planned" else []
        for row in self.materials:
            label = _now("发放“%(title)s”（库存 %(stock)d）") % {"title": row.title, "stock": row.stock}
            self.fields[f"material_{row.pk}"] = forms.IntegerField(label=label, min_value=0, max_value=row.stock, required=False)

    def given_out(self, data: dict[str, Any]) -> list[tuple[Material, int]]:
        return [(row, data[f"material_{row.pk}"]) for row in self.materials if data.get(f"material_{row.pk}")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["photos"] = [cleaned[name] for name in ("photo_1", "photo_2") if cleaned.get(name)]
        if isinstance(self.target, Activity):
            cleaned["given"] = self.given_out(cleaned)
        return cleaned


class CorrectActivity(RecordActivity):
    reason = text(_("更正原因"), 200, rows=2, required=True)


class SignInList(ActionForm):
    names = text(
        _("姓名"), 20_000, rows=8, required=True, help_text=_("一行一个人，也可以用顿号隔开。纸质签到表请拍照上传。"),
    )  # fmt: skip

    def clean_names(self) -> list[str]:
        typed = cast(str, self.cleaned_data["names"])
        for mark in "、，,;；\t":
            typed = typed.replace(mark, "\n")
        found = [name for name in (part.strip() for part in typed.splitlines()) if name]
        if odd := next((name for name in found if len(name) > 40 or not name.isprintable()), ""):
            raise forms.ValidationError(_now("“%(name)s”不像一个姓名，请一行写一个人。") % {"name": odd[:20]})
        if len(found) > MOST_NAMES:
            raise forms.ValidationError(_now("一次最多登记 %(most)d 人，请分几次。") % {"most": MOST_NAMES})
        return found


class MakePlan(ActionForm):
    """The plan of a year by rule."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    level = forms.ChoiceField(label=_("机构类别"), choices=LEVELS)
    starts = forms.TimeField(label=_("一般开始时间"), initial="9:00", **CLOCK)

    def prepare(self) -> None:
        today = timezone.localdate(self.now)
        self.offer("year", [(year, str(year)) for year in (today.year, today.year + 1)])
        if isinstance(self.target, Site):
            self.initial.setdefault("level", level_for(self.target.region))
