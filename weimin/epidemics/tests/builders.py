"""Schools, reports, alerts, cards and outbreaks, for tests of this and higher rooms."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from weimin.actions.act import act
from weimin.actions.models import Receipt
from weimin.epidemics.flow import ALERT, CARD, CHAIN, HOP, MEASURE
from weimin.epidemics.models import Alert, CaseReport, Contact, DailyReport, FamilyReport, Group, Measure, Outbreak, Place
from weimin.flows.steps import open_step
from weimin.residents.tests.builders import NOW, TODAY
from weimin.walls.actor import Actor

SERIAL = count(1)
HOUR = timedelta(hours=1)


def make_place(region: int, name: str = "", **over: Any) -> Place:
    """A school with two classes of 40, reporting since September."""
    classes = over.pop("classes", ("一年级1班", "一年级2班"))
    facts: dict[str, Any] = {"kind": "school", "since_on": date(2026, 9, 1), **over}
    place = Place.objects.create(region=region, name=name or f"第{next(SERIAL)}小学", **facts)
    for one in classes:
        Group.objects.create(region=region, place=place, name=one, heads=40)
    return place


def group_of(place: Place, number: int = 0) -> Group:
    return list(place.groups.order_by("pk"))[number]


def make_report(group: Group, on: date = TODAY, **over: Any) -> DailyReport:
    facts: dict[str, Any] = {"expected": 40, "reported_at": NOW, "reported_by": "王老师", **over}
    return DailyReport.objects.create(region=group.region, place=group.place, group=group, on=on, **facts)


def make_family(region: int, on: date = TODAY, **over: Any) -> FamilyReport:
    facts: dict[str, Any] = {"sick": 1, "symptoms": ["fever"], "taken_at": NOW, "taken_by": "李医生", **over}
    return FamilyReport.objects.create(region=region, on=on, **facts)


def make_alert(place: Place | None, region: int = 0, state: str = "raised", **over: Any) -> Alert:
    """Three rashes in the first class; its step is open where the state has one."""
    facts: dict[str, Any] = {
        "what": "symptom", "of": "rash", "count": 3, "first_on": TODAY - timedelta(days=2), "last_on": TODAY, "raised_at": NOW - HOUR, "due_at": NOW + 23 * HOUR,
        "rules_from": date(2012, 1, 1), "group": group_of(place) if place else None, **over,
    }  # fmt: skip
    facts.setdefault("rules", {"rash_in_class": {"count": 3, "need": 3, "days": 7, "percent": 0, "expected": 0, "first": "2026-11-21", "last": "2026-11-23"}})
    if state != "raised":
        facts.setdefault("verified_at", NOW)
    alert = Alert.objects.create(region=place.region if place else region, place=place, state=state, **facts)
    if state in ("raised", "verified", "handled"):
        open_step(ALERT, state, alert, title="核实", region=alert.region, now=NOW)
    return alert


def make_card(region: int, name: str = "冉小虎", **over: Any) -> CaseReport:
    """A confirmed case of hand-foot-and-mouth disease, diagnosed an hour ago, with its step."""
    facts: dict[str, Any] = {
        "guardian": "冉大山", "gender": "m", "birth_on": date(2019, 5, 1), "phone": "13800001111", "address": "大坡村3组", "crowd": "student",
        "disease": "hand_foot_mouth", "kind": "confirmed", "onset_on": TODAY - timedelta(days=1), "diagnosed_at": NOW - HOUR, "law_from": date(2025, 9, 1),
        "hours": 24, "filled_at": NOW, "filled_name": "李医生", **over,
    }  # fmt: skip
    facts.setdefault("due_at", facts["diagnosed_at"] + facts["hours"] * HOUR)
    card = CaseReport.objects.create(region=region, name=name, **facts)
    if card.state == "due":
        open_step(CARD, "due", card, title="直报", region=region, now=card.diagnosed_at)
    return card


def make_outbreak(place: Place | None, region: int = 0, **over: Any) -> Outbreak:
    facts: dict[str, Any] = {
        "disease": "hand_foot_mouth", "name": "手足口病", "opened_on": TODAY, "opened_by": "张主任", "first_on": TODAY - timedelta(days=2), "last_on": TODAY,
        "observation": 10, **over,
    }  # fmt: skip
    return Outbreak.objects.create(region=place.region if place else region, place=place, **facts)


def make_chain(outbreak: Outbreak, state: str = "to_bureau", since: datetime = NOW - HOUR) -> Outbreak:
    outbreak.chain = state
    outbreak.save()
    open_step(CHAIN, state, outbreak, title="上报", region=outbreak.region, now=since, limit=HOP)
    return outbreak


def make_measure(outbreak: Outbreak, party: str = "school", **over: Any) -> Measure:
    facts: dict[str, Any] = {"text": "消毒", "role": "institution", "due_at": NOW + 12 * HOUR, **over}
    measure = Measure.objects.create(region=outbreak.region, outbreak=outbreak, party=party, **facts)
    if measure.state == "owed":
        open_step(MEASURE, "owed", measure, title="消毒", region=outbreak.region, now=NOW, role=measure.role)
    return measure


def make_contact(outbreak: Outbreak, name: str = "冉小花", **over: Any) -> Contact:
    facts: dict[str, Any] = {"last_contact_on": TODAY - timedelta(days=2), "until_on": TODAY + timedelta(days=8), "phone": "13800002222", **over}
    return Contact.objects.create(region=outbreak.region, outbreak=outbreak, name=name, **facts)


def act_now(who: Actor, name: str, data: dict[str, Any], key: str = "", *, target: Any = None, now: datetime = NOW) -> Receipt:
    """Does an action at the moment that these tests live in; the key is the action's name unless one is given."""
    return act(who, name, data, key or name, target=target, now=now)
