"""Each indicator equals a recount in plain Python over the same rows (H6, A-54)."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from weimin.calendars.clock import ZONE
from weimin.epidemics.models import Alert, CaseReport, DailyReport, Group
from weimin.epidemics.tests.builders import TODAY, make_alert, make_card, make_place, make_report
from weimin.indicators.registry import INDICATORS

pytestmark = [pytest.mark.req("H6"), pytest.mark.req("C2")]
VILLAGES = (500242101200, 500242101201, 500242102200)
LOW, HIGH = 500242000000, 500242999999
DAYS = [date(2026, 10, 31), date(2026, 11, 10), TODAY]
HOUR = timedelta(hours=1)


def moment(on: date, hour: int = 10) -> datetime:
    return datetime.combine(on, time(hour), ZONE)


def measured(code: str, on: date) -> dict[int, tuple[int, int]]:
    return INDICATORS[code].measure(LOW, HIGH, on)


def counted(pairs):
    rows = list(pairs)
    whole, good = Counter(region for region, _good in rows), Counter(region for region, reached in rows if reached)
    return {region: (good[region], number) for region, number in whole.items()}


def in_month(at: datetime, on: date) -> bool:
    day = at.astimezone(ZONE).date()
    return on.replace(day=1) <= day <= on


@pytest.fixture
def chance():
    return random.Random(5)


def test_cards_on_time_are_counted_as_by_hand(everywhere, chance):
    for number in range(80):
        diagnosed = moment(date(2026, 10, 20) + timedelta(days=chance.randrange(34)), chance.randrange(24))
        state = chance.choice(["due", "reported", "reported", "corrected", "deleted"])
        sent = diagnosed + chance.choice([1, 23, 24, 25, 60]) * HOUR if state == "reported" else None
        make_card(
            chance.choice(VILLAGES),
            f"人{number}",
            diagnosed_at=diagnosed,
            state=state,
            reported_at=sent,
            ended_reason="误" if state in ("corrected", "deleted") else "",
        )
    for on in DAYS:
        end = moment(on + timedelta(days=1), 0)
        standing = [row for row in CaseReport.objects.all() if row.state in ("due", "reported") and in_month(row.diagnosed_at, on)]
        asked = [row for row in standing if row.due_at < end or (row.reported_at and row.reported_at < end)]
        assert measured("epidemics.card_on_time", on) == counted((row.region, bool(row.on_time)) for row in asked), on
        assert on != TODAY or 0 < sum(bool(row.on_time) for row in asked) < len(asked)


def test_daily_reports_are_counted_as_by_hand(everywhere, chance):
    for region in VILLAGES:
        place = make_place(
            region, since_on=date(2026, 11, 5) if region == VILLAGES[1] else date(2026, 9, 1), away_from=date(2026, 11, 16), away_until=date(2026, 11, 17)
        )
        first = place.groups.first()
        first.suspended_from, first.suspended_until = date(2026, 11, 9), date(2026, 11, 10)
        first.save()
        for group in place.groups.all():
            for number in range(40):
                if chance.random() < 0.7:
                    make_report(group, date(2026, 10, 15) + timedelta(days=number))
    for on in DAYS:
        sent = set(DailyReport.objects.values_list("group", "on"))
        pairs = [(group, day) for group in Group.objects.select_related("place") for day in days_to(on) if owed(group, day)]
        assert measured("epidemics.daily_complete", on) == counted((group.region, (group.pk, day) in sent) for group, day in pairs), on


def days_to(on: date) -> list[date]:
    return [on.replace(day=number) for number in range(1, on.day + 1)]


def owed(group: Group, day: date) -> bool:
    """October from the 9th and November 2026 have plain weeks."""
    place = group.place
    rest = day.weekday() >= 5 or (day.month == 10 and day.day <= 7)
    made_up = day in (date(2026, 10, 10),)
    away = place.away_from <= day <= place.away_until
    stays = group.suspended_from is not None and group.suspended_from <= day <= group.suspended_until
    return day >= place.since_on and (not rest or made_up) and not away and not stays


def test_alerts_verified_in_time_are_counted_as_by_hand(everywhere, chance):
    for number in range(40):
        raised = moment(date(2026, 10, 20) + timedelta(days=chance.randrange(34)), chance.randrange(24))
        place, state = make_place(chance.choice(VILLAGES), f"校{number}"), chance.choice(["raised", "verified", "dismissed", "closed"])
        seen = raised + chance.choice([1, 24, 25, 70]) * HOUR if state != "raised" else None
        make_alert(place, state=state, raised_at=raised, due_at=raised + 24 * HOUR, **({"verified_at": seen} if seen else {}))
    for on in DAYS:
        end = moment(on + timedelta(days=1), 0)
        rows = [row for row in Alert.objects.all() if in_month(row.raised_at, on) and (row.due_at < end or (row.verified_at and row.verified_at < end))]
        assert measured("epidemics.verified_on_time", on) == counted((row.region, bool(row.verified_at and row.verified_at <= row.due_at)) for row in rows), on
        assert on != TODAY or rows
