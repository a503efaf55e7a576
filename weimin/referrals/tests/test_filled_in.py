"""Days that a hospital gave before it was kept that they are the hospital's (decision 13)."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from weimin.health.models import Care, Due
from weimin.health.tests.builders import make_care, make_due, make_record, make_visit
from weimin.referrals.tests.builders import make_referral

pytestmark = pytest.mark.req("H4")
BY = date(2026, 12, 3)


@pytest.mark.usefixtures("everywhere")
def test_only_what_the_hospital_gave_is_filled_in():
    """Not where the visit before the return said so itself, nor where somebody was there since."""
    record = make_record(500242101200)
    for programme, last in (("hypertension", date(2026, 10, 1)), ("diabetes", date(2026, 11, 1)), ("elderly", date(2026, 11, 22))):
        make_care(record, programme, last_on=last, next_on=BY)
    make_visit(record, on=date(2026, 11, 1), programmes=["diabetes"]).outcomes.update(next_on=BY)
    make_due(record, due_on=BY)
    referral = make_referral(record, "received")
    filled = import_module("weimin.referrals.migrations.0004_ordered_visits")
    with connection.cursor() as cursor:
        for statement in (filled.ORDERED, filled.OWED):
            cursor.execute(statement)
    rows = Care.objects.order_by("pk").values_list("next_from", "ordered_from", "ordered_on", "ordered_since", "ordered_referral")
    assert list(rows) == [("hospital", "hospital", BY, date(2026, 11, 20), referral.pk), ("", "", None, None, None), ("", "", None, None, None)]
    assert Due.objects.get().source == "hospital"
