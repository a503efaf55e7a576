"""Where is my application: by the receipt's QR code, by the slip's, or by number and last four of the ID."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from weimin.actions.act import act, new_key
from weimin.cases.models import Case
from weimin.cases.tokens import case_of_token, mandate_of_token, progress_token
from weimin.portal.entering import public_page
from weimin.portal.forms import ProgressForm
from weimin.portal.guessing import check_often, note
from weimin.portal.progress import find_case, progress_page
from weimin.portal.rules import WRONG_FOR_NUMBER, WRONG_FROM_ADDRESS
from weimin.portal.slip import slip_page
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.request import Request


@never_cache
@require_http_methods(["GET", "POST"])
@public_page("cases")
def progress(request: Request, who: Actor) -> HttpResponse:
    """GET with `receipt` or `slip` shows it; without, the form. A wrong pair is answered like every other wrong pair."""
    if request.method == "POST":
        return look_up(request, who)
    if token := request.GET.get("receipt", ""):
        return shown(request, who, case_of_token(who, token), token)
    if token := request.GET.get("slip", ""):
        return render(request, "portal/slip.html", {"code": request.tenant.code, "page": slip_page(who, mandate_of_token(who, token))})
    return render(request, "portal/progress_form.html", {"code": request.tenant.code, "form": ProgressForm(label_suffix="")})


def shown(request: Request, who: Actor, case: Case, token: str, refusal: str = "") -> HttpResponse:
    context = {"code": request.tenant.code, "page": progress_page(who, case, timezone.now()), "token": token, "key": new_key(), "refusal": refusal}
    return render(request, "portal/progress.html", context, status=422 if refusal else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@public_page("cases")
def open_result(request: Request, who: Actor, token: str) -> HttpResponse:
    """The resident opens a result that lies on the net, which is its delivery; opened before, it is simply shown. Looking at the address opens nothing."""
    case = case_of_token(who, token)
    if request.method == "GET":
        return render(request, "portal/progress_form.html", {"code": request.tenant.code, "form": ProgressForm(label_suffix="")})
    try:
        act(who, "cases.deliver", {"way": "online", "to": "self"}, request.POST.get("key") or new_key(), target=case.pk)
    except RuleBroken as broken:
        if case.delivered_at is None:
            return shown(request, who, case, token, refusal=str(broken))
    return HttpResponseRedirect(f"{reverse('portal:progress', args=[request.tenant.code])}?receipt={token}")


def look_up(request: Request, who: Actor) -> HttpResponse:
    form, now = ProgressForm(request.POST, label_suffix=""), timezone.now()
    if form.is_valid():
        number = form.cleaned_data["number"]
        guessed = [(WRONG_FROM_ADDRESS, who.ip), (WRONG_FOR_NUMBER, number)]
        check_often(guessed, now)
        case = find_case(who, number, form.cleaned_data["last_four"])
        if case is not None:
            return HttpResponseRedirect(f"{reverse('portal:progress', args=[request.tenant.code])}?receipt={progress_token(case)}")
        note(guessed, now)
        form.add_error(None, _("没有查到：请核对回执上的编号和身份证号后四位。用护照等证件办的，输入证件号码的后四位。"))
    return render(request, "portal/progress_form.html", {"code": request.tenant.code, "form": form}, status=422)
