"""The day's report of a class, in under a minute; what a family says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.epidemics.finding import groups
from weimin.epidemics.forms.parts import day, line
from weimin.epidemics.models import DailyReport, Group, Symptom
from weimin.epidemics.parameters import hours
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level, level


def recent(form: ActionForm, name: str = "on") -> Any:
    """A day that is not after today and not long ago."""
    on = not_later(form, name)
    if form.now is not None and on < timezone.localdate(form.now) - timedelta(days=(days := hours("late_days", timezone.localdate(form.now)))):
        raise forms.ValidationError(_now("只能补报最近 %(days)d 天的。") % {"days": days})
    return on


def figure(label: Any, **over: Any) -> forms.IntegerField:
    return forms.IntegerField(**{"label": label, "min_value": 0, "max_value": 500, "required": False, **over})


class ReportDay(ActionForm):
    """Everything begins with nought: a class in which nobody is missing is one tap."""

    on = day(_("日期"))
    expected = figure(_("应到"), min_value=1, required=True)
    absent = figure(_("缺勤"), help_text=_("没有就不填。"))
    ill = figure(_("其中因病缺勤"))
    note = line(_("说明"), 200)

    def prepare(self) -> None:
        for key, words in Symptom.choices:
            self.fields[key] = figure(words)
        self.order_fields(["on", "expected", "absent", "ill", *Symptom.values, "note"])
        if not isinstance(self.target, Group):
            return
        self.initial.setdefault("on", timezone.localdate(self.now))
        self.initial.setdefault("expected", self.target.heads)
        sent = DailyReport.objects.filter(group=self.target, on=self.initial["on"]).first() if not isinstance(self.initial["on"], str) else None
        if sent is not None:
            known = {"expected": sent.expected, "absent": sent.absent, "ill": sent.ill, "note": sent.note, **sent.symptoms}
            self.initial.update(known)

    def clean_on(self) -> Any:
        return recent(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("absent", "ill", *Symptom.values):
            if name in cleaned:
                cleaned[name] = cleaned[name] or 0
        expected, absent, ill = cleaned.get("expected") or 0, cleaned.get("absent", 0), cleaned.get("ill", 0)
        if "expected" in cleaned and absent > expected:
            self.add_error("absent", _now("缺勤 %(absent)d 人比应到 %(expected)d 人还多，请核对。") % {"absent": absent, "expected": expected})
        if "absent" in cleaned and ill > absent:
            self.add_error("ill", _now("因病缺勤 %(ill)d 人比缺勤 %(absent)d 人还多，请核对。") % {"ill": ill, "absent": absent})
        for key in Symptom.values:
            if "expected" in cleaned and cleaned.get(key, 0) > expected:
                self.add_error(key, _now("比应到人数还多，请核对。"))
        return cleaned

    @property
    def symptom_fields(self) -> list[Any]:
        return [self[key] for key in Symptom.values]


class ReportFamily(ActionForm):
    """Taken by the community or the doctor, mostly by phone; the child is not named, its class may be."""

    on = day(_("日期"))
    sick = forms.IntegerField(label=_("患病人数"), min_value=1, max_value=30, initial=1)
    symptoms = forms.MultipleChoiceField(label=_("症状"), choices=Symptom.choices, widget=forms.CheckboxSelectMultiple)
    village = PlaceField(label=_("村（社区）"), levels=(Level.VILLAGE,))
    group = forms.TypedChoiceField(label=_("孩子的班级"), coerce=int, empty_value=None, required=False, help_text=_("有上学的孩子生病时选。"))
    note = line(_("说明"), 200, help_text=_("不写姓名，要写病情和姓名的填传染病报告卡。"))

    def prepare(self) -> None:
        self.initial.setdefault("on", timezone.localdate(self.now))
        if self.actor is not None:
            offer_places(self, "village")
            if self.actor.low == self.actor.high and level(self.actor.low) == Level.VILLAGE:
                self.initial.setdefault("village", self.actor.low)
            found = groups(self.actor).filter(closed=False, place__closed_on__isnull=True).select_related("place").order_by("place__name", "pk")[:1000]
            self.offer("group", [("", "---------"), *((row.pk, f"{row.place} {row.name}") for row in found)])

    def clean_on(self) -> Any:
        return recent(self)
