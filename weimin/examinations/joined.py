"""What this room adds to a health record: a card with the latest examination, and happenings on its time line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.examinations.flow import MISSED
from weimin.examinations.models import AbnormalFollowUp, Examination, FollowState, Invitation
from weimin.examinations.queries.examinations import examinations_of, follow_ups_of, invitation_of, refusals_of
from weimin.examinations.rules_abnormal import WATCH, from_data
from weimin.examinations.wording import lines, short
from weimin.health.gathering import measured_too, whole_when
from weimin.health.joining import Ground, carried, door, grounds, happening, once, section
from weimin.health.missing import calls
from weimin.health.models import DueKind, HealthRecord
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor


def build(actor: Actor, record: HealthRecord, today: date) -> dict[str, Any]:
    """The card is always there: the first examination is entered from it. Three queries."""
    rows = examined_of(actor, record)
    latest = next((row for row in rows if not row.corrected), None)  # type: ignore[attr-defined]
    return {
        "record": record, "latest": latest, "lines": lines(from_data(latest.abnormal))[:6] if latest else [], "invitation": invitation_of(actor, record, today.year),
        "open": [row for row in found_of(actor, record) if row.state != FollowState.CLOSED],
    }  # fmt: skip


def examined_of(actor: Actor, record: HealthRecord) -> list[Examination]:
    return once(record, "examinations", lambda: examinations_of(actor, record))


def found_of(actor: Actor, record: HealthRecord) -> list[AbnormalFollowUp]:
    return once(record, "follow-ups", lambda: follow_ups_of(actor, record))


def grounds_of(actor: Actor, record: HealthRecord) -> list[Ground]:
    """What is still followed of the latest examinations: its values are why somebody is sent to the hospital."""
    return [ground(row) for row in found_of(actor, record) if row.state != FollowState.CLOSED]


def ground(row: AbnormalFollowUp) -> Ground:
    listed = from_data(row.items)
    reason = _("体检达到危急值：%(found)s") if row.rank == 0 else _("体检异常：%(found)s")
    return Ground(row.found_on, reason % {"found": short(listed)}, _("体检 %(found)s") % {"found": short(listed, len(listed))}, row.rank == 0)


def happenings(actor: Actor, record: HealthRecord) -> list[Event]:
    events = [examined(row) for row in examined_of(actor, record)]
    for row in found_of(actor, record):
        events += followed(row)
    return events + [refused(row) for row in refusals_of(actor, record)]


def refused(row: Invitation) -> Event:
    why = f"{row.get_refusal_display()} {row.refusal_note}".strip()
    return Event(row.settled_on or row.listed_on, _("拒绝体检"), "", why, kind="bad")


def examined(row: Any) -> Event:
    listed = from_data(row.abnormal)
    words = _("健康体检（已更正）") if row.corrected else _("健康体检")
    serious = any(one.level != WATCH for one in listed)
    return Event(row.on, words, row.doctor_name, short(listed) or _("未见异常"), kind="bad" if serious else "ok", url=address(row))


def address(row: Examination) -> str:
    return f"/examinations/{row.pk}/"


def followed(row: AbnormalFollowUp) -> list[Event]:
    events = []
    if row.recalled_on:
        events.append(Event(row.recalled_on, _("通知复查"), "", row.recall_note))
    events += [Event(date.fromisoformat(one["on"]), _("复查"), one["by"], one["note"]) for one in row.rechecks]
    if row.closed_on:
        events.append(Event(row.closed_on, _("异常结果了结"), "", f"{row.get_closing_display()} {row.closing_note}".strip(), kind="ok"))
    return events


STANDS = "NOT EXISTS (SELECT 1 FROM examinations_examination x WHERE x.corrects_id = e.id)"
WHOLE = f"NOT EXISTS (SELECT 1 FROM examinations_examination e WHERE e.due_id = d.id AND NOT e.complete AND {STANDS})"
PRESSURE_TAKEN = f"""SELECT e.record_id FROM examinations_examination e WHERE e."on" BETWEEN %(first)s AND %(until)s
  AND e.region BETWEEN %(low)s AND %(high)s AND num_nonnulls(e.left_systolic, e.right_systolic) > 0 AND {STANDS}"""


def register() -> None:
    """Called once by AppConfig.ready()."""
    section("examinations", template="examinations/_section.html", build=build, order=20)
    happening("examinations", happenings)
    grounds("examinations", grounds_of)
    door(DueKind.EXAMINATION, "examinations.record")
    calls(DueKind.EXAMINATION, MISSED, "late", gettext_lazy("为%(name)s安排体检"))
    whole_when(WHOLE)
    measured_too(PRESSURE_TAKEN)
    for model in (Invitation, Examination, AbnormalFollowUp):
        carried(model)
