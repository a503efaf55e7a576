"""Where an application is, for whoever holds its receipt or knows its number and the last four of the ID. Nothing that names the person."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.calendars.clock import ZONE
from weimin.cases.actions.delivering import awaited
from weimin.cases.clocks import lamp_of
from weimin.cases.flow import CASE
from weimin.cases.models import Case, CaseMaterial, CaseNotice, CaseState, Delivery
from weimin.cases.queries.agency import acts_for_resident
from weimin.cases.queries.rating import is_rated
from weimin.catalogue.vocabulary import DESKS
from weimin.flows.queries import history_of
from weimin.secrets.cipher import hash_for
from weimin.secrets.masking import PUBLIC, mask
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor

STATE_WORDS = dict(CaseState.choices)
OWED = ("missing", "deferred")
RATEABLE = ("delivered", "archived", "declined", "not_needed", "not_competent", "withdrawn")


@dataclass(frozen=True)
class Owed:
    """A paper that the applicant still has to bring."""

    name: str
    note: str
    due_on: date | None


@dataclass(frozen=True)
class ProgressPage:
    """A case as its applicant sees it. `say` is what it means for them now, in one sentence."""

    number: str
    item: str
    item_code: str
    applicant: str
    state: str
    say: str
    lamp: Any
    facts: list[tuple[str, Any]]
    owed: list[Owed]
    events: Sequence[Event]
    rateable: bool
    awaited: Delivery | None = None  # the result lies here and was not opened yet


def find_case(who: Actor, number: str, last_four: str) -> Case | None:
    """The case when number and last four of the document belong together. The same work is done for every wrong pair."""
    case = Case.objects.visible_to(who).select_related("item_version").filter(number=number).first()
    typed = hash_for("id_last_four", last_four)
    held = bytes(case.id_last_four_lookup) if case is not None and case.id_last_four_lookup is not None else bytes(len(typed))
    return case if hmac.compare_digest(typed, held) else None


def sentence(case: Case, owed: list[Owed], rateable: bool, waits: bool = False) -> str:
    """What the state means for the applicant. waits: the result lies on this page and was not opened yet."""
    if waits:
        return _("结果已经发到网上。点“查收结果”打开，打开的时间就是送达的时间。")
    if case.state == "supplement":
        return _("材料不齐，请按下面的清单补齐，可以一次送到受理窗口；补齐以后继续办理，等您补材料的时间不计入办理期限。")
    if case.state == "received":
        return _("已经收到您的申请，正在检查材料是否齐全。")
    if case.state in ("delivered", "archived"):
        return _("已经办结。您觉得办得怎么样，可以给个评价。") if rateable else _("已经办结。")
    if case.state == "deliver":
        return _("结果已经做出，请带身份证到受理窗口领取，或等工作人员送上门。")
    if case.closed_at is not None:
        return case.reason or str(STATE_WORDS[case.state])
    if owed:
        return _("正在办理。有容缺的材料，请在期限前补齐，否则申请会按撤回处理。")
    return _("正在办理，不用您再跑。")


def owed_of(case: Case) -> list[Owed]:
    """What is missing or may follow later. A paper that only some need is missing only when the window said so."""
    rows = CaseMaterial.objects.filter(case=case, status__in=OWED).order_by("pk")
    if case.state not in ("supplement",):
        rows = rows.filter(status="deferred")
    return [Owed(row.name, row.note, row.due_on or case.supplement_by) for row in rows]


def events_of(who: Actor, case: Case) -> list[Event]:
    """The way of the case, latest first: which desk had it from when to when, and what was told."""
    found = [Event(case.received_at, _("收到申请"), "", str(case.get_channel_display()))]
    for step in history_of(case):
        if step.flow == CASE and step.state in STATE_WORDS:
            found.append(Event(step.opened_at, str(STATE_WORDS[step.state]), str(DESKS.get(step.role, step.get_role_display())), said_of(step)))
    found += [Event(row.issued_at, str(row.get_kind_display()), "", row.reason) for row in CaseNotice.objects.filter(case=case).order_by("pk")]
    if case.delivered_at:
        found.append(Event(case.delivered_at, _("结果送达")))
    found += [Event(act.at, act.what, act.who) for act in acts_for_resident(who, case)]
    return sorted(found, key=lambda event: event.at, reverse=True)


def said_of(step: Any) -> str:
    if step.paused_since is not None:
        return _("计时暂停：%(why)s") % {"why": step.paused_reason}
    return _("办完") if step.closed_at else _("办理中")


def progress_page(who: Actor, case: Case, now: datetime) -> ProgressPage:
    """At most eleven queries whatever happened to the case."""
    owed, rateable = owed_of(case), case.state in RATEABLE and not is_rated(case)
    waiting = awaited(case) if case.state == "deliver" else None
    facts = [
        (_("收到申请"), case.received_at.astimezone(ZONE).date()), (_("受理"), case.accepted_at and case.accepted_at.astimezone(ZONE).date()),
        (_("承诺办结"), due_words(case)), (_("办理结果"), "" if waiting else case.result), (_("办结"), case.closed_at and case.closed_at.astimezone(ZONE).date()),
    ]  # fmt: skip
    return ProgressPage(
        case.number, case.item_name, case.item_code, mask("name", case.applicant_name, PUBLIC), str(STATE_WORDS[case.state]), sentence(case, owed, rateable, waiting is not None),
        lamp_of(case, now), [fact for fact in facts if fact[1]], owed, events_of(who, case), rateable, waiting,
    )  # fmt: skip


def due_words(case: Case) -> str:
    if case.due_on is None:
        return ""
    return _("%(day)s 前（暂定）") % {"day": case.due_on} if case.provisional else _("%(day)s 前") % {"day": case.due_on}
