"""Paired hospitals: the list (also as Excel) and one pairing with its support."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.attachments.queries import attachments_of
from weimin.attachments.subjects import subject_for
from weimin.health.views.records import for_health
from weimin.referrals.desks import pairings_of
from weimin.referrals.models import Pairing
from weimin.referrals.queries.pairings import filter_pairings, get_pairing, in_force, lines, support_of
from weimin.regions.fields import range_top, townships
from weimin.regions.rules import Level, level
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import seen
from weimin.walls.request import Request

COLUMNS = [
    Column(_("社区卫生服务机构"), "institution", url="url", hint="place", main=True),
    Column(_("支援医院"), "hospital"),
    Column(_("专业"), "specialities", minor=True),
    Column(_("开始日期"), "from_on", kind="day"),
    Column(_("期满日期"), "until_on", kind="day", minor=True),
    Column(_("今年支援天数"), "days", kind="number"),
    Column(_("服务人次"), "patients", kind="number"),
    Column(_("今年上转"), "up", kind="number"),
    Column(_("今年转回"), "back", kind="number"),
]
EXPORTED = [
    ("institution", _("社区卫生服务机构")), ("place", _("所在区划")), ("hospital", _("支援医院")), ("agreement", _("协议")), ("specialities", _("支援专业")),
    ("from_on", _("开始日期")), ("until_on", _("期满日期")), ("contact", _("医院联系人")), ("agreed_days", _("每年约定天数")), ("days", _("今年支援天数")),
    ("patients", _("服务人次")), ("up", _("今年上转")), ("back", _("今年转回")),
]  # fmt: skip
STATES = [("over", _("已结束或期满")), ("all", _("全部"))]
MOST = 2000


@require_GET
@signed_in
def pairings(request: Request) -> HttpResponse:
    """Filters live in the address; ?excel=1 gives what is shown as a workbook. A community reads which hospitals support the institution that covers it."""
    actor, chosen, now = for_health(request), request.GET.dict(), timezone.now()
    today = timezone.localdate(now)
    rows = filter_pairings(actor, chosen, today)
    if chosen.get("excel"):
        mark = watermark(actor.name, request.seat.label, now)
        found = lines(actor, list(rows.order_by("region", "pk")[:MOST]), today)
        return workbook(export([(key, str(label)) for key, label in EXPORTED], found, title=str(_("对口支援")), watermark=mark), "pairings")
    page = page_of(rows, ["region"], chosen.get("cursor", ""), 25)
    covering = pairings_of(actor.low, today) if level(range_top(actor)) == Level.VILLAGE else []
    context = {
        "covering": covering, "columns": COLUMNS, "rows": lines(actor, list(page.rows), today), "page": page, "chosen": chosen, "townships": townships(actor), "states": STATES,
    }  # fmt: skip
    return render(request, "referrals/pairings.html", context)


@require_GET
@signed_in
def pairing_page(request: Request, number: int) -> HttpResponse:
    """One pairing: what was agreed, how often the hospital's doctors came, the signed agreement."""
    actor, today = request.actor, timezone.localdate()
    pairing = seen(get_pairing, actor, number)
    line = lines(actor, [pairing], today)[0]
    context: dict[str, Any] = {
        "pairing": pairing, "line": line, "in_force": in_force(pairing, today), "support": with_pairing(pairing, support_of(actor, pairing)), "facts": facts_of(pairing),
        "files": attachments_of(actor, "referrals.pairing", pairing.pk), "subject": subject_for("referrals.pairing", pairing),
        "events": history_of(actor, pairing),
    }  # fmt: skip
    return render(request, "referrals/pairing.html", context)


def with_pairing(pairing: Pairing, visits: list[Any]) -> list[Any]:
    for visit in visits:
        visit.pairing = pairing
    return visits


def facts_of(pairing: Pairing) -> list[tuple[Any, Any]]:
    return [
        (_("支援医院"), pairing.hospital), (_("社区卫生服务机构"), pairing.institution), (_("开始日期"), pairing.from_on), (_("期满日期"), pairing.until_on),
        (_("协议"), pairing.agreement), (_("支援专业"), pairing.specialities), (_("每年约定天数"), pairing.days_a_year),
        (_("医院联系人"), " ".join(part for part in (pairing.contact, pairing.contact_phone) if part)),
    ]  # fmt: skip
