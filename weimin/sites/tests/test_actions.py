from datetime import date
from decimal import Decimal

import pytest

from weimin.actions.act import act
from weimin.sites.models import Equipment, Room, Sign, Site
from weimin.sites.state_checks import _checks, on_state_check
from weimin.sites.tests.builders import CORRECTED, ENTERED, VILLAGE, make_equipment, make_room, make_site
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(jurisdiction, actor, places):
    return actor("township", places.township)


def test_a_site_that_is_there_is_entered_as_open(town, now):
    act(town, "sites.enter", ENTERED, "k", now=now)
    site = Site.objects.get()
    assert (site.state, site.existing, site.opened_on, site.region) == ("open", True, date(2015, 6, 1), VILLAGE)
    assert (site.longitude, site.latitude) == (Decimal("108.767"), Decimal("28.841"))


def test_a_site_is_entered_once(town, now):
    act(town, "sites.enter", ENTERED, "k", now=now)
    with pytest.raises(RuleBroken, match="已经登记过"):
        act(town, "sites.enter", ENTERED, "k2", now=now)
    assert Site.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"place": "500242101000"}, "place"), ({"place": "500242109999"}, "place"), ({"place": "没有村"}, "place"), ({"latitude": ""}, "longitude"),
        ({"opened_on": "2027-01-01"}, "opened_on"), ({"tier": "palace"}, "tier"),
    ],
)  # fmt: skip
def test_odd_input_is_refused_at_its_field_and_nothing_is_written(town, now, wrong, field):
    with pytest.raises(InputInvalid) as caught:
        act(town, "sites.enter", {**ENTERED, **wrong}, "k", now=now)
    assert list(caught.value.form.errors) == [field]
    assert Site.objects.count() == 0


def test_a_place_outside_the_range_is_answered_like_something_missing(town, places, now):
    with pytest.raises(NotVisible):
        act(town, "sites.enter", {**ENTERED, "place": str(places.other_village)}, "k", now=now)
    assert Site.objects.count() == 0


def test_a_place_may_be_named_by_township_and_village(jurisdiction, actor, places, now):
    from weimin.regions.queries import names

    known = names([VILLAGE, places.township])
    act(actor("lead_office", places.county), "sites.enter", {**ENTERED, "place": f"{known[places.township]} {known[VILLAGE]}"}, "k", now=now)
    assert Site.objects.get().region == VILLAGE


def test_a_correction_notes_only_what_changed(town, now):
    site = make_site(rent_free=False)
    act(town, "sites.correct", {**CORRECTED, "name": "测试站"}, "k", target=site.pk, now=now)
    entry = Entry.objects.get(action="sites.correct")
    assert entry.before == {"place_kind": "service_centre", "address": "村口", "area": None, "opening_hours": "", "phone": ""}
    assert entry.after["area"] == "88.5"


def test_a_closed_site_is_not_corrected(town, now):
    site = make_site(state="closed")
    with pytest.raises(RuleBroken, match="已经关闭"):
        act(town, "sites.correct", CORRECTED, "k", target=site.pk, now=now)
    site.refresh_from_db()
    assert site.name == "测试站"


@pytest.mark.req("N8")
def test_one_room_serves_several_purposes(town, now):
    site = make_site()
    act(town, "sites.add_room", {"name": "大会议室", "other_uses": "党员活动、人口学校、党员活动", "other_boards": "三会一课"}, "k", target=site.pk, now=now)
    room = Room.objects.get()
    assert (room.uses, room.boards, room.region) == (["党员活动", "人口学校"], ["三会一课"], VILLAGE)


def test_two_rooms_of_a_site_do_not_share_a_name(town, now):
    site = make_site()
    make_room(site, name="会议室")
    with pytest.raises(InputInvalid, match="同名"):
        act(town, "sites.add_room", {"name": "会议室"}, "k", target=site.pk, now=now)
    assert Room.objects.count() == 1


def test_a_room_is_changed_and_keeps_its_name(town, now):
    room = make_room(make_site())
    act(town, "sites.change_room", {"name": "会议室", "other_uses": "图书阅览", "area": "30"}, "k", target=room.pk, now=now)
    room.refresh_from_db()
    assert (room.uses, room.area) == (["图书阅览"], Decimal(30))


def test_a_room_with_equipment_is_not_removed(town, now):
    site = make_site()
    room = make_room(site)
    make_equipment(site, room=room)
    with pytest.raises(RuleBroken, match="还登记着设备"):
        act(town, "sites.remove_room", {}, "k", target=room.pk, now=now)
    assert Room.objects.count() == 1


