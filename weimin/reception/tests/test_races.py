"""Two windows at the same moment, on connections of their own."""

import pytest
from proofs.racing import at_once

from weimin.actions.act import act, new_key
from weimin.reception.models import Booking, Ticket
from weimin.reception.tests.builders import NOW, caller, make_centre, make_ticket, make_window
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import Refusal
from weimin.walls.session import entered

pytestmark = [pytest.mark.slow, pytest.mark.req("S9")]
VILLAGE = 500242101200


def clerk(number):
    return Actor(number, "窗口", number, "window", 500242101000, 500242101999, frozenset({"residents", "cases"}))


def done(name, data, target, number):
    try:
        return act(clerk(number), name, data, new_key(), target=target, now=NOW).subject_id
    except Refusal as refusal:
        return str(refusal)


def test_windows_that_call_at_once_get_different_tickets_and_numbers_are_given_once(scratch):
    with entered(system_actor()):
        site = make_centre(VILLAGE)
        windows = [make_window(site, number).pk for number in range(1, 5)]
        for number in range(1, 5):
            make_ticket(site, number)
    called = at_once(*[lambda pk=pk, number=number: done("reception.call_next", {}, pk, number) for number, pk in enumerate(windows, 1)])
    taken = at_once(*[lambda number=number: done("reception.take_ticket", {"group": "livelihood"}, site.pk, number) for number in range(1, 5)])
    with entered(system_actor()):
        assert sorted(called) == sorted(Ticket.objects.filter(state="called").values_list("pk", flat=True))
        assert len(set(called)) == 4
        assert sorted(Ticket.objects.filter(pk__in=taken).values_list("number", flat=True)) == [5, 6, 7, 8]


def test_the_last_place_is_given_to_one_of_four(scratch):
    with entered(system_actor()):
        window = make_window(make_centre(VILLAGE), booking_limit=1)
    forms = [caller(window, phone=f"1390000000{number}") for number in range(4)]
    answers = at_once(*[lambda data=data, n=n: done("reception.book", data, window.site_id, n + 1) for n, data in enumerate(forms)])
    assert [isinstance(answer, int) for answer in answers].count(True) == 1
    assert sum("约满" in str(answer) for answer in answers) == 3
    with entered(system_actor()):
        assert Booking.objects.count() == 1
