"""Who is to be seen today, who was forgotten, what is said to people (H2, H3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from weimin.flows.models import Step
from weimin.health.missing import call_missed, settle_missed
from weimin.health.models import Due
from weimin.health.queries.today import due_today
from weimin.health.rules_advice import advice
from weimin.health.tests.builders import act_now, make_care, make_due, make_record, make_visit
from weimin.health.tests.examples.care import VISIT
from weimin.health.wording import ADVICE
from weimin.residents.tests.builders import NOW, TODAY

VILLAGE = 500242101200


def waiting(name, days, **over):
    record = make_record(over.pop("region", VILLAGE), name)
    make_care(record, since_on=date(2026, 3, 1), next_on=None)
    make_due(record, from_on=TODAY + timedelta(days=days - 14), due_on=TODAY + timedelta(days=days), **over)
    return record


@pytest.fixture
def three(everywhere):
    return [waiting("冉迟", -3), waiting("冉近", 5), waiting("冉远", 12), waiting("冉后", 40), waiting("田外", -1, region=500242102200)]


@pytest.mark.req("H2")
@pytest.mark.parametrize(
    ("chosen", "names"),
    [({}, ["冉迟", "冉近", "冉远"]), ({"lamp": "red"}, ["冉迟"]), ({"lamp": "yellow"}, ["冉近"]), ({"lamp": "green"}, ["冉远"]), ({"kind": "referral"}, []), ({"doctor": "me"}, [])],
)  # fmt: skip
def test_the_most_urgent_stands_first(three, actor, chosen, names):
    assert [row.record.resident.name for row in due_today(actor("doctor", VILLAGE), chosen, TODAY).rows] == names


@pytest.mark.parametrize(
    ("role", "region", "names"), [("institution", 500242101000, 3), ("institution", 500242102000, 1), ("hospital", 500242000000, 4), ("village", VILLAGE, 0)]
)
def test_everybody_sees_their_own_place(three, actor, role, region, names):
    assert len(due_today(actor(role, region), {}, TODAY).rows) == names


@pytest.mark.req("H2")
def test_a_card_leads_to_the_form_in_one_tap(three, client_as):
    page = client_as("doctor", VILLAGE).get("/health/today/").content.decode()
    assert f"/act/health.record_visit/{three[0].pk}/" in page and "冉迟" in page and "田外" not in page
    assert "/act/health.record_visit/" not in client_as("hospital", 500242000000).get("/health/today/").content.decode()
    assert client_as("village", VILLAGE).get("/health/today/").status_code == 403


@pytest.mark.req("H4")
def test_who_was_sent_to_the_hospital_is_asked_after_in_one_tap(everywhere, client_as):
    suspected = waiting("冉疑", -3, kind="referral", programmes=["diabetes"])
    sent = waiting("冉转", -2, kind="referral", programmes=[])
    page = client_as("doctor", VILLAGE).get("/health/today/").content.decode()
    assert f'href="/health/{suspected.pk}/#care"' in page and f'href="/health/{sent.pk}/#referrals"' in page
    record = client_as("doctor", VILLAGE).get(f"/health/{sent.pk}/").content.decode()
    assert 'id="care"' in record and 'id="referrals"' in record
    assert "#referrals" not in client_as("hospital", 500242000000).get("/health/today/").content.decode()


@pytest.mark.req("H2")
def test_a_missed_visit_is_a_step_once_until_it_is_made(everywhere, actor):
    record = waiting("冉桂兰", -3)
    waiting("冉近", 0)
    assert (call_missed(TODAY, NOW), call_missed(TODAY, NOW)) == (1, 0)
    step = Step.objects.get(flow="health_missed")
    assert (step.title, step.role, step.due_on, step.region) == ("随访冉*兰", "doctor", TODAY - timedelta(days=3), VILLAGE)
    act_now(actor("doctor", VILLAGE), "health.record_visit", VISIT, target=record.pk)
    step.refresh_from_db()
    assert (step.closed_at is not None, step.outcome) == (True, "health.record_visit")


@pytest.mark.req("H2")
def test_the_step_goes_when_nothing_is_owed_any_more(everywhere):
    waiting("冉桂兰", -3)
    call_missed(TODAY, NOW)
    assert settle_missed(TODAY, NOW) == 0
    Due.objects.update(state="cancelled")
    assert (settle_missed(TODAY, NOW), Step.objects.get(flow="health_missed").closed_at) == (1, NOW)


@pytest.mark.req("H3")
@pytest.mark.parametrize(
    ("found", "reasons", "said"),
    [
        ({}, [], []), ({"salt": "2"}, [], ["less_salt"]), ({"salt": "1", "smoking": 0}, [], []), ({"smoking": 10, "drinking": 2}, [], ["stop_smoking", "less_alcohol"]),
        ({"adherence": "2"}, ["pressure_high"], ["take_medicine", "measure_daily"]), ({"adherence": "4"}, [], []), ({"sport_times": 2}, [], ["more_sport"]),
        ({"sport_times": 3}, [], []), ({"low_glucose": "3", "foot_pulse": "2"}, ["glucose_high"], ["less_staple", "carry_sugar", "watch_feet"]),
        ({}, ["risk_high"], ["family_watches"]), ({}, ["glucose_low"], ["carry_sugar"]), ({"mood": "3"}, ["adverse"], ["report_adverse", "good_mood"]),
    ],
)  # fmt: skip
def test_advice_follows_from_what_was_found(found, reasons, said):
    assert advice(found, reasons, emergency=False) == said
    assert advice(found, reasons, emergency=True) == ["hospital_now", *said]
    assert set(said) <= set(ADVICE)


@pytest.mark.req("H3")
def test_the_record_page_draws_the_trend_with_its_target_and_advises(everywhere, client_as):
    record = waiting("冉桂兰", 5)
    for month, systolic in ((3, 160), (6, 150), (9, 142)):
        make_visit(record, on=date(2026, month, 1), systolic=systolic, findings={"salt": "3"})
    page = client_as("doctor", VILLAGE).get(f"/health/{record.pk}/").content.decode()
    assert "血压变化" in page and "目标 150" in page and "一啤酒瓶盖" in page
