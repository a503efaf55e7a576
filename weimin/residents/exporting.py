"""The list of residents as Excel: what its filters show, masked as the list masks it, watermarked and on the trail.

Full numbers go out only with a reason, to posts that keep the register of a township or the county.
"""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.residents.exports import MAY_EXPORT, MAY_SEE_FULL
from weimin.sheets.export import export_frame, watermark
from weimin.trail.record import record
from weimin.ui.workbook import attached
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed
from weimin.walls.later import Later
from weimin.walls.request import Request

outgoing = Later("weimin.residents.outgoing")
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
    if actor.role not in MAY_EXPORT:
        raise NotAllowed()
    reason = chosen.get("reason", "").strip()
    if "ask" in chosen or ("reason" in chosen and len(reason) < SHORTEST_REASON):
        return ask(request, actor, chosen)
    if reason and actor.role not in MAY_SEE_FULL:
        raise NotAllowed()
    now = timezone.now()
    kept = {name: chosen[name] for name in FILTERS if chosen.get(name)}
    frame = outgoing.frame_of(actor, kept, timezone.localdate(now), full=bool(reason))
    after = {"filters": sorted(kept), "rows": frame.height, "full": bool(reason)}
    record(actor, "residents.export", subject_type="residents.resident", subject_id=None, region=actor.low, now=now, after=after, reason=reason[:200])
    mark = watermark(actor.name, request.seat.label, now)
    title = _now("居民")
    return attached(export_frame(COLUMNS, frame, title=title, watermark=mark), title)


def ask(request: Request, actor: Actor, chosen: dict[str, str]) -> HttpResponse:
    if actor.role not in MAY_SEE_FULL:
        raise NotAllowed()
    form = AskForm(chosen if "reason" in chosen else None, label_suffix="")
    kept = [(name, chosen[name]) for name in FILTERS if chosen.get(name)]
    return render(request, "residents/export.html", {"form": form, "kept": kept}, status=422 if form.is_bound else 200)
