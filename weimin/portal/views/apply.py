"""Applying from home: what the window would take in, typed by the resident; looked at within one working day (C-17)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from weimin.actions.act import act, find_target, new_key
from weimin.actions.registry import get_action
from weimin.cases.models import Case
from weimin.cases.tokens import progress_token
from weimin.portal.entering import public_page
from weimin.portal.guessing import check_often, note
from weimin.portal.item_page import how_long
from weimin.portal.rules import SENT_FROM_ADDRESS
from weimin.walls.actor import Actor
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken, TooMany
from weimin.walls.request import Request

ACTION = "cases.apply_online"
TYPED = ("name", "id_kind", "id_number", "phone", "region", "address", "organisation", "note")


@never_cache
@require_http_methods(["GET", "POST"])
@public_page("cases")
def apply(request: Request, who: Actor, item: str) -> HttpResponse:
    """The form of an item that may be applied for without coming; the answer is the number and the way to the progress."""
    action, now = get_action(ACTION), timezone.now()
    version = find_target(action, who, item)
    if not version.content.online or not version.item.offered:
        raise NotVisible()
    if request.method == "GET":
        return page(request, version, action.form(actor=who, target=version, now=now))
    try:
        check_often([(SENT_FROM_ADDRESS, who.ip)], now)
        receipt = act(who, ACTION, typed(request.POST), request.POST.get("key") or new_key(), target=item, files=request.FILES, now=now)
    except InputInvalid as invalid:
        return page(request, version, invalid.form, status=422)
    except (RuleBroken, TooMany) as refused:
        return page(request, version, action.form(typed(request.POST), actor=who, target=version, now=now), refusal=str(refused), status=refused.status)
    note([(SENT_FROM_ADDRESS, who.ip)], now)
    case = Case.objects.visible_to(who).get(pk=receipt.subject_id or 0)
    return render(request, "portal/applied.html", {"code": request.tenant.code, "case": case, "token": progress_token(case)})


def typed(sent: QueryDict) -> QueryDict:
    """Only what a resident may say of an application: how a paper stands is for the window to see."""
    kept = QueryDict(mutable=True)
    for name in TYPED:
        if name in sent:
            kept.setlist(name, sent.getlist(name))
    return kept


def page(request: Request, version: Any, form: Any, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "code": request.tenant.code, "content": version.content, "takes": how_long(version.content), "form": form, "refusal": refusal,
        "key": request.POST.get("key") or new_key(),
    }  # fmt: skip
    return render(request, "portal/apply.html", context, status=status)
