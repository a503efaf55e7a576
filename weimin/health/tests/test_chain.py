"""Visits judged in order of the day on which they were made, whatever the order in which they were typed (A-17, A-28, A-42; decision 13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.health.rules_chain import Link, Order, again, before, chosen, following, latest, ordered_anew, own_day, period, rejudged
from weimin.health.rules_outcome import Outcome
from weimin.health.rules_visit import Person, judged
from weimin.health.standards import standard

pytestmark = pytest.mark.req("H3")
DAY = date(2026, 11, 20)
GOOD, HIGH, CRISIS = {"systolic": 132, "diastolic": 82}, {"systolic": 152, "diastolic": 82}, {"systolic": 182, "diastolic": 82}
CALM, UNEASY, WILD = {"risk": 0, "insight": "1"}, {"risk": 1, "insight": "1"}, {"risk": 3, "insight": "1"}
FOUND = {
    "hypertension": [GOOD, HIGH, CRISIS, HIGH | {"adverse": True}, GOOD | {"complication": True}],
    "mental": [CALM, UNEASY, WILD, {"risk": 0, "insight": "2"}],
}


def rule(programme):
    return lambda on: standard(programme, on)


def link(found, on, previous="", wish=None, number=0, programme="hypertension"):
    """One visit, judged as the action does it. wish: the day that the doctor chose."""
    verdict = judged(programme, found, Person(60, previous), on)
    next_on = min(verdict.next_on, wish or verdict.next_on)
    return Link(on, programme, str(verdict.outcome), next_on, verdict.refer, verdict.emergency, verdict.reasons, wish, number)


def enter(chain, typed):
    """A visit is typed in: itself judged by what is before it, then those after it."""
    programme, number, found, on, wish = typed
    chain = [*chain, link(found, on, before(chain, on), wish, number, programme)]
    fresh = {one.number: one for one in rejudged(chain, [on], rule(programme))}
    return [fresh.get(one.number, one) for one in chain]


def end_of(typed, order):
    chain = []
    for one in typed:
        chain = enter(chain, one)
    last = latest(chain)
    return sorted(chain, key=lambda one: one.number), following(own_day(last), last.on, order)


@st.composite
def histories(draw):
    """Visits of one programme on different days, some with a day that the doctor chose, and perhaps a day that a hospital wants."""
    programme = draw(st.sampled_from(sorted(FOUND)))
    days = draw(st.lists(st.integers(0, 120), min_size=1, max_size=6, unique=True))
    wishes = st.none() | st.integers(1, 100)
    typed = []
    for number, day in enumerate(days, start=1):
        on, wish = DAY + timedelta(days=day), draw(wishes)
        typed.append((programme, number, draw(st.sampled_from(FOUND[programme])), on, on + timedelta(days=wish) if wish else None))
    since = DAY + timedelta(days=draw(st.integers(0, 120)))
    return typed, draw(st.none() | st.builds(lambda days: Order(since + timedelta(days=days), since, "hospital"), st.integers(0, 40)))


@given(histories(), st.randoms(use_true_random=False))
def test_whatever_the_order_of_typing_the_verdicts_and_the_next_day_are_the_same(history, chance):
    typed, order = history
    shuffled = list(typed)
    chance.shuffle(shuffled)
    assert end_of(shuffled, order) == end_of(sorted(typed, key=lambda one: one[3]), order)


@given(histories(), st.integers(0, 5))
def test_a_visit_that_is_taken_away_leaves_what_would_have_been_without_it(history, place):
    typed, _order = history
    gone = typed[place % len(typed)]
    chain = [one for one in end_of(typed, None)[0] if one.number != gone[1]]
    fresh = {one.number: one for one in rejudged(chain, [gone[3]], rule(gone[0]))}
    left = [one for one in typed if one is not gone]
    assert [fresh.get(one.number, one) for one in chain] == (end_of(left, None)[0] if left else [])


@pytest.mark.parametrize("programme", sorted(FOUND))
def test_a_visit_reads_the_same_when_it_is_judged_again_as_when_it_was_judged(programme):
    classes = ["", *Outcome]
    for found in FOUND[programme]:
        for previous in classes:
            for other in classes:
                turned = again(link(found, DAY, other, programme=programme), previous, standard(programme, DAY))
                assert turned == link(found, DAY, previous, programme=programme)


@pytest.mark.parametrize(("earlier", "later", "refers", "second"), [
    (GOOD, HIGH, False, False), (HIGH, HIGH, True, True), (HIGH, GOOD, False, False), (CRISIS, HIGH, True, True), (HIGH, CRISIS, True, True),
    (GOOD, CRISIS, True, False), ({"systolic": 139, "diastolic": 89}, HIGH, False, False), ({"systolic": 140, "diastolic": 89}, HIGH, True, True),
    ({"systolic": 139, "diastolic": 90}, HIGH, True, True),
])  # fmt: skip
def test_an_older_visit_decides_whether_the_later_one_is_the_second_in_a_row(earlier, later, refers, second):
    typed = [("hypertension", 1, later, DAY, None), ("hypertension", 2, earlier, DAY - timedelta(days=14), None)]
    first = end_of(typed, None)[0][0]
    assert (first.refer, "second_time" in first.reasons) == (refers, second)


@pytest.mark.parametrize(("between", "days"), [(CALM, 14), (UNEASY, 30), (WILD, 30), (None, 30)])
def test_who_was_stable_in_between_is_seen_again_in_two_weeks_and_not_in_a_month(between, days):
    """Fairly stable on the first and on the last of three days; the one between is typed in last (A-42)."""
    typed = [("mental", 1, UNEASY, DAY - timedelta(days=30), None), ("mental", 2, UNEASY, DAY, None)]
    typed += [("mental", 3, between, DAY - timedelta(days=15), None)] if between else []
    chain, (next_on, source) = end_of(typed, None)
    assert (next_on, source, chain[1].refer) == (DAY + timedelta(days=days), "rule", days == 30)


def test_the_day_that_a_doctor_chose_comes_back_when_the_standard_moves_beyond_it():
    wish = DAY + timedelta(days=20)
    alone = link(UNEASY, DAY, "", wish, 1, "mental")
    second = again(alone, "fairly_stable", standard("mental", DAY))
    assert [own_day(one) for one in (alone, second)] == [(DAY + timedelta(days=14), "rule"), (wish, "doctor")]
    assert again(second, "stable", standard("mental", DAY)) == alone


def test_a_visit_of_the_same_day_is_not_the_one_before():
    """Two records of one person brought together: both count with what was before that day, and the one seen again soonest stands."""
    chain = [link(HIGH, DAY, number=1), link(GOOD, DAY, number=2)]
    assert rejudged(chain, [DAY], rule("hypertension")) == []
    assert before(chain, DAY) == "" and before(chain, DAY + timedelta(days=1)) == "unsatisfied"
    assert latest(chain).number == latest(chain[::-1]).number == 1


def test_only_the_visits_whose_verdict_changes_are_looked_at():
    """The one after the next stands as it was judged, even if it were judged otherwise today."""
    wrong = replace(link(HIGH, DAY + timedelta(days=60), "unsatisfied", number=3), refer=False)
    chain = [link(HIGH, DAY, number=1), link(GOOD, DAY + timedelta(days=30), number=2), wrong]
    assert rejudged(chain, [DAY], rule("hypertension")) == []


def test_who_came_back_under_care_begins_anew():
    chain = [link(HIGH, DAY - timedelta(days=200), number=1), link(HIGH, DAY, number=2)]
    assert [one.number for one in period(chain, DAY, DAY - timedelta(days=10))] == [2]
    assert [one.number for one in period(chain, DAY - timedelta(days=100), DAY - timedelta(days=10))] == [1]


@pytest.mark.parametrize(("days", "wish"), [(14, None), (13, 13), (1, 1)])
def test_rows_from_before_the_choice_was_kept_show_it_by_an_earlier_day(days, wish):
    old = replace(link(HIGH, DAY), next_on=DAY + timedelta(days=days))
    assert chosen(old, standard("hypertension", DAY)) == (DAY + timedelta(days=wish) if wish else None)


BACK, BY = date(2026, 11, 20), date(2026, 12, 3)
ORDER = Order(BY, BACK, "hospital")
RULE_DAY = date(2027, 2, 1)


@pytest.mark.req("H4")
@pytest.mark.parametrize(
    ("next_on", "last_on", "expected"),
    [
        (RULE_DAY, date(2026, 11, 1), (BY, "hospital")), (None, None, (BY, "hospital")), (date(2026, 11, 25), date(2026, 9, 1), (date(2026, 11, 25), "rule")),
        (BY, date(2026, 9, 1), (BY, "rule")), (BACK, date(2026, 9, 1), (BACK, "rule")), (date(2026, 11, 19), date(2026, 8, 1), (BY, "hospital")),
        (date(2026, 12, 4), date(2026, 8, 1), (BY, "hospital")), (RULE_DAY, BACK, (BY, "hospital")), (RULE_DAY, date(2026, 11, 21), (RULE_DAY, "rule")),
    ],
)  # fmt: skip
def test_the_next_day_is_the_hospitals_until_a_visit_after_the_return(next_on, last_on, expected):
    """Not when it is due earlier anyway, nor when somebody was there since; what was overdue before the stay begins anew."""
    assert following((next_on, "rule" if next_on else ""), last_on, ORDER) == expected


@pytest.mark.req("H4")
@pytest.mark.parametrize(("old", "last_on", "expected"), [
    (None, None, Order(date(2026, 12, 20), date(2026, 12, 1), "hospital")), (ORDER, None, Order(BY, date(2026, 12, 1), "hospital")),
    (ORDER, date(2026, 11, 25), Order(date(2026, 12, 20), date(2026, 12, 1), "hospital")),
    (replace(ORDER, on=date(2026, 11, 30)), None, Order(date(2026, 12, 20), date(2026, 12, 1), "hospital")),
])  # fmt: skip
def test_a_second_return_does_not_push_back_the_day_that_still_stands(old, last_on, expected):
    assert ordered_anew(old, Order(date(2026, 12, 20), date(2026, 12, 1), "hospital"), last_on) == expected
