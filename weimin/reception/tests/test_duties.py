from datetime import date, timedelta

import pytest

from weimin.actions.act import act
from weimin.catalogue.models import Item
from weimin.messages.models import Message
from weimin.reception.models import Duty, DutyLeave, DutySwap
from weimin.reception.queries import centre_of, items_of
from weimin.reception.roster import week_of_site, workers_at
from weimin.reception.tests.builders import NOW, TODAY, make_centre, make_clerk, make_day, make_duty, make_pattern, make_pledge, make_swap, make_window
from weimin.staffing.tests.builders import make_holding, make_post, make_worker
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.req("S2")]
NEXT_MONDAY = date(2026, 11, 30)


@pytest.fixture
def town(jurisdiction, actor, places):
    return actor("township", places.township)


@pytest.fixture
def window(jurisdiction, places):
    return make_window(make_centre(places.village))


def do(who, name, target, data=None, key="k"):
    return act(who, f"reception.{name}", data or {}, key, target=target, now=NOW)


def test_a_window_takes_its_kinds_and_its_exceptions(window):
    window.also_kinds, window.also_takes, window.never_takes = ["agency"], ["JS0001"], ["MS0002"]
    offered = [("MS0001", "医保", "livelihood"), ("MS0002", "社保", "livelihood"), ("DB0001", "代办", "agency"), ("JS0001", "生育登记", "family")]
    assert [code for code, _name in items_of(window, offered)] == ["MS0001", "DB0001", "JS0001"]


def test_the_roster_is_made_from_the_pattern_on_open_days_only(town, window):
    clerk = make_clerk(window.site)
    for weekday in (0, 2, 5):
        make_pattern(window, clerk, weekday)
    make_day(window.site, NEXT_MONDAY)
    do(town, "make_roster", window.site_id, {"first_on": "2026-12-02", "weeks": "2"})
    assert list(Duty.objects.order_by("on").values_list("on", flat=True)) == [date(2026, 12, 2), date(2026, 12, 7), date(2026, 12, 9)]


def test_making_it_again_changes_nothing_that_is_there(town, window):
    make_pattern(window, make_clerk(window.site))
    held = make_duty(window, make_clerk(window.site, "别人"), NEXT_MONDAY)
    with pytest.raises(RuleBroken, match="已经排好"):
        do(town, "make_roster", window.site_id, {"first_on": "2026-11-30", "weeks": "1"})
    held.refresh_from_db()
    assert (held.worker.name, Duty.objects.count()) == ("别人", 1)


def test_leave_hands_the_duties_to_the_stand_in_and_later_rosters_know_of_it(town, window):
    first, second = make_clerk(window.site), make_clerk(window.site, "田大山")
    make_pattern(window, first)
    duty = make_duty(window, first)
    data = {"worker": first.pk, "stand_in": second.pk, "starts_on": "2026-11-24", "ends_on": "2026-11-30", "reason": "看病"}
    do(town, "record_leave", window.site_id, data)
    do(town, "make_roster", window.site_id, {"first_on": "2026-11-30", "weeks": "1"}, "r")
    seats = Duty.objects.order_by("on").values_list("worker__name", "instead_of__name")
    assert list(seats) == [("田大山", "冉小红")] * 2
    duty.refresh_from_db()
    assert duty.worker == second


def test_a_stand_in_who_is_on_leave_later_is_not_put_on_the_roster(town, window):
    first, second = make_clerk(window.site), make_clerk(window.site, "田大山")
    make_pattern(window, first)
    data = {"worker": first.pk, "stand_in": second.pk, "starts_on": "2026-11-24", "ends_on": "2026-12-31", "reason": "看病"}
    do(town, "record_leave", window.site_id, data)
    do(town, "record_leave", window.site_id, {**data, "worker": second.pk, "stand_in": "", "starts_on": "2026-11-30", "ends_on": "2026-12-06"}, "second")
    do(town, "make_roster", window.site_id, {"first_on": "2026-11-30", "weeks": "2"}, "r")
    assert list(Duty.objects.order_by("on").values_list("worker__name", flat=True)) == [None, "田大山"]


