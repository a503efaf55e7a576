"""Who finds a referral: health posts in range, the hospital it is addressed to; nobody else, by page or by bare SQL (H4, X1)."""

from __future__ import annotations

import pytest
from django.db import connection

from weimin.referrals.desks import own_hospital, seen_by
from weimin.referrals.queries.listing import lanes, list_referrals
from weimin.referrals.tests.builders import HOSPITAL, make_pairing, make_referral, make_support
from weimin.ui.search import find
from weimin.walls.session import entered

pytestmark = pytest.mark.req("H4")
VILLAGE, OTHER, TOWNSHIP, COUNTY = 500242101200, 500242102200, 500242101000, 500242000000
TABLES = ("referrals_pairing", "referrals_supportvisit", "referrals_referral", "referrals_summary")


@pytest.fixture
def here(everywhere):
    make_support(make_pairing(VILLAGE))
    return make_referral(VILLAGE, "returned")


@pytest.fixture
def at_hospital(client_as):
    def make(unit):
        client = client_as("hospital", COUNTY)
        client.post_row.unit = unit
        client.post_row.save()
        return client

    return make


@pytest.mark.parametrize(
    "role", ["county_office", "window", "leader", "lead_office", "administrator", "auditor", "supervisor", "village", "township", "finance"]
)
def test_no_post_without_the_purpose_finds_anything(here, actor, client_as, role):
    client = client_as(role, COUNTY)
    for path in ("/referrals/", "/referrals/people/?text=冉", "/referrals/pairings/"):
        assert client.get(path).status_code == 403
    assert client.get(f"/referrals/{here.pk}/").status_code == 404
    assert client.get(f"/referrals/{here.pk}/sheet.pdf").status_code == 404
    who = actor(role, COUNTY)
    with entered(who), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        assert [hit for label, hits in find(who, "冉桂兰") if str(label) == "双向转诊" for hit in hits] == []


@pytest.mark.parametrize(
    ("role", "region", "count"),
    [
        ("doctor", VILLAGE, 1),
        ("doctor", OTHER, 0),
        ("institution", TOWNSHIP, 1),
        ("institution", 500242102000, 0),
        ("hospital", COUNTY, 1),
        ("health_bureau", COUNTY, 1),
    ],
)
def test_health_posts_see_their_own_place(here, actor, role, region, count):
    who = actor(role, region)
    with entered(who):
        assert seen_by(who).count() == count
        assert len(list_referrals(who, {}, "back").rows) == count
        assert lanes(who, {})["back"] == str(count)
        assert len([hit for label, hits in find(who, "冉桂兰") if str(label) == "双向转诊" for hit in hits]) == count


def test_a_hospital_sees_what_is_addressed_to_it_and_nothing_of_another(here, at_hospital):
    own, other = at_hospital(HOSPITAL), at_hospital("县中医院")
    assert [client.get(f"/referrals/{here.pk}/").status_code for client in (own, other)] == [200, 404]
    assert [client.get(f"/referrals/{here.pk}/sheet.docx").status_code for client in (own, other)] == [200, 404]
    assert ["冉桂兰" in client.get("/referrals/?lane=back").content.decode() for client in (own, other)] == [True, False]
    assert [HOSPITAL in client.get("/referrals/pairings/").content.decode() for client in (own, other)] == [True, False]


def test_a_post_without_a_unit_speaks_for_every_hospital_and_others_for_none(actor, everywhere):
    assert (own_hospital(actor("hospital", COUNTY)), own_hospital(actor("doctor", VILLAGE))) == ("", "")


def test_only_health_posts_of_the_community_find_the_card_on_the_record(here, client_as):
    page = client_as("doctor", VILLAGE).get(f"/health/{here.record_id}/").content.decode()
    assert "上转 县人民医院" in page and "转回社区：县人民医院" in page and f"/act/referrals.receive/{here.pk}/" in page
    assert client_as("township", TOWNSHIP).get(f"/health/{here.record_id}/").status_code == 404
