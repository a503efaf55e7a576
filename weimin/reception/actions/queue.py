"""The queue: a ticket is taken, called, called again, skipped or served."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.reception.actions.finding import DESK, check_site_open, find_site, find_window, where
from weimin.reception.actions.windows import check_window_open
from weimin.reception.figures import BEHIND, IN_A_ROW, LETTERS, RECALLS
from weimin.reception.forms.queue import TicketForm
from weimin.reception.hours import local, timetable_of
from weimin.reception.models import Booking, Ticket, TicketCounter, Window
from weimin.reception.rules import takes_priority_first, ticket_code
from weimin.reception.speaking import announce
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def desk_url(window: int) -> str:
    return reverse("reception:desk", args=[window])


def ticket_url(ticket: Ticket) -> str:
    return reverse("reception:ticket", args=[ticket.pk])


def give_ticket(site: Site, group: str, priority: str, now: datetime) -> Ticket:
    """The next number of a group. The counter's row is locked until the transaction ends, so no number is given twice."""
    on = timezone.localdate(now)
    TicketCounter.objects.bulk_create([TicketCounter(site=site, region=site.region, on=on, group=group)], ignore_conflicts=True)
    counter = TicketCounter.objects.select_for_update().get(site=site, on=on, group=group)
    counter.last += 1
    counter.save(update_fields=["last"])
    return Ticket.objects.create(
        site=site, region=site.region, on=on, group=group, number=counter.last, code=ticket_code(LETTERS[group], counter.last),
        token=secrets.token_urlsafe(16), priority=priority, taken_at=now, stands_at=now,
    )  # fmt: skip


def find_site_unlocked(actor: Actor, pk: Any) -> Site:
    """Tickets wait for their counter only, not for everything else at the site."""
    return Site.objects.visible_to(actor).get(pk=pk)


def check_can_queue(site: Site, actor: Actor, now: datetime) -> None:
    check_site_open(site, actor, now)
    if not Window.objects.filter(site=site, state="open").exists():
        raise RuleBroken(_now("这个站点没有开放的窗口。"))