def test_without_a_stand_in_the_seat_is_vacant_and_counted(town, window):
    clerk = make_clerk(window.site)
    make_duty(window, clerk)
    do(town, "record_leave", window.site_id, {"worker": clerk.pk, "stand_in": "", "starts_on": "2026-11-24", "ends_on": "2026-11-24", "reason": "看病"})
    roster = week_of_site(town, window.site, TODAY)
    assert (Duty.objects.get().worker, roster.vacant) == (None, 10)


def test_who_comes_back_early_has_the_duties_again(town, window):
    first, second = make_clerk(window.site), make_clerk(window.site, "田大山")
    for days in (1, 2, 3):
        make_duty(window, first, TODAY + timedelta(days=days))
    data = {"worker": first.pk, "stand_in": second.pk, "starts_on": "2026-11-24", "ends_on": "2026-11-26", "reason": "看病"}
    do(town, "record_leave", window.site_id, data)
    do(town, "end_leave", DutyLeave.objects.get().pk, {"back_on": "2026-11-25"}, "b")
    assert list(Duty.objects.order_by("on").values_list("worker__name", "instead_of__name")) == [("田大山", "冉小红"), ("冉小红", None), ("冉小红", None)]
    assert DutyLeave.objects.get().ends_on == date(2026, 11, 24)


def test_leave_that_is_taken_back_whole_is_gone(town, window):
    clerk = make_clerk(window.site)
    make_duty(window, clerk)
    do(town, "record_leave", window.site_id, {"worker": clerk.pk, "stand_in": "", "starts_on": "2026-11-24", "ends_on": "2026-11-24", "reason": "看病"})
    do(town, "end_leave", DutyLeave.objects.get().pk, {"back_on": "2026-11-24"}, "b")
    assert (DutyLeave.objects.count(), Duty.objects.get().worker) == (0, clerk)


def test_a_day_outside_the_leave_is_not_when_one_comes_back(town, window):
    clerk = make_clerk(window.site)
    do(town, "record_leave", window.site_id, {"worker": clerk.pk, "stand_in": "", "starts_on": "2026-11-24", "ends_on": "2026-11-25", "reason": "看病"})
    with pytest.raises(InputInvalid, match="2026-11-24 到 2026-11-25"):
        do(town, "end_leave", DutyLeave.objects.get().pk, {"back_on": "2026-11-27"}, "b")
    assert DutyLeave.objects.get().ends_on == date(2026, 11, 25)


def test_a_duty_may_be_changed_for_an_earlier_one(town, window):
    mine, theirs = make_duty(window, make_clerk(window.site, "甲"), date(2026, 11, 27)), make_duty(window, make_clerk(window.site, "乙"), date(2026, 11, 24))
    do(town, "propose_swap", mine.pk, {"theirs": theirs.pk, "reason": "家里有事"})
    assert DutySwap.objects.get().theirs == theirs


def test_an_approved_swap_ends_the_others_about_its_seats(town, window):
    swap = make_swap(window, "agreed")
    third = make_duty(window, make_clerk(window.site, "丙"), TODAY + timedelta(days=3))
    stale = DutySwap.objects.create(mine=third, theirs=swap.mine, region=window.region, reason="有事", proposed_by="丙", proposed_at=NOW)
    do(town, "approve_swap", swap.pk)
    assert list(DutySwap.objects.order_by("pk").values_list("pk", "state")) == [(swap.pk, "approved"), (stale.pk, "withdrawn")]


def test_nobody_sits_at_two_sites_at_once(town, window, places):
    clerk = make_clerk(window.site)
    make_duty(make_window(make_centre(places.village, name="另一个站")), clerk)
    with pytest.raises(RuleBroken, match="另一个站"):
        do(town, "assign_duty", window.pk, {"on": "2026-11-24", "half": "morning", "worker": clerk.pk})
    assert Duty.objects.filter(window=window).count() == 0


def test_a_swap_needs_the_other_and_then_an_approval(town, window, actor, places):
    swap, desk = make_swap(window), actor("window", places.township)
    do(desk, "agree_swap", swap.pk, key="a")
    assert [row.worker.name for row in Duty.objects.order_by("on")] == ["甲", "乙"]
    do(town, "approve_swap", swap.pk, key="b")
    assert [(row.worker.name, row.instead_of.name) for row in Duty.objects.order_by("on")] == [("乙", "甲"), ("甲", "乙")]


