"""A case comes in: at a window, at home, over the portal; and the five things that can become of it at once (C-15)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.calendars.clock import ZONE, due
from weimin.calendars.queries import calendar_for
from weimin.cases.actions.agency import file_under
from weimin.cases.actions.delivering import book_delivery
from weimin.cases.actions.moving import FRONT, done, leave_desks, stop_clock, time_of_desk, title_of
from weimin.cases.actions.papers import put_papers, tell
from weimin.cases.applicants import copy_to
from weimin.cases.clocks import recompute, set_limits, tell_by
from weimin.cases.flow import CASE
from weimin.cases.forms_intake import ACCEPT, FINISH, HOLD, NOT_COMPETENT, NOT_NEEDED, TELL, ApplyOnline, Receive
from weimin.cases.items import content_of, remember, stages_of
from weimin.cases.models import Case
from weimin.cases.numbering import next_number
from weimin.cases.rules_limits import limit
from weimin.cases.rules_papers import deferred, last_promise, missing
from weimin.cases.rules_way import limit_of
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import current
from weimin.flows.models import Step
from weimin.flows.steps import open_step
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken
from weimin.walls.prepared import insert

STATE_AFTER = {TELL: "supplement", HOLD: "received", NOT_NEEDED: "not_needed", NOT_COMPETENT: "not_competent"}


def find_item(actor: Actor, code: Any) -> ItemVersion:
    """By the item's code; anything that is no code is like an item that does not exist."""
    if not str(code).isalnum():
        raise NotVisible()
    return current(str(code))


def region_of(version: ItemVersion, data: dict[str, Any]) -> int:
    return int(data["region"])


def check_offered(version: ItemVersion, actor: Actor, now: datetime) -> None:
    if not version.item.offered:
        raise RuleBroken(_now("这个事项现在停办。"))


def new_case(by: Actor, version: ItemVersion, data: dict[str, Any], now: datetime, *, channel: str, desk: str) -> Case:
    """The case as it comes in, with its number; nothing is saved yet."""
    content = remember(version)
    case = Case(
        item_version=version, item_code=content.code, item_name=content.name, channel=channel, desk=desk, desk_now=desk, site=data.get("site"),
        organisation=data.get("organisation") or "", note=data.get("note") or "", received_at=now, received_by=by.name or "",
    )  # fmt: skip
    copy_to(case, data["who"])
    case.number = next_number(case.region, now)
    case.tell_by_at = tell_by(case).at
    return case


def start_limits(case: Case, on: datetime) -> None:
    """The case counts as accepted from a moment: both limits begin."""
    content = content_of(case)
    case.accepted_at = on
    set_limits(case, limit_of(content.promised_limit), limit_of(content.legal_limit))
    recompute(case)


def first_step(case: Case, now: datetime, **given: Any) -> Step:
    return open_step(CASE, case.state, case, title=title_of(case, case.state), region=case.region, now=now, role=case.desk_now, **given)


def desk_of(by: Actor, case_item: ItemVersion) -> str:
    """The front desk that has the case: whoever takes it in, or the one that the list names."""
    if by.role in FRONT:
        return by.role
    named = next((step.desk for step in remember(case_item).steps if step.key == "accept"), "window")
    return named if named in FRONT else "window"


@register(
    "cases.receive", label=_("收件受理"), form=Receive, roles=FRONT, find=find_item, region=region_of, check=check_offered, template="cases/intake.html",
)  # fmt: skip
def receive(by: Actor, version: ItemVersion, data: dict[str, Any], now: datetime) -> Outcome:
    """在窗口或上门收下一件申请，当场受理、告知补正、先收件，或者说明不用办、去哪里办。"""
    case = new_case(by, version, data, now, channel=data["channel"], desk=desk_of(by, version))
    verdict, papers = data["verdict"], data["papers"]
    case.lenient_due_on = last_promise(papers)
    if verdict == ACCEPT:
        accept_at_once(case, now)
    elif verdict in STATE_AFTER:
        case.state = STATE_AFTER[verdict]
    if verdict in (NOT_NEEDED, NOT_COMPETENT):
        case.reason, case.closed_at, case.desk_now = data["reason"], now, ""
    insert(case)
    put_papers(case, papers, data["photos"], by, now)
    if data["under"]:
        file_under(data["under"], case, by, now)
    AFTER[verdict](case, by, data, now)
    return done(case, "", str(SAID[verdict]) % {"number": case.number}, item=case.item_name, channel=case.channel, verdict=verdict)


