import json
from datetime import timedelta

import pytest
from django.urls import reverse

from weimin.actions.act import act
from weimin.reception.jobs import close_days
from weimin.reception.models import Ticket
from weimin.reception.queries import queue_state
from weimin.reception.tests.builders import NOW, TODAY, make_centre, make_ticket, make_window
from weimin.reception.waiting import wait_figures
from weimin.walls.actor import system_actor
from weimin.walls.errors import RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.req("S9")]


@pytest.fixture
def clerk(jurisdiction, actor, places):
    return actor("window", places.township)


@pytest.fixture
def window(jurisdiction, places):
    return make_window(make_centre(places.village), number=3)


def do(who, name, target, data=None, key=None):
    return act(who, f"reception.{name}", data or {}, key or f"{name}-{target}-{Ticket.objects.count()}", target=target, now=NOW)


def call(who, window, key):
    return Ticket.objects.get(pk=do(who, "call_next", window.pk, key=key).subject_id)


def test_numbers_run_by_group_and_day(clerk, window):
    make_window(window.site, number=4, kind="party")
    taken = [do(clerk, "take_ticket", window.site_id, {"group": group}, f"k{number}") for number, group in enumerate(["livelihood", "party", "livelihood"])]
    assert [Ticket.objects.get(pk=row.subject_id).code for row in taken] == ["B001", "A001", "B002"]


def test_a_group_that_no_open_window_serves_is_not_offered(clerk, window):
    with pytest.raises(Exception, match="选择"):
        do(clerk, "take_ticket", window.site_id, {"group": "party"})
    assert Ticket.objects.count() == 0


def test_a_ticket_is_called_started_and_finished(clerk, window):
    ticket = make_ticket(window.site)
    assert "请 B零零一 号到 3 号窗口办理" in do(clerk, "call_next", window.pk).message
    do(clerk, "start", ticket.pk)
    do(clerk, "finish", ticket.pk)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.window, ticket.calls, ticket.started_at, ticket.ended_at) == ("served", window, 1, NOW, NOW)


def test_calling_the_next_finishes_who_is_being_served(clerk, window):
    first, second = make_ticket(window.site, 1, "serving", window=window), make_ticket(window.site, 2)
    assert call(clerk, window, "a") == second
    first.refresh_from_db()
    assert first.state == "served"


def test_a_called_number_is_begun_or_skipped_before_the_next(clerk, window):
    make_ticket(window.site, 1, "called", window=window)
    waiting = make_ticket(window.site, 2)
    with pytest.raises(RuleBroken, match="开始办理或过号"):
        call(clerk, window, "a")
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_priority_goes_first_but_not_for_ever(clerk, window):
    for number in range(1, 3):
        make_ticket(window.site, number)
    for number in range(3, 6):
        make_ticket(window.site, number, priority="elderly")
    codes = []
    for key in "abcde":
        ticket = call(clerk, window, key)
        ticket.state, ticket.called_at = "serving", NOW + timedelta(seconds=len(codes))
        ticket.started_at = NOW
        ticket.save()
        codes.append(ticket.code)
    assert codes == ["B003", "B004", "B001", "B005", "B002"]


def test_a_skipped_number_comes_back_behind_three(clerk, window):
    skipped = make_ticket(window.site, 1, "skipped", window=window)
    for number in range(2, 7):
        make_ticket(window.site, number)
    do(clerk, "bring_back", skipped.pk)
    order = Ticket.objects.filter(state="waiting").order_by("stands_at").values_list("code", flat=True)
    assert list(order) == ["B002", "B003", "B004", "B001", "B005", "B006"]


def test_a_window_serves_its_own_kinds_and_those_it_also_serves(clerk, window):
    make_ticket(window.site, 1, group="party", code="A001")
    with pytest.raises(RuleBroken, match="没有人等候"):
        call(clerk, window, "a")
    window.also_kinds = ["party"]
    window.save()
    assert call(clerk, window, "b").code == "A001"


def test_each_call_is_spoken_when_it_is_done(clerk, window, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.DATA_DIR = tmp_path
    make_ticket(window.site)
    with django_capture_on_commit_callbacks(execute=True):
        call(clerk, window, "a")
    line = json.loads((tmp_path / "voice" / "j500242" / "voice.jsonl").read_text())
    assert (line["site"], line["sentence"]) == (window.site_id, "请 B零零一 号到 3 号窗口办理。")


def test_at_the_end_of_the_day_what_is_left_expires(clerk, window):
    old, today = make_ticket(window.site, 1, on=TODAY - timedelta(days=1)), make_ticket(window.site, 1)
    do(clerk, "close_day", window.site_id)
    old.refresh_from_db()
    today.refresh_from_db()
    assert (old.state, today.state) == ("expired", "waiting")


def test_a_number_that_was_still_served_when_the_day_ended_is_closed_although_nothing_else_is_left(window, jurisdiction):
    ticket = make_ticket(window.site, 1, on=TODAY - timedelta(days=1), state="serving", window=window)
    close_days(jurisdiction, NOW)
    ticket.refresh_from_db()
    assert ticket.state == "served"


def test_the_state_of_the_queue_counts_and_estimates(clerk, window):
    make_window(window.site, number=4)
    for number in range(1, 4):
        make_ticket(window.site, number)
    served = make_ticket(window.site, 9, "serving", window=window)
    found = queue_state(system_actor(), window.site, NOW)
    group = found.groups[0]
    assert (group.waiting, group.windows, group.minutes, found.now_serving) == (3, 2, 12, [served])


def test_waiting_times_are_counted_from_ticket_to_call(window):
    make_ticket(window.site, 1, "served", window=window, taken_at=NOW - timedelta(minutes=25))
    make_ticket(window.site, 2, "expired")
    figures = wait_figures(system_actor(), window.site, TODAY, TODAY)
    assert (figures.taken, figures.served, figures.left, figures.average_wait, figures.average_service) == (2, 1, 1, 20, 4)


def test_the_screen_is_public_and_answers_nothing_while_nothing_changes(client, window):
    """A television in the hall has neither a session nor a cookie."""
    make_ticket(window.site, 1, "called", window=window, on=TODAY)
    page = client.get(reverse("portal:screen", args=[500242000000, window.site_id]))
    assert page.status_code == 200
    seen = page.context["version"]
    part = reverse("portal:screen_part", args=[500242000000, window.site_id])
    assert (client.get(part, {"seen": seen}).status_code, client.get(part, {"seen": "x"}).status_code) == (204, 200)


def test_the_code_on_the_slip_opens_on_any_telephone(client, window):
    ticket = make_ticket(window.site, 2)
    make_ticket(window.site, 1, on=TODAY)
    page = client.get(reverse("portal:waiting", args=[500242000000, ticket.token]))
    assert (page.status_code, ticket.code in page.content.decode()) == (200, True)
    assert client.get(reverse("portal:waiting", args=[500242000000, "guessed"])).status_code == 404
