"""What the national file really holds: 665,271 codes, counted here as the arithmetic of the codes sorts them.

Publications that say 2,978 counties count 东莞, 中山 and 儋州, cities without counties, as their own county: 2,975 + 3.
"""

import polars as pl
import pytest
from django.db.models import Count

from weimin.regions.loading import DATA, with_geography
from weimin.regions.models import Region
from weimin.regions.queries import children, inside, names, search
from weimin.regions.rules import Level, kind, level, parent

pytestmark = [pytest.mark.django_db, pytest.mark.req("N1")]
WITHOUT_COUNTIES = {441900000000: "东莞市", 442000000000: "中山市", 460400000000: "儋州市"}


def test_the_country_has_as_many_regions_of_each_level_as_the_file():
    counted = dict(Region.objects.values_list("level").annotate(Count("pk")).order_by("level"))
    assert counted == {1: 31, 2: 342, 3: 2975, 4: 41351, 5: 620572}


def test_the_cities_without_counties_are_three():
    with_counties = set(Region.objects.filter(level=Level.COUNTY).values_list("parent", flat=True))
    found = Region.objects.filter(level=Level.CITY).exclude(pk__in=with_counties)
    assert dict(found.values_list("code", "name")) == WITHOUT_COUNTIES


@pytest.mark.parametrize(("city", "townships"), [(441900000000, 36), (442000000000, 23), (460400000000, 18)])
def test_their_townships_hang_below_the_city(city, townships):
    below = children(city)
    assert (len(below), {region.level for region in below}) == (townships, {Level.TOWNSHIP})


def test_jiayuguan_has_one_county_of_its_own_name():
    assert [(region.code, region.name) for region in children(620200000000)] == [(620201000000, "嘉峪关市")]


def test_every_parent_exists():
    frame = with_geography(pl.read_parquet(DATA))
    assert set(frame["parent"].drop_nulls().unique()) - set(frame["code"]) == set()


def test_columns_and_rules_agree_on_every_code_of_a_province():
    rows = Region.objects.filter(code__gte=440000000000, code__lt=450000000000).values_list("code", "level", "kind", "parent")
    assert [row for row in rows if (row[1], row[2], row[3]) != (level(row[0]), kind(row[0]), parent(row[0]))] == []


def test_youyang_has_39_townships_and_278_villages_and_communities():
    assert (len(inside(500242000000, Level.TOWNSHIP)), len(inside(500242000000, Level.VILLAGE))) == (39, 278)


@pytest.mark.parametrize("text", ["酉阳", "youyang", "yytj", "500242"])
def test_a_county_is_found_by_name_pinyin_initials_and_code(text):
    assert 500242000000 in {region.code for region in search(text)}


@pytest.mark.parametrize("text", ["", "  ", "没有这个地方", "%", "_", "'; DROP TABLE", "9" * 30, "\u0000"[:0]])
def test_odd_texts_find_nothing(text):
    assert search(text, low=500242000000, high=500242999999) == []


def test_a_search_stays_inside_the_range():
    found = search("龙潭", low=500242000000, high=500242999999)
    assert {region.code for region in found} >= {500242101000} and all(500242000000 <= region.code <= 500242999999 for region in found)


def test_an_unknown_code_is_shown_as_its_digits():
    assert names({500242101000, 500242999000}) == {500242101000: "龙潭镇", 500242999000: "500242999000"}
