import json

import pytest

pytestmark = pytest.mark.django_db


def test_the_administrator_browses_from_the_own_region_down(jurisdiction, client_as, places):
    page = client_as("administrator", places.county).get("/regions/").content.decode()
    assert "酉阳土家族苗族自治县" in page and "龙潭镇" in page and "设置区划标记" in page


def test_other_roles_see_the_tree_without_buttons(jurisdiction, client_as, places):
    page = client_as("lead_office", places.county).get(f"/regions/{places.township}/").content.decode()
    assert "龙潭镇" in page and "设置区划标记" not in page


@pytest.mark.parametrize("code", [341221203000, 500242102000, 500242101999, 1, 999999999999])
def test_a_region_outside_or_unknown_is_missing(jurisdiction, client_as, places, code):
    assert client_as("administrator", places.township).get(f"/regions/{code}/").status_code == 404


def test_a_search_finds_by_pinyin_inside_the_range(jurisdiction, client_as, places):
    page = client_as("administrator", places.county).get("/regions/?q=longtan").content.decode()
    assert "“longtan”的查询结果" in page and "500242101000" in page


def test_a_page_of_a_county_costs_few_queries(jurisdiction, client_as, places, django_assert_max_num_queries):
    client = client_as("administrator", places.county)
    client.get("/regions/")
    with django_assert_max_num_queries(24):
        client.get("/regions/")


def test_the_cascade_offers_only_the_own_range(jurisdiction, client_as, places):
    client = client_as("administrator", places.county)
    answer = client.get("/regions/cascade/", {"level4": places.township}, headers={"accept": "application/json"})
    levels = {level["name"]: level for level in json.loads(answer.content)["levels"]}
    assert [len(levels[f"level{number}"]["choices"]) for number in (1, 2, 3)] == [1, 1, 1]
    assert len(levels["level4"]["choices"]) == 39 and levels["level4"]["value"] == places.township
    assert {code // 1000 for code, _name in levels["level5"]["choices"]} == {500242101}


def test_a_choice_outside_the_range_is_not_followed(jurisdiction, client_as, places):
    client = client_as("administrator", places.township)
    answer = client.get("/regions/cascade/", {"level4": places.other_township}, headers={"accept": "application/json"})
    assert str(places.other_township) not in answer.content.decode()


def test_the_cascade_without_json_is_a_fragment(jurisdiction, client_as, places):
    text = client_as("administrator", places.county).get("/regions/cascade/").content.decode()
    assert text.count("<select") == 5 and "<html" not in text


def test_the_picker_finds_inside_the_range(jurisdiction, client_as, places):
    body = json.loads(client_as("township", places.township).get("/regions/find/?q=500242").content)
    assert {row["code"] // 1000 for row in body["regions"]} == {500242101}


@pytest.mark.parametrize("odd", ["level4=abc", "level5=%00", "level1=99999999999999999999", "level3=５００２４２００００００"])
def test_odd_parameters_count_as_not_chosen(jurisdiction, client_as, places, odd):
    assert client_as("administrator", places.county).get(f"/regions/cascade/?{odd}").status_code == 200
