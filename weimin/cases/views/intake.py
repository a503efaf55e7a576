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
from weimin.cases.applicants import LIVING, known
from weimin.cases.models import Mandate
from weimin.cases.queries.agency import get_mandate
from weimin.cases.queries.offered import to_choose
from weimin.catalogue.bundles import offered_bundles
from weimin.catalogue.vocabulary import WINDOWS
from weimin.residents.queries import card_of, find_by_id_number, search
from weimin.residents.rules import check_id_number
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible
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
    person = known(request.actor, number_of(request.GET.get("resident", "")))
    context = {
        "rows": rows, "text": text, "tabs": tabs, "window": window, "bundles": shown, "person": person, "query": f"?resident={person.pk}" if person else "",
    }  # fmt: skip
    return render(request, "cases/choose.html", context)


def number_of(text: str) -> int | None:
    """A primary key out of an address; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


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
    """POST looks for an applicant (an ID number never stands in an address); the form itself is sent to the action.

    ?resident= and ?mandate= say for whom; ?fresh leaves what was typed before and not sent.
    """
    actor, now = request.actor, timezone.now()
    if not action.allows(actor):
        raise NotAllowed()
    found = find_target(action, actor, target)
    chosen = chosen_client(actor, request)
    form = action.form(initial=request.GET.dict() | chosen, actor=actor, target=found, now=now)
    drafted = None if "fresh" in request.GET else draft_of(actor, action.name, target)
    if drafted:
        kept = restored(form, drafted.data)
        if same_client(kept, chosen, form):
            form.initial.update(kept | {name: value for name, value in chosen.items() if value})
        else:
            drafted = None
    asked = request.POST.get("find", "").strip()[:60]
    context = {
        "action": action, "form": form, "subject": found, "target": target, "refusal": action.refusal(found, actor, now), "drafted": drafted, "key": new_key(),
        "next": "", "asked": asked, "found": [card_of(actor, row) for row in search(actor, asked, 8)] if asked else [], "searched": bool(asked),
        "applying": LIVING,
    }  # fmt: skip
    return render(request, action.template, context)


def chosen_client(actor: Actor, request: Request) -> dict[str, Any]:
    """For whom the address says that it is: a resident who can apply, or the client of a mandate; hidden and missing are nobody."""
    resident = known(actor, number_of(request.GET.get("resident", "")))
    number = number_of(request.GET.get("mandate", ""))
    try:
        mandate = get_mandate(actor, number) if number else None
    except Mandate.DoesNotExist:
        raise NotVisible() from None
    principal = known(actor, mandate.principal_id) if mandate else resident
    return {"resident": principal.pk if principal else None, "mandate": mandate.pk if mandate else None}


def same_client(kept: dict[str, Any], chosen: dict[str, Any], form: Any) -> bool:
    """Whether what was typed and not sent was typed for the one who is chosen now; two clients are never mixed."""
    if not any(chosen.values()):
        return not kept.get("mandate")
    if str(kept.get("mandate") or "") != str(chosen["mandate"] or ""):
        return False
    if kept.get("resident"):
        return str(kept["resident"]) == str(chosen["resident"] or "")
    return not kept.get("name") or (form.person is not None and kept["name"] == form.person.name)


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
