from datetime import date

import pytest

from weimin.buildout.plan.read import read_plan
from weimin.buildout.rules_bulletin import Owed, Standing, figures_of, next_day, next_deadlines
from weimin.buildout.rules_consequence import LateStep, Progress, consequences_of, days_late
from weimin.buildout.tests.money_builders import PLANS

pytestmark = [pytest.mark.req("N9")]
TUPO = read_plan((PLANS / "tupo-village-centres.yaml").read_text())
DUE = date(2016, 7, 1)


def progress(**over):
    facts = {"project": 1, "tier": "centre", "state": "open", "due_on": DUE, "opened_on": date(2016, 6, 20), "accepted_on": None}
    return Progress(**(facts | over))


@pytest.mark.parametrize(
    ("accepted", "today", "kinds"),
    [
        (date(2016, 7, 1), date(2016, 8, 1), [("reward", 0)]),
        (date(2016, 7, 2), date(2016, 8, 1), [("accountability", 1)]),
        (None, date(2016, 7, 1), []),
        (None, date(2016, 7, 11), [("accountability", 10)]),
    ],
)
def test_the_dates_decide_who_is_rewarded_and_who_answers(accepted, today, kinds):
    found = consequences_of(TUPO, progress(accepted_on=accepted), today)
    assert [(one.kind, one.days_late) for one in found] == kinds


def test_the_plan_words_who_answers_and_how():
    found = consequences_of(TUPO, progress(), date(2016, 7, 11))[0]
    assert (found.person, found.measures, found.points) == ("村支部书记", ("对村支部书记直接问责", "在年度党建工作考核中直接扣分"), None)


@pytest.mark.parametrize("over", [{"existing": True}, {"state": "suspended"}, {"state": "closed"}, {"due_on": None}])
def test_nothing_follows_for_what_is_out_of_the_plan(over):
    assert consequences_of(TUPO, progress(**over), date(2016, 12, 31)) == []


@pytest.mark.parametrize(("done", "grace", "days"), [(None, 0, 10), (None, 10, 0), (None, 9, 10), (date(2016, 7, 3), 0, 2), (date(2016, 7, 1), 0, 0)])
def test_days_late_count_from_the_last_day_once_the_grace_is_over(done, grace, days):
    assert days_late(DUE, done, grace, date(2016, 7, 11)) == days


def test_a_rule_on_steps_counts_the_latest_of_them():
    rule = TUPO.accountability[0].model_copy(update={"trigger": "step_late"})
    plan = TUPO.model_copy(update={"accountability": [rule]})
    steps = (LateStep("开工", date(2016, 4, 17), date(2016, 4, 20)), LateStep("配齐", date(2016, 6, 11), None))
    assert [one.days_late for one in consequences_of(plan, progress(steps=steps), date(2016, 6, 18))] == [7]


ON = date(2016, 7, 1)
NAMES = {1: "李楼村", 2: "土北村", 3: "李集村"}


def standing(place, state, opened=None, accepted=None, until=None):
    return Standing(place, f"{NAMES[place]}中心", state, opened, accepted, "验收", until)


def test_a_bulletin_counts_ranks_and_names():
    rows = [
        standing(1, "accepted", date(2016, 6, 1), date(2016, 6, 20)),
        standing(2, "filed", until=date(2016, 6, 21)),
        standing(3, "filed", until=date(2016, 7, 1)),
    ]
    found = figures_of(rows, [], {1: 1, 2: 1, 3: 1}, NAMES, ON)
    assert found["sum"] == {"wanted": 3, "proposed": 3, "filed": 3, "built": 1, "accepted": 1}
    assert [(line["name"], line["rank"]) for line in found["places"]] == [("李楼村", 1), ("土北村", 2), ("李集村", 2)]
    assert found["ahead"] == ["李楼村"]
    assert [(line["place"], line["days"]) for line in found["late"]] == [("土北村", 10)]


def test_what_happened_after_the_day_does_not_count():
    found = figures_of([standing(1, "open", date(2016, 7, 2))], [], {1: 1}, NAMES, ON)
    assert found["sum"]["built"] == 0


def test_a_late_place_is_never_ahead():
    rows = [standing(1, "open", date(2016, 6, 1), until=date(2016, 6, 30))]
    assert figures_of(rows, [], {1: 1}, NAMES, ON)["ahead"] == []


def test_a_township_that_owes_proposals_is_named():
    found = figures_of([], [Owed(1, 4, "提出站址", date(2016, 6, 21))], {1: 5}, NAMES, ON)
    assert [(line["place"], line["name"], line["days"]) for line in found["late"]] == [("李楼村", "还差 4 个站址", 10)]


def test_the_next_deadlines_come_out_of_the_plan():
    found = next_deadlines(TUPO, "centre", date(2016, 9, 12))
    assert found[0] == {"on": "2016-09-21", "label": "投入使用"}
    assert {"on": "2016-10-01", "label": "验收"} in found


@pytest.mark.parametrize(("key", "day"), [("pilot_stage", date(2016, 7, 1)), ("second_stage", date(2016, 10, 1)), ("year_end", date(2016, 12, 31))])
def test_a_bulletin_is_due_on_the_day_of_its_batch(key, day):
    item = next(item for item in TUPO.bulletins if item.key == key)
    assert next_day(TUPO, item, date(2016, 3, 1)) == day


def test_a_repeated_bulletin_is_due_after_so_many_days():
    item = TUPO.bulletins[0].model_copy(update={"batch": None, "every_days": 10})
    assert next_day(TUPO, item, date(2016, 3, 25)) == date(2016, 3, 31)
