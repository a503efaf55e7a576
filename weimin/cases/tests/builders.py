"""Cases in any state for tests of this and higher rooms, as the actions would have left them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from weimin.calendars.clock import Limit
from weimin.cases.clocks import recompute, remaining_limit, set_limits, tell_by
from weimin.cases.flow import CASE
from weimin.cases.items import stages_of
from weimin.cases.models import CLOSED_STATES, STAGES, Case, CaseMaterial, CasePause
from weimin.cases.rules_number import number_of
from weimin.cases.rules_way import limit_of, way_of
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.tests.builders import NOW, make_version
from weimin.flows.steps import open_step

SERIALS = count(1)
ID_NUMBER, PHONE = "11010519491231002X", "13912345678"
COMMITTED = ("certificate", "deliver", "delivered", "archived")
WHOLE_WAY = [
    {"key": "accept", "desk": "window"},
    {"key": "review", "desk": "township"},
    {"key": "site_check", "desk": "township"},
    {"key": "joint_review", "desk": "township"},
    {"key": "public_notice", "desk": "township"},
    {"key": "decide", "desk": "county_office"},
    {"key": "certificate", "desk": "county_office"},
    {"key": "deliver", "desk": "window"},
]


def make_item_version(**over: Any) -> ItemVersion:
    """A published version; `handling="instant"` for an item done on one page, `steps=WHOLE_WAY` for every stage there is."""
    return make_version(**over)


def version_for(state: str) -> ItemVersion:
    """An item whose way has the state; made once."""
    needs_all = state in STAGES and state not in ("decide", "deliver")
    facts: dict[str, Any] = {"code": "CV0002", "name": "特困人员供养认定", "steps": WHOLE_WAY, "public_notice_days": 7} if needs_all else {"code": "CV0001"}
    found = ItemVersion.objects.select_related("item").filter(item__code=facts["code"], state="published").first()
    return found or make_version(**facts)


def make_case(region: int, state: str = "received", version: ItemVersion | None = None, **over: Any) -> Case:
    """A case in a state, with its materials, its open step and (where it waits) its pause. `now` is when it came in."""
    now: datetime = over.pop("now", NOW)
    version = version or version_for(state)
    content = version.content
    case = Case(
        region=region, number=over.pop("number", "") or number_of(region, now.date(), next(SERIALS)), item_version=version, item_code=content.code,
        item_name=content.name, applicant_name="冉桂兰", applicant_id_number=ID_NUMBER, applicant_phone=PHONE, channel="window", desk="window",
        state=state, received_at=now, received_by="张三", **times(state, now),
    )  # fmt: skip
    for name, value in over.items():
        setattr(case, name, value)
    if case.accepted_at:
        set_limits(case, limit_of(content.promised_limit), limit_of(content.legal_limit))
        recompute(case)
    else:
        case.tell_by_at = tell_by(case).at
    put_on_desk(case, content)
    case.save(force_insert=True)
    CaseMaterial.objects.bulk_create(
        CaseMaterial(case=case, region=region, key=paper.key, name=paper.name, required=paper.required, status=papers_are(state), received_at=now)
        for paper in content.materials
    )
    open_what_waits(case, now)
    return case


def times(state: str, now: datetime) -> dict[str, Any]:
    """The moments that a state implies."""
    facts: dict[str, Any] = {}
    if state in STAGES or state in ("delivered", "archived"):
        facts["accepted_at"] = now
    if state == "supplement":
        facts |= {"told_at": now, "supplement_by": (now + timedelta(days=30)).date()}
    if state in COMMITTED:
        facts |= {"decided_at": now, "decided_by": "李四", "outcome": "granted"}
    if state in ("delivered", "archived"):
        facts |= {"delivered_at": now, "settles_on": date(2026, 12, 14), "result": "已办好"}
    if state in CLOSED_STATES:
        facts["closed_at"] = now
    if state in ("not_needed", "not_competent", "declined", "withdrawn"):
        facts["reason"] = "不在办理范围"
    return facts


def papers_are(state: str) -> str:
    return "missing" if state == "supplement" else "received"


def put_on_desk(case: Case, content: Any) -> None:
    """Stage and desk of the state."""
    way = way_of(content, case.desk)
    if case.state in STAGES:
        case.stage = next(number for number, stage in enumerate(way) if stage.key == case.state)
        case.desk_now = case.desk_now or way[case.stage].desk
    elif case.state in ("received", "supplement"):
        case.desk_now = case.desk_now or case.desk


def desk_limit(case: Case, now: datetime) -> Limit | None:
    """What the desk of a stage has, as `enter_stage` gives it."""
    if case.state not in STAGES:
        return None
    return remaining_limit(case, stages_of(case)[case.stage].limit, now)


def open_what_waits(case: Case, now: datetime) -> None:
    if not case.is_open:
        return
    step = open_step(
        CASE, case.state, case, title=str(case), region=case.region, now=now, role=case.desk_now, holder=case.holder_now, limit=desk_limit(case, now)
    )
    if case.state == "supplement":
        step.paused_since, step.paused_reason = now, "补正材料"
        step.save()
        CasePause.objects.create(case=case, region=case.region, kind="supplement", since=now)
        case.paused_since = now
        case.save()
