"""Sites: the filtered list with map and Excel, one site's page, import of sites that are there already."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.actions.registry import get_action
from weimin.attachments.subjects import subject_for
from weimin.regions.fields import range_top, townships
from weimin.regions.queries import inside, names
from weimin.regions.rules import Level, township_of
from weimin.sheets.export import export, watermark
from weimin.sheets.template import Lists
from weimin.sites import queries
from weimin.sites.importing import SheetImport, import_page, workbook
from weimin.sites.models import Site, SiteState, Tier
from weimin.sites.panels import panels_of
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

TABLE = [
    Column(_("站点"), "name", url="url", hint="address", main=True),
    Column(_("乡镇"), "township"),
    Column(_("所在地"), "village", minor=True),
    Column(_("层级"), "tier"),
    Column(_("状态"), "state", kind="tag"),
    Column(_("开放日期"), "opened_on", kind="day"),
]
EXPORTED = [
    ("township", _("乡镇")), ("village", _("所在地")), ("name", _("名称")), ("tier", _("层级")), ("state", _("状态")), ("place_kind", _("场所类型")),
    ("address", _("地址")), ("longitude", _("经度")), ("latitude", _("纬度")), ("area", _("建筑面积（㎡）")), ("opening_hours", _("开放时间")),
    ("phone", _("对外电话")), ("rent_free", _("免租金")), ("existing", _("原有站点")), ("parcel_delivery", _("通物流配送")), ("opened_on", _("开放日期")),
]  # fmt: skip
PIN_WORDS = {"green": _("开放"), "yellow": _("在建或筹建"), "red": _("暂停"), "paused": _("关闭")}


@require_GET
@signed_in
def site_list(request: Request) -> HttpResponse:
    """Filters live in the address; ?map=1 adds the scatter map, ?excel=1 gives what is shown as a workbook."""
    actor, chosen = request.actor, request.GET.dict()
    rows = queries.filter_sites(actor, chosen)
    if chosen.get("excel"):
        mark = watermark(actor.name, request.seat.label, timezone.now())
        return workbook(export([(key, str(label)) for key, label in EXPORTED], queries.rows_for_export(rows), title=str(_("站点")), watermark=mark), "sites")
    page = page_of(rows, ["region"], chosen.get("cursor", ""), 25)
    context = {
        "columns": TABLE, "rows": queries.lines(list(page.rows)), "page": page, "chosen": chosen, "tiers": Tier.choices, "states": SiteState.choices,
        "townships": townships(actor), "pins": queries.pins(rows) if chosen.get("map") else [], "pin_words": PIN_WORDS,
        "imported": chosen.get("imported", "") if chosen.get("imported", "").isdigit() else "", "may_import": get_action("sites.enter").allows(actor),
    }  # fmt: skip
    return render(request, "sites/site_list.html", context)


@require_GET
@signed_in
def site_page(request: Request, number: int) -> HttpResponse:
    """One site: where and what it is, rooms, equipment, signs, who serves there, photos, life line, trail."""
    actor = request.actor
    try:
        site = queries.get_site(actor, number)
    except Site.DoesNotExist:
        raise NotVisible() from None
    known = names({site.region, township_of(site.region)})
    photos, files = queries.files_of(actor, site)
    context = {
        "site": site, "village": known[site.region], "township": known[township_of(site.region)], "tag": queries.KINDS[site.state],
        "stages": queries.life_line(site), "facts": facts_of(site), "inside": queries.inside_of(actor, site), "photos": photos, "files": files,
        "panels": panels_of(actor, site, timezone.now()), "events": history_of(actor, site), "subject": subject_for("sites.site", site),
    }  # fmt: skip
    return render(request, "sites/site.html", context)


def facts_of(site: Site) -> list[tuple[Any, Any]]:
    yes, no = _("是"), _("否")
    place = f"{site.longitude:.6f}, {site.latitude:.6f}" if site.longitude is not None else ""
    return [
        (_("层级"), site.get_tier_display()), (_("地址"), site.address), (_("场所类型"), site.place), (_("经纬度"), place),
        (_("建筑面积（㎡）"), site.area), (_("开放时间"), site.opening_hours), (_("对外电话"), site.phone), (_("免租金"), yes if site.rent_free else no),
        (_("通物流配送"), yes if site.parcel_delivery else no), (_("原有站点"), yes if site.existing else no), (_("开放日期"), site.opened_on),
        (_("关闭日期"), site.closed_on), (_("状态说明"), site.state_reason),
    ]  # fmt: skip


def place_lists(actor: Actor) -> Lists:
    """Villages as "乡镇 村" for the sheet's list."""
    rows = inside(range_top(actor))
    known = {region.code: region.short for region in rows if region.level == Level.TOWNSHIP}
    villages = [f"{known.get(township_of(row.code), '')} {row.short}".strip() for row in rows if row.level == Level.VILLAGE]
    return {"place": [*known.values(), *villages]}


@require_http_methods(["GET", "POST"])
@signed_in
def import_sites(request: Request) -> HttpResponse:
    """Sites that are there already, from a sheet."""
    sheet = SheetImport("sites.enter", _("已有站点登记表"), "2026-1", reverse("sites:sites"), lists=place_lists)
    return import_page(request, sheet, timezone.now())
