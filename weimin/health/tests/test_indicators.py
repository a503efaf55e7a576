"""Each indicator equals a recount in plain Python on a random sample, with the rules that judge a single person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest

from weimin.health import lines
from weimin.health.gathering import gathered
from weimin.health.indicators import BEHIND, total
from weimin.health.periods import period_of
from weimin.health.rules_calendar import is_regular, quarters_managed
from weimin.health.standards import standard
from weimin.health.tests.sampling import PROGRAMMES, VILLAGES, World, sample
from weimin.indicators.registry import INDICATORS
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.req("H10"), pytest.mark.req("C2")]
LOW, HIGH = VILLAGES[0] // 10**6 * 10**6, VILLAGES[0] // 10**6 * 10**6 + 999_999
REASONS = {"hypertension": "pressure_high", "diabetes": "glucose_high"}
DAYS = [date(2026, 2, 10), date(2026, 8, 15), date(2026, 12, 31)]


@pytest.fixture
def world(jurisdiction):
    with entered(system_actor()):
        sample(90, seed=7)
        yield World


def counted(pairs: Iterable[tuple[int, bool]]) -> dict[int, tuple[int, int]]:
    rows = list(pairs)
    whole, reached = Counter(region for region, _good in rows), Counter(region for region, good in rows if good)
    return {region: (reached[region], number) for region, number in whole.items()}


def measured(code: str, on: date) -> dict[int, tuple[int, int]]:
    return INDICATORS[code].measure(LOW, HIGH, on)


def check(codes: list[str], recount) -> None:
    """The stored measure of each code on each day is what the recount says."""
    for on in DAYS:
        for code in codes:
            assert measured(code, on) == recount(code, on), (code, on)


def test_records_are_counted_as_by_hand(world):
    def recount(code, on):
        here = world(on)
        kept = [(row.region, here.record_of(row)) for row in here.living()]
        if code == "health.record_rate":
            return counted((region, record is not None) for region, record in kept)
        return counted((region, bool(record and record.personal_on and record.personal_on <= on)) for region, record in kept)

    check(["health.record_rate", "health.electronic_rate"], recount)


def test_records_in_use_were_touched_within_a_year(world):
    def recount(code, on):
        opened = [row for row in world(on).records.values() if row.opened_on <= on]
        return counted((row.region, bool(row.touched_on and on.replace(year=on.year - 1) < row.touched_on <= on)) for row in opened)

    check(["health.usage_rate"], recount)


def test_regular_management_is_the_rule_for_one_person_over_all(world):
    def recount(code, on):
        here, period, programme = world(on), period_of(on), code.removeprefix("health.").removesuffix("_regular")
        rule, rows = standard("key_groups" if programme == "disabled" else programme, on), []
        for care in here.under_care(programme, period.first, period.until):
            end = min(care.ended_on or period.until, period.until)
            if quarters_managed(period.first.year, care.since_on, end):
                days = [row.on for row in here.visits if row.record_id == care.record_id and programme in row.programmes and row.on <= period.until]
                examined = care.record_id in here.examined[period.first.year]
                rows.append((care.region, is_regular(days, examined, period.first.year, care.since_on, end, rule)))
        assert 0 < sum(good for _region, good in rows) < len(rows)
        return counted(rows)

    check([f"health.{programme}_regular" for programme in PROGRAMMES], recount)


def test_control_goes_by_the_latest_visit_and_the_lost_have_not_reached_it(world):
    def recount(code, on):
        here, period, programme = world(on), period_of(on), code.split(".")[1].split("_")[0]
        latest = {row.care_id: row for row in here.outcomes if period.first <= row.on <= period.until}
        cares, reason = here.under_care(programme, period.first, period.until), REASONS[programme]
        there = [row for row in cares if not (row.state == "lost" and row.lost_on <= on)]
        good = {row.pk for row in there if row.pk in latest and not latest[row.pk].emergency and reason not in latest[row.pk].reasons}
        return counted((row.region, row.pk in good) for row in cares)

    check(["health.hypertension_control", "health.diabetes_control"], recount)


def test_managed_is_held_against_the_patients_there_must_be(world):
    def recount(code, on):
        here, period = world(on), period_of(on)
        old_enough = Counter(row.region for row in here.living() if row.birth_on <= lines.years_before(on, 35))
        cares = Counter(row.region for row in here.under_care("hypertension", period.first, period.until))
        return {region: (cares[region], round(old_enough[region] * 0.279)) for region in old_enough | cares}

    check(["health.hypertension_managed"], recount)


def test_people_from_65_on_need_a_record_and_an_examination(world):
    def recount(code, on):
        here = world(on)
        old = [(row.region, here.record_of(row)) for row in here.living() if row.birth_on <= lines.years_before(on, 65)]
        return counted((region, bool(record and record.pk in here.examined[period_of(on).first.year])) for region, record in old)

    check(["health.elderly_managed"], recount)


def test_people_from_60_on_need_a_visit_in_each_quarter_that_is_over(world):
    def recount(code, on):
        here, period, rows = world(on), period_of(on), []
        wanted = {number + 1 for number in range(len(period.quarters))}
        for row in here.living():
            if row.birth_on <= lines.years_before(on, 60):
                record = here.record_of(row)
                days = {
                    visit.on
                    for visit in here.visits
                    if record and visit.record_id == record.pk and visit.programmes and period.first <= visit.on <= period.until
                }
                often = len(days) >= len(wanted) and wanted <= {(day.month + 2) // 3 for day in days}
                rows.append((row.region, bool(often and (len(wanted) < 4 or (record and record.pk in here.examined[period.first.year])))))
        return counted(rows)

    check(["health.elderly_sixty"], recount)


def test_the_yearly_measuring_is_owed_to_who_is_under_no_care_for_it(world):
    def recount(code, on):
        here, period, rows = world(on), period_of(on), []
        cared = {care.record_id for care in here.under_care("hypertension", period.first, period.until)}
        measured = {visit.record_id for visit in here.visits if visit.systolic is not None and period.first <= visit.on <= period.until}
        for row in here.living():
            record = here.record_of(row)
            if row.birth_on <= lines.years_before(on, 35) and not (record and record.pk in cared):
                rows.append((row.region, bool(record and record.pk in measured)))
        assert 0 < sum(good for _region, good in rows) < len(rows)
        return counted(rows)

    check(["health.pressure_measured"], recount)


def test_each_indicator_is_one_query(world, django_assert_num_queries):
    INDICATORS["health.hypertension_managed"].measure(LOW, HIGH, DAYS[1])  # what the bureau set is read once and kept
    with django_assert_num_queries(len(BEHIND)):
        for code in BEHIND:
            INDICATORS[code].measure(LOW, HIGH, DAYS[1])


@pytest.mark.parametrize("on", DAYS)
def test_figures_of_a_day_are_the_same_when_their_parts_are_gathered_first(world, on):
    codes = [code for code in INDICATORS if code.split(".")[0] in ("health", "institutions", "referrals")]
    alone = {code: measured(code, on) for code in codes}
    with gathered(LOW, HIGH, on):
        assert {code: measured(code, on) for code in codes} == alone
    assert any(alone.values()), "nothing was counted"


def test_who_may_not_see_records_counts_nobody(world, actor, places):
    with entered(actor("administrator", places.county)):
        assert total(BEHIND["health.usage_rate"], LOW, HIGH, DAYS[1]) == {}


@pytest.mark.parametrize(("on", "first", "until", "quarters"), [
    (date(2026, 3, 30), date(2025, 1, 1), date(2025, 12, 31), 4), (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31), 1),
    (date(2026, 9, 29), date(2026, 1, 1), date(2026, 9, 29), 2), (date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31), 4),
])  # fmt: skip
def test_a_year_is_judged_by_the_quarters_that_are_over(on, first, until, quarters):
    period = period_of(on)
    assert (period.first, period.until, len(period.quarters)) == (first, until, quarters)
