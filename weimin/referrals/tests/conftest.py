"""Tests build and look at rows everywhere; actions and pages still enter as who they are."""

from datetime import date

import pytest

from weimin.accounts.queries import actor_in, seats_of
from weimin.health.tests.builders import make_care, make_due, make_record, make_visit
from weimin.health.tests.conftest import everywhere
from weimin.referrals.tests.builders import HOSPITAL
from weimin.residents.tests.builders import TODAY

__all__ = ["everywhere"]
VILLAGE, COUNTY = 500242101200, 500242000000


@pytest.fixture
def doctor(actor):
    return actor("doctor", VILLAGE, "李医生")


@pytest.fixture
def hospital(make_post):
    post = make_post("hospital", COUNTY, "王主任")
    post.unit = HOSPITAL
    post.save()
    return actor_in(post.person, seats_of(post.person, TODAY)[0])


@pytest.fixture
def record(everywhere):
    record = make_record(VILLAGE, personal={"illness": ["2", "7"], "illness_since": "高血压 2019-03", "allergy": ["2"]})
    make_care(record, grade="3 级", last_on=date(2026, 11, 20), last_outcome="unsatisfied", next_on=date(2026, 12, 4))
    make_due(record, from_on=date(2026, 11, 21), due_on=date(2026, 12, 4))
    make_visit(record, on=date(2026, 9, 1), systolic=168, diastolic=102)
    visit = make_visit(record, on=date(2026, 11, 20), systolic=186, diastolic=112, medication=[{"name": "氨氯地平", "use": "每天1次 每次5mg"}])
    visit.outcomes.update(emergency=True, refer=True, reasons=["pressure_crisis", "sign_headache"])
    return record
