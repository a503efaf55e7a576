"""Each indicator equals a recount in plain Python on a random sample."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from weimin.education.models import Activity, KitHandout, QuizCount
from weimin.education.parameters import minimums
from weimin.education.rules import level_for, owed_on, spans
from weimin.education.tests.builders import NOW, at, make_activity, make_count, make_handout, make_institution, make_quiz
from weimin.indicators.registry import INDICATORS
from weimin.residents.models import Household
from weimin.residents.tests.builders import make_household
from weimin.sites.models import Site

pytestmark = [pytest.mark.req("H7"), pytest.mark.req("H10")]
TOWNSHIP, VILLAGES = 500242101000, (500242101200, 500242101201, 500242102200)
LOW, HIGH = 500242000000, 500242999999
DAYS = [date(2026, 2, 10), date(2026, 8, 15), date(2026, 12, 31)]
KINDS = ("lecture", "class", "forum", "consultation", "campaign", "quiz")
PLACES = ("", "", "community", "shop", "school", "office")


def day_of(chance, first, last):
    return first + timedelta(days=chance.randrange((last - first).days + 1))


@pytest.fixture
def world(everywhere):
    chance = Random(11)  # noqa: S311
    sites = [make_institution(region, opened_on=opened) for region, opened in ((TOWNSHIP, date(2020, 1, 1)), *((v, date(2026, 4, 9)) for v in VILLAGES))]
    for _number in range(120):
        site, kind = chance.choice(sites), chance.choice(KINDS)
        place = "shop" if kind == "campaign" else chance.choice(PLACES)
        state = chance.choice(["held", "held", "planned", "cancelled"])
        activity = make_activity(site, day_of(chance, date(2023, 1, 1), date(2026, 12, 31)), kind=kind, place_kind=place, state=state)
        if chance.random() < 0.4:
            quiz = make_quiz(activity, 1)
            for phase in ("before", "after"):
                make_count(quiz, phase, 1, 40, chance.randrange(41), on=activity.starts_at.date())
    for number in range(80):
        household = make_household(chance.choice(VILLAGES), collective=number % 20 == 0, settled_on=day_of(chance, date(2025, 1, 1), date(2026, 12, 31)))
        if number % 9 == 0:
            Household.objects.filter(pk=household.pk).update(status="ended", ended_on=date(2026, 12, 31))
        if chance.random() < 0.6:
            short = chance.random() < 0.2
            row = make_handout(household, sites[0], on=day_of(chance, date(2026, 1, 1), date(2026, 12, 1)), salt_spoon=not short)
            if number % 11 == 0:
                KitHandout.objects.filter(pk=row.pk).update(withdrawn_at=NOW, reason="错")
            elif number % 7 == 0:
                KitHandout.objects.filter(pk=row.pk).update(salt_spoon=True, completed_on=row.on + timedelta(days=40))


def measured(code, on):
    return INDICATORS[f"education.{code}"].measure(LOW, HIGH, on)


def held(on, first):
    return [row for row in Activity.objects.all() if row.state == "held" and at(first, 0) <= row.starts_at < at(on + timedelta(days=1), 0)]


def test_kits_are_counted_as_by_hand(world):
    for on in DAYS:
        found = defaultdict(lambda: [0, 0])
        for row in Household.objects.all():
            if not row.collective and row.settled_on <= on and (row.ended_on is None or row.ended_on > on):
                kit = next((kit for kit in row.kits.all() if kit.withdrawn_at is None), None)
                found[row.region][0] += bool(kit and kit.whole and (kit.completed_on or kit.on) <= on)
                found[row.region][1] += 1
        assert measured("kits", on) == {region: tuple(pair) for region, pair in found.items()}
    assert sum(served for served, _whole in measured("kits", DAYS[2]).values()) > 0


@pytest.mark.parametrize("what", ["lectures", "consultations"])
def test_more_than_owed_of_one_does_not_make_up_for_another(world, what):
    for on in DAYS:
        found = defaultdict(lambda: [0, 0])
        for site in Site.objects.filter(tier="institution"):
            rule = minimums(level_for(site.region), on)
            owed = owed_on(spans(getattr(rule, what), 2026, site.opened_on), on) if site.opened_on <= on else 0
            kinds = getattr(rule, f"counts_{what}")
            done = sum(row.institution == site.pk and row.kind in kinds for row in held(on, date(2026, 1, 1)))
            found[site.region][0] += min(done, owed)
            found[site.region][1] += owed
        assert measured(what, on) == {region: tuple(pair) for region, pair in found.items() if pair[1]}


def test_kinds_of_places_are_counted_once_for_the_whole_jurisdiction(world):
    for on in DAYS:
        reached = {row.place_kind for row in held(on, date(2026, 1, 1)) if row.place_kind}
        assert measured("five_places", on) == {LOW: (len(reached), 5)}


def test_years_of_the_forum_are_counted_without_a_gap(everywhere, places):
    site = make_institution(places.township)
    for on in (date(2023, 5, 1), date(2025, 5, 1), date(2026, 5, 1)):
        make_activity(site, on, kind="forum", state="held")
    assert [measured("forum_years", on) for on in (date(2026, 4, 1), date(2026, 5, 1), date(2028, 1, 1))] == [{LOW: (1, 1)}, {LOW: (2, 1)}, {LOW: (0, 1)}]


def test_awareness_is_right_answers_of_all_answers_after(world):
    for on in DAYS:
        found = defaultdict(lambda: [0, 0])
        for row in QuizCount.objects.filter(phase="after"):
            if date(2026, 1, 1) <= row.on <= on:
                found[row.region][0] += row.correct
                found[row.region][1] += row.answered
        assert measured("awareness", on) == {region: tuple(pair) for region, pair in found.items()}


def test_a_fixed_number_of_queries_however_many_institutions(world, django_assert_num_queries):
    for code, most in (("kits", 1), ("five_places", 1), ("forum_years", 1), ("lectures", 3), ("awareness", 1)):
        with django_assert_num_queries(most):
            measured(code, DAYS[1])
