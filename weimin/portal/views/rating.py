"""How was it? Five grades, from the QR code of the receipt or from the progress page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from weimin.actions.act import act, new_key
from weimin.actions.registry import get_action
from weimin.cases.models import Case
from weimin.cases.tokens import case_of_token
from weimin.portal.entering import public_page
from weimin.walls.actor import Actor
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.request import Request

ACTION = "cases.rate"


@never_cache
@require_http_methods(["GET", "POST"])
@public_page("cases")
def rate(request: Request, who: Actor, token: str) -> HttpResponse:
    """The form, or why there is none (not finished, rated already, too late)."""
    case, now = case_of_token(who, token), timezone.now()
    action = get_action(ACTION)
    if request.method == "GET":
        form = action.form(actor=who, target=case, now=now, initial={"channel": "qr" if "qr" in request.GET else "portal"})
        return page(request, case, token, form, refusal=action.refusal(case, who, now))
    try:
        act(who, ACTION, request.POST, request.POST.get("key") or new_key(), target=case.pk, now=now)
    except InputInvalid as invalid:
        return page(request, case, token, invalid.form, status=422)
    except RuleBroken as broken:
        return page(request, case, token, action.form(request.POST, actor=who, target=case, now=now), refusal=str(broken), status=422)
    return render(request, "portal/rated.html", {"code": request.tenant.code, "token": token})


def page(request: Request, case: Case, token: str, form: Any, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "code": request.tenant.code, "case": case, "token": token, "form": form, "refusal": refusal, "key": request.POST.get("key") or new_key(),
    }  # fmt: skip
    return render(request, "portal/rate.html", context, status=status)
