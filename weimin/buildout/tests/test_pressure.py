from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from weimin.actions.act import act
from weimin.buildout.jobs import list_consequences, remind
from weimin.buildout.models import Bulletin, Consequence, Project
from weimin.buildout.tests.money_builders import NOW, ROBOT, put_accepted, put_plan
from weimin.messages.models import Message
from weimin.walls.errors import InputInvalid, NotAllowed, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("N9")]
TOWNSHIP, PILOT, SECOND = 341221203000, 341221203208, 341221203212


@pytest.fixture
def plan(tupo):
    """Plan 5 issued on 1 March 2026: pilot due 1 July, second batch 1 October, the rest 31 December; today is 23 November."""
    with entered(ROBOT):
        plan = put_plan("tupo-village-centres", "2026-03-01")
        pilot = Project.objects.select_related("plan").get(region=PILOT)
        put_accepted(pilot, date(2026, 6, 25))
        return plan


@pytest.fixture
def office(actor):
    return actor("lead_office", TOWNSHIP, "韩学勇")


def find(by, plan, key="f", now=NOW):
    return act(by, "buildout.find_consequences", {}, key, target=plan.pk, now=now)


def entries():
    with entered(ROBOT):
        return {(row.kind, row.project.region): row for row in Consequence.objects.select_related("project")}


def decide(by, row, key="d", **data):
    return act(by, "buildout.decide_consequence", {"reason": ""} | data, key, target=row.pk, now=NOW)


def test_the_pilot_is_rewarded_and_the_four_late_villages_answer(plan, office):
    find(office, plan)
    found = entries()
    assert sorted(code for kind, code in found if kind == "accountability") == [341221203202, 341221203203, 341221203204, 341221203212]
    assert (found["reward", PILOT].payee, found["accountability", SECOND].person) == ("李楼村村民委员会", "土北村支部书记")
    assert (found["accountability", SECOND].days_late, len(found)) == (53, 5)


def test_finding_again_only_counts_the_days_on(plan, office):
    find(office, plan, "f1")
    find(office, plan, "f2", NOW + timedelta(days=2))
    assert (len(entries()), entries()["accountability", SECOND].days_late) == (5, 55)


def test_what_no_longer_follows_is_marked_and_comes_back(plan, office):
    find(office, plan, "f1")
    with entered(ROBOT):
        Project.objects.filter(region=SECOND).update(due_on=date(2026, 12, 31))
    find(office, plan, "f2")
    assert entries()["accountability", SECOND].state == "lapsed"
    with entered(ROBOT):
        Project.objects.filter(region=SECOND).update(due_on=date(2026, 10, 1))
    find(office, plan, "f3")
    assert entries()["accountability", SECOND].state == "due"


def test_a_reward_is_decided_with_its_sum_and_paid_once(plan, office, actor):
    find(office, plan)
    row = entries()["reward", PILOT]
    decide(office, row, decision="execute", amount="5000")
    finance = actor("finance", TOWNSHIP, "姜永明")
    act(finance, "buildout.pay_reward", {"voucher": "J-1"}, "p1", target=row.pk, now=NOW)
    row = entries()["reward", PILOT]
    assert (row.state, row.amount_fen, row.voucher, row.decided_by, row.paid_by) == ("decided", 500_000, "J-1", "韩学勇", "姜永明")
    with pytest.raises(RuleBroken, match="已经付过"):
        act(finance, "buildout.pay_reward", {"voucher": "J-2"}, "p2", target=row.pk, now=NOW)


def test_a_reward_without_a_decision_is_not_paid(plan, office, actor):
    find(office, plan)
    with pytest.raises(RuleBroken, match="只有已决定并写明金额的奖励"):
        act(actor("finance", TOWNSHIP), "buildout.pay_reward", {"voucher": "J-1"}, "p", target=entries()["reward", PILOT].pk, now=NOW)


def test_a_measure_is_chosen_and_points_are_set(plan, office):
    find(office, plan)
    row = entries()["accountability", SECOND]
    decide(office, row, decision="execute", measures=["在年度党建工作考核中直接扣分"], points="2")
    row = entries()["accountability", SECOND]
    assert (row.state, row.measures, row.points) == ("decided", ["在年度党建工作考核中直接扣分"], 2)


