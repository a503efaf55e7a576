"""The list of records and today's list as Excel: what the filters show, watermarked, and on the trail; for those who keep the records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.health.actions.base import KEEPERS
from weimin.health.models import HealthRecord
from weimin.health.queries.records import lines, list_records
from weimin.health.queries.today import cards, due_today
from weimin.secrets.masking import mask
from weimin.trail.record import record
from weimin.ui.paging import Page
from weimin.ui.workbook import workbook
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, RuleBroken
from weimin.walls.request import Request

MOST, AT_ONCE = 50_000, 5_000
FILTERS = ("text", "township", "village", "programme", "state", "doctor", "lamp", "kind")
RECORDS = [
    ("township", _("乡镇")), ("village", _("村（社区）")), ("name", _("姓名")), ("gender", _("性别")), ("birth_on", _("出生日期")), ("number", _("档案编号")),
    ("cares", _("管理类别")), ("opened_on", _("建档日期")), ("touched_on", _("最近服务")), ("state", _("状态")),
]  # fmt: skip
TODAY = [
    ("words", _("紧急程度")), ("name", _("姓名")), ("gender", _("性别")), ("age", _("年龄")), ("village", _("村（社区）")), ("address", _("住址")), ("kind", _("种类")),
    ("programmes", _("管理类别")), ("from_on", _("起")), ("due_on", _("止")), ("urgent", _("加急")),
]  # fmt: skip


def walked(read: Callable[[dict[str, str]], Page], chosen: dict[str, str]) -> Iterator[Any]:
    """Page after page by keyset. RuleBroken beyond MOST: nobody works with such a file any more."""
    cursor, given = "", 0
    while True:
        page = read(chosen | {"cursor": cursor})
        yield list(page.rows)
        given, cursor = given + len(page.rows), page.next
        if given > MOST:
            raise RuleBroken(_now("超过 %(most)d 行，请先按乡镇或村筛选再导出。") % {"most": MOST})
        if not cursor:
            return


def record_rows(actor: Actor, chosen: dict[str, str]) -> Iterator[dict[str, Any]]:
    for rows in walked(lambda now: list_records(actor, now, AT_ONCE), chosen):
        for line in lines(actor, rows):
            yield line | {"name": mask("name", line["name"], actor.role), "state": line["tag"][0]}


def today_rows(actor: Actor, chosen: dict[str, str], today: date) -> Iterator[dict[str, Any]]:
    for rows in walked(lambda now: due_today(actor, now, today, AT_ONCE), chosen):
        for card in cards(actor, rows, today):
            yield card | {"name": mask("name", card["name"], actor.role), "words": card["lamp"]["words"], "urgent": _now("是") if card["urgent"] else ""}


def answer(request: Request, columns: list[tuple[str, Any]], title: str, rows: Iterator[dict[str, Any]], chosen: dict[str, str]) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    found = [[row[key] for key, _label in columns] for row in rows]
    after = {"filters": sorted(chosen), "rows": len(found)}
    record(actor, "health.export", subject_type=HealthRecord._meta.label_lower, subject_id=None, region=actor.low, now=now, after=after)
    return workbook([(key, str(label)) for key, label in columns], found, title=title, name=actor.name, post=request.seat.label, now=now)


def kept_filters(request: Request) -> dict[str, str]:
    if request.actor.role not in KEEPERS:
        raise NotAllowed()
    return {name: request.GET[name] for name in FILTERS if request.GET.get(name)}


@require_GET
@never_cache
@signed_in
def export_records(request: Request) -> HttpResponse:
    chosen = kept_filters(request)
    return answer(request, RECORDS, _now("健康档案"), record_rows(request.actor, chosen), chosen)


@require_GET
@never_cache
@signed_in
def export_today(request: Request) -> HttpResponse:
    chosen = kept_filters(request)
    return answer(request, TODAY, _now("今日随访"), today_rows(request.actor, chosen, timezone.localdate()), chosen)
