"""One kit for each household, out of a stock that cannot be overdrawn, ticked by the building."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from weimin.education.models import KitHandout, KitStock
from weimin.education.stocks import serving
from weimin.education.tests.builders import act_now, make_handout, make_institution, make_stock, stocked
from weimin.education.tests.examples.residents import HANDED
from weimin.residents.tests.builders import make_household, make_resident
from weimin.sites.tests.builders import everything
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H7")


@pytest.fixture
def doctor(actor, places):
    return actor("doctor", places.village)


def left():
    return {row.kind: row.left for row in KitStock.objects.all()}


def hand(doctor, household, site, key="k", **over):
    return act_now(doctor, "education.hand_out", {**HANDED, "institution": str(site.pk), **over}, key, target=household.pk)


def test_a_doctor_hands_out_of_the_stock_of_the_township(everywhere, doctor, places):
    centre = make_institution(places.township, "中心")
    make_stock(centre, 5)
    hand(doctor, make_household(places.village, head_name="冉大山"), centre, received_by="")
    row = KitHandout.objects.get()
    assert (row.institution_name, row.received_by, row.explained, row.handed_by, row.whole) == ("中心", "冉大山", True, "张三", True)
    assert left() == {"oil_pot": 4, "salt_spoon": 4}


def test_a_household_has_one_kit(everywhere, doctor, places):
    site, household = stocked(places.village)
    hand(doctor, household, site)
    with pytest.raises(RuleBroken, match="2026-11-20 已经领过，一户只发一套"):
        hand(doctor, household, site, "again")
    assert (KitHandout.objects.count(), left()) == (1, {"oil_pot": 9, "salt_spoon": 9})


def test_a_household_that_moves_takes_its_kit_along(everywhere, actor, places):
    site, household = stocked(places.village)
    member = make_resident(places.village, "冉大山", household=household, relation="head")
    make_handout(household, site)
    move = {"place": str(places.other_village), "address": "2组", "whole": "on", "on": "2026-11-20", "proof": "户口本"}
    act_now(actor("township", places.county), "residents.move_home", move, "move", target=member.pk)
    assert KitHandout.objects.get().region == places.other_village
    there = make_institution(places.other_village, "那边")
    make_stock(there, 5)
    with pytest.raises(RuleBroken, match="已经领过"):
        hand(actor("doctor", places.other_village), household, there)


def test_the_database_refuses_a_second_kit(everywhere, places):
    site, household = stocked(places.village)
    make_handout(household, site)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_handout(household, site)


def test_an_empty_stock_gives_nothing_and_says_so(everywhere, doctor, places):
    site, household = stocked(places.village, received=1)
    hand(doctor, household, site)
    with pytest.raises(RuleBroken, match="控油壶已经发完"):
        hand(doctor, make_household(places.village), site, "b")
    assert (KitHandout.objects.count(), left()) == (1, {"oil_pot": 0, "salt_spoon": 0})


def test_before_anything_came_there_is_nothing_to_hand_out(everywhere, doctor, places):
    site = make_institution(places.village)
    with pytest.raises(RuleBroken, match="还没有登记控油壶到货"):
        hand(doctor, make_household(places.village), site)


def test_what_was_short_is_given_later_and_only_that(everywhere, doctor, places):
    site, household = stocked(places.village)
    hand(doctor, household, site, salt_spoon="")
    row = KitHandout.objects.get()
    act_now(doctor, "education.complete_kit", {"on": "2026-11-23"}, target=row.pk)
    row.refresh_from_db()
    assert (row.whole, str(row.completed_on), left()) == (True, "2026-11-23", {"oil_pot": 9, "salt_spoon": 9})
    with pytest.raises(RuleBroken, match="都领了"):
        act_now(doctor, "education.complete_kit", {"on": "2026-11-23"}, "again", target=row.pk)


def test_a_wrong_entry_is_withdrawn_and_the_pieces_are_back(everywhere, doctor, places):
    site, household = stocked(places.village)
    hand(doctor, household, site)
    act_now(doctor, "education.withdraw_kit", {"reason": "登记错户"}, target=KitHandout.objects.get().pk)
    assert (KitHandout.objects.get().reason, left()) == ("登记错户", {"oil_pot": 10, "salt_spoon": 10})
    hand(doctor, household, site, "again")
    assert KitHandout.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_something_must_be_handed_out(everywhere, doctor, places):
    site, household = stocked(places.village)
    with pytest.raises(InputInvalid, match="至少勾一样"):
        hand(doctor, household, site, oil_pot="", salt_spoon="")


def test_an_institution_elsewhere_is_no_choice(everywhere, doctor, places):
    _site, household = stocked(places.village)
    elsewhere = make_institution(places.other_village)
    make_stock(elsewhere)
    with pytest.raises(InputInvalid):
        hand(doctor, household, elsewhere)


def test_received_pieces_add_up(everywhere, actor, places):
    site, institution = make_institution(places.township), actor("institution", places.township)
    for key, quantity in (("a", "100"), ("b", "50")):
        act_now(institution, "education.receive_kits", {"kind": "oil_pot", "quantity": quantity, "on": "2026-11-20"}, key, target=site.pk)
    assert left() == {"oil_pot": 150}


def test_the_own_station_serves_first_unless_only_the_centre_has_something_left(everywhere, places):
    centre, station = make_institution(places.township), make_institution(places.village)
    make_institution(places.village + 1)
    make_institution(places.other_village)
    assert serving(places.village) == [station, centre]
    make_stock(centre)
    assert serving(places.village) == [centre, station]


def ticked(client, community, *rows, **over):
    data = {"row": [str(row.pk) for row in rows], "key": "tick-1", "oil_pot": "on", "salt_spoon": "on", "explained": "on", **over}
    return client.post(reverse("education:hand_out_all", args=[community]), data)


def test_a_building_is_served_by_ticking_its_rows(jurisdiction, client_as, places):
    with everything():
        site, first = stocked(places.village, received=2)
        others = [make_household(places.village, address=f"幸福小区1号楼{number}室") for number in (1, 2)]
    client = client_as("doctor", places.village)
    answer = ticked(client, places.village, first, *others, institution=str(site.pk))
    assert (answer.context["done"], answer.context["left"]) == (2, 1)
    assert "已经发完" in answer.context["told"][2]["words"]
    ticked(client, places.village, first, *others, institution=str(site.pk))
    with everything():
        assert (KitHandout.objects.count(), left()) == (2, {"oil_pot": 0, "salt_spoon": 0})


def test_households_elsewhere_cannot_be_ticked(jurisdiction, client_as, places):
    with everything():
        site, _own = stocked(places.village)
        stranger = make_household(places.other_village)
    client = client_as("institution", places.township)
    assert ticked(client, places.village, stranger, institution=str(site.pk)).context["done"] == 0
    assert ticked(client, places.other_village, stranger, institution=str(site.pk)).status_code == 404
    with everything():
        assert not KitHandout.objects.exists()


def test_a_township_reads_the_list_and_hands_nothing_out(jurisdiction, client_as, places):
    with everything():
        site, household = stocked(places.village)
    client = client_as("township", places.township)
    assert client.get(reverse("education:households", args=[places.village])).status_code == 200
    assert ticked(client, places.village, household, institution=str(site.pk)).status_code == 403


def test_the_list_shows_who_is_not_served_by_address(jurisdiction, client_as, places):
    with everything():
        site, served = stocked(places.village)
        make_handout(served, site)
        half = make_household(places.village, address="幸福小区2号楼1室")
        make_handout(half, site, salt_spoon=False)
        make_household(places.village, address="幸福小区1号楼1室")
        make_household(places.village, collective=True, address="集体户")
    client, address = client_as("doctor", places.village), reverse("education:households", args=[places.village])
    shown = {show: len(client.get(f"{address}?show={show}").context["page"].rows) for show in ("", "served", "all")}
    assert shown == {"": 2, "served": 2, "all": 3}
    assert [row["address"] for row in client.get(f"{address}?text=幸福小区1号楼").context["page"].rows] == ["幸福小区1号楼***"]  # where one stands
    page = client.get(f"{address}?show=all").content.decode()
    assert "幸福小区" not in page and "***" in page  # masked as in every other list


def test_the_list_goes_out_as_excel_and_the_trail_says_who_took_it(jurisdiction, client_as, places):
    with everything():
        stocked(places.village)
    client = client_as("doctor", places.village)
    answer = client.get(f"{reverse('education:households', args=[places.village])}?excel=1")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    with everything():
        assert list(Entry.objects.filter(action="education.households").values_list("region", "after")) == [(places.village, {"show": "", "rows": 1})]


def test_a_longer_list_asks_no_more_questions(jurisdiction, client_as, places):
    address = reverse("education:households", args=[places.village])
    client, counts = client_as("doctor", places.village), []
    for _more in range(2):
        with everything():
            site = make_institution(places.village)
            for _number in range(5):
                make_handout(make_household(places.village), site, salt_spoon=False)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 25


def test_a_community_is_not_told_that_nothing_came_when_the_stock_lies_elsewhere(jurisdiction, client_as, places):
    assert "还没有登记到货" not in client_as("doctor", places.village).get(reverse("education:kits")).content.decode()
    assert "还没有登记到货" in client_as("institution", places.township).get(reverse("education:kits")).content.decode()
