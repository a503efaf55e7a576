"""Booking a half-day at a centre from home; finding and cancelling it by its code."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from weimin.actions.act import act, find_target, new_key
from weimin.actions.registry import get_action
from weimin.portal.entering import public_page
from weimin.portal.forms import BookingForm
from weimin.portal.guessing import check_often, note
from weimin.portal.rules import SENT_FROM_ADDRESS, WRONG_FOR_NUMBER, WRONG_FROM_ADDRESS
from weimin.reception.booking import find_by_code, get_booking
from weimin.reception.models import Booking
from weimin.walls.actor import Actor
from weimin.walls.errors import InputInvalid, RuleBroken, TooMany
from weimin.walls.request import Request

BOOK, CANCEL = "reception.book", "reception.cancel_booking"


@never_cache
@require_http_methods(["GET", "POST"])
@public_page("cases")
def book(request: Request, who: Actor, number: int) -> HttpResponse:
    """The free half-days of a centre; the answer is the code of the booking, shown once."""
    action, now = get_action(BOOK), timezone.now()
    site = find_target(action, who, number)
    if request.method == "GET":
        form = action.form(actor=who, target=site, now=now, initial={"item_code": request.GET.get("item", "")[:10]})
        return page(request, site, form, refusal=action.refusal(site, who, now), closed=True)
    try:
        check_often([(SENT_FROM_ADDRESS, who.ip)], now)
        receipt = act(who, BOOK, request.POST, request.POST.get("key") or new_key(), target=number, now=now)
    except InputInvalid as invalid:
        return page(request, site, invalid.form, status=422)
    except (RuleBroken, TooMany) as refused:
        return page(request, site, action.form(request.POST, actor=who, target=site, now=now), refusal=str(refused), status=refused.status)
    note([(SENT_FROM_ADDRESS, who.ip)], now)
    return show(request, get_booking(who, receipt.subject_id or 0), fresh=True)


def page(request: Request, site: Any, form: Any, refusal: str | None = "", status: int = 200, *, closed: bool = False) -> HttpResponse:
    """`closed`: where the refusal stands before anything was typed there is no form."""
    form.fields.pop("by_phone", None)
    form.order_fields(["item_code", "slot"])
    context = {
        "code": request.tenant.code, "site": site, "form": form, "refusal": refusal, "closed": closed and bool(refusal), "key": request.POST.get("key") or new_key(),
    }  # fmt: skip
    return render(request, "portal/book.html", context, status=status)


def show(request: Request, booking: Booking, fresh: bool = False, said: str = "", status: int = 200) -> HttpResponse:
    context = {"code": request.tenant.code, "booking": booking, "fresh": fresh, "said": said, "key": new_key()}
    return render(request, "portal/booking.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@public_page("cases")
def booking(request: Request, who: Actor) -> HttpResponse:
    """By code and last four of the ID: what is booked; with `cancel` it is given back."""
    if request.method == "GET":
        return render(request, "portal/booking_form.html", {"code": request.tenant.code, "form": BookingForm(label_suffix="")})
    form, now = BookingForm(request.POST, label_suffix=""), timezone.now()
    if form.is_valid():
        code = form.cleaned_data["code"]
        guessed = [(WRONG_FROM_ADDRESS, who.ip), (WRONG_FOR_NUMBER, code)]
        check_often(guessed, now)
        found = find_by_code(who, code, form.cleaned_data["last_four"])
        if found is not None:
            return cancelled(request, who, found, now) if "cancel" in request.POST else show(request, found)
        note(guessed, now)
        form.add_error(None, _("没有查到：请核对预约码和证件号后四位。"))
    return render(request, "portal/booking_form.html", {"code": request.tenant.code, "form": form}, status=422)


def cancelled(request: Request, who: Actor, found: Booking, now: Any) -> HttpResponse:
    try:
        act(who, CANCEL, {"reason": ""}, request.POST.get("key") or new_key(), target=found.pk, now=now)
    except RuleBroken as broken:
        return show(request, found, said=str(broken), status=422)
    return show(request, get_booking(who, found.pk), said=_("已取消，名额让给别人了。"))
