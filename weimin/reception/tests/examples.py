"""One valid use of each action of this room."""

from datetime import timedelta

from weimin.actions.examples import Example
from weimin.reception.actions.windows import USUAL
from weimin.reception.models import DutyLeave, Pledge, Window
from weimin.reception.tests.builders import (
    NOW,
    TODAY,
    caller,
    make_booking,
    make_centre,
    make_clerk,
    make_day,
    make_duty,
    make_pattern,
    make_pledge,
    make_swap,
    make_ticket,
    make_window,
)
from weimin.sites.tests.examples import village

WINDOW = {"number": "2", "name": "代办服务窗口", "kind": "agency", "booking_limit": "6"}
WEEK = {"day_0": "8:30-12:00，14:00-17:30", "day_5": "9:00-12:00"}
DAY = {"on": "2026-11-28", "open_as": "open", "times": "8:00-12:00", "reason": "赶场天"}
PLEDGE = {"kind": "promise", "text": "周末不打烊", "position": "5"}
WHY = {"reason": "设备检修"}


def on_site(data, **facts):
    return lambda actor, region: (make_centre(village(region), **facts).pk, dict(data))


def on_window(data, **facts):
    return lambda actor, region: (make_window(make_centre(village(region)), **facts).pk, dict(data))


def on_pledge(actor, region):
    return make_pledge(make_centre(village(region))).pk, {}


def all_hung(actor, region):
    site = make_centre(village(region))
    Pledge.objects.bulk_create(Pledge(site=site, region=site.region, kind=row["kind"], text=row["text"], published_on=TODAY) for row in USUAL)
    return site.pk, {}


def on_day(actor, region):
    return make_day(make_centre(village(region)), TODAY + timedelta(days=3)).pk, {}


def pattern(actor, region):
    site = make_centre(village(region))
    return make_window(site).pk, {"d0_morning": str(make_clerk(site).pk)}


def planned(actor, region):
    site = make_centre(village(region))
    make_pattern(make_window(site), make_clerk(site))
    return site.pk, {"first_on": "2026-11-30", "weeks": "2"}


def seat(actor, region):
    site = make_centre(village(region))
    return make_window(site).pk, {"on": "2026-11-24", "half": "morning", "worker": str(make_clerk(site).pk)}


def seat_of_closed(actor, region):
    pk, data = seat(actor, region)
    Window.objects.filter(pk=pk).update(state="closed")
    return pk, data


def leave(actor, region, state="open"):
    site = make_centre(village(region), state=state)
    first, second = make_clerk(site), make_clerk(site, "田大山")
    make_duty(make_window(site), first)
    data = {"worker": str(first.pk), "stand_in": str(second.pk), "starts_on": "2026-11-24", "ends_on": "2026-11-25", "reason": "看病"}
    return site.pk, data


def on_leave(actor, region, days=3):
    """Somebody away from yesterday on, with a duty that nobody has taken."""
    window = make_window(make_centre(village(region)))
    clerk = make_clerk(window.site)
    make_duty(window, None, TODAY + timedelta(days=1), instead_of=clerk)
    facts = {"starts_on": TODAY - timedelta(days=5), "ends_on": TODAY + timedelta(days=days), "reason": "看病", "recorded_by": "甲", "recorded_at": NOW}
    return DutyLeave.objects.create(region=window.region, worker=clerk, **facts).pk, {"back_on": (TODAY + timedelta(days=1)).isoformat()}


def duty_to_swap(actor, region):
    window = make_window(make_centre(village(region)))
    mine = make_duty(window, make_clerk(window.site, "甲"))
    theirs = make_duty(window, make_clerk(window.site, "乙"), mine.on + timedelta(days=1))
    return mine.pk, {"theirs": str(theirs.pk), "reason": "家里有事"}


def swap(state="proposed", data=None):
    return lambda actor, region: (make_swap(make_window(make_centre(village(region))), state).pk, dict(data or {}))


