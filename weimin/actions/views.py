"""The generic page of any action: form on GET, `act` on POST; drafts are kept as they are typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.forms import FileField
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from weimin.actions.act import act, find_target, is_sound_key, new_key
from weimin.actions.forms import ActionForm
from weimin.actions.models import Draft, Receipt
from weimin.actions.queries import draft_of
from weimin.actions.registry import ACTIONS, Action, get_action
from weimin.actions.said import say_next
from weimin.walls.actor import Actor
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken
from weimin.walls.request import Request

DRAFT_LIMIT = 200_000
TARGET_LENGTH = 60
UNTYPED = ("csrfmiddlewaretoken", "key", "next")


def local_url(url: str) -> str:
    """A path of this site or nothing; a draft or a link may not lead elsewhere."""
    return url if url.startswith("/") and not url.startswith(("//", "/\\")) else ""


def key_of(request: Request) -> str:
    """The key that came with the form, so that sending it again is the same sending; a fresh one when it was broken."""
    sent = request.POST.get("key", "")
    return sent if is_sound_key(sent) else new_key()


def check_target(target: str) -> None:
    """A target comes out of our own pages; anything that none of them writes is missing."""
    if len(target) > TARGET_LENGTH or not target.isprintable():
        raise NotVisible()


def without_nul(text: str) -> str:
    """PostgreSQL stores no NUL; a draft is kept without it and the form says so when it is sent."""
    return text.replace("\x00", "")


def page(request: Request, action: Action, form: Any, found: Any, target: str, *, status: int = 200, refusal: str = "", drafted: Any = None) -> HttpResponse:
    context = {
        "action": action, "form": form, "subject": found, "target": target, "refusal": refusal, "drafted": drafted,
        "key": key_of(request), "next": local_url(request.POST.get("next") or request.GET.get("next", "")),
    }  # fmt: skip
    return render(request, action.template, context, status=status)


@require_http_methods(["GET", "POST"])
def act_page(request: Request, name: str, target: str = "") -> HttpResponse:
    action = get_action(name)
    if not action.allows(request.actor):
        raise NotAllowed()
    check_target(target)
    return submit(request, action, target) if request.method == "POST" else show(request, action, target)


def show(request: Request, action: Action, target: str) -> HttpResponse:
    """The empty or half-filled form; when the state refuses, the page says why and has no button."""
    actor, now = request.actor, timezone.now()
    found = find_target(action, actor, target or None)
    drafted = draft_of(actor, action.name, target) if action.keeps_draft else None
    form = action.form(initial=request.GET.dict() if action.keeps_draft else {}, actor=actor, target=found, now=now)
    if drafted:
        form.initial.update(restored(form, drafted.data))
    return page(request, action, form, found, target, refusal=action.refusal(found, actor, now), drafted=drafted)


def restored(form: ActionForm, typed: dict[str, list[str]]) -> dict[str, Any]:
    """What was typed, as each widget reads it (dates of three boxes, several ticks); files cannot be kept."""
    query = QueryDict(mutable=True)
    for name, values in typed.items():
        query.setlist(name, values)
    fields = {name: field for name, field in form.fields.items() if not isinstance(field, FileField)}
    return {name: field.widget.value_from_datadict(query, MultiValueDict(), form.add_prefix(name)) for name, field in fields.items()}


def submit(request: Request, action: Action, target: str) -> HttpResponse:
    actor = request.actor
    try:
        receipt = act(actor, action.name, request.POST, request.POST.get("key") or new_key(), target=target or None, files=request.FILES)
    except InputInvalid as invalid:
        return page(request, action, invalid.form, invalid.form.target, target, status=422)
    except RuleBroken as broken:
        return refused(request, action, target, str(broken))
    back = local_url(request.POST.get("next", ""))
    onwards = receipt.next_url if getattr(receipt, "pressing", False) else back or receipt.next_url or receipt_url(receipt)
    if once := getattr(receipt, "once", []):
        return show_once(request, receipt, action, once, onwards)
    answer = HttpResponseRedirect(onwards)
    if onwards != receipt_url(receipt):
        say_next(answer, receipt)
    return answer


def refused(request: Request, action: Action, target: str, sentence: str) -> HttpResponse:
    """What was typed comes back. When the state still lets the action be done, it was what was typed that broke a rule: the sentence
    stands above the form like any error, and the form can be sent again; otherwise the page has no button."""
    actor, now = request.actor, timezone.now()
    found = find_target(action, actor, target or None)
    form = action.form(request.POST, request.FILES, actor=actor, target=found, now=now)
    closed = action.refusal(found, actor, now)
    if not closed:
        form.is_valid()
        form.add_error(None, sentence)
    return page(request, action, form, found, target, status=422, refusal=closed)


@never_cache
def show_once(request: Request, receipt: Receipt, action: Action, lines: list[str], onwards: str) -> HttpResponse:
    """The answer itself carries what is stored nowhere: a reload sends the same key and shows only the receipt."""
    return render(request, "actions/once.html", {"receipt": receipt, "action": action, "lines": lines, "onwards": onwards})


def receipt_url(receipt: Receipt) -> str:
    return f"/act/receipts/{receipt.pk}/"


@require_GET
def receipt_page(request: Request, number: int) -> HttpResponse:
    """One's own receipt: what was done, when, and what to quote."""
    receipt = Receipt.objects.filter(pk=number, person=request.actor.person or 0, region__isnull=False).first()
    if receipt is None:
        raise NotVisible()
    return render(request, "actions/receipt.html", {"receipt": receipt, "action": get_action(receipt.action)})


@require_POST
def save_draft(request: Request, name: str, target: str = "") -> HttpResponse:
    """Keeps what was typed; called by the page every few seconds, never shown to anybody else."""
    action, actor = get_action(name), request.actor
    if not action.allows(actor):
        raise NotAllowed()
    if not action.keeps_draft:
        raise NotVisible()
    check_target(target)
    now = timezone.now()
    if not keep_typed(actor, name, target, request.POST, now):
        return JsonResponse({"saved": False}, status=413)
    return JsonResponse({"saved": True, "at": timezone.localtime(now).strftime("%H:%M:%S")})


def keep_typed(actor: Actor, name: str, target: str, posted: QueryDict, now: datetime) -> bool:
    """Keeps what was typed as the draft of a person; False when it is too much."""
    data = {without_nul(key): [without_nul(value) for value in values] for key, values in posted.lists() if key not in UNTYPED}
    if sum(len(str(value)) for value in data.values()) > DRAFT_LIMIT:
        return False
    Draft.objects.update_or_create(person=actor.person or 0, action=name, target=target, defaults={"data": data, "at": now})
    return True


def keep_lapsed(actor: Actor, name: str, posted: QueryDict, now: datetime, target: str = "") -> None:
    """A form that was sent after the session had ended for idleness is not lost: it is there again after signing in."""
    action = ACTIONS.get(name)
    if action is not None and action.keeps_draft and action.allows(actor) and len(target) <= TARGET_LENGTH and target.isprintable():
        keep_typed(actor, name, target, posted, now)
