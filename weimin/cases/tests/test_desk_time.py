"""Each desk's time around a supplement, a transfer and an extension: what is left goes on, what is late stays as late (X-03 to X-05)."""

from datetime import timedelta

import pytest

from weimin.cases.tests.builders import NOW, make_case, make_item_version
from weimin.cases.tests.conftest import VILLAGE
from weimin.flows.models import Step
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("S3")]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
OWN_SHARE = [
    {"key": "accept", "desk": "window"},
    {"key": "decide", "desk": "township", "limit": {"value": 5, "unit": "workday"}},
    {"key": "deliver", "desk": "window"},
]


def steps():
    with entered(system_actor()):
        return list(Step.objects.filter(flow="case").order_by("pk"))


def sent_back_for_papers(do, case, on, until):
    do("township", "cases.tell_missing", case.pk, m_id_card="missing", told_how="phone", again_reason="新的问题", now=on)
    do("window", "cases.supplement", case.pk, m_id_card="received", now=until)


def dues_of_the_desk():
    return [str(step.due_on) for step in steps() if step.state == "decide"]


def test_a_desks_own_share_stops_and_goes_on_and_does_not_begin_again(do, built):
    case = built(make_case, VILLAGE, "decide", built(make_item_version, steps=OWN_SHARE))
    for round_on in (NOW + 2 * DAY, NOW + 2 * WEEK):  # the second time on the last day: the day it comes back is the last
        sent_back_for_papers(do, case, round_on, round_on + WEEK)
    assert dues_of_the_desk() == ["2026-11-30", "2026-12-07", "2026-12-14"]  # three of the five days were left on Wednesday 25 November


def test_a_desk_that_was_late_before_a_supplement_is_as_late_after_it(do, built):
    case = built(make_case, VILLAGE, "decide", built(make_item_version, steps=OWN_SHARE))
    sent_back_for_papers(do, case, NOW + 9 * DAY, NOW + 9 * DAY + WEEK)  # two working days after its last day
    do("township", "cases.decide", case.pk, outcome="granted", now=NOW + 9 * DAY + WEEK)
    assert dues_of_the_desk() == ["2026-11-30", "2026-12-07"]
    assert [step.on_time for step in steps() if step.state == "decide"] == [False, False]


def test_a_desk_without_a_share_is_as_late_as_the_promise_and_no_later(do, built, case_of):
    case = built(make_case, VILLAGE, "decide")
    sent_back_for_papers(do, case, NOW + 16 * DAY, NOW + 16 * DAY + WEEK)
    last = steps()[-1]
    assert (last.due_on, last.due_at, last.limit_unit) == (case_of(case.pk).due_on, case_of(case.pk).due_at, "workday")
    assert str(last.due_on) == "2026-12-14"


def test_what_was_granted_while_papers_were_awaited_is_the_desks(do, built):
    case = built(make_case, VILLAGE, "decide", built(make_item_version, steps=OWN_SHARE))
    do("township", "cases.ask_extension", case.pk, value="2", reason="需要外地协查")
    do("township", "cases.tell_missing", case.pk, m_id_card="missing", told_how="phone", now=NOW + DAY)
    with entered(system_actor()):
        asked = case.extensions.get()
    do("lead_office", "cases.grant_extension", asked.pk, answer="同意", now=NOW + DAY)
    do("window", "cases.supplement", case.pk, m_id_card="received", now=NOW + WEEK)
    assert dues_of_the_desk() == ["2026-11-30", "2026-12-08"]  # four days were left, two were granted


def test_an_hour_of_a_promise_is_not_made_a_day(do, built, case_of):
    version = built(make_item_version, promised_limit={"value": 24, "unit": "hour"})
    case = built(make_case, VILLAGE, "decide", version)
    sent_back_for_papers(do, case, NOW + DAY + timedelta(hours=1), NOW + 2 * DAY)
    last = steps()[-1]
    assert last.due_at == case_of(case.pk).due_at == NOW + 2 * DAY - timedelta(hours=1)


def test_a_transfer_of_what_is_late_keeps_the_lateness_in_working_days(do, built):
    case = built(make_case, VILLAGE, "decide", built(make_item_version, steps=OWN_SHARE))
    do("township", "cases.transfer", case.pk, role="county_office", reason="情况复杂", now=NOW + 9 * DAY)
    first, second = steps()
    assert (second.due_at, second.limit_value, second.limit_unit) == (first.due_at, 5, "workday")
