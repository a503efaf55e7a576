"""One's own page: posts, who acts for whom, password, second factor, last sign-ins. Serves people who cannot act yet, too."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from weimin.accounts.authentication import has_second_factor
from weimin.accounts.forms import ConfirmCode, NewPassword
from weimin.accounts.guard import known
from weimin.accounts.keys import ENROL
from weimin.accounts.middleware import client_ip
from weimin.accounts.models import Person, SecondFactor
from weimin.accounts.queries import actor_in, delegations_of, last_sign_ins
from weimin.accounts.rules import LONGEST_AGE
from weimin.accounts.second_factor import address, new_secret, picture
from weimin.accounts.session import begin
from weimin.actions.act import act, new_key
from weimin.ui.tables import Column
from weimin.walls.actor import Actor
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.request import Request

SIGN_INS = [
    Column(_("时间"), "at", "moment", main=True),
    Column(_("结果"), "get_outcome_display"),
    Column(_("来源地址"), "ip"),
]


def seated(request: Request) -> Actor | None:
    """The person in their seat, also while a new password or a second factor is still owed; None without a post."""
    seat = request.seat
    return actor_in(request.person, seat, ip=client_ip(request)) if seat else None


@require_GET
@known
def my_page(request: Request) -> HttpResponse:
    person, actor = request.person, request.actor
    changed = person.password_changed_at
    context: dict[str, Any] = {
        "seats": request.seats, "seat": request.seat, "sign_ins": last_sign_ins(person), "columns": SIGN_INS,
        "delegations": delegations_of(actor) if actor.person else [], "second_factor": has_second_factor(person),
        "password_until": changed + LONGEST_AGE if changed else None, "now": timezone.now(),
    }  # fmt: skip
    return render(request, "accounts/me.html", context)


@never_cache
@sensitive_post_parameters("current", "password", "repeated")
@require_http_methods(["GET", "POST"])
@known
def change_password(request: Request) -> HttpResponse:
    """The same action as everywhere; on its own page, because it may be owed before anything else is allowed."""
    actor, now, refusal = seated(request), timezone.now(), ""
    form = NewPassword(actor=actor, now=now)
    if request.method == "POST" and actor is not None:
        try:
            act(actor, "accounts.change_password", request.POST, request.POST.get("key") or new_key(), now=now)
        except InputInvalid as invalid:
            form = invalid.form
        except RuleBroken as broken:
            refusal = str(broken)
        else:
            person = Person.objects.get(pk=actor.person or 0)
            owed = needs_enrolment(request)
            begin(request, person, post=actor.post, enrol=owed)
            return HttpResponseRedirect(reverse("accounts:second_factor" if owed else "accounts:me"))
    context = {"form": form, "refusal": refusal, "key": new_key(), "seated": actor is not None}
    return render(request, "accounts/change_password.html", context, status=422 if refusal or form.errors else 200)


def needs_enrolment(request: Request) -> bool:
    return bool(request.session.get(ENROL))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@known
def second_factor(request: Request) -> HttpResponse:
    """Picture, secret and first code. The secret is drawn when the page is first opened and counts only once confirmed."""
    person, actor, now, refusal = request.person, seated(request), timezone.now(), ""
    if person.must_change_password:
        return HttpResponseRedirect(reverse("accounts:change_password"))
    if actor is None or has_second_factor(person):
        return HttpResponseRedirect(reverse("accounts:me"))
    form = ConfirmCode(actor=actor, now=now)
    if request.method == "POST":
        try:
            receipt = act(actor, "accounts.confirm_second_factor", request.POST, request.POST.get("key") or new_key(), now=now)
        except InputInvalid as invalid:
            form = invalid.form
        except RuleBroken as broken:
            refusal = str(broken)
        else:
            begin(request, person, post=actor.post)
            return render(
                request,
                "accounts/recovery_codes.html",
                {"lines": getattr(receipt, "once", []), "message": receipt.message},
            )
    factor, _made = SecondFactor.objects.get_or_create(person=person, defaults={"secret": new_secret()})
    link = address(factor.secret, person.login)
    context = {"form": form, "refusal": refusal, "key": new_key(), "picture": picture(link), "secret": factor.secret}
    return render(request, "accounts/second_factor.html", context, status=422 if refusal or form.errors else 200)
