"""One referral: its way as a life line and a time line, and the referrals of one record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.health.models import HealthRecord
from weimin.health.wording import sentences
from weimin.referrals.desks import own_hospital, seen_by
from weimin.referrals.flow import referral_url
from weimin.referrals.models import OVER, Referral, State
from weimin.ui.components.status import Event, Stage
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

WAY = (State.SENT, State.ACCEPTED, State.ARRIVED, State.RETURNED, State.RECEIVED, State.CLOSED)
SHOWN = 20
OF_RECORD = Question(Referral, lambda rows, record: rows.filter(record=record).select_related("summary").order_by("-sent_at", "-pk")[:SHOWN])
TO_HOSPITAL = Question(
    Referral,
    lambda rows, record, hospital: rows.filter(record=record, hospital=hospital).select_related("summary").order_by("-sent_at", "-pk")[:SHOWN],
    int,
    str,
)


def get_referral(actor: Actor, number: int) -> Referral:
    """Referral.DoesNotExist when hidden, addressed to another hospital, or missing."""
    return seen_by(actor).select_related("resident", "record", "summary").get(pk=number)


def of_record(actor: Actor, record: HealthRecord) -> list[Referral]:
    """The latest referrals of a record that the actor may see; read once for each page."""
    if not hasattr(record, "referral_rows"):
        hospital = own_hospital(actor)
        record.referral_rows = TO_HOSPITAL(actor, record.pk, hospital) if hospital else OF_RECORD(actor, record.pk)  # type: ignore[attr-defined]
    return record.referral_rows  # type: ignore[attr-defined,no-any-return]


def summary_of(referral: Referral) -> Any:
    return getattr(referral, "summary", None)


def stages(referral: Referral) -> list[Stage]:
    """The life line; what was skipped (an emergency needs no answer) says so, where it failed stands there."""
    names = {
        State.SENT: _("已转出"), State.ACCEPTED: _("医院同意"), State.ARRIVED: _("到院"), State.RETURNED: _("转回"), State.RECEIVED: _("社区接收"), State.CLOSED: _("转诊结束"),
    }  # fmt: skip
    days = {
        State.SENT: timezone.localdate(referral.sent_at) if referral.is_up else None, State.ACCEPTED: referral.appointment_on, State.ARRIVED: referral.arrived_on,
        State.RETURNED: referral.returned_on, State.RECEIVED: referral.received_on, State.CLOSED: referral.closed_on,
    }  # fmt: skip
    failed = {State.DECLINED: State.ACCEPTED, State.MISSED: State.ARRIVED, State.CANCELLED: State.CLOSED}.get(State(referral.state))
    way = WAY if referral.is_up else WAY[3:]
    here = way.index(failed or State(referral.state))
    return [
        Stage(names[state], stage_state(place, here, failed is not None, days[state], referral.state in OVER), words(days[state]))
        for place, state in enumerate(way)
    ]


def stage_state(place: int, here: int, failed: bool, day: date | None, over: bool) -> str:
    if place == here:
        return "failed" if failed else "done" if over else "now"
    if place > here:
        return "todo"
    return "done" if day else "skipped"


def words(day: date | None) -> str:
    return day.isoformat() if day else ""


def happenings(referral: Referral) -> list[Event]:
    """What happened to the person, as days of the health record's time line; newest first."""
    url, hospital = referral_url(referral.pk), referral.hospital
    summary = summary_of(referral)
    events = []
    if referral.is_up:
        bad = "bad" if referral.urgency == "emergency" else ""
        sent = timezone.localdate(referral.sent_at)
        events.append(Event(sent, _("上转：%(hospital)s") % {"hospital": hospital}, referral.doctor_name, referral.reason, kind=bad, url=url))
    if referral.arrived_on:
        events.append(Event(referral.arrived_on, _("到院：%(hospital)s") % {"hospital": hospital}, referral.hospital_doctor, referral.department, url=url))
    if referral.admitted_on and referral.admitted_on != referral.arrived_on:
        events.append(Event(referral.admitted_on, _("入院：%(hospital)s") % {"hospital": hospital}, "", referral.department, url=url))
    if referral.returned_on and summary:
        events.append(
            Event(referral.returned_on, _("转回社区：%(hospital)s") % {"hospital": hospital}, summary.doctor_name, summary.diagnosis, kind="ok", url=url)
        )
    return events[::-1]


def way_of(referral: Referral) -> list[Event]:
    """Everything on the page of a referral, newest first; of one day in the order in which it goes."""
    way = happenings(referral)[::-1]
    sent = 1 if referral.is_up else 0
    events = [*way[:sent], *answers(referral), *way[sent:], *community(referral)]
    return sorted(events, key=lambda event: event.at)[::-1]  # type: ignore[arg-type,return-value]  # all are days


def answers(referral: Referral) -> list[Event]:
    if referral.answered_at is None:
        return []
    on = timezone.localdate(referral.answered_at)
    if referral.declined_reason:
        return [Event(on, _("医院不能接收"), "", referral.declined_reason, kind="bad")]
    return [Event(on, _("医院已同意"), referral.hospital_doctor, referral.department, kind="ok")]


def community(referral: Referral) -> list[Event]:
    """Asked after, received, visited, ended."""
    events = []
    if referral.received_on:
        events.append(Event(referral.received_on, _("社区接收"), referral.doctor_name, kind="ok"))
    if referral.followed_on:
        events.append(Event(referral.followed_on, _("追踪：%(result)s") % {"result": referral.get_follow_result_display()}, "", referral.follow_note))
    if referral.visited_on:
        events.append(Event(referral.visited_on, _("康复随访"), kind="ok"))
    if referral.closed_on:
        detail = " ".join(part for part in (str(referral.get_end_reason_display()), referral.end_note) if part)
        events.append(Event(referral.closed_on, str(referral.get_state_display()), "", detail))
    return events


def facts_of(referral: Referral) -> list[tuple[Any, Any]]:
    """What the community wrote; the hospital reads it."""
    grounds = "；".join(sentences(referral.grounds))  # text: data
    return [
        (_("转诊原因"), referral.reason), (_("规范判断的依据"), grounds), (_("初步印象"), referral.impression), (_("主要现病史"), referral.present),
        (_("主要既往史"), referral.past), (_("治疗经过"), referral.treatment),
    ]  # fmt: skip


def answer_of(referral: Referral) -> list[tuple[Any, Any]]:
    """Where to, and what the hospital said."""
    return [
        (_("医院"), referral.hospital), (_("科室"), referral.department), (_("接诊医生"), referral.hospital_doctor), (_("预约日期"), referral.appointment_on),
        (_("病案号"), referral.hospital_number), (_("转诊医生"), " ".join(part for part in (referral.doctor_name, referral.doctor_phone) if part)), (_("社区机构"), referral.unit),
    ]  # fmt: skip
