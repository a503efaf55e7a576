"""Siting: the answer equals brute force on small instances, is proven on a county, and says what cannot be reached."""

import random
from itertools import combinations

import pytest

from weimin.buildout.siting.model import CRITERIA, Candidate, Demand, build, haversine
from weimin.buildout.siting.solve import fewest_sites, most_people

pytestmark = pytest.mark.req("N4")


def county(size: int, seed: int, spread: float = 0.9) -> tuple[list[Demand], list[Candidate]]:
    """Villages strewn over a square of `spread` degrees, each with people and one place."""
    chance = random.Random(seed)
    spots = [(28.3 + chance.random() * spread, 108.3 + chance.random() * spread) for _ in range(size)]
    demands = [Demand(n, chance.randint(200, 4000), *spot) for n, spot in enumerate(spots)]
    flags = [frozenset(flag for flag in CRITERIA if chance.random() < 0.5) for _ in spots]
    places = [Candidate(n, chance.randint(3, 9) * 100_000, *spot, flags=flags[n]) for n, spot in enumerate(spots)]
    return demands, places


def every_choice(places):
    """All sets of places, small ones first."""
    return (set(chosen) for size in range(len(places) + 1) for chosen in combinations(range(len(places)), size))


@pytest.mark.parametrize("seed", range(12))
def test_fewest_sites_equals_brute_force(seed):
    demands, places = county(11, seed, spread=0.25)
    instance = build(demands, places, 6.0)
    wanted = instance.total_people * 0.8
    least = next(len(c) for c in every_choice(places) if instance.people(instance.covered(frozenset(c))) >= wanted)
    answer = fewest_sites(demands, places, 6.0, 80)
    assert (len(answer.chosen), answer.bound, answer.status) == (least, least, "optimal")
    assert answer.covered_people >= wanted


@pytest.mark.parametrize("seed", range(12))
def test_most_people_equals_brute_force(seed):
    demands, places = county(11, seed, spread=0.25)
    instance = build(demands, places, 6.0)
    payable = [c for c in every_choice(places) if sum(places[n].cost_fen for n in c) <= 1_500_000]
    most = max(instance.people(instance.covered(frozenset(c))) for c in payable)
    answer = most_people(demands, places, 6.0, 1_500_000)
    assert (answer.covered_people, answer.bound, answer.status) == (most, most, "optimal")
    assert answer.cost_fen <= 1_500_000


@pytest.mark.parametrize("seed", range(6))
def test_of_equally_few_sites_those_with_the_best_criteria_are_chosen(seed):
    demands, places = county(10, seed, spread=0.2)
    instance = build(demands, places, 6.0)
    answer = fewest_sites(demands, places, 6.0, 75)
    rivals = [
        sum(instance.merit[n] for n in c)
        for c in every_choice(places)
        if len(c) == len(answer.chosen) and instance.people(instance.covered(frozenset(c))) >= instance.total_people * 0.75
    ]
    assert sum(instance.merit[n] for n in answer.chosen) == pytest.approx(max(rivals))


@pytest.mark.parametrize(("distance_km", "target"), [(3.0, 85), (5.0, 85), (8.0, 100)])
def test_a_county_of_278_villages_is_proven_within_5_seconds(distance_km, target):
    demands, places = county(278, 2)
    answer = fewest_sites(demands, places, distance_km, target, seconds=10)
    assert (answer.status, answer.gap) == ("optimal", 0.0)
    assert answer.bound == len(answer.chosen)
    assert answer.seconds < 5


def test_the_quick_answer_is_within_2_percent_in_a_second():
    demands, places = county(278, 2)
    exact, quick = (
        most_people(demands, places, 8.0, 24_000_000),
        most_people(demands, places, 8.0, 24_000_000, quick=True),
    )
    assert quick.status == "quick"
    assert quick.covered_people >= 0.98 * exact.covered_people
    assert quick.seconds < 1.5


def test_existing_sites_stand_cost_nothing_and_are_not_chosen_again():
    demands, places = county(30, 4)
    standing = [Candidate(**{**vars(place), "existing": place.id < 10}) for place in places]
    answer = fewest_sites(demands, standing, 8.0, 85)
    assert answer.existing == tuple(range(10))
    assert not set(answer.chosen) & set(range(10))
    assert answer.cost_fen == sum(places[n].cost_fen for n in answer.chosen)


def test_a_village_that_must_be_covered_is():
    demands = [Demand("big", 1000, 29.0, 108.0), Demand("poor", 10, 29.5, 108.0, must=True)]
    places = [Candidate("a", 1, 29.0, 108.0), Candidate("b", 1, 29.5, 108.0)]
    assert fewest_sites(demands, places, 2.0, 90).chosen == ("a", "b")


def test_one_village_gets_one_site():
    demands = [Demand("east", 100, 29.0, 108.0), Demand("west", 100, 29.0, 109.0)]
    places = [Candidate("a", 1, 29.0, 108.0, region=1), Candidate("b", 1, 29.0, 109.0, region=1)]
    assert most_people(demands, places, 2.0, 100).covered_people == 100


def test_a_target_out_of_reach_is_answered_with_the_share_that_is_not():
    demands = [Demand("near", 750, 29.0, 108.0), Demand("far", 250, 35.0, 108.0)]
    answer = fewest_sites(demands, [Candidate("a", 1, 29.0, 108.0)], 5.0, 85)
    assert (answer.status, answer.chosen) == ("infeasible", ())
    assert answer.sentence == "达不到 85%：全部候选点最多覆盖 750 人，占 75%。请增加候选点或放宽距离。"


def test_a_poor_village_out_of_reach_is_named():
    demands = [Demand("near", 750, 29.0, 108.0), Demand("远村", 5, 35.0, 108.0, must=True)]
    answer = fewest_sites(demands, [Candidate("a", 1, 29.0, 108.0)], 5.0, 85)
    assert answer.status == "infeasible"
    assert "远村" in answer.sentence


def test_when_time_runs_out_the_gap_is_told():
    demands, places = county(500, 3)
    answer = fewest_sites(demands, places, 12.0, 85, seconds=0.1)
    assert answer.status == "feasible"
    assert answer.covered_people >= 0.85 * answer.total_people
    assert answer.gap is None or answer.gap > 0
    assert "时间用完" in answer.sentence


def test_a_budget_of_nothing_builds_nothing():
    demands, places = county(20, 1)
    answer = most_people(demands, places, 5.0, 0)
    assert (answer.chosen, answer.covered_people, answer.status) == ((), 0, "optimal")


def test_road_kilometres_replace_straight_lines():
    demands, places = [Demand("v", 10, 29.0, 108.0)], [Candidate("a", 1, 29.0, 108.0)]
    assert most_people(demands, places, 5.0, 10, matrix={("v", "a"): 9.0}).covered_people == 0


def test_nobody_to_cover_needs_no_site():
    assert fewest_sites([], [], 5.0, 85).status == "optimal"


def test_a_degree_of_latitude_is_111_kilometres():
    assert haversine(29.0, 108.0, 30.0, 108.0) == pytest.approx(111.195, abs=0.001)


def test_the_solver_writes_nothing_into_the_log(capfd):
    demands, places = county(6, 1, spread=0.25)
    fewest_sites(demands, places, 6.0, 80)
    assert capfd.readouterr() == ("", "")
