"""The shape of input for the way to the hospital: sending, answering, arriving, asking after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.referrals.desks import hospital_names, pairings_of
from weimin.referrals.knowing import Known, known_of
from weimin.referrals.limits import days
from weimin.referrals.models import FollowResult, Referral, Urgency
from weimin.residents.models import Resident
from weimin.ui.widgets import DateParts
from weimin.walls.actor import Actor

LONGEST = 1000


def line(label: Any, most: int, **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": most, "required": False, "validators": [LINE], **over})


def text(label: Any, **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label, "max_length": LONGEST, "required": False, "widget": forms.Textarea(attrs={"rows": 3}), **over})


class HospitalForm(ActionForm):
    """Where to: a paired hospital first, then those of this place, or another one by name. `pairings`: name → pairing in force."""

    hospital = forms.ChoiceField(label=_("转往医院"), required=False)
    elsewhere = line(_("其他医院"), 100, help_text=_("上面没有的，写医院全称。"))
    department = line(_("科室"), 60)

    def prepare(self) -> None:
        today = timezone.localdate(self.now)
        region = getattr(self.target, "region", None)
        self.pairings = {one.hospital: one for one in reversed(pairings_of(region, today))} if region else {}
        paired = [(name, _now("%(name)s（对口支援）") % {"name": name}) for name in sorted(self.pairings)]
        others = [(name, name) for name in hospital_names(today) if name not in self.pairings] if region else []
        self.offer("hospital", [("", "---------"), *paired, *others])
        if len(paired) == 1 or (not paired and len(others) == 1):
            self.initial.setdefault("hospital", (paired or others)[0][0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("hospital")) == bool(cleaned.get("elsewhere")) and "hospital" not in self.errors:
            self.add_error("hospital", _now("请选一家医院，或者写其他医院的名称，只填一处。"))
        cleaned["to"] = cleaned.get("hospital") or cleaned.get("elsewhere") or ""
        cleaned["pairing"] = self.pairings.get(cleaned["to"])
        return cleaned


def phone_of(actor: Actor) -> str:
    """What the doctor gave the last time."""
    rows = Referral.objects.visible_to(actor).filter(doctor=actor.person or 0).order_by("-pk")
    return rows.values_list("doctor_phone", flat=True).first() or ""


class ReferUp(HospitalForm):
    """Everything that is known is filled in; the doctor reads and completes."""

    urgency = forms.ChoiceField(label=_("缓急"), choices=Urgency.choices, widget=forms.RadioSelect)
    reason = line(_("转诊原因"), 200, required=True)
    impression = line(_("初步印象"), 200, required=True)
    present = text(_("主要现病史"))
    past = text(_("主要既往史"))
    treatment = text(_("治疗经过"))
    doctor_phone = line(_("医生电话"), 30)
    field_order = ("urgency", "hospital", "elsewhere", "department", "reason")

    def prepare(self) -> None:
        super().prepare()
        self.known = Known()
        if isinstance(self.target, Resident) and self.actor is not None:
            self.known = known_of(self.actor, getattr(self.target, "file", None), timezone.localdate(self.now))
        for name, value in self.known.facts.items():
            self.initial.setdefault(name, value)
        self.initial.setdefault("urgency", Urgency.ORDINARY)
        self.initial.setdefault("doctor_phone", phone_of(self.actor) if self.actor else "")

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"grounds": self.known.grounds}


class SendAgain(HospitalForm):
    urgency = forms.ChoiceField(label=_("缓急"), choices=Urgency.choices, widget=forms.RadioSelect)
    field_order = ("urgency", "hospital")

    def prepare(self) -> None:
        super().prepare()
        if isinstance(self.target, Referral):
            self.initial.setdefault("urgency", self.target.urgency)
            self.initial.setdefault("department", self.target.department)


class Accept(ActionForm):
    department = line(_("接诊科室"), 60, required=True)
    hospital_doctor = line(_("接诊医生"), 40)
    appointment_on = forms.DateField(label=_("预约日期"), widget=DateParts, help_text=_("紧急的写今天，随到随看。"))

    def prepare(self) -> None:
        self.initial.setdefault("appointment_on", timezone.localdate(self.now))
        if isinstance(self.target, Referral):
            self.initial.setdefault("department", self.target.department)

    def clean_appointment_on(self) -> date:
        on: date = self.cleaned_data["appointment_on"]
        today = timezone.localdate(self.now)
        most = days("appointment", today)
        if not today <= on <= today + timedelta(days=most):
            raise forms.ValidationError(_("预约日期应在今天起 %(days)d 天之内。"), params={"days": most})
        return on


class Decline(ActionForm):
    reason = line(_("不能接的原因"), 200, required=True, help_text=_("例如没有床位、没有这个专科；写上建议转往哪里。"))


class Arrive(ActionForm):
    arrived_on = forms.DateField(label=_("到院日期"), widget=DateParts)
    admitted = forms.BooleanField(label=_("办了住院"), required=False)
    hospital_number = line(_("病案号"), 40, help_text=_("住院病案号或门诊号，转回时写在小结上。"))

    def prepare(self) -> None:
        self.initial.setdefault("arrived_on", timezone.localdate(self.now))

    def clean_arrived_on(self) -> Any:
        on = not_later(self, "arrived_on")
        if isinstance(self.target, Referral) and on < timezone.localdate(self.target.sent_at):
            raise forms.ValidationError(_("不能早于转诊日期。"))
        return on


class Admit(ActionForm):
    admitted_on = forms.DateField(label=_("入院日期"), widget=DateParts)
    hospital_number = line(_("病案号"), 40)

    def prepare(self) -> None:
        self.initial.setdefault("admitted_on", timezone.localdate(self.now))

    def clean_admitted_on(self) -> Any:
        on = not_later(self, "admitted_on")
        if isinstance(self.target, Referral) and self.target.arrived_on and on < self.target.arrived_on:
            raise forms.ValidationError(_("不能早于到院日期。"))
        return on


class Miss(ActionForm):
    note = line(_("说明"), 200, help_text=_("例如电话里说改天来、联系不上。"))


class Cancel(ActionForm):
    reason = line(_("取消原因"), 200, required=True)


class FollowUp(ActionForm):
    """What the community heard: within two weeks of the referral."""

    on = forms.DateField(label=_("追踪日期"), widget=DateParts)
    result = forms.ChoiceField(label=_("追踪结果"), choices=FollowResult.choices, widget=forms.RadioSelect)
    note = line(_("说明"), 200, help_text=_("例如医院的诊断、下次复查日期。"))

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))

    def clean_on(self) -> Any:
        on = not_later(self, "on")
        if isinstance(self.target, Referral) and on < timezone.localdate(self.target.sent_at):
            raise forms.ValidationError(_("不能早于转诊日期。"))
        return on