@register(
    "reception.take_ticket",
    label=_("取号"),
    form=TicketForm,
    roles=DESK,
    find=find_site_unlocked,
    region=where,
    check=check_can_queue,
)
def take_ticket(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """给来办事的人取一个号；老年人、残疾人、军人等优先。"""
    ticket = give_ticket(site, data["group"], data["priority"], now)
    after = {"code": ticket.code, "priority": ticket.priority}
    return Outcome(ticket, after=after, message=_now("已取号 %(code)s。") % {"code": ticket.code}, next_url=ticket_url(ticket))


def check_may_call(window: Window, actor: Actor, now: datetime) -> None:
    check_window_open(window, actor, now)
    if Ticket.objects.filter(window=window, state="called").exists():
        raise RuleBroken(_now("已经叫了一个号，请先开始办理或过号。"))
    waiting = Ticket.objects.filter(site=window.site_id, on=timezone.localdate(now), state="waiting", group__in=window.kinds)
    if not waiting.exists():
        raise RuleBroken(_now("现在没有人等候。"))


def pick(window: Window, on: date) -> Ticket | None:
    """The next one, locked. A row that another window holds is passed over, so two calls at one moment get two tickets."""
    called = Ticket.objects.filter(site=window.site_id, on=on, called_at__isnull=False, group__in=window.kinds)
    recent = [bool(priority) for priority in called.order_by("-called_at", "-pk").values_list("priority", flat=True)[:IN_A_ROW]]
    waiting = Ticket.objects.select_for_update(skip_locked=True).filter(site=window.site_id, on=on, state="waiting", group__in=window.kinds)
    first, second = waiting.exclude(priority=""), waiting.filter(priority="")
    if not takes_priority_first(recent):
        first, second = second, first
    return first.order_by("stands_at", "pk").first() or second.order_by("stands_at", "pk").first()


@register("reception.call_next", label=_("叫下一号"), roles=DESK, find=find_window, region=where, check=check_may_call)
def call_next(by: Actor, window: Window, data: dict[str, Any], now: datetime) -> Outcome:
    """叫下一个号到窗口；正在办理的同时办结。"""
    finished = Ticket.objects.filter(window=window, state="serving").update(state="served", ended_at=now)
    ticket = pick(window, timezone.localdate(now))
    if ticket is None:
        raise RuleBroken(_now("现在没有人等候。"))
    ticket.state, ticket.window, ticket.calls, ticket.called_at = "called", window, 1, now
    ticket.save(update_fields=["state", "window", "calls", "called_at"])
    said = announce(ticket, window, now)
    return Outcome(ticket, after={"code": ticket.code, "window": window.number, "finished": finished}, message=said, next_url=desk_url(window.pk))


def find_ticket(actor: Actor, pk: Any) -> Ticket:
    return Ticket.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site", "window").get(pk=pk)


def check_ticket(ticket: Ticket, *states: str) -> None:
    if ticket.state not in states:
        raise RuleBroken(_now("这个号现在是“%(state)s”，不能办理这一步。") % {"state": ticket.get_state_display()})


def moved(ticket: Ticket, before: str, message: Any) -> Outcome:
    url = desk_url(ticket.window_id) if ticket.window_id else reverse("reception:queue", args=[ticket.site_id])
    return Outcome(ticket, before={"state": before}, after={"state": ticket.state, "code": ticket.code}, message=message, next_url=url)


def check_recallable(ticket: Ticket, actor: Actor, now: datetime) -> None:
    check_ticket(ticket, "called")
    if ticket.calls >= RECALLS:
        raise RuleBroken(_now("已经叫了 %(number)d 次没有人来，请过号。") % {"number": ticket.calls})


@register("reception.recall", label=_("重叫"), roles=DESK, find=find_ticket, region=where, check=check_recallable)
def recall(by: Actor, ticket: Ticket, data: dict[str, Any], now: datetime) -> Outcome:
    """再叫一次；叫满次数没有人来的，过号。"""
    ticket.calls += 1
    ticket.save(update_fields=["calls"])
    assert ticket.window is not None  # the table's constraint
    said = announce(ticket, ticket.window, now)
    return Outcome(ticket, after={"code": ticket.code, "calls": ticket.calls}, message=said, next_url=desk_url(ticket.window.pk))


@register(
    "reception.skip", label=_("过号"), roles=DESK, find=find_ticket, region=where, check=lambda ticket, actor, now: check_ticket(ticket, "called"),
)  # fmt: skip
def skip(by: Actor, ticket: Ticket, data: dict[str, Any], now: datetime) -> Outcome:
    """叫了没有人来，过号；人来了可以接回来。"""
    ticket.state = "skipped"
    ticket.save(update_fields=["state"])
    return moved(ticket, "called", _now("已过号。"))


@register(
    "reception.start", label=_("开始办理"), roles=DESK, find=find_ticket, region=where, check=lambda ticket, actor, now: check_ticket(ticket, "called"),
)  # fmt: skip
def start(by: Actor, ticket: Ticket, data: dict[str, Any], now: datetime) -> Outcome:
    """人到窗口，开始办理。"""
    ticket.state, ticket.started_at = "serving", now
    ticket.save(update_fields=["state", "started_at"])
    return moved(ticket, "called", _now("开始办理。"))


@register(
    "reception.finish", label=_("办完"), roles=DESK, find=find_ticket, region=where, check=lambda ticket, actor, now: check_ticket(ticket, "serving"),
)  # fmt: skip
def finish(by: Actor, ticket: Ticket, data: dict[str, Any], now: datetime) -> Outcome:
    """这个号办完了。"""
    ticket.state, ticket.ended_at = "served", now
    ticket.save(update_fields=["state", "ended_at"])
    return moved(ticket, "serving", _now("已办完。"))


def check_back(ticket: Ticket, actor: Actor, now: datetime) -> None:
    check_ticket(ticket, "skipped")
    if ticket.on != timezone.localdate(now):
        raise RuleBroken(_now("不是今天的号，请重新取号。"))


@register("reception.bring_back", label=_("接回队伍"), roles=DESK, find=find_ticket, region=where, check=check_back)
def bring_back(by: Actor, ticket: Ticket, data: dict[str, Any], now: datetime) -> Outcome:
    """过号的人来了，排到前几个人后面，不用重新取号。"""
    waiting = Ticket.objects.filter(site=ticket.site_id, on=ticket.on, group=ticket.group, state="waiting").order_by("stands_at", "pk")
    before = list(waiting.values_list("stands_at", flat=True)[:BEHIND])
    ticket.stands_at = before[-1] + timedelta(microseconds=1) if before else now
    window, ticket.window, ticket.state = ticket.window_id, None, "waiting"
    ticket.save(update_fields=["stands_at", "window", "state"])
    outcome = moved(ticket, "skipped", _now("已接回队伍，前面 %(number)d 人。") % {"number": len(before)})
    outcome.next_url = desk_url(window) if window else outcome.next_url
    return outcome


def is_over(actor: Actor, site: Site, now: datetime) -> bool:
    """Whether the centre has closed for today."""
    moment = local(now)
    stretches = timetable_of(actor, site, moment.date(), moment.date()).on(moment.date()).stretches
    return not stretches or moment.time() >= stretches[-1].closes_at


def left_over(actor: Actor, site: Site, now: datetime) -> tuple[Any, Any]:
    """(tickets, bookings) of days that are over and on which nobody came or was served."""
    last = timezone.localdate(now) - timedelta(days=0 if is_over(actor, site, now) else 1)
    tickets = Ticket.objects.visible_to(actor).filter(site=site, on__lte=last, state__in=["waiting", "called", "skipped"])
    return tickets, Booking.objects.visible_to(actor).filter(window__site=site, on__lte=last, state="booked")


def still_serving(actor: Actor, site: Site, now: datetime) -> Any:
    """Tickets of earlier days that nobody said were served."""
    return Ticket.objects.visible_to(actor).filter(site=site, state="serving", on__lt=timezone.localdate(now))


def check_left_over(site: Site, actor: Actor, now: datetime) -> None:
    if not any(rows.exists() for rows in (*left_over(actor, site, now), still_serving(actor, site, now))):
        raise RuleBroken(_now("没有要清的号和预约；开放时间结束后才能清当天的。"))


@register("reception.close_day", label=_("下班清号"), roles=DESK, find=find_site, region=where, check=check_left_over)
def close_day(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """开放时间结束后，没办的号作废，没来的预约记为爽约；没人清的每天夜里自动清。"""
    tickets, bookings = left_over(by, site, now)
    still_serving(by, site, now).update(state="served", ended_at=now)
    after = {"expired": tickets.update(state="expired", ended_at=now), "missed": bookings.update(state="missed", ended_at=now)}
    message = _now("已清 %(expired)d 个号，记爽约 %(missed)d 个。") % after
    return Outcome(site, after=after, message=message, next_url=reverse("reception:queue", args=[site.pk]))