def queueing(actor, region, state="open"):
    site = make_centre(village(region))
    make_window(site, state=state, state_reason="" if state == "open" else "检修")
    return site.pk, {"group": "livelihood"}


def calling(actor, region, waiting=True):
    window = make_window(make_centre(village(region)))
    if waiting:
        make_ticket(window.site)
    return window.pk, {}


def ticket(state, **facts):
    def build(actor, region):
        window = make_window(make_centre(village(region)))
        return make_ticket(window.site, state=state, window=None if state == "waiting" else window, **facts).pk, {}

    return build


def left_over(actor, region):
    site = make_centre(village(region))
    make_ticket(site, on=TODAY - timedelta(days=3))
    return site.pk, {}


def bookable(actor, region, limit=6):
    window = make_window(make_centre(village(region)), booking_limit=limit)
    return window.site_id, caller(window)


def booking(data, **facts):
    return lambda actor, region: (make_booking(make_window(make_centre(village(region))), **facts).pk, dict(data))


EXAMPLES = {
    "reception.open_window": Example("township", on_site(WINDOW), wrong=on_site(WINDOW, state="closed")),
    "reception.change_window": Example("township", on_window(WINDOW), wrong=on_window(WINDOW, state="closed")),
    "reception.suspend_window": Example("township", on_window(WHY)),
    "reception.resume_window": Example("township", on_window({}, state="suspended", state_reason="检修")),
    "reception.close_window": Example("township", on_window(WHY)),
    "reception.set_hours": Example("township", on_site(WEEK), wrong=on_site(WEEK, state="closed")),
    "reception.mark_day": Example("township", on_site(DAY), wrong=on_site(DAY, state="closed")),
    "reception.unmark_day": Example("township", on_day),
    "reception.add_pledge": Example("township", on_site(PLEDGE), wrong=on_site(PLEDGE, state="closed")),
    "reception.hang_usual": Example("township", on_site({}), wrong=all_hung),
    "reception.withdraw_pledge": Example("township", on_pledge),
    "reception.set_pattern": Example("township", pattern, wrong=on_window({}, state="closed")),
    "reception.make_roster": Example("township", planned, wrong=on_site({"first_on": "2026-11-30", "weeks": "2"})),
    "reception.assign_duty": Example("township", seat, wrong=seat_of_closed),
    "reception.record_leave": Example("township", leave, wrong=lambda actor, region: leave(actor, region, "closed")),
    "reception.end_leave": Example("township", on_leave, wrong=lambda actor, region: on_leave(actor, region, days=-3)),
    "reception.propose_swap": Example("window", duty_to_swap),
    "reception.agree_swap": Example("window", swap()),
    "reception.approve_swap": Example("township", swap("agreed")),
    "reception.refuse_swap": Example("township", swap("agreed", {"reason": "那天人手不够"})),
    "reception.withdraw_swap": Example("window", swap()),
    "reception.take_ticket": Example("window", queueing, wrong=lambda actor, region: queueing(actor, region, "suspended")),
    "reception.call_next": Example("window", calling, wrong=lambda actor, region: calling(actor, region, waiting=False)),
    "reception.recall": Example("window", ticket("called"), wrong=ticket("called", calls=3)),
    "reception.skip": Example("window", ticket("called")),
    "reception.start": Example("window", ticket("called")),
    "reception.finish": Example("window", ticket("serving")),
    "reception.bring_back": Example("window", ticket("skipped")),
    "reception.close_day": Example("township", left_over),
    "reception.book": Example("window", bookable, wrong=lambda actor, region: bookable(actor, region, 0)),
    "reception.cancel_booking": Example("window", booking({"reason": "临时有事"})),
    "reception.check_in": Example("window", booking({"id_last_four": "123X"}, on=TODAY)),
    "reception.show_caller": Example("window", booking({"reason": "通知改期"})),
}
