from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from weimin.actions.act import act
from weimin.cases.tests.builders import make_item_version
from weimin.messages.models import Message, Outbox
from weimin.reception.booking import find_by_code
from weimin.reception.models import Booking, Ticket
from weimin.reception.queries import open_slots
from weimin.reception.tests.builders import NOW, TODAY, caller, make_booking, make_centre, make_day, make_window, slot
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.req("S9")]
CLOSED = {"on": "2026-11-24", "open_as": "closed", "reason": "停电检修"}
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def clerk(jurisdiction, actor, places):
    return actor("window", places.township)


@pytest.fixture
def window(jurisdiction, places):
    return make_window(make_centre(places.village), booking_limit=2)


def portal():
    return system_actor(500242000000, 500242999999, channel="portal")


def book(who, window, key="k", **over):
    return act(who, "reception.book", caller(window, **over), key, target=window.site_id, now=NOW)


def test_the_portal_books_as_the_system_and_the_caller_gets_a_code(window):
    booking = Booking.objects.get(pk=book(portal(), window).subject_id)
    assert (booking.channel, booking.seat, booking.id_last_four, booking.booked_by, len(booking.code)) == ("portal", 1, "123X", "", 8)
    assert find_by_code(portal(), booking.code.lower(), "123X") == booking
    assert find_by_code(portal(), booking.code, "9999") is None


def test_a_half_day_takes_no_more_than_its_limit(clerk, window):
    book(clerk, window, "a")
    book(clerk, window, "b", phone="13900000002")
    with pytest.raises(RuleBroken, match="约满"):
        book(clerk, window, "c", phone="13900000003")
    assert Booking.objects.count() == 2


def test_one_person_has_one_place_in_a_half_day(clerk, window):
    book(clerk, window, "a")
    with pytest.raises(RuleBroken, match="已经有预约"):
        book(clerk, make_window(window.site, 2), "b")
    book(clerk, window, "c", slot=slot(window, TOMORROW, "afternoon"))
    assert Booking.objects.count() == 2


def test_one_person_has_one_place_in_a_half_day_also_in_another_township(actor, places, window):
    book(portal(), window)
    elsewhere = make_window(make_centre(places.other_village), booking_limit=2)
    with pytest.raises(RuleBroken, match="已经有预约"):
        book(actor("window", places.other_township), elsewhere, "k2")
    assert Booking.objects.count() == 1


def test_the_database_refuses_a_seat_twice(window):
    make_booking(window)
    with pytest.raises(IntegrityError, match="booking_seat_once"), transaction.atomic():
        make_booking(window, phone="13900000009")


def test_a_window_that_does_not_take_the_item_is_not_booked_for_it(clerk, window):
    make_item_version(code="CV0001", name="最低生活保障审核确认", window="civil")
    with pytest.raises(InputInvalid, match="这里的窗口不办“最低生活保障审核确认”"):
        book(clerk, window, "a", item_code="CV0001")
    civil = make_window(window.site, 2, kind="civil", name="民政事务窗口")
    with pytest.raises(InputInvalid, match="请约2号窗口 民政事务窗口的时间"):
        book(clerk, window, "b", item_code="CV0001")
    assert Booking.objects.count() == 0
    book(clerk, window, "c", item_code="CV0001", slot=slot(civil))


def test_a_cancelled_place_is_free_again(clerk, window):
    window.booking_limit = 1
    window.save()
    first = book(clerk, window, "a")
    act(clerk, "reception.cancel_booking", {"reason": ""}, "x", target=first.subject_id, now=NOW)
    second = Booking.objects.get(pk=book(clerk, window, "b", phone="13900000002").subject_id)
    assert second.seat == 1


