"""Each figure of this room equals a recount in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from weimin.health.models import Due, Visit
from weimin.health.periods import period_of
from weimin.health.rules_plausible import Measured, repeated
from weimin.health.standards import standard
from weimin.health.tests.sampling import VILLAGES, World, sample
from weimin.indicators.registry import INDICATORS
from weimin.institutions.tables import fair
from weimin.institutions.tests.builders import TODAY, make_inspected, make_inspection, make_institution, make_report, make_round, make_star
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.req("H8"), pytest.mark.req("C2")]
LOW, HIGH = 500242000000, 500242999999
DAYS = [date(2026, 2, 10), date(2026, 8, 15), date(2026, 12, 31)]
ZONE = ZoneInfo("Asia/Shanghai")


def measured(code: str, on: date = TODAY) -> dict[int, tuple[int, int]]:
    return INDICATORS[f"institutions.{code}"].measure(LOW, HIGH, on)


@pytest.fixture
def world(jurisdiction):
    """A sample whose visits were typed late now and then, with values that repeat and fields left empty."""
    with entered(system_actor()):
        sample(60, seed=11)
        chance = Random(3)  # noqa: S311
        for visit in Visit.objects.order_by("pk"):
            noon = datetime(visit.on.year, visit.on.month, visit.on.day, chance.choice([0, 12, 23]), 30, tzinfo=ZONE)
            visit.entered_at = noon + timedelta(days=chance.choice([0, 1, 7, 8, 30]))
            visit.systolic, visit.diastolic = chance.choice([(130, 80), (130, 80), (130, 80), (142, 88), (None, None)])
            visit.findings = {key: "1" for key in ("smoking", "salt", "adherence", "foot_pulse") if chance.random() < 0.6} | {"diabetes_symptoms": []}
            visit.save()
        make_dues(chance)
        yield World


def make_dues(chance: Random) -> None:
    for visit in Visit.objects.order_by("pk")[:80]:
        last = visit.on + timedelta(days=chance.choice([-3, 0, 5]))
        state = chance.choice(["done", "done", "cancelled"])
        done = {"done_on": visit.on, "on_time": visit.on <= last} if state == "done" else {}
        Due.objects.create(record=visit.record, region=visit.region, kind="visit", state=state, from_on=last, due_on=last, **done)
    for number, record in enumerate(World(TODAY).records.values()):
        on = date(2026, 1 + number % 12, 10)
        Due.objects.create(record=record, region=record.region, kind="visit", from_on=on, due_on=on)


def of_the_year(here: World, on: date) -> list[Visit]:
    period = period_of(on)
    return [visit for visit in here.visits if period.first <= visit.on <= period.until]


def sums(rows: list[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for region, part, whole in rows:
        found[region][0] += part
        found[region][1] += whole
    return {region: (part, whole) for region, (part, whole) in found.items() if whole}


def test_late_entries_are_counted_by_the_days_in_shanghai(world):
    for on in DAYS:
        rows = [(v.region, (v.entered_at.astimezone(ZONE).date() - v.on).days > fair(on).late_days, 1) for v in of_the_year(world(on), on)]
        assert measured("late_entry", on) == sums(rows), on
        assert 0 < sum(late for _region, late, _one in rows) < len(rows)


def test_repeated_values_are_the_hint_of_one_record_over_all(world):
    times = standard("plausible", TODAY).days("repeated")
    for on in DAYS:
        by_record = defaultdict(list)
        for visit in sorted(of_the_year(world(on), on), key=lambda one: (one.on, one.pk)):
            by_record[visit.record_id].append(visit)
        rows = []
        for visits in by_record.values():
            values = [Measured(one.on, one.systolic, one.diastolic, one.fasting) for one in visits]
            if len(values) >= times:
                odd = any(repeated(values[: end + 1], times) for end in range(len(values)))
                rows.append((visits[0].region, odd, 1))
        assert measured("repeated_values", on) == sums(rows), on


def test_blank_fields_are_those_of_the_forms_of_each_programme(world):
    on, rows = DAYS[1], []
    for visit in of_the_year(world(on), on):
        for programme, (columns, keys) in fair(TODAY).fields.items():
            if programme in visit.programmes:
                empty = sum(getattr(visit, name) is None for name in columns) + sum(not visit.findings.get(key) for key in keys)
                rows.append((visit.region, empty, len(columns) + len(keys)))
    assert measured("blank_fields", on) == sums(rows)


def test_visits_on_time_count_what_is_open_and_over_against_them(world):
    for on in DAYS:
        period, rows = period_of(on), []
        for due in Due.objects.filter(kind="visit"):
            counts = due.state == "done" or (due.state == "open" and due.due_on < on)
            if period.first <= due.due_on <= period.until and counts:
                rows.append((due.region, due.state == "done" and due.on_time, 1))
        assert measured("visits_on_time", on) == sums(rows), on


def test_figures_of_entries_are_one_query_each(world, django_assert_num_queries):
    measured("late_entry")  # what the bureau set is read once and kept
    with django_assert_num_queries(4):
        for code in ("late_entry", "repeated_values", "blank_fields", "visits_on_time"):
            measured(code)


def test_an_institution_is_unified_by_its_last_inspection(everywhere):
    make_inspected(VILLAGES[0], "passed", {"badges": 7}, name="甲")
    good = make_inspected(VILLAGES[0], "passed", name="乙")
    make_institution(VILLAGES[1], "丙")
    assert measured("unified") == {VILLAGES[0]: (1, 2), VILLAGES[1]: (0, 1)}
    make_round(make_inspection(good.institution, "passed"), {"rules": 5}, held_on=TODAY)
    assert measured("unified") == {VILLAGES[0]: (0, 2), VILLAGES[1]: (0, 1)}


def test_an_inspection_that_is_still_to_come_does_not_count(everywhere):
    inspection = make_inspection(make_institution(VILLAGES[0]), "passed")
    make_round(inspection, held_on=TODAY + timedelta(days=1))
    assert measured("unified") == {VILLAGES[0]: (0, 1)}


def test_items_are_unified_in_the_district_when_every_institution_has_them(everywhere):
    assert measured("unified_items") == {}
    make_inspected(VILLAGES[0], "passed", {"badges": 7}, name="甲")
    make_inspected(VILLAGES[1], "passed", {"slogans": 0}, name="乙")
    assert measured("unified_items") == {LOW: (5, 7)}
    make_institution(VILLAGES[2], "丙")
    assert measured("unified_items") == {LOW: (0, 7)}


def test_stars_count_while_they_hold(everywhere):
    one, two = make_institution(VILLAGES[0], "甲"), make_institution(VILLAGES[0], "乙")
    make_star(one)
    make_star(one, name="全国示范")
    make_star(two, ends_on=TODAY - timedelta(days=1))
    assert measured("stars") == {VILLAGES[0]: (1, 2)}


def test_insurance_counts_from_its_day_to_its_end(everywhere):
    spans = [(date(2026, 1, 1), None), (date(2026, 1, 1), TODAY), (TODAY, None), (TODAY + timedelta(days=1), None), (None, None)]
    for number, (first, last) in enumerate(spans):
        make_institution(VILLAGES[0], f"机构{number}", insured_from=first, insured_to=last)
    assert measured("insured") == {VILLAGES[0]: (2, 5)}


def test_the_information_system_counts_from_the_day_of_joining(everywhere):
    make_institution(VILLAGES[0], "甲", informed_from=TODAY)
    make_institution(VILLAGES[0], "乙", informed_from=TODAY + timedelta(days=1))
    assert measured("informed") == {VILLAGES[0]: (1, 2)}


def test_a_closed_institution_is_no_longer_counted(everywhere):
    row = make_institution(VILLAGES[0])
    row.site.closed_on, row.site.state = TODAY, "closed"
    row.site.save()
    assert Counter(measured("insured")) == {}


def test_first_visits_count_only_months_with_the_figure_of_the_insurance(everywhere):
    row = make_institution(VILLAGES[0])
    make_report(row, date(2026, 9, 1), first_here=200, first_all=None)
    make_report(row, date(2026, 10, 1), first_here=300, first_all=600)
    make_report(row, date(2025, 12, 1), first_here=1, first_all=1)
    assert measured("first_visit") == {VILLAGES[0]: (300, 600)}
    assert measured("satisfaction") == {VILLAGES[0]: (90, 100)}
