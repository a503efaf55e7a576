"""Report cards: the list with its lamps, one card, the card on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.epidemics.diseases import choices, law_on
from weimin.epidemics.finding import with_outbreaks
from weimin.epidemics.models import CaseReport, CaseState
from weimin.epidemics.papers import card_paper
from weimin.epidemics.queries.cards import KINDS, get_card, lamp_of, lines, list_cards
from weimin.epidemics.views.asking import for_health, one
from weimin.papers.answers import paper_answer
from weimin.regions.queries import get_region
from weimin.secrets.masking import mask
from weimin.trail.record import record_view
from weimin.ui.tables import Column
from weimin.walls.request import Request

COLUMNS = [
    Column(_("姓名"), "name", url="url", hint="school", main=True),
    Column(_("病种"), "disease", hint="kind"),
    Column(_("发病日期"), "onset_on", kind="day", minor=True),
    Column(_("诊断时间"), "diagnosed_at", kind="moment"),
    Column(_("村（社区）"), "village", minor=True),
    Column(_("时限"), "lamp", kind="lamp"),
    Column(_("状态"), "tag", kind="tag"),
]


@require_GET
@signed_in
def cards_page(request: Request) -> HttpResponse:
    """Filters live in the address: state, disease, the beginning of a name."""
    actor, chosen, now = for_health(request), request.GET.dict(), timezone.now()
    page = list_cards(actor, chosen)
    tabs = [("", _("全部"), None), *((value, words, None) for value, words in CaseState.choices)]
    context = {
        "columns": COLUMNS, "rows": lines(page.rows, now), "page": page, "chosen": chosen, "tabs": tabs, "diseases": choices(timezone.localdate(now)), "limits": law_on(timezone.localdate(now)).limits,
    }  # fmt: skip
    return render(request, "epidemics/cards.html", context)


@require_GET
@signed_in
def card_page(request: Request, number: int) -> HttpResponse:
    """One card with its clock; identifiers are masked for the role."""
    actor, now = request.actor, timezone.now()
    card = with_outbreaks(actor, one(get_card, actor, number))
    law = law_on(card.law_from)
    context = {
        "card": card, "lamp": lamp_of(card, now), "kind": KINDS[card.state], "village": get_region(card.region).short, "law": law,
        "phone": mask("phone", card.phone or "", actor.role), "id_number": mask("id_number", card.id_number or "", actor.role),
        "correction": CaseReport.objects.visible_to(actor).filter(corrects=card).first(), "events": history_of(actor, card),
    }  # fmt: skip
    return render(request, "epidemics/card.html", context)


@require_GET
@signed_in
@never_cache
def card_file(request: Request, number: int) -> HttpResponse:
    """The card on A4 with full values; who printed it stands on the trail."""
    actor, now = request.actor, timezone.now()
    card = one(get_card, actor, number)
    record_view(actor, subject_type=CaseReport._meta.label_lower, subject_id=card.pk, region=card.region, reason=_now("打印报告卡"), now=now)
    return paper_answer(lambda: card_paper(card, card.filled_unit or request.seat.label), "pdf", f"card-{card.pk}")