def test_an_empty_room_is_removed_and_the_trail_keeps_it(town, now):
    room = make_room(make_site())
    act(town, "sites.remove_room", {}, "k", target=room.pk, now=now)
    assert Room.objects.count() == 0
    assert Entry.objects.get(action="sites.remove_room").before["room"]["name"] == "会议室"


def test_equipment_stands_in_a_room_of_its_own_site(town, now):
    site, other = make_site(), make_site(name="别的站")
    room, foreign = make_room(site), make_room(other)
    act(town, "sites.add_equipment", {"kind": "打印机", "quantity": "2", "room": room.pk, "working": "on"}, "k", target=site.pk, now=now)
    assert Equipment.objects.get().room == room
    with pytest.raises(InputInvalid):
        act(town, "sites.add_equipment", {"kind": "打印机", "quantity": "2", "room": foreign.pk}, "k2", target=site.pk, now=now)
    assert Equipment.objects.count() == 1


def test_equipment_out_of_order_stays_and_scrapped_equipment_goes(town, now):
    thing = make_equipment(make_site())
    act(town, "sites.change_equipment", {"kind": "电脑", "quantity": "1"}, "k", target=thing.pk, now=now)
    thing.refresh_from_db()
    assert thing.working is False
    act(town, "sites.remove_equipment", {}, "k2", target=thing.pk, now=now)
    assert Equipment.objects.count() == 0


def test_a_sign_is_put_up_and_taken_down(town, now):
    site = make_site()
    act(town, "sites.put_up_sign", {"kind": "国旗", "put_up_on": "2026-10-01"}, "k", target=site.pk, now=now)
    sign = Sign.objects.get()
    assert (sign.kind, sign.put_up_on) == ("国旗", date(2026, 10, 1))
    act(town, "sites.take_down_sign", {}, "k2", target=sign.pk, now=now)
    assert Sign.objects.count() == 0


STOP = {"on": "2026-11-20", "reason": "房屋维修"}


def test_a_site_is_suspended_reopened_and_closed_with_the_reason(town, now):
    site = make_site()
    act(town, "sites.suspend", STOP, "k", target=site.pk, now=now)
    site.refresh_from_db()
    assert (site.state, site.state_reason) == ("suspended", "房屋维修")
    act(town, "sites.reopen", {**STOP, "reason": "已修好"}, "k2", target=site.pk, now=now)
    act(town, "sites.close", {**STOP, "reason": "合并"}, "k3", target=site.pk, now=now)
    site.refresh_from_db()
    assert (site.state, site.closed_on, site.opened_on) == ("closed", date(2026, 11, 20), date(2026, 1, 5))


@pytest.mark.parametrize(("name", "state"), [("sites.reopen", "open"), ("sites.suspend", "closed"), ("sites.close", "closed"), ("sites.suspend", "planned")])
def test_a_move_that_the_table_refuses_changes_nothing(town, now, name, state):
    site = make_site(state=state)
    with pytest.raises(RuleBroken):
        act(town, name, STOP, "k", target=site.pk, now=now)
    site.refresh_from_db()
    assert (site.state, site.state_reason) == (state, "")


def test_a_stop_before_the_opening_is_refused(town, now):
    site = make_site()
    with pytest.raises(RuleBroken, match="早于"):
        act(town, "sites.suspend", {**STOP, "on": "2025-12-31"}, "k", target=site.pk, now=now)
    site.refresh_from_db()
    assert site.state == "open"


def test_a_higher_room_may_hold_the_state_of_a_site(town, now):
    site = make_site()

    def held(found, state):
        raise RuleBroken(f"{found.name}在建设中")

    on_state_check(held)
    try:
        with pytest.raises(RuleBroken, match="测试站在建设中"):
            act(town, "sites.close", STOP, "k", target=site.pk, now=now)
    finally:
        _checks.remove(held)
    site.refresh_from_db()
    assert site.state == "open"


def test_a_site_of_another_township_is_not_there(jurisdiction, actor, places, now):
    site = make_site()
    with pytest.raises(NotVisible):
        act(actor("township", places.other_township), "sites.correct", CORRECTED, "k", target=site.pk, now=now)


def test_a_supervisor_changes_nothing(jurisdiction, actor, places, now):
    site = make_site()
    with pytest.raises(NotAllowed):
        act(actor("supervisor", places.county), "sites.correct", CORRECTED, "k", target=site.pk, now=now)
