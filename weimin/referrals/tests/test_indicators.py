"""Every figure equals a recount by hand over a random sample of referrals (H4, H10)."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from weimin.calendars.clock import due
from weimin.calendars.queries import calendar_for
from weimin.flows.models import Step
from weimin.flows.steps import open_step
from weimin.health.indicators import BEHIND
from weimin.health.models import Visit
from weimin.health.tests.builders import make_record, make_visit
from weimin.indicators.registry import INDICATORS
from weimin.referrals.flow import REFERRAL
from weimin.referrals.limits import limit
from weimin.referrals.models import Referral, Summary, SupportVisit
from weimin.referrals.tests.builders import make_pairing, make_referral, make_support
from weimin.sites.tests.builders import make_site

pytestmark = [pytest.mark.req("H4"), pytest.mark.req("H10")]
ZONE = ZoneInfo("Asia/Shanghai")
ON = date(2026, 11, 23)
VILLAGES = (500242101200, 500242101201, 500242102200)
LOW, HIGH = 500242000000, 500242999999
FIRST, END = datetime(2026, 1, 1, tzinfo=ZONE), datetime(2026, 11, 24, tzinfo=ZONE)
STATES = ("sent", "accepted", "declined", "missed", "arrived", "returned", "received", "closed", "cancelled")
SEED, PEOPLE = 20261123, 90


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def one(dice: random.Random, number: int) -> None:
    """A record with a referral of some day around the year, its first step, perhaps visits."""
    record = make_record(dice.choice(VILLAGES), f"样本{number}")
    sent = date(2025, 12, 1) + timedelta(days=dice.randrange(358))
    state, up = dice.choice(STATES), dice.random() < 0.85
    arrived = sent + timedelta(days=dice.randrange(4))
    back = min(arrived + timedelta(days=dice.randrange(20)), ON)
    facts: dict[str, Any] = {"sent_at": at(sent), "follow_by": sent + timedelta(days=14), "urgency": dice.choice(["emergency", "ordinary"])}
    facts["followed_on"] = dice.choice([None, sent + timedelta(days=dice.randrange(25))])
    if not up:
        state, facts = dice.choice(["returned", "received", "closed"]), {"sent_at": at(back), "follow_by": None, "direction": "down", "returned_on": back}
    elif state in ("arrived", "returned", "received", "closed"):
        facts["arrived_on"] = arrived
        facts["returned_on"] = back if state in ("returned", "received") or (state == "closed" and dice.random() < 0.7) else None
    if facts.get("returned_on"):
        facts["visited_on"] = dice.choice([None, None, back + timedelta(days=dice.randrange(25))])
        for _visit in range(dice.randrange(3)):
            make_visit(record, on=back + timedelta(days=dice.randrange(25)))
    elif dice.random() < 0.4:
        make_visit(record, on=date(2026, 1, 1) + timedelta(days=dice.randrange(327)))
    referral = make_referral(record, state, **facts)
    if up:
        asked(dice, referral)


def asked(dice: random.Random, referral: Referral) -> None:
    """The hospital was asked, in or out of time, or not yet."""
    key = f"answer_{referral.urgency}"
    step = open_step(
        REFERRAL,
        "sent",
        referral,
        title="上转",
        region=referral.region,
        now=referral.sent_at,
        limit=limit(key, ON),
        role=dice.choice(["hospital", "hospital", "doctor"]),
    )
    if referral.state != "sent":
        step.closed_at, step.closed_name = referral.sent_at + timedelta(hours=dice.choice([1, 3, 20, 60])), "王主任"
        step.outcome = "referrals.cancel" if referral.state == "cancelled" else "referrals.accept"
        step.save()


@pytest.fixture
def sample(everywhere):
    dice = random.Random(SEED)
    for number in range(PEOPLE):
        one(dice, number)
    corrected = make_visit(Referral.objects.filter(returned_on__isnull=False).first().record, on=date(2026, 3, 1))
    make_visit(corrected.record, on=date(2026, 3, 2), corrects=corrected)


def sums(lines: Any) -> dict[int, tuple[int, int]]:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for region, reached in lines:
        found[region][0] += bool(reached)
        found[region][1] += 1
    return {region: tuple(pair) for region, pair in found.items()}


def up() -> list[Referral]:
    return [row for row in Referral.objects.all() if row.direction == "up" and row.state != "cancelled" and FIRST <= row.sent_at < END]


def recount_answered():
    for step in Step.objects.filter(state="sent", role="hospital").exclude(outcome="referrals.cancel"):
        closed = step.closed_at if step.closed_at and step.closed_at < END else None
        end = due(limit(f"answer_{'emergency' if step.limit_unit == 'hour' else 'ordinary'}", ON), step.opened_at, calendar_for(step.region)).at
        if FIRST <= step.opened_at < END and (closed or end <= END):
            yield step.region, closed is not None and closed < end


def recount_back():
    with_summary = set(Summary.objects.values_list("referral_id", flat=True))
    for row in up():
        if row.arrived_on and row.arrived_on <= ON:
            yield row.region, row.pk in with_summary and row.returned_on <= ON


def recount_visited():
    corrected = set(Visit.objects.exclude(corrects=None).values_list("corrects_id", flat=True))
    for row in Referral.objects.all():
        if not row.returned_on or not date(2026, 1, 1) <= row.returned_on <= ON:
            continue
        last = min(row.returned_on + timedelta(days=14), ON)
        days = [visit.on for visit in Visit.objects.filter(record=row.record) if visit.pk not in corrected] + ([row.visited_on] if row.visited_on else [])
        reached = any(row.returned_on < day <= last for day in days)
        if reached or row.returned_on + timedelta(days=14) < ON:
            yield row.region, reached


def recount_followed():
    for row in up():
        heard = row.followed_on is not None and row.followed_on <= ON
        if heard or row.follow_by < ON:
            yield row.region, heard and row.followed_on <= row.follow_by


def recount_stayed():
    sent = {row.record_id for row in up()}
    seen = {(visit.record_id, visit.region) for visit in Visit.objects.all() if date(2026, 1, 1) <= visit.on <= ON}
    for record, region in seen:
        yield region, record not in sent


RECOUNTS = {
    "referrals.answered_in_time": recount_answered, "referrals.back_with_summary": recount_back, "referrals.visited_after": recount_visited,
    "referrals.followed": recount_followed, "referrals.stayed_here": recount_stayed,
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(RECOUNTS))
def test_a_share_equals_its_recount_and_its_lines(sample, code):
    found, recounted = INDICATORS[code].measure(LOW, HIGH, ON), sums(RECOUNTS[code]())
    assert found == recounted
    parts, wholes = zip(*found.values(), strict=True)
    assert 0 < sum(parts) < sum(wholes)  # the sample has both kinds
    assert code in BEHIND


def test_the_counts_equal_their_recounts(sample):
    sent, back = defaultdict(int), defaultdict(int)
    for row in up():
        sent[row.region] += 1
    for row in Referral.objects.all():
        back[row.region] += bool(row.returned_on and date(2026, 1, 1) <= row.returned_on <= ON)
    assert INDICATORS["referrals.up"].measure(LOW, HIGH, ON) == {region: (count, 0) for region, count in sent.items()}
    assert INDICATORS["referrals.back_ratio"].measure(LOW, HIGH, ON) == {region: (back[region], sent[region]) for region in VILLAGES}


def test_a_figure_of_one_place_is_its_part_of_the_whole(sample):
    whole = INDICATORS["referrals.followed"].measure(LOW, HIGH, ON)
    assert INDICATORS["referrals.followed"].measure(VILLAGES[0], VILLAGES[0], ON) == {VILLAGES[0]: whole[VILLAGES[0]]}


def test_an_institution_counts_as_paired_while_a_pairing_is_in_force(everywhere):
    sites = [make_site(region=VILLAGES[0], tier="institution", name=f"中心{number}", state="open", opened_on=date(2020, 1, 1)) for number in range(4)]
    make_site(region=VILLAGES[0], tier="village_station", name="站点", state="open", opened_on=date(2020, 1, 1))
    make_pairing(VILLAGES[0], institution="中心0", institution_site=sites[0].pk)
    make_pairing(VILLAGES[0], "县中医院", institution="中心0", institution_site=sites[0].pk)
    make_pairing(VILLAGES[0], institution="中心1", until_on=date(2026, 11, 22))
    make_pairing(VILLAGES[0], institution="中心2", ended_on=ON)
    assert INDICATORS["referrals.paired"].measure(LOW, HIGH, ON) == {VILLAGES[0]: (1, 4)}


def test_days_of_support_are_counted_without_withdrawn_ones(everywhere):
    pairing = make_pairing(VILLAGES[0])
    for over in ({"days": 2}, {"days": 3, "on": date(2026, 1, 1)}, {"days": 7, "on": date(2025, 12, 31)}, {"days": 9, "withdrawn_on": ON}):
        make_support(pairing, **over)
    assert (SupportVisit.objects.count(), INDICATORS["referrals.support_days"].measure(LOW, HIGH, ON)) == (4, {VILLAGES[0]: (5, 0)})
