"""The list of records and one record as a time line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.health.actions.base import KEEPERS
from weimin.health.files import photos_of
from weimin.health.joining import sections_of
from weimin.health.judging import wanted_by_hospital
from weimin.health.models import CareState, HealthRecord, InactiveReason, Programme
from weimin.health.queries import get_record, timeline
from weimin.health.queries.checks import checks_of
from weimin.health.queries.due import with_lamps
from weimin.health.queries.institutions import answering
from weimin.health.queries.records import FOUND, lines, list_records, merges_of
from weimin.health.queries.timeline import cares_of, dues_of, visits_of
from weimin.health.queries.trends import advised, charts
from weimin.health.rules_personal import said
from weimin.health.standard_words import pairs_in_words
from weimin.regions.fields import townships, villages
from weimin.residents.queries import card_of
from weimin.residents.rules_groups import age_on
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, seen
from weimin.walls.request import Request

COLUMNS = [
    Column(_("姓名"), "name", url="url", hint="cares", main=True),
    Column(_("性别"), "gender", minor=True),
    Column(_("出生日期"), "birth_on", kind="day"),
    Column(_("档案编号"), "number", minor=True),
    Column(_("所在村"), "village", hint="township"),
    Column(_("最近服务"), "touched_on", kind="day"),
    Column(_("状态"), "tag", kind="tag"),
]
STATES = [("inactive", _("非活动")), ("all", _("全部"))]


def for_health(request: Request) -> Actor:
    """The actor, when the post has to do with health records at all."""
    if not request.actor.has_purpose("health"):
        raise NotAllowed()
    return request.actor


def without_cursor(request: Request) -> str:
    """The filters of the address, for a link to all of what they show."""
    kept = request.GET.copy()
    kept.pop("cursor", None)
    return kept.urlencode()


def record_of(actor: Actor, number: int) -> HealthRecord:
    """A record that the post sees, or the page is missing."""
    return seen(get_record, actor, number)


def as_number(text: str) -> int:
    """The number of a row as an address gives it; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@require_GET
@signed_in
def records(request: Request) -> HttpResponse:
    """Filters live in the address: place, programme, state, one's own, and a text in any of the ways people say a name."""
    actor, chosen = for_health(request), request.GET.dict()
    page = list_records(actor, chosen)
    context = {
        "columns": COLUMNS, "rows": lines(actor, page.rows), "page": page, "chosen": chosen, "townships": townships(actor), "villages": villages(actor, chosen),
        "programmes": Programme.choices, "states": STATES, "full": len(page.rows) >= FOUND, "most": FOUND, "may_export": actor.role in KEEPERS,
        "filters": without_cursor(request),
    }  # fmt: skip
    return render(request, "health/records.html", context)


@require_GET
@signed_in
def record_page(request: Request, number: int) -> HttpResponse:
    """One person: masked facts, what is due, care, personal form, everything that happened in one line."""
    actor, today = request.actor, timezone.localdate()
    return render(request, "health/record.html", parts_of(actor, record_of(actor, number), today))


def parts_of(actor: Actor, record: HealthRecord, today: date) -> dict[str, Any]:
    """Everything on the page of a record; a fixed number of queries."""
    visits, cares, resident = visits_of(actor, record), cares_of(actor, record), record.resident
    open_cares = [care for care in cares if care.state == CareState.MANAGED]
    record.open_cares = open_cares  # type: ignore[attr-defined]  # what the button of a visit asks about
    for care in cares:
        care.record = record
    last = next((visit for visit in visits if not visit.corrected), None)  # type: ignore[attr-defined]
    record.last_visit = last  # type: ignore[attr-defined]
    if last is not None:
        last.record = record
        last.judged_cares = [care for care in open_cares if care.programme in last.programmes]  # type: ignore[attr-defined]
    return {
        "record": record, "resident": resident, "card": card_of(actor, resident), "age": age_on(resident.birth_on, today), "cares": cares,
        "dues": with_lamps(dues_of(actor, record), today), "line": timeline(actor, record, visits, cares), "personal": pairs_in_words(said(record.personal)),
        "events": history_of(actor, record), "dead": record.inactive_reason == InactiveReason.DEAD, "moved": record.inactive_reason == InactiveReason.MOVED, "last_visit": last, "charts": charts(record, visits, cares), "advice": advised(visits), "checks": checks_of(actor, record), "merged": merges_of(actor, record), "answering": answering(record), "photos": photos_of(actor, record),
        "sections": sections_of(actor, record, today), "ordered": bool(wanted_by_hospital(open_cares)),
    }  # fmt: skip