BAD = {"no reason": ({"decision": "waive"}, "不予执行要写明理由"), "no measure": ({"decision": "execute"}, "请至少选择一项措施"), "no decision": ({}, "决定")}


@pytest.mark.parametrize("case", BAD)
def test_an_incomplete_decision_changes_nothing(plan, office, case):
    data, sentence = BAD[case]
    find(office, plan)
    with pytest.raises(InputInvalid, match=sentence):
        decide(office, entries()["accountability", SECOND], **data)
    assert entries()["accountability", SECOND].state == "due"


def test_nothing_is_decided_twice(plan, office):
    find(office, plan)
    row = entries()["accountability", SECOND]
    decide(office, row, "d1", decision="waive", reason="受灾停工")
    with pytest.raises(RuleBroken, match="不予执行"):
        decide(office, row, "d2", decision="execute", measures=row.measures)


def test_only_the_role_that_the_plan_names_decides(plan, office, actor):
    find(office, plan)
    with pytest.raises(RuleBroken, match="按方案由乡党委（牵头部门岗位）决定"):
        decide(actor("leader", TOWNSHIP), entries()["reward", PILOT], decision="execute")
    with pytest.raises(NotAllowed):
        decide(actor("finance", TOWNSHIP), entries()["reward", PILOT], decision="execute")


def test_the_daily_job_lists_once_and_tells_the_deciders(plan, tupo):
    with entered(ROBOT):
        list_consequences(tupo, NOW)
        list_consequences(tupo, NOW)
        assert [row.parameters["number"] for row in Message.objects.filter(template="buildout.consequences_found")] == [5]
    assert len(entries()) == 5


def issue(by, plan, key="i", bulletin="second_stage", on="2026-10-02", **over):
    return act(by, "buildout.issue_bulletin", {"bulletin": bulletin, "on": on} | over, key, target=plan.pk, now=NOW)


def test_a_bulletin_keeps_the_figures_of_its_day(plan, office):
    with entered(ROBOT):
        put_accepted(Project.objects.select_related("plan").get(region=SECOND), date(2026, 11, 1))
    issue(office, plan)
    with entered(ROBOT):
        row = Bulletin.objects.get()
    assert (row.number, row.title, row.issued_by) == (1, "关于农村党员群众服务中心建设进度情况的通报", "韩学勇")
    assert row.figures["sum"]["wanted"] == 4
    assert row.figures["sum"]["accepted"] == 0


def test_bulletins_are_numbered_and_one_a_day(plan, office):
    issue(office, plan, "i1")
    issue(office, plan, "i2", on="2026-10-09")
    with pytest.raises(InputInvalid, match="已经印发（第 1 期）"):
        issue(office, plan, "i3")
    with entered(ROBOT):
        assert list(Bulletin.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize(("on", "sentence"), [("2026-11-24", "不能晚于今天"), ("2026-02-28", "不能早于方案印发日期")])
def test_a_bulletin_of_an_impossible_day_is_refused(plan, office, on, sentence):
    with pytest.raises(InputInvalid, match=sentence):
        issue(office, plan, on=on)
    assert Bulletin.objects.count() == 0


def test_nobody_changes_an_issued_bulletin(plan, office):
    issue(office, plan)
    with entered(ROBOT), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Bulletin.objects.update(figures={})


@pytest.mark.parametrize(("day", "told"), [(date(2026, 9, 30), 0), (date(2026, 10, 1), 1), (date(2026, 10, 14), 1), (date(2026, 10, 20), 0)])
def test_the_office_is_told_when_a_bulletin_is_due(plan, day, told):
    at = NOW.replace(month=day.month, day=day.day)
    with entered(ROBOT):
        assert remind(at) == told
        assert remind(at) == 0


def test_an_issued_bulletin_is_not_asked_for_again(plan, office):
    at = NOW.replace(month=10, day=2)
    act(office, "buildout.issue_bulletin", {"bulletin": "second_stage", "on": "2026-10-02"}, "i", target=plan.pk, now=at)
    with entered(ROBOT):
        assert remind(at) == 0
