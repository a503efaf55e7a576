"""The queue of a site as it is now, and how long people wait."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from weimin.reception.hours import local
from weimin.reception.models import Ticket, Window, WindowKind
from weimin.reception.rules import usual_minutes, wait_minutes
from weimin.sites.models import Site
from weimin.walls.actor import Actor

LABELS = dict(WindowKind.choices)
AT_WINDOW = ("called", "serving")


@dataclass(frozen=True)
class GroupQueue:
    """One group: how many wait, at how many open windows, and how long a new ticket would wait (minutes)."""

    kind: str
    label: str
    waiting: int
    windows: int
    minutes: int


@dataclass(frozen=True)
class QueueState:
    """The queue of a site on a day. `now_serving`: the tickets at the windows, latest call first."""

    on: date
    groups: list[GroupQueue]
    now_serving: list[Ticket]
    waiting: list[Ticket] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(group.waiting for group in self.groups)


def queue_state(actor: Actor, site: Site, now: datetime) -> QueueState:
    """Three queries: the open windows, who waits or stands at a window, and how long today's matters took."""
    on = local(now).date()
    windows = list(Window.objects.visible_to(actor).filter(site=site, state="open").only("pk", "kind", "also_kinds", "number", "name"))
    rows = Ticket.objects.visible_to(actor).filter(site=site, on=on)
    standing = list(rows.filter(state__in=("waiting", *AT_WINDOW)).select_related("window").order_by("stands_at", "pk"))
    minutes = usual_minutes([ended - started for started, ended in rows.filter(state="served").values_list("started_at", "ended_at") if started and ended])
    waiting: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in standing:
        if ticket.state == "waiting":
            waiting[ticket.group].append(ticket)
    groups = []
    for kind in dict.fromkeys(kind for window in windows for kind in window.kinds):
        serving = sum(kind in window.kinds for window in windows)
        groups.append(GroupQueue(kind, str(LABELS[kind]), len(waiting[kind]), serving, wait_minutes(len(waiting[kind]), serving, minutes)))
    at_windows = sorted((ticket for ticket in standing if ticket.state in AT_WINDOW), key=lambda ticket: ticket.called_at or now, reverse=True)
    return QueueState(on, groups, at_windows, [ticket for ticket in standing if ticket.state == "waiting"])


@dataclass(frozen=True)
class WaitFigures:
    """A day's queue in figures: taken, served, skipped, and minutes from ticket to call and at the window."""

    taken: int
    served: int
    left: int
    average_wait: int
    longest_wait: int
    average_service: int


def wait_figures(actor: Actor, site: Site, first: date, last: date) -> WaitFigures:
    """One query over the tickets of some days."""
    rows = list(
        Ticket.objects.visible_to(actor).filter(site=site, on__range=(first, last)).values_list("state", "taken_at", "called_at", "started_at", "ended_at")
    )
    waits = [called - taken for _state, taken, called, _started, _ended in rows if called]
    services = [ended - started for state, _taken, _called, started, ended in rows if state == "served" and started and ended]
    left = sum(state in ("skipped", "expired") for state, *_rest in rows)
    return WaitFigures(len(rows), len(services), left, minutes_of(waits), round(max(waits, default=timedelta()).total_seconds() / 60), minutes_of(services))


def minutes_of(spans: list[timedelta]) -> int:
    return round(sum(spans, timedelta()).total_seconds() / 60 / len(spans)) if spans else 0


def ahead_of(actor: Actor, ticket: Ticket) -> int:
    """How many wait for the same windows before this one."""
    rows = Ticket.objects.visible_to(actor).filter(site=ticket.site_id, on=ticket.on, group=ticket.group, state="waiting")
    return rows.filter(stands_at__lt=ticket.stands_at).count()


def ticket_by_token(actor: Actor, token: str) -> Ticket:
    """The ticket behind the QR code of a slip; Ticket.DoesNotExist."""
    return Ticket.objects.visible_to(actor).select_related("site", "window").get(token=token)


def ticket_at(actor: Actor, window: Window) -> Ticket | None:
    """Who stands at a window now."""
    return Ticket.objects.visible_to(actor).filter(window=window, state__in=AT_WINDOW).first()


def next_at(actor: Actor, window: Window, on: date) -> list[Ticket]:
    """Who waits for a window, in the order of standing."""
    rows = Ticket.objects.visible_to(actor).filter(site=window.site_id, on=on, state="waiting", group__in=window.kinds)
    return list(rows.order_by("stands_at", "pk")[:50])


def skipped_of(actor: Actor, window: Window, on: date) -> list[Ticket]:
    rows = Ticket.objects.visible_to(actor).filter(site=window.site_id, on=on, state="skipped", group__in=window.kinds)
    return list(rows.order_by("stands_at", "pk")[:50])


def tickets_of_day(actor: Actor, site: Site, on: date) -> list[Ticket]:
    """The tickets of a day, latest first; at most two hundred."""
    return list(Ticket.objects.visible_to(actor).filter(site=site, on=on).select_related("window").order_by("-taken_at", "-pk")[:200])
