"""Publicity: campaigns with totals per channel and township, and the letter to residents as a paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from weimin.accounts.guard import signed_in
from weimin.attachments.models import Attachment
from weimin.buildout.actions.publicity import ROLES
from weimin.buildout.forms_publicity import LetterForm
from weimin.buildout.models import Campaign, Plan
from weimin.buildout.papers_letter import first_text, letter
from weimin.buildout.queries import publicity as queries
from weimin.buildout.queries.plans import get_plan
from weimin.buildout.rules_publicity import Total, channels_of
from weimin.papers.docx import to_docx
from weimin.papers.pdf import to_pdf
from weimin.regions.fields import townships
from weimin.regions.queries import names
from weimin.sheets.export import export, watermark
from weimin.sites.importing import workbook
from weimin.ui.components.maps import Tile
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.errors import NotAllowed
from weimin.walls.request import Request

TABLE = [
    Column(_("宣传内容"), "text", hint="place", main=True), Column(_("方式"), "channel", kind="tag"), Column(_("所在地"), "region"),
    Column(_("开始日期"), "starts_on", kind="day"), Column(_("结束日期"), "ends_on", kind="day"), Column(_("覆盖人数"), "reached", kind="number"),
    Column(_("照片"), template="buildout/_campaign_photos.html"), Column("", template="buildout/_campaign_count.html", kind="action"),
]  # fmt: skip
CHANNELS = [
    Column(_("方式"), "label", main=True), Column(_("宣传次数"), "campaigns", kind="number"), Column(_("覆盖人数"), "reached", kind="number"),
    Column(_("未登记人数的"), "uncounted", kind="number"),
]  # fmt: skip
EXPORTED: list[Any] = [
    ("channel", _("方式")), ("township", _("乡镇")), ("region", _("所在地")), ("place", _("具体地点")), ("audience", _("对象")), ("text", _("宣传内容")),
    ("starts_on", _("开始日期")), ("ends_on", _("结束日期")), ("reached", _("覆盖人数")), ("recorded_by", _("登记人")),
]  # fmt: skip
LEGEND = [(5, _("10 次以上")), (4, _("5—9 次")), (3, _("2—4 次")), (2, _("1 次")), (1, _("还没有宣传"))]
STEPS = [(10, 5), (5, 4), (2, 3), (1, 2)]
PAPER_TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}


def tile(total: Total) -> Tile:
    level = next((level for least, level in STEPS if total.campaigns >= least), 1)
    return Tile(total.label, _now("%(number)d 次") % {"number": total.campaigns}, level, _now("%(reached)d 人") % {"reached": total.reached})


def line(row: Campaign, channels: dict[str, str], known: dict[int, str], photos: dict[int, list[Attachment]]) -> dict[str, Any]:
    return {
        "campaign": row, "text": row.text, "place": row.place, "channel": (channels.get(row.channel, row.channel), "info"), "region": known[row.region],
        "starts_on": row.starts_on, "ends_on": row.ends_on, "reached": row.reached, "photos": photos.get(row.pk, []),
    }  # fmt: skip


@require_GET
@signed_in
def publicity_page(request: Request, number: int) -> HttpResponse:
    """Filters live in the address; ?excel=1 gives exactly what is shown as a workbook."""
    actor, chosen = request.actor, request.GET.dict()
    plan = get_plan(actor, number)
    rows, channels = queries.filter_campaigns(actor, plan, chosen), dict(channels_of(plan.content))
    if chosen.get("excel"):
        mark = watermark(actor.name, request.seat.label, timezone.now())
        return workbook(export(EXPORTED, queries.rows_for_export(rows, channels), title=_now("宣传活动"), watermark=mark), "publicity")
    page = page_of(rows, ["-starts_on"], chosen.get("cursor", ""), 25)
    known, photos = names({row.region for row in page.rows}), queries.photos_of(actor, list(page.rows))
    per_channel, per_township = queries.totals(actor, plan)
    context = {
        "plan": plan, "columns": TABLE, "rows": [line(row, channels, known, photos) for row in page.rows], "page": page, "chosen": chosen,
        "channels": [*channels.items()], "townships": townships(actor), "counted": [("yes", _("已登记人数")), ("no", _("还没有登记人数"))],
        "channel_columns": CHANNELS, "per_channel": per_channel, "tiles": [tile(total) for total in per_township], "legend": LEGEND,
        "campaigns": sum(total.campaigns for total in per_channel), "reached": sum(total.reached for total in per_channel),
        "silent": sum(not total.campaigns for total in per_township), "uncounted": sum(total.uncounted for total in per_channel), "writes": actor.role in ROLES,
    }  # fmt: skip
    return render(request, "buildout/publicity.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def letter_page(request: Request, number: int) -> HttpResponse:
    """The form of a letter to residents; sent, it answers with the Word or PDF file."""
    actor, now = request.actor, timezone.now()
    if actor.role not in ROLES:
        raise NotAllowed()
    plan = get_plan(actor, number)
    if request.method == "POST":
        form = LetterForm(request.POST, actor=actor, target=plan, now=now)
        if form.is_valid():
            return paper_of(request, plan, form.cleaned_data)
        return render(request, "buildout/letter.html", {"plan": plan, "form": form}, status=422)
    first = {
        "where": max(actor.low, plan.region), "salutation": _now("尊敬的居民朋友"), "body": first_text(plan.content),
        "signed_by": plan.issuer, "signed_on": timezone.localtime(now).date(), "ending": "docx",
    }  # fmt: skip
    return render(request, "buildout/letter.html", {"plan": plan, "form": LetterForm(initial=first, actor=actor, target=plan, now=now)})


def paper_of(request: Request, plan: Plan, data: dict[str, Any]) -> HttpResponse:
    where, ending = data["where"], data["ending"]
    paper = letter(data, names([where])[where], queries.stations_in(request.actor, plan, where))
    content = to_pdf(paper) if ending == "pdf" else to_docx(paper)
    response = HttpResponse(content, content_type=PAPER_TYPES[ending])
    response["Content-Disposition"] = f"attachment; filename=letter.{ending}"
    return response
