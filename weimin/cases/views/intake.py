"""Taking a case in: choose the item, find the applicant, fill one page in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from weimin.accounts.guard import signed_in
from weimin.actions.act import find_target, new_key
from weimin.actions.queries import draft_of
from weimin.actions.registry import Action, get_action
from weimin.actions.views import restored
from weimin.cases.queries.offered import to_choose
from weimin.catalogue.bundles import offered_bundles
from weimin.catalogue.vocabulary import WINDOWS
from weimin.residents.queries import card_of, find_by_id_number, search
from weimin.residents.rules import check_id_number
from weimin.walls.errors import NotAllowed
from weimin.walls.request import Request

RECEIVE, RECEIVE_BUNDLE = "cases.receive", "cases.receive_bundle"


@require_GET
@signed_in
def choose(request: Request) -> HttpResponse:
    """The items on offer: of one window, or of all by the words people use."""
    if not get_action(RECEIVE).allows(request.actor):
        raise NotAllowed()
    text, window = request.GET.get("text", "").strip()[:60], request.GET.get("window", "")
    window = window if window in WINDOWS else "" if text else next(iter(WINDOWS))
    rows = to_choose(text, window)
    tabs = [(key, words, None) for key, words in WINDOWS.items()]
    shown = [] if text else offered_bundles()
    return render(request, "cases/choose.html", {"rows": rows, "text": text, "tabs": tabs, "window": window, "bundles": shown})


@require_http_methods(["GET", "POST"])
@signed_in
def intake(request: Request, code: str) -> HttpResponse:
    """The page of `cases.receive` for one item."""
    return page_of(request, get_action(RECEIVE), code)


@require_http_methods(["GET", "POST"])
@signed_in
def bundle(request: Request, key: str) -> HttpResponse:
    """The page of `cases.receive_bundle` for several items at once."""
    return page_of(request, get_action(RECEIVE_BUNDLE), key)


def page_of(request: Request, action: Action, target: str) -> HttpResponse:
    """POST looks for an applicant (an ID number never stands in an address); the form itself is sent to the action."""
    actor, now = request.actor, timezone.now()
    if not action.allows(actor):
        raise NotAllowed()
    found = find_target(action, actor, target)
    drafted = draft_of(actor, action.name, target)
    form = action.form(initial=request.GET.dict(), actor=actor, target=found, now=now)
    chosen = request.GET.get("resident", "")
    if drafted:
        kept = restored(form, drafted.data)
        form.initial.update({**kept, "resident": chosen or kept.get("resident")})
    asked = request.POST.get("find", "").strip()[:60]
    context = {
        "action": action, "form": form, "subject": found, "target": target, "refusal": "", "drafted": drafted, "key": new_key(), "next": "",
        "asked": asked, "found": [card_of(actor, row) for row in search(actor, asked, 8)] if asked else [], "searched": bool(asked),
    }  # fmt: skip
    return render(request, action.template, context)


@require_POST
@signed_in
def check_number(request: Request) -> HttpResponse:
    """What is wrong with an ID number as it is typed, and whether the register knows it."""
    actor, typed = request.actor, request.POST.get("id_number", "").replace(" ", "").upper()[:30]
    if not get_action(RECEIVE).allows(actor):
        raise NotAllowed()
    wrong = check_id_number(typed, request.POST.get("id_kind") or "id_card", timezone.localdate()) if typed else ""
    found: Any = find_by_id_number(actor, typed) if typed and not wrong else None
    context = {"wrong": wrong, "typed": bool(typed), "found": found, "facts": card_of(actor, found) if found else {}}
    return render(request, "cases/_number_check.html", context)
