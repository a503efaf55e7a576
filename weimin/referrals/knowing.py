"""What is known of a patient already and goes onto the referral by itself: why, what was found, history, medicine (nothing is typed twice)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from weimin.health.joining import grounds_of
from weimin.health.models import Care, CareState, HealthRecord, Visit, VisitOutcome
from weimin.health.queries.timeline import measured
from weimin.health.rules_personal import said
from weimin.health.wording import sentences
from weimin.referrals.limits import days
from weimin.referrals.rules import refers, urgency_of
from weimin.walls.actor import Actor

PAST = ("illness", "illness_since", "surgery", "injury", "transfusion", "allergy", "hereditary", "disability")
REASON = 200  # the line of the form
VISITS = 3  # so many of the latest visits are told


@dataclass(frozen=True)
class Known:
    """`facts` by the names of the form's fields; `grounds` are the reasons of the standard from the visit that asked for the referral; what an examination found is told in words."""

    facts: dict[str, str] = field(default_factory=dict)
    grounds: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)


def known_of(actor: Actor, record: HealthRecord | None, today: date) -> Known:
    """Four queries; nothing is known of somebody without a record. In Chinese: it is stored and goes to the hospital."""
    if record is None:
        return Known()
    with translation.override("zh-hans"):
        return read(actor, record, today)


def read(actor: Actor, record: HealthRecord, today: date) -> Known:
    cares = list(Care.objects.visible_to(actor).filter(record=record).exclude(state=CareState.ENDED).order_by("pk"))
    visits = list(Visit.objects.visible_to(actor).filter(record=record, corrections__isnull=True).order_by("-on", "-pk")[:VISITS])
    asked = asking(actor, visits, today)
    found = grounds_of(actor, record)
    facts = {
        "impression": "；".join(diagnosis(care) for care in cares),  # text: data
        "present": "\n".join(words for words in (*(f"{one.on}：{one.found}" for one in found), present(visits)) if words),  # text: data
        "past": past(record), "treatment": medicine(visits),
    }  # fmt: skip
    grounds = list(dict.fromkeys(reason for one in asked for reason in one.reasons))
    if asked or found:
        reasons = dict.fromkeys([*(one.reason for one in found), *sentences(grounds)])
        facts |= {"reason": shortened(reasons), "urgency": urgency_of(any(one.emergency for one in asked) or any(one.emergency for one in found))}
    return Known(facts, grounds, [care.programme for care in cares])


def shortened(reasons: Iterable[str]) -> str:
    """As many as the line of the form takes, whole ones, the most urgent first."""
    words = ""
    for reason in reasons:
        longer = f"{words}；{reason}" if words else reason  # text: data
        words = longer if len(longer) <= REASON else words or reason[:REASON]
    return words


def asking(actor: Actor, visits: list[Visit], today: date) -> list[VisitOutcome]:
    """What the standard said of the latest visit, when it asked for a referral not long ago."""
    if not visits:
        return []
    fresh = days("fresh_visit", today)
    rows = VisitOutcome.objects.visible_to(actor).filter(visit=visits[0]).order_by("-emergency", "pk")
    return [row for row in rows if refers(row.emergency, row.refer, row.on, today, fresh)]


def diagnosis(care: Care) -> str:
    name = str(care.get_programme_display())
    if care.state == CareState.SUSPECTED:
        return _("%(name)s待确诊") % {"name": name}
    return " ".join(part for part in (name, care.grade) if part)


def present(visits: list[Visit]) -> str:
    """What the latest visits measured, a line each, newest first."""
    return "\n".join(f"{visit.on}：{words}" for visit in visits if (words := measured(visit)))  # text: data


def past(record: HealthRecord) -> str:
    known = {key: value for key, value in record.personal.items() if key in PAST}
    return "；".join(f"{label}：{words}" for label, words in said(known))  # text: data


def medicine(visits: list[Visit]) -> str:
    """What is taken according to the latest visit, a line each."""
    rows: list[Any] = visits[0].medication if visits else []
    return "\n".join(" ".join(part for part in (row.get("name", ""), row.get("use", "")) if part) for row in rows)
