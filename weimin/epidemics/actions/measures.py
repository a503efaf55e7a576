"""What each party owes is added, done, dropped; a class stays at home; the outbreak is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.epidemics.actions.alerts import advance
from weimin.epidemics.actions.base import LEADS, check_open, find_outbreak, signed, where
from weimin.epidemics.finding import alerts, measures
from weimin.epidemics.flow import MEASURE, outbreak_url
from weimin.epidemics.forms.outbreaks import AddMeasure, CloseClass, CloseOutbreak, DoMeasure, DropMeasure
from weimin.epidemics.models import AlertState, Measure, MeasureState, Outbreak, OutbreakState, Party
from weimin.epidemics.owing import owe
from weimin.epidemics.parameters import hours
from weimin.epidemics.queries.standing import hindrances_of
from weimin.flows.steps import move
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, RuleBroken

DOERS = ("school", "village", "doctor", "institution", "health_bureau")


def find_measure(actor: Actor, pk: Any) -> Measure:
    found: Measure = measures(actor).select_for_update(of=("self",)).select_related("outbreak__place").get(pk=pk)
    return found


def check_owed(measure: Measure, actor: Actor, now: datetime) -> None:
    if measure.state != MeasureState.OWED:
        raise RuleBroken(_now("这项措施现在是“%(state)s”，不用再办。") % {"state": measure.get_state_display()})


def check_own(measure: Measure, actor: Actor, now: datetime) -> None:
    """A school and a community do what is theirs; health posts write down what anybody did."""
    check_owed(measure, actor, now)
    theirs = {"school": Party.SCHOOL, "village": Party.COMMUNITY}.get(actor.role)
    if theirs is not None and measure.party != theirs:
        raise RuleBroken(_now("这项措施由%(party)s落实。") % {"party": measure.get_party_display()})


@register("epidemics.add_measure", label=_("增加措施"), form=AddMeasure, roles=LEADS, find=find_outbreak, region=where, check=check_open)
def add_measure(by: Actor, outbreak: Outbreak, data: dict[str, Any], now: datetime) -> Outcome:
    """给一方增加一项要落实的措施，写明期限。"""
    measure = owe(outbreak, data["party"], data["text"], data["hours"], now)
    after = {"party": measure.party, "text": measure.text}
    return Outcome(measure, after=after, message=_now("措施已增加。"), next_url=outbreak_url(outbreak.pk))


def check_school(outbreak: Outbreak, actor: Actor, now: datetime) -> None:
    check_open(outbreak, actor, now)
    if outbreak.place_id is None:
        raise RuleBroken(_now("这起疫情不在学校，没有班级可以停课。"))


@register("epidemics.close_class", label=_("班级停课"), form=CloseClass, roles=LEADS, find=find_outbreak, region=where, check=check_school)
def close_class(by: Actor, outbreak: Outbreak, data: dict[str, Any], now: datetime) -> Outcome:
    """一个班停课到哪一天；停课期间不要求每日报告，学校要落实并回报。"""
    group = data["group"]
    group.suspended_from, group.suspended_until = data["from_on"], data["until_on"]
    group.save(update_fields=["suspended_from", "suspended_until"])
    said = {"group": group.name, "first": data["from_on"].isoformat(), "last": data["until_on"].isoformat(), "reason": data["reason"]}
    text = _now("%(group)s停课（%(first)s 至 %(last)s）：%(reason)s") % said
    measure = owe(
        outbreak, Party.SCHOOL, text[:200], hours("closure", timezone.localdate(now)), now, group=group, from_on=data["from_on"], until_on=data["until_on"]
    )
    return Outcome(measure, after={"group": group.name, "until": said["last"]}, message=_now("已通知停课。"), next_url=outbreak_url(outbreak.pk))


def finish(measure: Measure, state: str, note: str, action: str, by: Actor, now: datetime) -> Outcome:
    measure.state, measure.done_at, measure.done_by, measure.note = state, now, signed(by), note
    measure.save(update_fields=["state", "done_at", "done_by", "note"])
    move(measure, MEASURE, action, "owed", state, by, now, title="", region=measure.region)
    return Outcome(measure, after={"state": state, "text": measure.text}, next_url=outbreak_url(measure.outbreak_id))


def resume(measure: Measure, today: date) -> None:
    """A class whose closure is called off comes back: from this day on it owes its reports."""
    group = measure.group
    if group is None or (group.suspended_from, group.suspended_until) != (measure.from_on, measure.until_on):
        return
    last = today - timedelta(days=1)
    stayed = group.suspended_from is not None and group.suspended_from <= last
    group.suspended_from, group.suspended_until = (group.suspended_from, last) if stayed else (None, None)
    group.save(update_fields=["suspended_from", "suspended_until"])


@register("epidemics.do_measure", label=_("回报落实"), form=DoMeasure, roles=DOERS, find=find_measure, region=where, check=check_own)
def do_measure(by: Actor, measure: Measure, data: dict[str, Any], now: datetime) -> Outcome:
    """写明措施怎样落实的，其他各方在三方页上看得到。"""
    outcome = finish(measure, MeasureState.DONE, data["note"], "epidemics.do_measure", by, now)
    outcome.message = _now("已回报落实。")
    return outcome


@register("epidemics.drop_measure", label=_("取消措施"), form=DropMeasure, roles=LEADS, find=find_measure, region=where, check=check_owed)
def drop_measure(by: Actor, measure: Measure, data: dict[str, Any], now: datetime) -> Outcome:
    """不再需要的措施写明理由取消；停课取消的，班级从今天起照常报告。"""
    resume(measure, timezone.localdate(now))
    outcome = finish(measure, MeasureState.DROPPED, data["reason"], "epidemics.drop_measure", by, now)
    outcome.message, outcome.reason = _now("措施已取消。"), data["reason"]
    return outcome


def check_closing(outbreak: Outbreak, actor: Actor, now: datetime) -> None:
    """Every sentence of what is still open; whoever cannot see the cases cannot judge."""
    check_open(outbreak, actor, now)
    if not actor.has_purpose("health"):
        raise NotAllowed()
    if sentences := hindrances_of(actor, outbreak, timezone.localdate(now)):
        raise RuleBroken(_now("还不能结案：%(why)s") % {"why": "".join(sentences)})


@register("epidemics.close_outbreak", label=_("结案"), form=CloseOutbreak, roles=LEADS, find=find_outbreak, region=where, check=check_closing)
def close_outbreak(by: Actor, outbreak: Outbreak, data: dict[str, Any], now: datetime) -> Outcome:
    """观察期满没有新病例、接触者都已解除、措施都已落实的，写结案意见，出结案报告；相关预警一起关闭。"""
    outbreak.state, outbreak.closed_on, outbreak.closed_by = OutbreakState.CLOSED, timezone.localdate(now), signed(by)
    outbreak.conclusion = data["conclusion"]
    outbreak.save(update_fields=["state", "closed_on", "closed_by", "conclusion"])
    for alert in alerts(by).select_for_update(of=("self",)).filter(outbreak=outbreak, state=AlertState.HANDLED).select_related("place"):
        advance(alert, "epidemics.close_outbreak", AlertState.CLOSED, by, now, [])
    return Outcome(outbreak, after={"state": outbreak.state}, message=_now("已结案，可以打印结案报告。"), next_url=outbreak_url(outbreak.pk))
