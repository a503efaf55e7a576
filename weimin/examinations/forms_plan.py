"""The shape of input for plans, batches and invitations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.examinations.models import Batch, BatchState, ExaminationPlan, Invitation, InvitationState, Refusal
from weimin.examinations.rules_form import parameter
from weimin.health.models import Programme
from weimin.regions.fields import PlaceField, offer_places, range_top
from weimin.regions.rules import Level, level, range_of
from weimin.ui.widgets import DateParts


def line(label: Any, most: int, **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": most, "required": False, "validators": [LINE], **over})


class MakePlan(ActionForm):
    """One for each place and year; who is on it follows from the records."""

    region = PlaceField(label=_("范围"), levels=(Level.TOWNSHIP, Level.VILLAGE))
    year = forms.IntegerField(label=_("年份"), min_value=2009, max_value=2100)
    groups = forms.MultipleChoiceField(label=_("体检对象"), choices=Programme.choices, widget=forms.CheckboxSelectMultiple)
    from_age = forms.IntegerField(label=_("老年人从几岁起"), min_value=50, max_value=90, help_text=_("国家规范是 65 岁；方案要求 60 岁的填 60。"))
    place = line(_("体检地点"), 80, help_text=_("各批次可以另定。"))
    starts_on = forms.DateField(label=_("开始日期"), widget=DateParts)
    ends_on = forms.DateField(label=_("结束日期"), widget=DateParts)

    def prepare(self) -> None:
        offer_places(self, "region")
        today = timezone.localdate(self.now)
        year = today.year
        known = {
            "year": year, "from_age": parameter("elderly_from", today), "starts_on": today, "ends_on": date(year, 12, 31),
            "groups": [value for value, _words in Programme.choices],
        }  # fmt: skip
        if self.actor is not None and level(top := range_top(self.actor)) >= Level.TOWNSHIP:
            known["region"] = top
        for name, value in known.items():
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_period(self, cleaned, cleaned.get("year"))
        if cleaned.get("region") and cleaned.get("year") and ExaminationPlan.objects.filter(region=cleaned["region"], year=cleaned["year"]).exists():
            self.add_error("region", _("这个地方这一年已经有体检计划。"))
        return cleaned


class ChangePlan(ActionForm):
    place = line(_("体检地点"), 80)
    starts_on = forms.DateField(label=_("开始日期"), widget=DateParts)
    ends_on = forms.DateField(label=_("结束日期"), widget=DateParts)

    def prepare(self) -> None:
        if isinstance(self.target, ExaminationPlan):
            for name in ("place", "starts_on", "ends_on"):
                self.initial.setdefault(name, getattr(self.target, name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if isinstance(self.target, ExaminationPlan):
            check_period(self, cleaned, self.target.year)
            if outside := Batch.objects.filter(plan=self.target, state=BatchState.OPEN).exclude(on__range=self.days(cleaned)).order_by("on").first():
                self.add_error("ends_on", _now("批次“%(batch)s”会落在计划之外，先调整批次。") % {"batch": outside})
        return cleaned

    def days(self, cleaned: dict[str, Any]) -> tuple[date, date]:
        return cleaned.get("starts_on") or date.min, cleaned.get("ends_on") or date.max


def check_period(form: ActionForm, cleaned: dict[str, Any], year: int | None) -> None:
    first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _("结束日期不能早于开始日期。"))
    for name in ("starts_on", "ends_on"):
        if year and cleaned.get(name) and cleaned[name].year != year:
            form.add_error(name, _("日期要在计划的年份里。"))


class BatchFields(ActionForm):
    """A day at a place."""

    on = forms.DateField(label=_("体检日期"), widget=DateParts)
    hours = line(_("时间"), 40, help_text=_("例如 7:30—11:00，空腹。"))
    place = line(_("地点"), 80, required=True)
    capacity = forms.IntegerField(label=_("最多人数"), min_value=1, max_value=500)
    doctor_name = line(_("负责医生"), 40)

    def plan(self) -> ExaminationPlan | None:
        return self.target if isinstance(self.target, ExaminationPlan) else None

    def clean_on(self) -> Any:
        on, plan = self.cleaned_data["on"], self.plan()
        if plan is not None and not plan.starts_on <= on <= plan.ends_on:
            words = {"first": plan.starts_on.isoformat(), "last": plan.ends_on.isoformat()}
            raise forms.ValidationError(_("要在计划的 %(first)s 到 %(last)s 之间。"), params=words)
        return on


class AddBatch(BatchFields):
    region = PlaceField(label=_("接收哪里的人"), levels=(Level.TOWNSHIP, Level.VILLAGE), help_text=_("选村（社区）只接收这个村的人；选乡镇接收全部村的人。"))

    def prepare(self) -> None:
        offer_places(self, "region")
        plan = self.plan()
        if plan is not None:
            self.initial.setdefault("region", plan.region)
            self.initial.setdefault("place", plan.place)
        self.initial.setdefault("capacity", 60)
        self.initial.setdefault("hours", "7:30—11:00")
        self.order_fields(["region", "on", "hours", "place", "capacity", "doctor_name"])

    def clean_region(self) -> Any:
        code, plan = self.cleaned_data["region"], self.plan()
        if plan is not None and code is not None:
            low, high = range_of(plan.region)
            if not low <= code <= high:
                raise forms.ValidationError(_("不在这份计划的范围内。"))
        return code


class ChangeBatch(BatchFields):
    def prepare(self) -> None:
        if isinstance(self.target, Batch):
            for name in ("on", "hours", "place", "capacity", "doctor_name"):
                self.initial.setdefault(name, getattr(self.target, name))

    def plan(self) -> ExaminationPlan | None:
        return self.target.plan if isinstance(self.target, Batch) else None

    def clean_capacity(self) -> Any:
        most = self.cleaned_data["capacity"]
        taken = Invitation.objects.filter(batch=self.target).exclude(state=InvitationState.REFUSED).count() if isinstance(self.target, Batch) else 0
        if most < taken:
            raise forms.ValidationError(_("已经安排了 %(taken)d 人，人数不能更少。"), params={"taken": taken})
        return most


class CheckIn(ActionForm):
    """Who came: ticked for the whole batch at once."""

    came = forms.MultipleChoiceField(label=_("到场的人"), required=False, widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        if not isinstance(self.target, Batch):
            return
        rows = Invitation.objects.filter(batch=self.target, state__in=(InvitationState.INVITED, InvitationState.CAME, InvitationState.ABSENT))
        rows = rows.select_related("record__resident").order_by("place", "pk")
        self.rows = list(rows)
        self.offer("came", [(str(row.pk), row.record.resident.name) for row in self.rows])
        self.initial.setdefault("came", [str(row.pk) for row in self.rows if row.state == InvitationState.CAME])


class Refuse(ActionForm):
    refusal = forms.ChoiceField(label=_("原因"), choices=Refusal.choices, widget=forms.RadioSelect)
    refusal_note = line(_("说明"), 100)
    on = forms.DateField(label=_("日期"), widget=DateParts)

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        return not_later(self, "on")


class MoveInvitation(ActionForm):
    """Another batch of the same plan with a free seat."""

    batch = forms.ChoiceField(label=_("安排到"))

    def prepare(self) -> None:
        if not isinstance(self.target, Invitation):
            return
        row = self.target
        batches = Batch.objects.filter(plan=row.plan_id, state=BatchState.OPEN).order_by("on", "pk")
        offered = [(str(one.pk), str(one)) for one in batches if one.pk != row.batch_id and range_of(one.region)[0] <= row.region <= range_of(one.region)[1]]
        self.offer("batch", offered)