def test_a_closed_day_and_a_full_half_day_show_in_the_slots(window):
    make_booking(window)
    make_booking(window, seat=2, phone="13900000002")
    make_day(window.site, TODAY + timedelta(days=2))
    found = {(row.on.day, row.half): row.free for row in open_slots(portal(), window.site, window, None, NOW) if row.on <= TODAY + timedelta(days=3)}
    assert found == {(23, "afternoon"): 2, (24, "morning"): 0, (24, "afternoon"): 2, (26, "morning"): 2, (26, "afternoon"): 2}


def test_who_checks_in_gets_a_ticket_before_the_others(clerk, window):
    booking = make_booking(window, on=TODAY)
    act(clerk, "reception.check_in", {"id_last_four": "123x"}, "k", target=booking.pk, now=NOW)
    booking.refresh_from_db()
    assert (booking.state, booking.ticket.code, booking.ticket.priority) == ("arrived", "B001", "booked")


def test_digits_typed_full_width_are_the_same_digits(clerk, window):
    booking = Booking.objects.get(pk=book(portal(), window, phone="１３９１２３４５６７８", id_last_four="１２３ｘ").subject_id)
    assert (booking.phone, booking.id_last_four) == ("13912345678", "123X")


def test_wrong_digits_do_not_check_in(clerk, window):
    booking = make_booking(window, on=TODAY)
    with pytest.raises(RuleBroken, match="不一样"):
        act(clerk, "reception.check_in", {"id_last_four": "9999"}, "k", target=booking.pk, now=NOW)
    booking.refresh_from_db()
    assert (booking.state, Ticket.objects.count()) == ("booked", 0)


def test_who_missed_three_is_closed_out_online_and_served_at_the_window(clerk, window):
    for days in (2, 9, 16):
        make_booking(window, on=TODAY - timedelta(days=days), state="missed")
    with pytest.raises(RuleBroken, match="2026-12-21前不能网上预约"):
        book(portal(), window)
    assert Booking.objects.filter(state="booked").count() == 0
    book(clerk, window)


def test_bookings_nobody_came_for_are_missed_after_closing(clerk, window):
    late, today = make_booking(window, on=TODAY - timedelta(days=1)), make_booking(window, on=TODAY, phone="13900000002")
    act(clerk, "reception.close_day", {}, "k", target=window.site_id, now=NOW)
    late.refresh_from_db()
    today.refresh_from_db()
    assert (late.state, today.state) == ("missed", "booked")


@pytest.mark.parametrize("name, data", [("mark_day", CLOSED), ("set_hours", {"day_0": "8:30-12:00", "day_1": "14:00-17:30"})])
def test_bookings_of_a_half_day_that_is_closed_since_are_given_back_and_told(actor, places, window, name, data):
    booking, kept = make_booking(window), make_booking(window, on=TODAY, half="morning", phone="13900000002")
    act(actor("township", places.township), f"reception.{name}", data, "k", target=window.site_id, now=NOW)
    booking.refresh_from_db()
    kept.refresh_from_db()
    assert (booking.state, kept.state, Outbox.objects.get().address) == ("cancelled", "booked", "13912345678")
    assert "2026-11-24上午" in Message.objects.get().text and "不算爽约" in Message.objects.get().text


def test_bookings_of_a_day_that_was_open_besides_are_given_back_when_it_is_so_no_longer(actor, places, window):
    sunday = TODAY + timedelta(days=6)
    day = make_day(window.site, sunday, closed=False, opens_at="08:00", closes_at="12:00", reason="赶场天")
    booking, kept = make_booking(window, on=sunday), make_booking(window, phone="13900000002")
    act(actor("township", places.township), "reception.unmark_day", {}, "k", target=day.pk, now=NOW)
    booking.refresh_from_db()
    kept.refresh_from_db()
    assert (booking.state, kept.state, Outbox.objects.get().address) == ("cancelled", "booked", "13912345678")


def test_posts_without_the_purpose_see_no_booking(actor, places, window):
    make_booking(window)
    assert [Booking.objects.visible_to(actor(role, places.county)).count() for role in ("county_office", "leader", "finance")] == [1, 0, 0]
