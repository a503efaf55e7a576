"""Two at the same moment at the desks of cases, reception, health, referrals, epidemics and education: one effect, one answer that says why not."""

from __future__ import annotations

from datetime import date

import pytest
from proofs.racing import built, done, fresh, race

from weimin.cases.models import Rating
from weimin.cases.tests.builders import make_case
from weimin.cases.tests.rating_builders import RATED
from weimin.education.models import KitHandout, KitStock
from weimin.education.tests.builders import stocked
from weimin.education.tests.examples.residents import HANDED
from weimin.epidemics.models import DailyReport
from weimin.epidemics.tests.builders import group_of, make_place
from weimin.flows.models import Step
from weimin.health.models import Visit
from weimin.health.tests.builders import make_care, make_record
from weimin.health.tests.examples.care import VISIT
from weimin.reception.models import Ticket
from weimin.reception.tests.builders import make_centre, make_window
from weimin.referrals.flow import REFERRAL
from weimin.referrals.models import Referral
from weimin.referrals.tests.builders import make_referral
from weimin.referrals.tests.examples.referrals import UP
from weimin.residents.tests.builders import make_household

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("arena"), pytest.mark.req("X10")]
VILLAGE = 500242101200
ACCEPTED = {"department": "心内科", "hospital_doctor": "王主任", "appointment_on": "2026-11-24"}


def steps_of(row, flow=None):
    """(state, outcome) of its steps, the open one with none."""
    rows = Step.objects.filter(subject_type=row._meta.label_lower, subject_id=row.pk, **({"flow": flow} if flow else {}))
    return built(lambda: list(rows.order_by("pk").values_list("state", "outcome")))


@pytest.mark.req("S5")
def test_a_step_is_taken_by_one_of_two_clerks():
    case = built(lambda: make_case(VILLAGE, "received", desk_now="window"))
    assert done(race(*[("window", "cases.accept", {}, case.pk)] * 2)) == 1
    assert [outcome for _state, outcome in steps_of(case)] == ["cases.accept", ""]


@pytest.mark.req("S8")
def test_a_case_is_rated_once():
    case = built(lambda: make_case(VILLAGE, "delivered"))
    assert done(race(*[("window", "cases.rate", RATED, case.pk)] * 2)) == 1
    assert built(lambda: Rating.objects.filter(case=case).count()) == 1


@pytest.mark.req("S9")
def test_twenty_who_take_a_ticket_at_once_get_twenty_numbers_without_a_gap():
    site = built(lambda: make_centre(VILLAGE))
    built(lambda: make_window(site))
    assert done(race(*[("window", "reception.take_ticket", {"group": "livelihood"}, site.pk)] * 20)) == 20
    assert built(lambda: sorted(Ticket.objects.filter(site=site).values_list("number", flat=True))) == list(range(1, 21))


@pytest.mark.req("H7")
def test_the_last_kit_goes_to_one_household():
    site, first = built(lambda: stocked(VILLAGE, 1))
    second = built(lambda: make_household(VILLAGE, head_name="田大山"))
    data = {**HANDED, "institution": str(site.pk)}
    assert done(race(*[("doctor", "education.hand_out", data, home.pk) for home in (first, second)])) == 1
    stocks = built(lambda: set(KitStock.objects.filter(institution=site.pk).values_list("received", "handed")))
    assert (stocks, built(lambda: KitHandout.objects.filter(institution=site.pk).count())) == ({(1, 1)}, 1)


@pytest.mark.req("H5")
def test_a_referral_that_is_accepted_and_taken_back_at_once_ends_in_one_of_the_two():
    referral = built(lambda: make_referral(VILLAGE))
    race(("hospital", "referrals.accept", ACCEPTED, referral.pk), ("doctor", "referrals.cancel", {"reason": "不去"}, referral.pk))
    left = [state for state, outcome in steps_of(referral, REFERRAL) if not outcome]
    assert left == ([] if fresh(referral).state == "cancelled" else [referral.state])


@pytest.mark.req("H5")
def test_a_patient_is_on_one_way_to_hospital():
    record = built(lambda: make_record(VILLAGE))
    assert done(race(*[("doctor", "referrals.refer_up", UP, record.resident_id)] * 2)) == 1
    assert built(lambda: Referral.objects.filter(resident=record.resident_id).count()) == 1


@pytest.mark.req("H3")
def test_of_two_doctors_who_visit_first_one_answers_for_the_record():
    record = built(lambda: make_record(VILLAGE))
    built(lambda: make_care(record))
    first, second = race(*[("doctor", "health.record_visit", {**VISIT, "on": on}, record.pk) for on in ("2026-11-19", "2026-11-20")])
    assert done([first, second]) == 2
    assert fresh(record).doctor == built(lambda: Visit.objects.get(pk=min(first.subject_id, second.subject_id)).doctor)


@pytest.mark.req("H6")
def test_a_day_of_a_class_that_two_report_is_one_report():
    """Whoever comes second corrects the first."""
    group = built(lambda: group_of(make_place(VILLAGE)))
    data = {"on": "2026-11-23", "expected": "40", "absent": "0", "ill": "0", "rash": "2"}
    assert done(race(*[("institution", "epidemics.report_day", {**data, "rash": rash}, group.pk) for rash in "24"])) == 2
    assert built(lambda: DailyReport.objects.filter(group=group, on=date(2026, 11, 23)).count()) == 1
