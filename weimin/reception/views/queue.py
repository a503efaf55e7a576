"""The queue of a centre, the desk of one window, the slip; what the portal shows of it: the calling screen, the way of a ticket."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.act import new_key
from weimin.reception.figures import RECALLS
from weimin.reception.forms.queue import PRIORITY_WORDS
from weimin.reception.hours import local
from weimin.reception.models import Ticket, Window
from weimin.reception.papers import ticket_slip
from weimin.reception.queries import get_window
from weimin.reception.speaking import sentence_for
from weimin.reception.views.answers import day_of, pdf_answer, site_of
from weimin.reception.waiting import QueueState, ahead_of, next_at, queue_state, skipped_of, ticket_at, ticket_by_token, tickets_of_day, wait_figures
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

PRESSED = ("reception.call_next", "reception.recall", "reception.start", "reception.finish", "reception.skip")


@require_GET
@signed_in
def queue_page(request: Request, number: int) -> HttpResponse:
    """Who waits at a centre, today's tickets, and how long people waited (?on= another day)."""
    actor, now = request.actor, timezone.now()
    site = site_of(actor, number)
    on = day_of(request.GET.get("on", ""), local(now).date())
    context = {
        "site": site, "queue": queue_state(actor, site, now), "on": on, "figures": wait_figures(actor, site, on, on), "tickets": tickets_of_day(actor, site, on),
    }  # fmt: skip
    return render(request, "reception/queue.html", context)


@require_GET
@signed_in
@never_cache
def desk_page(request: Request, number: int) -> HttpResponse:
    """The desk of one window: who stands there, one press to call, who is next."""
    actor, now = request.actor, timezone.now()
    try:
        window = get_window(actor, number)
    except (Window.DoesNotExist, OverflowError):
        raise NotVisible() from None
    ticket, on = ticket_at(actor, window), local(now).date()
    context = {
        "window": window, "site": window.site, "ticket": ticket, "waiting": next_at(actor, window, on), "skipped": skipped_of(actor, window, on),
        "keys": {name.split(".")[1]: new_key() for name in PRESSED}, "sentence": sentence_for(ticket, window) if ticket and ticket.state == "called" else "",
        "may_recall": bool(ticket and ticket.calls < RECALLS), "words": PRIORITY_WORDS,
    }  # fmt: skip
    return render(request, "reception/desk.html", context)


def ticket_of(actor: Actor, number: int) -> Ticket:
    try:
        return Ticket.objects.visible_to(actor).select_related("site", "window").get(pk=number)
    except (Ticket.DoesNotExist, OverflowError):
        raise NotVisible() from None


def standing_of(actor: Actor, ticket: Ticket, now: Any) -> tuple[int, int]:
    """(how many before, about how many minutes)."""
    if ticket.state != "waiting":
        return 0, 0
    ahead = ahead_of(actor, ticket)
    group = next((group for group in queue_state(actor, ticket.site, now).groups if group.kind == ticket.group), None)
    return ahead, -(-ahead * group.minutes // group.waiting) if group and group.waiting else 0


@require_GET
@signed_in
def ticket_page(request: Request, number: int) -> HttpResponse:
    """A ticket after it was taken: its number large, and the slip to print."""
    actor, now = request.actor, timezone.now()
    ticket = ticket_of(actor, number)
    ahead, minutes = standing_of(actor, ticket, now)
    return render(request, "reception/ticket.html", {"ticket": ticket, "site": ticket.site, "ahead": ahead, "minutes": minutes})


@require_GET
@signed_in
def slip_pdf(request: Request, number: int) -> HttpResponse:
    """The 80 mm slip."""
    ticket = ticket_of(request.actor, number)
    ahead, minutes = standing_of(request.actor, ticket, timezone.now())
    address = request.build_absolute_uri(reverse("portal:waiting", args=[request.tenant.code, ticket.token]))
    return pdf_answer(lambda: ticket_slip(ticket, ahead, minutes, address), "ticket")


def version_of(queue: QueueState) -> str:
    """Changes with every call and every ticket: what the screen compares."""
    standing = [(ticket.code, ticket.window_id, ticket.calls, ticket.state) for ticket in queue.now_serving]
    return hashlib.sha256(repr((standing, [(group.kind, group.waiting) for group in queue.groups])).encode()).hexdigest()[:12]


def screen_context(actor: Actor, number: int) -> dict[str, Any]:
    """What the calling screen shows, for the portal: it hangs in the hall, with numbers and windows and nobody's name."""
    now = timezone.now()
    site = site_of(actor, number)
    if site.state != "open":
        raise NotVisible()
    queue = queue_state(actor, site, now)
    called = [ticket for ticket in queue.now_serving if ticket.state == "called"]
    sentence = sentence_for(called[0], called[0].window) if called and called[0].window else ""
    return {"site": site, "queue": queue, "shown": queue.now_serving[:6], "sentence": sentence, "version": version_of(queue), "now": now}


def waiting_context(actor: Actor, token: str) -> dict[str, Any]:
    """Behind the slip's QR code, for anybody who has it: the number, how many before, where to go when called."""
    now = timezone.now()
    try:
        ticket = ticket_by_token(actor, token)
    except Ticket.DoesNotExist:
        raise NotVisible() from None
    ahead, minutes = standing_of(actor, ticket, now)
    return {"ticket": ticket, "ahead": ahead, "minutes": minutes, "now": now}