def accept_at_once(case: Case, now: datetime) -> None:
    start_limits(case, now)
    stage = stages_of(case)[0]
    case.state, case.stage, case.desk_now = stage.key, 0, stage.desk


def after_accept(case: Case, by: Actor, data: dict[str, Any], now: datetime) -> None:
    """The front desk's own part took no time; the first desk of the way has the case."""
    open_first(case, now)
    if later := deferred(data["papers"]):
        tell(case, "lenient", by, now, papers=later, told_how=data.get("told_how") or "in_person", due_on=case.lenient_due_on)


def open_first(case: Case, now: datetime) -> None:
    first_step(case, now, **time_of_desk(case, stages_of(case)[0].limit, now))


def after_tell(case: Case, by: Actor, data: dict[str, Any], now: datetime) -> None:
    told(case, by, data, now)
    step = first_step(case, now)
    stop_clock(case, "supplement", "", now, step)
    case.save(update_fields=["told_at", "supplement_by", "paused_since"])


def told(case: Case, by: Actor, data: dict[str, Any], now: datetime) -> None:
    """Everything that is missing, once, with the day until which it is awaited."""
    case.told_at = now
    case.supplement_by = data.get("supplement_by") or due(limit("supplement_days", now.astimezone(ZONE).date()), now, calendar_for(case.region)).on
    how = data.get("told_how") or "in_person"
    tell(case, "supplement", by, now, papers=missing(data["papers"]), reason=data.get("reason") or "", told_how=how, due_on=case.supplement_by)


def after_hold(case: Case, by: Actor, data: dict[str, Any], now: datetime) -> None:
    first_step(case, now)


def after_finish(case: Case, by: Actor, data: dict[str, Any], now: datetime) -> None:
    """An instant item: accepted, decided and handed over on one page."""
    first_step(case, now)
    finish_case(case, "cases.receive", by, data.get("result") or "", now)
    case.save()
    way = "home" if case.channel == "home" else "pickup"
    book_delivery(case, by, data | {"way": way, "to": data["signed_to"], "name": data.get("signer") or "", "detail": ""}, now)


def finish_case(case: Case, action: str, by: Actor, result: str, now: datetime) -> None:
    if case.accepted_at is None:
        start_limits(case, now)
    case.stage = len(stages_of(case)) - 1
    case.outcome, case.decided_at, case.decided_by, case.on_time = "granted", now, by.name or by.role, True
    case.result = result or content_of(case).result[:500]
    case.delivered_at, case.settles_on = now, settles(case, now)
    leave_desks(case, "cases.finish" if case.state == "received" else action, "delivered", by, now)


def settles(case: Case, now: datetime) -> Any:
    return due(limit("settle", now.astimezone(ZONE).date()), now, calendar_for(case.region)).on


def after_ending(case: Case, by: Actor, data: dict[str, Any], now: datetime) -> None:
    tell(case, "declined", by, now, reason=data["reason"], told_how=data.get("told_how") or "in_person")


AFTER = {ACCEPT: after_accept, TELL: after_tell, HOLD: after_hold, FINISH: after_finish, NOT_NEEDED: after_ending, NOT_COMPETENT: after_ending}
SAID = {
    ACCEPT: _("已受理，办件编号 %(number)s。"), TELL: _("已收件并一次告知补正，办件编号 %(number)s。"), HOLD: _("已收件，办件编号 %(number)s。"),
    FINISH: _("已当场办结，办件编号 %(number)s。"), NOT_NEEDED: _("已告知不需要办理，编号 %(number)s。"), NOT_COMPETENT: _("已告知去哪里办，编号 %(number)s。"),
}  # fmt: skip


@register(
    "cases.apply_online", label=_("网上申请收件"), form=ApplyOnline, roles=("window", "township"), find=find_item, region=region_of, check=check_offered,
)  # fmt: skip
def apply_online(by: Actor, version: ItemVersion, data: dict[str, Any], now: datetime) -> Outcome:
    """收下居民在网上提交的申请，一个工作日内审查材料。"""
    case = new_case(by, version, data, now, channel="portal", desk=desk_of(by, version))
    insert(case)
    put_papers(case, data["papers"], data["photos"], by, now)
    first_step(case, now, limit=limit("online_check", now.astimezone(ZONE).date()))
    return done(case, "", _now("申请已提交，办件编号 %(number)s。") % {"number": case.number}, item=case.item_name, channel=case.channel)
