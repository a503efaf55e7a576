"""Self-care of elderly people: the lines between the results, and what an assessment leaves (H1, H2; A-36)."""

from __future__ import annotations

from datetime import date

import pytest

from weimin.health.models import Care, SelfCare
from weimin.health.queries import timeline
from weimin.health.rules_self_care import grade_of, items, total_of
from weimin.health.standards import standard
from weimin.health.tests.builders import act_now, make_care, make_record
from weimin.health.tests.examples.records import SELF_CARE
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H1", "H2")
VILLAGE = 500242101200
RULE = standard("elderly", date(2026, 11, 23))


@pytest.mark.parametrize(("total", "grade"), [
    (0, "independent"), (3, "independent"), (4, "light"), (8, "light"), (9, "moderate"), (18, "moderate"), (19, "dependent"), (37, "dependent"),
])  # fmt: skip
def test_the_sum_says_the_result(total, grade):
    assert grade_of(total, RULE) == grade


def test_the_form_has_five_items_and_the_worst_of_all_is_37():
    assert [item.key for item in items()] == ["eating", "washing", "dressing", "toilet", "moving"]
    assert total_of({item.key: max(item.levels) for item in items()}) == 37
    with pytest.raises(ValueError, match="eating has no score 4"):
        total_of({"eating": 4})


def test_an_assessment_grades_the_person(everywhere, actor):
    doctor, record = actor("doctor", VILLAGE), make_record(VILLAGE)
    make_care(record, "elderly")
    receipt = act_now(doctor, "health.assess_self_care", {**SELF_CARE, "washing": "3", "toilet": "5"}, target=record.pk)
    row = SelfCare.objects.get()
    assert (row.total, row.grade, Care.objects.get().grade) == (8, "light", "轻度依赖") and "8 分" in receipt.message
    assert "自理能力评估" in [event.what for event in timeline(doctor, record)]
    with pytest.raises(InputInvalid, match="已经评估过"):
        act_now(doctor, "health.assess_self_care", SELF_CARE, "again", target=record.pk)


def test_nobody_young_is_assessed(everywhere, actor):
    record = make_record(VILLAGE, birth_on=date(1990, 1, 1))
    with pytest.raises(RuleBroken, match="满 60 岁"):
        act_now(actor("doctor", VILLAGE), "health.assess_self_care", SELF_CARE, target=record.pk)
    assert not SelfCare.objects.exists()
