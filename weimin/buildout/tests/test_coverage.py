"""Coverage and gaps: shares from stored indicators, what is missing where."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from weimin.buildout.models import Project
from weimin.buildout.rules_coverage import grouped, level_of, missing, share_words, too_small
from weimin.buildout.tests.siting_builders import VILLAGES, plan_in_force
from weimin.indicators.models import Value
from weimin.indicators.storing import store_day
from weimin.regions.models import RegionFlag
from weimin.sites.models import Site
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("N10")]
TOWN = 500242101000


@pytest.fixture
def plan(jurisdiction):
    with entered(system_actor()):
        yield plan_in_force()


def open_station(plan, village, *, parcels=False, area=None, tier="village_station"):
    site = Site.objects.create(
        region=village, name=f"站{village}", tier="village_station", state="open", opened_on="2026-11-01", parcel_delivery=parcels, area=area
    )
    Project.objects.filter(plan=plan, tier=tier, region=village).delete()
    return Project.objects.create(
        plan=plan, tier=tier, region=village, township=village - village % 1000, name=site.name, state="open", site=site, opened_on="2026-11-01"
    )


def measure():
    """The figures of this very day: applying a plan stores the day's own already."""
    store_day(timezone.localdate(), timezone.now())


def coverage(client, plan, **query):
    return client.get(f"/buildout/plans/{plan.pk}/coverage/", query)


@pytest.mark.parametrize(
    ("numerator", "denominator", "words", "level"),
    [(0, 0, "—", 0), (0, 3, "0%", 1), (1, 3, "33.3%", 2), (2, 3, "66.6%", 3), (6, 7, "85.7%", 4), (3, 3, "100%", 5)],
)
def test_shares_are_rounded_down_and_worded(numerator, denominator, words, level):
    assert (share_words(numerator, denominator), level_of(numerator, denominator)) == (words, level)


def test_poverty_villages_come_first_and_sites_that_stand_are_no_gap():
    found = missing({1001: "甲", 1002: "乙", 2001: "丙"}, {1001}, {2001}, {1002: "filed"}, {1000: "东镇", 2000: "西镇"})
    assert [(row.name, row.poverty, row.state, row.township) for row in found] == [("丙", True, "", "西镇"), ("乙", False, "filed", "东镇")]
    assert [group.township for group in grouped(found)] == ["西镇", "东镇"]


@pytest.mark.parametrize(("area", "small"), [(None, False), (Decimal("59.9"), True), (Decimal(60), False)])
def test_an_unknown_area_is_not_too_small(area, small):
    assert too_small(area, 60) is small


def test_before_the_first_night_the_page_says_that_nothing_is_computed(plan, client_as, places):
    Value.objects.all().delete()
    page = coverage(client_as("lead_office", places.county), plan)
    assert [share.total for share in page.context["shares"]] == [None, None]
    assert "还没有计算" in page.content.decode()


def test_shares_are_the_stored_figures_per_township_and_in_total(plan, client_as, places):
    for number, village in enumerate(VILLAGES[:3]):
        open_station(plan, village, parcels=number == 0)
    measure()
    page = coverage(client_as("lead_office", places.county), plan)
    stations, parcels = page.context["shares"]
    assert (stations.total.numerator, stations.total.denominator, parcels.total.numerator) == (3, 270, 1)
    assert (stations.townships[TOWN][0], parcels.townships[TOWN][0]) == (3, 1)


def test_gaps_name_townships_without_a_centre_and_villages_without_a_station(plan, client_as, places):
    open_station(plan, VILLAGES[0])
    centres, stations = coverage(client_as("lead_office", places.county), plan).context["gaps"]
    assert (len(centres.rows), centres.wanted, len(stations.rows), stations.wanted) == (39, 39, 269, 270)
    assert VILLAGES[0] not in [row.code for row in stations.rows]


def test_a_poverty_village_without_a_station_leads_the_list_and_is_warned_of(plan, client_as, places):
    RegionFlag.objects.create(code=500242102200, flag="poverty_village", value=True, since_on=date(2014, 1, 1), source="名单")
    page = coverage(client_as("lead_office", places.county), plan)
    stations = page.context["gaps"][1]
    assert (stations.rows[0].code, stations.poverty) == (500242102200, 1)
    assert "有 1 个贫困村还没有站点" in page.content.decode()


def test_a_township_sees_its_own_gaps(plan, client_as, places):
    page = coverage(client_as("township", places.township), plan)
    assert {row.code - row.code % 1000 for gap in page.context["gaps"] for row in gap.rows} == {TOWN}


def test_a_village_post_sees_its_own_village(plan, client_as, places):
    page = coverage(client_as("village", places.village), plan)
    assert [[row.code for row in gap.rows] for gap in page.context["gaps"]] == [[], [places.village]]


def test_sites_under_the_asked_area_are_listed_smallest_first(plan, client_as, places):
    open_station(plan, VILLAGES[0], area=55)
    open_station(plan, VILLAGES[1], area=20)
    open_station(plan, VILLAGES[2], area=60)
    open_station(plan, VILLAGES[3])
    page = coverage(client_as("lead_office", places.county), plan, area="60")
    assert ([row["area"] for row in page.context["small"]], page.context["unmeasured"]) == ([20, 55], 1)


@pytest.mark.parametrize("odd", ["-1", "x", "0", "9" * 30, "²"])
def test_an_odd_area_is_ignored(plan, client_as, places, odd):
    assert coverage(client_as("lead_office", places.county), plan, area=odd).context["area"] is None


def test_both_workbooks_hold_what_the_page_shows(plan, client_as, places):
    open_station(plan, VILLAGES[0])
    measure()
    client = client_as("lead_office", places.county)
    shares = list(load_workbook(io.BytesIO(coverage(client, plan, excel="coverage").content)).active.iter_rows(min_row=4, values_only=True))
    gaps = list(load_workbook(io.BytesIO(coverage(client, plan, excel="gaps").content)).active.iter_rows(min_row=4, values_only=True))
    assert (len(shares), sum(row[1] for row in shares)) == (39, 1)
    assert sum(row[0] == "没有村级电商服务站" or "站" in row[0] for row in gaps) >= 269


def test_the_page_takes_the_same_queries_however_many_sites_stand(plan, client_as, places, django_assert_max_num_queries):
    for village in VILLAGES:
        open_station(plan, village, area=10)
    measure()
    client = client_as("lead_office", places.county)
    with django_assert_max_num_queries(32):
        coverage(client, plan, area="60")