def test_only_the_other_agrees_when_they_have_an_account(window, actor, make_post, places):
    swap, stranger = make_swap(window), actor("window", places.township)
    swap.theirs.worker.person = make_post("window", places.township, "乙").person
    swap.theirs.worker.save()
    with pytest.raises(RuleBroken, match="对方本人同意"):
        do(stranger, "agree_swap", swap.pk)
    assert DutySwap.objects.get().state == "proposed"


def told_to(person=None, role=""):
    return list(Message.objects.filter(person=person, role=role).order_by("pk").values_list("template", flat=True))


def test_whose_turn_it_is_in_a_swap_is_told_to_them(town, window, actor, places):
    mine, theirs = make_duty(window, make_clerk(window.site, "甲")), make_duty(window, make_clerk(window.site, "乙"), NEXT_MONDAY)
    other = actor("window", places.township)
    theirs.worker.person_id = other.person
    theirs.worker.save()
    do(town, "propose_swap", mine.pk, {"theirs": theirs.pk, "reason": "家里有事"})
    assert (told_to(other.person), told_to(role="window")) == (["reception.swap_proposed"], [])
    do(other, "agree_swap", DutySwap.objects.get().pk, key="a")
    assert told_to(role="village") == ["reception.swap_agreed"]
    do(town, "approve_swap", DutySwap.objects.get().pk, key="b")
    assert (told_to(other.person)[1:], told_to(role="window")) == (["reception.swap_approved"], ["reception.swap_approved"])
    assert "由甲值班" in Message.objects.last().text and Message.objects.last().url.startswith(f"/reception/roster/{window.site_id}/")


def test_a_refused_swap_is_told_to_both_once_where_one_window_speaks_for_them(town, window):
    do(town, "refuse_swap", make_swap(window).pk, {"reason": "那天要下村"})
    assert told_to(role="window") == ["reception.swap_refused"]


def test_a_stand_in_is_told_what_they_take_over(town, window):
    first, second = make_clerk(window.site), make_clerk(window.site, "田大山")
    data = {"worker": first.pk, "stand_in": second.pk, "starts_on": "2026-11-24", "ends_on": "2026-11-30", "reason": "看病"}
    make_duty(window, first)
    do(town, "record_leave", window.site_id, data)
    assert "由田大山顶班，共 1 个半天" in Message.objects.get(role="window").text


def test_a_changed_seat_ends_open_swaps_about_it(town, window):
    swap = make_swap(window)
    other = make_clerk(window.site, "丙")
    do(town, "assign_duty", window.pk, {"on": swap.mine.on.isoformat(), "half": "morning", "worker": other.pk})
    swap.refresh_from_db()
    assert swap.state == "withdrawn"


def test_who_is_appointed_or_holds_a_post_may_sit_there(town, window):
    make_holding(make_post(window.site), make_worker(window.region, "老党员"))
    make_clerk(window.site)
    make_worker(window.region, "外人")
    assert [row.name for row in workers_at(town, window.site, TODAY)] == ["冉小红", "老党员"]


def test_a_centre_says_who_is_on_duty_today_and_what_it_promises(window):
    Item.objects.create(code="MS0009", name="没有现行版本的", window="livelihood")
    make_duty(window, make_clerk(window.site), TODAY)
    make_pledge(window.site)
    found = centre_of(system_actor(), window.site, NOW)
    assert found.is_open
    assert [seat.name for seat in found.windows[0].seats] == ["冉小红"]
    assert ([row.text for row in found.promises], found.windows[0].items, found.week[0]) == (["一次告知"], [], (0, "08:30—12:00，14:00—17:30"))


def test_the_usual_lines_are_hung_once(town, window):
    do(town, "hang_usual", window.site_id)
    kinds = {kind: len(rows) for kind, rows in centre_of(system_actor(), window.site, NOW).pledges.items()}
    assert kinds == {"duty": 5, "promise": 6, "rule": 3}


def test_a_special_day_in_the_past_is_refused(town, window):
    with pytest.raises(InputInvalid, match="已经过了"):
        do(town, "mark_day", window.site_id, {"on": (TODAY - timedelta(days=1)).isoformat(), "open_as": "closed", "reason": "检修"})
    assert window.site.exceptions.count() == 0
