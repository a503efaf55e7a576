from datetime import date
from decimal import Decimal

import pytest

from weimin.buildout.rules_acceptance import check_lines, is_met, judge, missing_dossier, rectify_day
from weimin.buildout.tests.plan_builders import plan_of

pytestmark = pytest.mark.req("N7")
CENTRE = plan_of("youyang").acceptance_of("township_centre")
VILLAGE = plan_of("tupo").acceptance_of("centre")


def scores(way, **lower):
    return {item.key: Decimal(str(lower.get(item.key, item.weight))) for item in way.checklist}


@pytest.mark.parametrize(
    ("lower", "result", "total"),
    [
        ({}, "passed", 100),
        ({"services": 5}, "passed", 80),
        ({"services": 4.5}, "rectify", Decimal("79.5")),
        ({"services": 0, "as_filed": 0}, "rectify", 60),
        ({"services": 0, "as_filed": 0, "sign": 9.5}, "failed", Decimal("59.5")),
        ({"earmarked": 7.5}, "rectify", Decimal("97.5")),
        ({"earmarked": 8}, "passed", 98),
        ({"dossier_complete": 0, "services": 0, "training": 0}, "failed", 45),
    ],
)
def test_the_outcome_follows_the_plans_scores_and_required_items(lower, result, total):
    found = judge(CENTRE, scores(CENTRE, **lower))
    assert (found.result, found.score) == (result, total)


def test_an_unmet_required_item_is_named():
    found = judge(CENTRE, scores(CENTRE, earmarked=0))
    assert (found.unmet, found.rectify_days, found.text) == (("建设主体明确，专款专用",), 15, "限期整改后复验")


def test_every_basic_room_of_plan_5_is_required():
    for key in ("meeting_room", "service_hall", "family_planning_room", "social_management_room", "library", "culture_room"):
        assert judge(VILLAGE, scores(VILLAGE, **{key: 0})).result == "rectify"
    assert judge(VILLAGE, scores(VILLAGE, clinic=0, talk_room=0)).result == "passed"


@pytest.mark.parametrize(("outcomes", "lower", "result"), [([], {}, "passed"), ([], {"services": 0}, "failed"), (["passed"], {"services": 0}, "failed")])
def test_a_plan_with_few_or_no_outcomes_still_gets_one(outcomes, lower, result):
    way = CENTRE.model_copy(update={"outcomes": [rule for rule in CENTRE.outcomes if rule.result in outcomes]})
    assert judge(way, scores(CENTRE, **lower)).result == result


@pytest.mark.parametrize(("score", "met"), [("8", True), ("7.9", False), ("10", True)])
def test_an_item_is_met_at_the_pass_mark_of_its_weight(score, met):
    item = next(item for item in CENTRE.checklist if item.key == "earmarked")
    assert is_met(item, Decimal(score), Decimal(80)) is met


def test_the_day_to_rectify_is_the_inspectors_or_the_plans():
    verdict = judge(CENTRE, scores(CENTRE, services=0))
    assert rectify_day(verdict, None, date(2026, 11, 23)) == date(2026, 12, 8)
    assert rectify_day(verdict, date(2026, 12, 1), date(2026, 11, 23)) == date(2026, 12, 1)
    assert rectify_day(judge(CENTRE, scores(CENTRE)), date(2026, 12, 1), date(2026, 11, 23)) is None


def test_the_record_keeps_scores_remarks_and_photos_of_each_line():
    line = check_lines(CENTRE, scores(CENTRE, sign=7.5), {"sign": "标识偏小"}, {"sign": [4]})[5]
    assert line == {
        "key": "sign",
        "label": "标识齐全，与农村淘宝站衔接",
        "weight": 10,
        "required": False,
        "score": "7.5",
        "met": False,
        "remark": "标识偏小",
        "photos": [4],
    }


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        ({}, ["construction_plan", "purchase_invoices", "result_photos"]),
        ({"construction_plan": [1], "result_photos": []}, ["purchase_invoices", "result_photos"]),
    ],
)
def test_the_papers_of_the_dossier_that_are_not_there(evidence, missing):
    assert missing_dossier(CENTRE, evidence) == missing
