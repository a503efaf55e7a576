"""Windows, people at them, queues and bookings for tests. NOW is Monday 23 November 2026, ten in the morning."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from weimin.reception.models import Booking, DayException, Duty, DutyPattern, DutySwap, OpeningHours, Pledge, Ticket, TicketCounter, Window
from weimin.sites.models import Site
from weimin.sites.tests.builders import make_site
from weimin.staffing.models import Appointment, Worker

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
TODAY = NOW.date()
PHONES = count(13700000001)
CODES = count(23456789)


def make_centre(region: int, **over) -> Site:
    """An open site from Monday to Friday, 8:30 to 12:00 and 14:00 to 17:30."""
    site = make_site(region=region, **{"name": "便民服务站", "phone": "023-75551234", **over})
    for weekday in range(5):
        for first, last in ((time(8, 30), time(12)), (time(14), time(17, 30))):
            OpeningHours.objects.create(site=site, region=region, weekday=weekday, opens_at=first, closes_at=last)
    return site


def make_window(site: Site, number: int = 1, **over) -> Window:
    return Window.objects.create(**{"site": site, "region": site.region, "number": number, "name": "民生服务窗口", "kind": "livelihood", **over})


def make_clerk(site: Site, name: str = "冉小红", **over) -> Worker:
    """Somebody appointed at the site."""
    worker = Worker.objects.create(region=site.region, name=name, phone=str(next(PHONES)), **over)
    Appointment.objects.create(site=site, region=site.region, worker=worker, job="窗口人员", starts_on=date(2026, 1, 5))
    return worker


def make_duty(window: Window, worker: Worker | None, on: date = TODAY + timedelta(days=1), half: str = "morning", **over) -> Duty:
    return Duty.objects.create(**{"window": window, "region": window.region, "worker": worker, "on": on, "half": half, **over})


def make_pattern(window: Window, worker: Worker, weekday: int = 0, half: str = "morning") -> DutyPattern:
    return DutyPattern.objects.create(window=window, region=window.region, weekday=weekday, half=half, worker=worker)


def make_swap(window: Window, state: str = "proposed", **over) -> DutySwap:
    """Tuesday morning of one for Wednesday morning of another."""
    mine = make_duty(window, make_clerk(window.site, "甲"))
    theirs = make_duty(window, make_clerk(window.site, "乙"), mine.on + timedelta(days=1))
    facts = {"mine": mine, "theirs": theirs, "region": window.region, "state": state, "reason": "家里有事", "proposed_by": "甲", "proposed_at": NOW}
    if state == "agreed":
        facts |= {"agreed_by": "乙", "agreed_at": NOW}
    return DutySwap.objects.create(**{**facts, **over})


def make_ticket(site: Site, number: int = 1, state: str = "waiting", **over) -> Ticket:
    """A ticket of today; later numbers were taken later. The counter knows of it."""
    facts = {
        "site": site, "region": site.region, "on": TODAY, "group": "livelihood", "number": number, "code": f"B{number:03d}", "state": state,
        "token": f"{site.pk}-{number}-{over.get('group', 'livelihood')}-{over.get('on', TODAY)}",
        "taken_at": NOW - timedelta(minutes=30 - number), "stands_at": NOW - timedelta(minutes=30 - number),
    }  # fmt: skip
    if state in ("called", "serving", "served", "skipped"):
        facts |= {"called_at": NOW - timedelta(minutes=5), "calls": 1}
    if state in ("serving", "served"):
        facts["started_at"] = NOW - timedelta(minutes=4)
    if state == "served":
        facts["ended_at"] = NOW
    ticket = Ticket.objects.create(**{**facts, **over})
    TicketCounter.objects.update_or_create(site=site, on=ticket.on, group=ticket.group, defaults={"region": site.region, "last": number})
    return ticket


def make_booking(window: Window, **over) -> Booking:
    """For tomorrow morning."""
    facts = {
        "code": str(next(CODES)), "window": window, "region": window.region, "on": TODAY + timedelta(days=1), "half": "morning", "seat": 1, "name": "张小明",
        "phone": "13912345678", "id_last_four": "123X", "channel": "portal", "booked_at": NOW,
    }  # fmt: skip
    if over.get("state", "booked") != "booked":
        facts["ended_at"] = NOW
    return Booking.objects.create(**{**facts, **over})


def make_pledge(site: Site, **over) -> Pledge:
    return Pledge.objects.create(
        **{"site": site, "region": site.region, "kind": "promise", "text": "一次告知", "position": 1, "published_on": date(2026, 1, 5), **over}
    )


def make_day(site: Site, on: date, **over) -> DayException:
    """A closed day unless times are given."""
    return DayException.objects.create(**{"site": site, "region": site.region, "on": on, "closed": "opens_at" not in over, "reason": "停电检修", **over})


def slot(window: Window, on: date = TODAY + timedelta(days=1), half: str = "morning") -> str:
    return f"{window.pk}:{on.isoformat()}:{half}"


def caller(window: Window, **over) -> dict[str, str]:
    """What the form of a booking takes."""
    return {"slot": slot(window), "item_code": "", "name": "张小明", "phone": "13912345678", "id_last_four": "123x", **over}
