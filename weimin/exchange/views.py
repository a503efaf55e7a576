"""The history of exchanges with the form for the next bundle, one exchange, and its file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.act import new_key
from weimin.exchange.forms import ApplyBundle, UploadBundle
from weimin.exchange.models import Exchange, ExchangeState
from weimin.exchange.packing import unpacked
from weimin.exchange.pages import facts_of, review_lines
from weimin.exchange.queries import TAGS, get_exchange, line, list_exchanges
from weimin.health.actions.base import KEEPERS
from weimin.trail.record import record
from weimin.ui.paging import page_of
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request

COLUMNS = [
    Column(_("居民或来源"), "name", url="url", main=True, hint="institution"),
    Column(_("方向"), "way"),
    Column(_("时间"), "at", kind="moment"),
    Column(_("办理人"), "person", minor=True),
    Column(_("FHIR 版本"), "release", minor=True),
    Column(_("状态"), "tag", kind="tag"),
]
SIZE = 25
JSON = "application/fhir+json; charset=utf-8"


def for_health(request: Request) -> Actor:
    if not request.actor.has_purpose("health"):
        raise NotAllowed()
    return request.actor


def found(actor: Actor, number: int) -> Exchange:
    try:
        return get_exchange(actor, number)
    except (Exchange.DoesNotExist, OverflowError):
        raise NotVisible() from None


@require_GET
@signed_in
def exchanges(request: Request) -> HttpResponse:
    """What went out and came in, in the post's range, newest first."""
    actor = for_health(request)
    page = page_of(list_exchanges(actor), ["-at", "-pk"], request.GET.get("cursor", ""), SIZE)
    form = UploadBundle(actor=actor, now=timezone.now()) if actor.role in KEEPERS else None
    return render(
        request, "exchange/exchanges.html", {"columns": COLUMNS, "rows": [line(row) for row in page.rows], "page": page, "form": form, "key": new_key()}
    )


@require_GET
@signed_in
@never_cache
def exchange_page(request: Request, number: int) -> HttpResponse:
    """One exchange; while it waits, who it is, what is new, what is here already, and the choice where the two sides differ."""
    actor = request.actor
    row = found(actor, number)
    context: dict[str, Any] = {"row": row, "tag": (row.get_state_display(), TAGS[ExchangeState(row.state)]), "facts": facts_of(row), "key": new_key()}
    context["may_download"] = row.way == "out" and row.content is not None and row.person == actor.person
    if row.state == ExchangeState.WAITING:
        initial = {"resident": request.GET.get("resident", "")}
        context["form"] = form = ApplyBundle(initial=initial, actor=actor, target=row, now=timezone.now())
        context |= {"seen": review_lines(actor, form.review), "may": actor.role in KEEPERS}
    return render(request, "exchange/exchange.html", context)


@require_GET
@signed_in
@never_cache
def download(request: Request, number: int) -> HttpResponse:
    """The file, for whoever made it; each time it is taken is on the trail."""
    actor, now = request.actor, timezone.now()
    row = found(actor, number)
    if row.way != "out" or row.content is None or row.person != actor.person:
        raise NotVisible()
    record(
        actor, "exchange.download", subject_type="exchange.exchange", subject_id=row.pk, region=row.region, now=now, after={"full": row.full}, reason=row.reason
    )
    answer = HttpResponse(unpacked(row.content), content_type=JSON)
    answer["Content-Disposition"] = f'attachment; filename="bundle-{row.pk}.json"'
    return answer
