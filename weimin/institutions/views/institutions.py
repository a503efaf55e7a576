"""The institutions, and one of them with everything known of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.attachments.queries import attachments_of
from weimin.institutions.models import Institution, InstitutionKind
from weimin.institutions.queries import institutions as queries
from weimin.institutions.queries.own import own_figures
from weimin.institutions.views.answers import reader
from weimin.institutions.wording import stars_words
from weimin.regions.fields import townships
from weimin.regions.queries import names
from weimin.regions.rules import township_of
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

TABLE = [
    Column(_("机构"), "name", url="url", hint="kind", main=True),
    Column(_("街道（镇）"), "township"),
    Column(_("统一标准"), "unified", kind="tag"),
    Column(_("星级"), "stars", hint="named"),
    Column(_("医师"), "doctors", kind="number"),
    Column(_("医保定点"), "insured", kind="tag"),
    Column(_("省级系统"), "informed", kind="tag"),
]
RESULT_KINDS = {"passed": "ok", "rectify": "warn", "failed": "bad"}


def shown(line: dict[str, Any]) -> dict[str, Any]:
    """A line with its tags in words."""
    last, rated, yes, no = line["last"], line["rated"], _now("是"), _now("否")
    unified = (last.get_result_display(), RESULT_KINDS[last.result]) if last else (_now("没有检查"), "off")
    stars = stars_words(rated.stars) if rated else _now("没有评定")
    return line | {
        "unified": unified, "stars": stars, "named": line["star"].name if line["star"] else "", "insured": (yes, "ok") if line["insured"] else (no, "off"),
        "informed": (yes, "ok") if line["informed"] else (no, "off"),
    }  # fmt: skip


@require_GET
@signed_in
def institutions_page(request: Request) -> HttpResponse:
    """Filters live in the address; sites of which nothing is entered yet stand below."""
    actor, chosen = reader(request), request.GET.dict()
    page = page_of(queries.filter_institutions(actor, chosen), ["region"], chosen.get("cursor", ""), 25)
    context = {
        "columns": TABLE, "rows": [shown(line) for line in queries.lines(actor, list(page.rows), timezone.localdate())], "page": page, "chosen": chosen,
        "townships": townships(actor), "kinds": InstitutionKind.choices, "missing": queries.sites_without(actor),
    }  # fmt: skip
    return render(request, "institutions/institutions.html", context)


def institution_or_404(actor: Actor, number: int) -> Institution:
    try:
        return queries.get_institution(actor, number)
    except (Institution.DoesNotExist, OverflowError):
        raise NotVisible() from None


@require_GET
@signed_in
def institution_page(request: Request, number: int) -> HttpResponse:
    """Facts, posts, villages, inspections, stars, monthly reports, files, trail."""
    actor, today = reader(request), timezone.localdate()
    row = institution_or_404(actor, number)
    known, one = names({row.region, township_of(row.region)}), [row]
    context = {
        "institution": row, "township": known[township_of(row.region)], "village": known[row.region], "facts": facts_of(row, today),
        "posts": queries.posts_of(actor, one, today)[row.pk], "villages": queries.villages_of(actor, row), "inspections": queries.inspections_of(actor, row),
        "last": queries.latest_rounds(actor, one, today).get(row.pk), "star": queries.named_stars(actor, one, today).get(row.pk),
        "ratings": queries.ratings_of(actor, row), "reports": queries.reports_of(actor, row), "events": history_of(actor, row),
        "files": list(attachments_of(actor, Institution._meta.label_lower, row.pk)), "stations": list(row.stations.select_related("site")),
        "result_kinds": RESULT_KINDS, "own": own_figures(actor, row, today),
    }  # fmt: skip
    return render(request, "institutions/institution.html", context)


def facts_of(row: Institution, today: date) -> list[tuple[Any, Any]]:
    insured = _now("%(day)s 起，%(by)s %(document)s") % {"day": row.insured_from, "by": row.insured_by, "document": row.insured_document}
    return [
        (_("机构种类"), row.get_kind_display()), (_("所属中心"), row.belongs_to), (_("床位"), row.beds), (_("执业许可证号"), row.licence_number),
        (_("许可证有效期至"), row.licence_to), (_("医保定点"), insured if row.is_insured(today) else _now("否")), (_("接入省级系统日期"), row.informed_from),
    ]  # fmt: skip
