"""Coverage of the plans and findings closed equal a recount in plain Python on a random sample (H5, H10)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from weimin.examinations.models import AbnormalFollowUp, Examination, Invitation
from weimin.examinations.tests.builders import make_batch, make_examination, make_follow_up, make_invitation, make_plan
from weimin.health.tests.builders import make_record
from weimin.indicators.registry import INDICATORS
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.req("H5"), pytest.mark.req("H10")]
VILLAGES = (500242101200, 500242101201)
LOW, HIGH = 500242000000, 500242999999
DAYS = (date(2026, 2, 10), date(2026, 7, 1), date(2026, 12, 31))


def day_of(chance, first=date(2026, 1, 1), last=date(2026, 12, 31)):
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def sample(people, seed):
    chance = Random(seed)  # noqa: S311
    plans = {village: make_plan(village, starts_on=date(2026, 1, 1)) for village in VILLAGES}
    batches = {village: make_batch(plan, capacity=500) for village, plan in plans.items()}
    for number in range(people):
        village = chance.choice(VILLAGES)
        record = make_record(village, f"样本{number}")
        state = chance.choice(["listed", "invited", "absent", "refused", "withdrawn", "examined"])
        over = {"settled_on": day_of(chance)} if state in ("refused", "withdrawn", "examined") else {}
        over |= {"refusal": "away"} if state == "refused" else {}
        make_invitation(plans[village], record, batches[village], state=state, listed_on=day_of(chance, last=date(2026, 3, 1)), **over)
        if state == "examined":
            examine(chance, record)


def examine(chance, record):
    row = make_examination(record, on=day_of(chance))
    if chance.random() < 0.2:
        row = make_examination(record, on=day_of(chance), corrects=row)
    if chance.random() < 0.6:
        closed = {"state": "closed", "closing": "normal", "closed_on": row.on + timedelta(days=chance.randrange(60))} if chance.random() < 0.6 else {}
        make_follow_up(record, examination=row, **closed)


@pytest.fixture
def everybody(jurisdiction):
    with entered(system_actor()):
        sample(120, 5)
        yield


def counted(pairs):
    found = defaultdict(lambda: [0, 0])
    for region, good in pairs:
        found[region][0] += good
        found[region][1] += 1
    return {region: tuple(pair) for region, pair in found.items()}


def covered(until):
    rows = list(Examination.objects.all())
    replaced = {row.corrects_id for row in rows}
    done = {row.record_id for row in rows if row.pk not in replaced and date(2026, 1, 1) <= row.on <= until}
    listed = [row for row in Invitation.objects.all() if row.listed_on <= until and (row.state != "withdrawn" or row.settled_on > until)]
    return counted((row.region, row.record_id in done) for row in listed)


def closed(until):
    rows = [row for row in AbnormalFollowUp.objects.all() if date(2026, 1, 1) <= row.found_on <= until]
    return counted((row.region, bool(row.closed_on and row.closed_on <= until)) for row in rows)


@pytest.mark.parametrize(("code", "recount"), [("examinations.coverage", covered), ("examinations.abnormal_closed", closed)])
def test_the_figures_are_the_recount(everybody, code, recount):
    for on in DAYS:
        expected = {} if on < date(2026, 3, 31) else recount(on)
        assert INDICATORS[code].measure(LOW, HIGH, on) == expected
    assert 0 < sum(good for good, _whole in recount(DAYS[2]).values()) < sum(whole for _good, whole in recount(DAYS[2]).values())


def test_who_may_not_see_records_counts_nobody(everybody, actor):
    with entered(actor("village", VILLAGES[0])):
        assert INDICATORS["examinations.coverage"].measure(LOW, HIGH, DAYS[2]) == {}
