"""The list of residents as Excel: what its filters show, masked as the list masks it, watermarked and on the trail.

Full numbers go out only with a reason, to posts that keep the register of a township or the county.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import BinaryField, ExpressionWrapper, F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.residents import listing
from weimin.residents.exports import MAY_SEE_FULL
from weimin.residents.models import Resident
from weimin.trail.record import record
from weimin.ui.workbook import workbook
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, RuleBroken
from weimin.walls.later import Later
from weimin.walls.request import Request

bulk = Later("weimin.secrets.bulk")
EXPORTERS = ("county_office", "township", "village")
MOST = 200_000
AT_ONCE = 5_000
SHORTEST_REASON = 4
COLUMNS = [
    ("township", _("乡镇")), ("village", _("村（社区）")), ("name", _("姓名")), ("gender", _("性别")), ("birth_on", _("出生日期")), ("age", _("年龄")),
    ("id_number", _("证件号码")), ("phone", _("联系电话")), ("address", _("住址")), ("relation", _("与户主关系")), ("groups", _("人群")), ("status", _("状态")),
]  # fmt: skip
FILTERS = ("township", "village", "group", "status", "age", "text")


class AskForm(forms.Form):
    """Why full numbers are needed; the filters travel along."""

    reason = forms.CharField(
        label=_("理由"), max_length=200, min_length=SHORTEST_REASON, help_text=_("导出的表里有完整的证件号码、电话和住址；谁、何时、为什么导出，都留痕。")
    )


@require_GET
@never_cache
@signed_in
def export_residents(request: Request) -> HttpResponse:
    """?ask shows the form for a reason; with ?reason the numbers are in full; without either they are masked."""
    actor, chosen = request.actor, request.GET.dict()
    if actor.role not in EXPORTERS:
        raise NotAllowed()
    reason = chosen.get("reason", "").strip()
    if "ask" in chosen or ("reason" in chosen and len(reason) < SHORTEST_REASON):
        return ask(request, actor, chosen)
    if reason and actor.role not in MAY_SEE_FULL:
        raise NotAllowed()
    now = timezone.now()
    kept = {name: chosen[name] for name in FILTERS if chosen.get(name)}
    rows = [[line[key] for key, _label in COLUMNS] for line in rows_of(actor, kept, timezone.localdate(now), full=bool(reason))]
    after = {"filters": sorted(kept), "rows": len(rows), "full": bool(reason)}
    record(actor, "residents.export", subject_type="residents.resident", subject_id=None, region=actor.low, now=now, after=after, reason=reason[:200])
    return workbook([(key, str(label)) for key, label in COLUMNS], rows, title=_now("居民"), name=actor.name, post=request.seat.label, now=now)


def ask(request: Request, actor: Actor, chosen: dict[str, str]) -> HttpResponse:
    if actor.role not in MAY_SEE_FULL:
        raise NotAllowed()
    form = AskForm(chosen if "reason" in chosen else None, label_suffix="")
    kept = [(name, chosen[name]) for name in FILTERS if chosen.get(name)]
    return render(request, "residents/export.html", {"form": form, "kept": kept}, status=422 if form.is_bound else 200)


def rows_of(actor: Actor, chosen: dict[str, str], today: date, *, full: bool) -> Iterator[dict[str, Any]]:
    """Lines of what the list shows, page after page by keyset. RuleBroken beyond MOST: such a file is nobody's work any more."""
    cursor, given = "", 0
    while True:
        page = listing.page_for(actor, chosen | {"cursor": cursor}, today, AT_ONCE, AT_ONCE, shut=True)
        opened(actor, page.rows)
        lines = listing.lines(actor, page.rows, today)
        yield from map(in_full, lines, page.rows) if full else lines
        given, cursor = given + len(page.rows), page.next
        if given > MOST:
            raise RuleBroken(_now("超过 %(most)d 人，请先按乡镇或村筛选再导出。") % {"most": MOST})
        if not cursor:
            return


def opened(actor: Actor, rows: Sequence[Resident]) -> None:
    """Fills in the identifiers of a page, each column unsealed at once: one by one they would cost more than all the rest."""
    asked = [ExpressionWrapper(F(name), output_field=BinaryField()) for name in listing.SEALED]
    found = {pk: sealed for pk, *sealed in Resident.objects.visible_to(actor).filter(pk__in=[row.pk for row in rows]).values_list("pk", *asked)}
    for at, name in enumerate(listing.SEALED):
        field: Any = Resident._meta.get_field(name)
        for row, text in zip(rows, bulk.unseal_many([bytes(found[row.pk][at] or b"") for row in rows], field.place), strict=True):
            setattr(row, name, text)


def in_full(line: dict[str, Any], row: Resident) -> dict[str, Any]:
    return line | {"id_number": row.id_number or "", "phone": row.phone or "", "address": row.address}
