# text: data
"""The centre that people come to: windows, hours, who sits where, what hangs on the wall, today's queue, bookings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from weimin.demonstration.building import made
from weimin.demonstration.manning import days_before
from weimin.demonstration.stage import Stage
from weimin.demonstration.town import Town
from weimin.reception.models import Window
from weimin.reception.slots import open_slots
from weimin.sites.models import Site
from weimin.staffing.models import Appointment
from weimin.walls.session import entered

WINDOWS = [
    ("民政事务窗口", "civil", []), ("民生服务窗口", "livelihood", ["family"]), ("党群服务窗口", "party", []), ("代办服务窗口", "agency", ["civil"]),
]  # fmt: skip
CLERKS = ["冉素珍", "白文斌", "田丽华", "石家宝", "彭海棠"]
QUEUE = [("civil", ""), ("livelihood", ""), ("civil", "elderly"), ("livelihood", ""), ("party", ""), ("civil", ""), ("livelihood", "pregnant"), ("agency", "")]
CALLERS = [("冉光荣", "15400001201", "123X"), ("田桂英", "15400001202", "2042"), ("彭大海", "15400001203", "3019")]
WEEK = {f"day_{day}": "8:30-12:00，14:00-17:30" for day in range(5)} | {"day_5": "9:00-12:00"}


def enter_centre(stage: Stage, town: Town, facts: dict[str, Any]) -> None:
    """The township's own centre, which stood before any plan."""
    data = {
        "tier": "township_centre", "place": str(town.township[1]), "place_kind": "service_centre", "rent_free": "on",
        "opened_on": (stage.today - timedelta(days=900)).isoformat(), "purposes": "便民服务、党群服务",
    }  # fmt: skip
    town.site = made(stage.act(town.township, "sites.enter", data | facts, 170))


def receive(stage: Stage, town: Town) -> None:
    """Everything of one centre, by the hand of whoever keeps it."""
    keeper = town.township
    windows = open_windows(stage, town)
    stage.act(keeper, "reception.set_hours", WEEK, 168, target=town.site)
    stage.act(keeper, "reception.hang_usual", {}, 167, target=town.site)
    promise = {"kind": "promise", "text": "赶场天中午不休息，窗口有人。", "position": "70"}
    stage.act(keeper, "reception.add_pledge", promise, 100, target=town.site)
    clerks = appoint(stage, town)
    for place, window in enumerate(windows):
        pattern = {f"d{day}_{half}": str(clerks[(place + day // 3) % len(clerks)]) for day in range(5) for half in ("morning", "afternoon")}
        stage.act(keeper, "reception.set_pattern", pattern | {"d5_morning": str(clerks[place])}, 160, target=window)
    stage.act(keeper, "reception.make_roster", {"first_on": stage.today.isoformat(), "weeks": "2"}, 0, target=town.site)
    day = {"on": next_market(stage.today).isoformat(), "open_as": "open", "times": "8:00-12:00", "reason": "赶场天延时服务"}
    stage.act(keeper, "reception.mark_day", day, 0, target=town.site)
    days_before(stage, town)
    queue(stage, town, windows)
    book(stage, town, windows)


def open_windows(stage: Stage, town: Town) -> list[int]:
    found = []
    for number, (name, kind, also) in enumerate(WINDOWS, 1):
        data = {"number": str(number), "name": name, "kind": kind, "also_kinds": also, "booking_limit": "6"}
        found.append(made(stage.act(town.township, "reception.open_window", data, 169, target=town.site)))
    return found


def appoint(stage: Stage, town: Town) -> list[int]:
    """One more than there are windows, so that somebody can stand in."""
    for place, name in enumerate(CLERKS):
        phone = f"154000{town.township[1] // 1000 % 100:02d}{place + 100}"
        data = {"name": name, "phone": phone, "job": "窗口人员", "starts_on": (stage.today - timedelta(days=500)).isoformat()}
        stage.act(town.township, "staffing.appoint", data, 166, target=town.site)
    with entered(stage.whole):
        return list(Appointment.objects.filter(site=town.site, job="窗口人员").order_by("pk").values_list("worker_id", flat=True))


def next_market(today: date) -> date:
    """The next Saturday."""
    return today + timedelta(days=(5 - today.weekday()) % 7 or 7)


def queue(stage: Stage, town: Town, windows: list[int]) -> None:
    """Tickets of today: one served, one at the desk, one called, the rest waiting."""
    for group, priority in QUEUE:
        stage.act(town.window, "reception.take_ticket", {"group": group, "priority": priority}, 0, target=town.site)
    first = made(stage.act(town.window, "reception.call_next", {}, 0, target=windows[0]))
    for step in ("reception.start", "reception.finish"):
        stage.act(town.window, step, {}, 0, target=first)
    stage.act(town.window, "reception.call_next", {}, 0, target=windows[0])
    second = made(stage.act(town.window, "reception.call_next", {}, 0, target=windows[1]))
    stage.act(town.window, "reception.start", {}, 0, target=second)


def book(stage: Stage, town: Town, windows: list[int]) -> None:
    """Bookings for the next days that have room, two at one window and one at another."""
    with entered(stage.whole):
        site = Site.objects.get(pk=town.site)
        chosen = [open_slots(stage.whole, site, Window.objects.get(pk=window), None, stage.moment(0), online=False) for window in windows[:2]]
    for (name, phone, last), slots in zip(CALLERS, (chosen[0], chosen[0], chosen[1]), strict=True):
        later = [slot for slot in slots if slot.on > stage.today] or slots
        data = {"slot": later[0].key, "item_code": "", "name": name, "phone": phone, "id_last_four": last, "by_phone": "on"}
        stage.act(town.window, "reception.book", data, 0, target=town.site)
