"""An alert is looked into, dismissed, dealt with, closed; an outbreak comes of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.epidemics.actions.base import LEADS, signed, where
from weimin.epidemics.diseases import law_on, name_of
from weimin.epidemics.finding import alerts
from weimin.epidemics.flow import ALERT, alert_url, follow_on, outbreak_url
from weimin.epidemics.forms.alerts import CloseAlert, DismissAlert, HandleAlert, OpenOutbreak, VerifyAlert
from weimin.epidemics.models import Alert, AlertState, CaseReport, CaseState, Outbreak, OutbreakState
from weimin.epidemics.owing import owe_measures
from weimin.flows.steps import move
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

VERIFIERS = ("doctor", "institution", "health_bureau")


def find_alert(actor: Actor, pk: Any) -> Alert:
    found: Alert = alerts(actor).select_for_update(of=("self",)).select_related("place", "group").get(pk=pk)
    return found


def at(*states: str) -> Any:
    """A check: the alert is in one of the states."""

    def check(alert: Alert, actor: Actor, now: datetime) -> None:
        if alert.state not in states:
            raise RuleBroken(_now("这条预警现在是“%(state)s”，不能办理这一步。") % {"state": alert.get_state_display()})

    return check


@in_chinese
def advance(alert: Alert, action: str, state: str, by: Actor, now: datetime, fields: list[str]) -> None:
    """The next state with its step; whoever verified it is kept from the first time on."""
    start, alert.state = alert.state, state
    if alert.verified_at is None:
        alert.verified_at, alert.verified_by = now, signed(by)
    limit = follow_on(timezone.localdate(now)) if state == AlertState.VERIFIED else None
    title = _now("处置聚集性预警：%(place)s") % {"place": alert.place or _now("村（社区）")}
    move(alert, ALERT, action, start, state, by, now, title=title, region=alert.region, limit=limit)
    alert.save(update_fields=["state", "verified_at", "verified_by", *fields])


def told(alert: Alert, message: Any, **after: Any) -> Outcome:
    return Outcome(alert, after={"state": alert.state, **after}, message=message, next_url=alert_url(alert.pk))


@register("epidemics.verify_alert", label=_("核实预警"), form=VerifyAlert, roles=VERIFIERS, find=find_alert, region=where, check=at("raised"))
def verify_alert(by: Actor, alert: Alert, data: dict[str, Any], now: datetime) -> Outcome:
    """到学校或社区核实，确有聚集性病例的写明情况，接着处置或立案。"""
    alert.finding = data["finding"]
    advance(alert, "epidemics.verify_alert", AlertState.VERIFIED, by, now, ["finding"])
    return told(alert, _now("已核实，请接着处置或立案。"), on_time=now <= alert.due_at)


@register("epidemics.dismiss_alert", label=_("排除预警"), form=DismissAlert, roles=VERIFIERS, find=find_alert, region=where, check=at("raised", "verified"))
def dismiss_alert(by: Actor, alert: Alert, data: dict[str, Any], now: datetime) -> Outcome:
    """核实后不是疫情的，写明理由排除；以后又有新病例会重新预警。"""
    alert.finding = data["reason"]
    advance(alert, "epidemics.dismiss_alert", AlertState.DISMISSED, by, now, ["finding"])
    outcome = told(alert, _now("已排除。"))
    outcome.reason = data["reason"]
    return outcome


@register("epidemics.handle_alert", label=_("登记处置"), form=HandleAlert, roles=LEADS, find=find_alert, region=where, check=at("verified"))
def handle_alert(by: Actor, alert: Alert, data: dict[str, Any], now: datetime) -> Outcome:
    """情况不重、不用立案的，写明采取了什么措施，观察到没有新病例再关闭。"""
    alert.handling = data["handling"]
    advance(alert, "epidemics.handle_alert", AlertState.HANDLED, by, now, ["handling"])
    return told(alert, _now("已登记处置，请继续观察。"))


def check_closable(alert: Alert, actor: Actor, now: datetime) -> None:
    at("handled")(alert, actor, now)
    if alert.outbreak_id is not None:
        raise RuleBroken(_now("这条预警已经立案，随疫情一起结案。"))


@register("epidemics.close_alert", label=_("关闭预警"), form=CloseAlert, roles=LEADS, find=find_alert, region=where, check=check_closable)
def close_alert(by: Actor, alert: Alert, data: dict[str, Any], now: datetime) -> Outcome:
    """没有新病例了，关闭预警。"""
    advance(alert, "epidemics.close_alert", AlertState.CLOSED, by, now, [])
    outcome = told(alert, _now("预警已关闭。"))
    outcome.reason = data["note"]
    return outcome


@register("epidemics.open_outbreak", label=_("立案处置"), form=OpenOutbreak, roles=LEADS, find=find_alert, region=where, check=at("verified"))
def open_outbreak(by: Actor, alert: Alert, data: dict[str, Any], now: datetime) -> Outcome:
    """立案处置：学校、社区、家庭、医疗机构各要落实的措施按病种自动排出，每项有岗位和期限。"""
    today = timezone.localdate(now)
    disease = law_on(today).find(data["disease"])
    name = data["name"] or f"{alert.place or ''}{name_of(disease.key)}"
    outbreak = Outbreak.objects.create(
        region=alert.region, place=alert.place, disease=disease.key, name=name[:80], opened_on=today, opened_by=signed(by), observation=disease.observation,
        first_on=data["first_on"], last_on=max(alert.last_on, data["first_on"]),
    )  # fmt: skip
    gather_cases(by, outbreak)
    alert.outbreak = outbreak
    advance(alert, "epidemics.open_outbreak", AlertState.HANDLED, by, now, ["outbreak"])
    owed = owe_measures(outbreak, now)
    after = {"name": outbreak.name, "owed": len(owed)}
    return Outcome(outbreak, after=after, message=_now("已立案，各方要落实的措施已经排好。"), next_url=outbreak_url(outbreak.pk))


def gather_cases(by: Actor, outbreak: Outbreak) -> int:
    """Cards of the disease in the same school, or in the same village, since the first day go to the outbreak."""
    rows = CaseReport.objects.visible_to(by).filter(disease=outbreak.disease, onset_on__gte=outbreak.first_on, outbreak__isnull=True)
    rows = rows.filter(state__in=[CaseState.DUE, CaseState.REPORTED])
    rows = rows.filter(place=outbreak.place) if outbreak.place_id else rows.filter(region=outbreak.region)
    return rows.update(outbreak=outbreak)


def outbreak_for(card: CaseReport) -> Outbreak | None:
    """The open outbreak that a card belongs to by school (or village) and disease."""
    rows = Outbreak.objects.select_for_update().filter(state=OutbreakState.OPEN, disease=card.disease, first_on__lte=card.onset_on)
    rows = rows.filter(place=card.place) if card.place_id else rows.filter(place__isnull=True, region=card.region)
    return rows.order_by("-opened_on", "-pk").first()


def last_onset(outbreak: Outbreak, on: date) -> None:
    """A later case makes the observation begin anew."""
    if on > outbreak.last_on:
        outbreak.last_on = on
        outbreak.save(update_fields=["last_on"])
