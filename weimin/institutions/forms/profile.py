"""What is entered of an institution: facts, posts, villages, insurance, information system, stars, the monthly report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.institutions.models import Catchment, Institution, InstitutionKind, MonthlyReport, NamedStar, PostKind
from weimin.regions.queries import inside
from weimin.regions.rules import Level, range_of, township_of
from weimin.ui.widgets import DateParts, Upload
from weimin.walls.tenancy import here


def line(label: Any, most: int, **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": most, "required": False, "validators": [LINE], **over})


class Facts(ActionForm):
    """Kind, the centre of a station, beds and licence. The target is a site (entering) or the institution (correcting)."""

    kind = forms.ChoiceField(label=_("机构种类"), choices=InstitutionKind.choices, widget=forms.RadioSelect)
    belongs_to = forms.TypedChoiceField(label=_("所属中心"), required=False, coerce=int, empty_value=None, help_text=_("卫生服务站填写；没有所属中心的不填。"))
    beds = forms.IntegerField(label=_("床位"), min_value=0, max_value=2000, initial=0)
    licence_number = line(_("执业许可证号"), 40)
    licence_to = forms.DateField(label=_("许可证有效期至"), required=False, widget=DateParts, help_text=_("到期前提醒换证。"))

    def prepare(self) -> None:
        rows = Institution.objects.visible_to(self.actor).filter(kind="centre").select_related("site") if self.actor else Institution.objects.none()
        own = self.target if isinstance(self.target, Institution) else None
        self.offer("belongs_to", [("", "---------"), *((row.pk, row.site.name) for row in rows.order_by("region", "pk") if own is None or row.pk != own.pk)])
        if own is not None:
            for name in ("kind", "beds", "licence_number", "licence_to"):
                self.initial.setdefault(name, getattr(own, name))
            self.initial.setdefault("belongs_to", own.belongs_to_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("belongs_to") and cleaned.get("kind") == InstitutionKind.CENTRE:
            self.add_error("belongs_to", _("社区卫生服务中心不用填所属中心。"))
        own = self.target if isinstance(self.target, Institution) else None
        if own is not None and cleaned.get("kind") == InstitutionKind.STATION and own.stations.exists():
            self.add_error("kind", _("下面还有卫生服务站，不能改为服务站。"))
        return cleaned


class Posts(ActionForm):
    """For each kind of post how many are approved and how many are filled."""

    def prepare(self) -> None:
        kept = {post.kind: post for post in self.target.posts.all()} if isinstance(self.target, Institution) else {}
        for kind, label in PostKind.choices:
            post = kept.get(kind)
            self.fields[f"approved_{kind}"] = forms.IntegerField(
                label=_("%(kind)s：编制数") % {"kind": label}, min_value=0, max_value=2000, initial=post.approved if post else 0
            )
            self.fields[f"reported_{kind}"] = forms.IntegerField(
                label=_("%(kind)s：在岗数") % {"kind": label}, required=False, min_value=0, max_value=2000, initial=post.reported if post else None,
                help_text=_("“服务人员”里登记了任职的，按登记的人数计。"),
            )  # fmt: skip


class Villages(ActionForm):
    """The villages that an institution answers for; one that another institution has had comes over from there."""

    villages = forms.TypedMultipleChoiceField(label=_("服务的村（社区）"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False)

    def prepare(self) -> None:
        if not isinstance(self.target, Institution):
            return
        top = township_of(self.target.region) if self.target.region % 10**6 else here().code
        taken = dict(Catchment.objects.filter(region__range=range_of(top)).values_list("region", "institution__site__name"))
        own = set(self.target.catchments.values_list("region", flat=True))
        self.initial.setdefault("villages", sorted(own))
        rows = inside(top, Level.VILLAGE)
        self.offer("villages", [(row.code, self.words(row.short, taken.get(row.code, ""), row.code in own)) for row in rows])

    def words(self, name: str, keeper: str, own: bool) -> Any:
        return name if own or not keeper else _("%(village)s（现由%(institution)s负责）") % {"village": name, "institution": keeper}


class Insurance(ActionForm):
    insured_from = forms.DateField(label=_("医保定点日期"), widget=DateParts)
    insured_by = line(_("定点批准单位"), 80, required=True)
    insured_document = line(_("定点文号"), 60)
    insured_to = forms.DateField(label=_("定点终止日期"), required=False, widget=DateParts, help_text=_("还在定点的不填。"))

    def prepare(self) -> None:
        if isinstance(self.target, Institution):
            for name in self.fields:
                self.initial.setdefault(name, getattr(self.target, name))

    def clean_insured_from(self) -> Any:
        return not_later(self, "insured_from")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("insured_from") and cleaned.get("insured_to") and cleaned["insured_to"] < cleaned["insured_from"]:
            self.add_error("insured_to", _("终止日期不能早于定点日期。"))
        return cleaned


class Join(ActionForm):
    informed_from = forms.DateField(label=_("接入省级系统日期"), widget=DateParts)

    def clean_informed_from(self) -> Any:
        return not_later(self, "informed_from")


class Renew(ActionForm):
    licence_number = line(_("执业许可证号"), 40, required=True)
    licence_to = forms.DateField(label=_("许可证有效期至"), widget=DateParts)

    def prepare(self) -> None:
        if isinstance(self.target, Institution):
            self.initial.setdefault("licence_number", self.target.licence_number)

    def clean_licence_to(self) -> Any:
        on = self.cleaned_data["licence_to"]
        if self.now is not None and on <= timezone.localdate(self.now):
            raise forms.ValidationError(_("新的有效期要晚于今天。"))
        return on


class RecordStar(ActionForm):
    """A star given by the province or somebody else outside."""

    name = line(_("称号"), 80, required=True)
    granted_by = line(_("授予单位"), 80, required=True)
    granted_on = forms.DateField(label=_("授予日期"), widget=DateParts)
    document = line(_("文号"), 60)
    ends_on = forms.DateField(label=_("有效期至"), required=False, widget=DateParts, help_text=_("长期有效的不填。"))
    scan = forms.FileField(label=_("文件扫描件"), required=False, widget=Upload(kinds=".pdf,.jpg,.png"))

    def clean_granted_on(self) -> Any:
        return not_later(self, "granted_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("granted_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["granted_on"]:
            self.add_error("ends_on", _("有效期不能早于授予日期。"))
        return cleaned


class EndStar(ActionForm):
    ends_on = forms.DateField(label=_("有效期至"), widget=DateParts)
    reason = line(_("理由"), 200, required=True)

    def clean_ends_on(self) -> Any:
        on = not_later(self, "ends_on")
        if isinstance(self.target, NamedStar) and on < self.target.granted_on:
            raise forms.ValidationError(_("有效期不能早于授予日期。"))
        return on


def months_before(today: date, most: int = 13) -> list[date]:
    """First days of the months that are over, the latest first."""
    months, first = [], today.replace(day=1)
    for _number in range(most):
        first = date(first.year - (first.month == 1), first.month - 1 or 12, 1)
        months.append(first)
    return months


class ReportMonth(ActionForm):
    """The figures of a month that is over; typed again, they replace what was reported."""

    month = forms.TypedChoiceField(label=_("月份"), coerce=date.fromisoformat)
    outpatients = forms.IntegerField(label=_("门诊人次"), min_value=0, max_value=1_000_000)
    first_here = forms.IntegerField(label=_("辖区居民首诊在本机构的人次"), min_value=0, max_value=1_000_000)
    first_all = forms.IntegerField(
        label=_("辖区居民首诊总人次"), required=False, min_value=0, max_value=10_000_000, help_text=_("医保部门提供的数字；没有的先不填，首诊率暂不计算。")
    )
    surveyed = forms.IntegerField(label=_("满意度调查人数"), min_value=0, max_value=1_000_000, initial=0)
    satisfied = forms.IntegerField(label=_("满意的人数"), min_value=0, max_value=1_000_000, initial=0)

    def prepare(self) -> None:
        months = months_before(timezone.localdate(self.now)) if self.now else []
        self.offer("month", [(month.isoformat(), f"{month:%Y-%m}") for month in months])
        if isinstance(self.target, Institution) and months:
            kept = MonthlyReport.objects.filter(institution=self.target, month=months[0]).first()
            for name in ("outpatients", "first_here", "first_all", "surveyed", "satisfied") if kept else ():
                self.initial.setdefault(name, getattr(kept, name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for less, more, words in (
            ("first_here", "outpatients", _("首诊人次不能比门诊人次多。")), ("first_here", "first_all", _("在本机构的首诊不能比总首诊多。")),
            ("satisfied", "surveyed", _("满意的人数不能比调查人数多。")),
        ):  # fmt: skip
            if cleaned.get(less) is not None and cleaned.get(more) is not None and cleaned[less] > cleaned[more]:
                self.add_error(less, words)
        return cleaned
