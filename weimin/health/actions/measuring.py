"""Blood pressure of people who are under no care for it, once a year from 35 on; high on three days is a suspicion (A-11)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.actions.registry import Outcome, register
from weimin.health.actions.base import KEEPERS, check_active, find_record, named, record_url, where
from weimin.health.actions.care import ask_for
from weimin.health.actions.visits import touch
from weimin.health.bounds import every_bound
from weimin.health.flow import UNMEASURED
from weimin.health.forms_bounds import held_number
from weimin.health.missing import drop_call
from weimin.health.models import Care, CareState, HealthRecord, Programme, Visit, Way
from weimin.health.queries.timeline import cares_of
from weimin.health.rules_outcome import Pressure, pressure_crisis, screened_high, suspected_on
from weimin.health.screening import is_newest, take_again, taken
from weimin.health.standards import standard
from weimin.residents.rules_groups import age_on
from weimin.ui.widgets import DateParts
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

HIGH_BEFORE = 10  # so many earlier measurements are looked at


class MeasurePressure(ActionForm):
    on = forms.DateField(label=_("测量日期"), widget=DateParts)

    def prepare(self) -> None:
        today = timezone.localdate(self.now)
        self.initial.setdefault("on", today)
        self.fields["systolic"] = held_number(every_bound()["systolic"], today, label=_("高压（收缩压）"))
        self.fields["diastolic"] = held_number(every_bound()["diastolic"], today, label=_("低压（舒张压）"))

    def clean_on(self) -> Any:
        on: date = not_later(self, "on")
        if isinstance(self.target, HealthRecord):
            if on < self.target.opened_on:
                raise forms.ValidationError(_("不能早于建档日期。"))
            if Visit.objects.filter(record=self.target, on=on, corrections__isnull=True).exists():
                raise forms.ValidationError(_("这一天已经有一次随访或测量。"))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("systolic") and cleaned.get("diastolic") and cleaned["diastolic"] >= cleaned["systolic"]:
            self.add_error("diastolic", _("低压应低于高压，请核对有没有写反。"))
        return cleaned


def check_measured_here(record: HealthRecord, actor: Actor, now: datetime) -> None:
    check_active(record, actor, now)
    today = timezone.localdate(now)
    wanted = standard("hypertension", today).days("screen_from")
    if age_on(record.resident.birth_on, today) < wanted:
        raise RuleBroken(_now("满 %(age)d 岁的居民每年免费测一次血压。") % {"age": wanted})
    if any(care.programme == Programme.HYPERTENSION and care.state != CareState.ENDED for care in cares_of(actor, record)):
        raise RuleBroken(_now("已经登记高血压，血压在随访里记。"))


def high_days(by: Actor, record: HealthRecord) -> list[date]:
    """Days on which the pressure was high, the latest first."""
    rows = Visit.objects.visible_to(by).filter(record=record, systolic__isnull=False, diastolic__isnull=False, corrections__isnull=True)
    latest = rows.order_by("-on", "-pk").values_list("on", "systolic", "diastolic")[:HIGH_BEFORE]
    return [on for on, systolic, diastolic in latest if systolic and diastolic and screened_high(Pressure(systolic, diastolic), standard("hypertension", on))]


def suspect(by: Actor, record: HealthRecord, on: date) -> Care:
    """What a doctor would register by hand: the hospital is asked within two weeks."""
    facts = {"programme": Programme.HYPERTENSION, "found_on": on, "state": CareState.SUSPECTED, "institution": record.institution, "doctor": record.doctor}
    care = Care.objects.create(region=record.region, record=record, **facts)
    ask_for(record, care, on)
    return care


@register("health.measure", label=_("登记测血压"), form=MeasurePressure, roles=KEEPERS, find=find_record, region=where, check=check_measured_here)
def measure(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """35 岁以上每年测一次血压；偏高的另约两天复查，三天都高或达到危急值的自动登记为待确诊并请上级确诊。"""
    on, pressure = data["on"], Pressure(data["systolic"], data["diastolic"])
    visit = Visit.objects.create(
        region=record.region, record=record, on=on, way=Way.CLINIC, programmes=[], systolic=pressure.systolic, diastolic=pressure.diastolic, doctor=by.person,
        doctor_name=by.name or by.role, entered_at=now,
    )  # fmt: skip
    touch(record, visit)
    rule = standard("hypertension", on)
    newest = is_newest(record, on)
    if newest:
        taken(record, on)
        drop_call(record, by, now, "health.measure", UNMEASURED)
    suspected = screened_high(pressure, rule) and suspected_on(high_days(by, record), on, rule)
    again = None
    if suspected or pressure_crisis(pressure, rule):
        suspect(by, record, on)
    elif newest:
        again = take_again(record, on, pressure)
    after = {"name": named(record.resident), "on": str(on)}
    return Outcome(visit, after=after, message=sentence(pressure, suspected, on, again), next_url=record_url(record.pk))


def sentence(pressure: Pressure, suspected: bool, on: date, again: date | None) -> str:
    rule = standard("hypertension", on)
    if pressure_crisis(pressure, rule):
        return _now("已登记。血压达到危急值：处理后马上转诊，两周内追踪。")
    if suspected:
        return _now("已登记。三天血压都高，已转为待确诊：请转上级医院，两周内问清结果。")
    if screened_high(pressure, rule):
        return _now("已登记。血压偏高，请约另外两天复查。")
    return _now("已登记，血压正常。属高血压高危人群，请在 %(day)s 前再测一次。") % {"day": again} if again else _now("已登记，血压正常。")
