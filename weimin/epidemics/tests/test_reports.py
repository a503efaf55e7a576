"""A class reports in one form, nought is a report, silence is missing; clusters raise one alert each (H6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from weimin.epidemics.jobs import remind_missing
from weimin.epidemics.models import Alert, DailyReport, FamilyReport, Group
from weimin.epidemics.queries.board import board, totals
from weimin.epidemics.tests.builders import NOW, TODAY, act_now, group_of, make_alert, make_place, make_report
from weimin.epidemics.wording import reasons
from weimin.flows.models import OPEN, Step
from weimin.messages.models import Message
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken

pytestmark = pytest.mark.req("H6")
VILLAGE, OTHER = 500242101200, 500242102200
QUIET = {"on": "2026-11-23", "expected": "40"}


@pytest.fixture
def teacher(everywhere, actor):
    return actor("school", VILLAGE)


@pytest.fixture
def school(teacher):
    return make_place(VILLAGE, "大坡小学", reporter=teacher.person)


def report(who, group, key, **over):
    return act_now(who, "epidemics.report_day", {**QUIET, **over}, key, target=group.pk)


def test_nothing_typed_is_a_report_of_nobody_missing(teacher, school):
    receipt = report(teacher, group_of(school), "k")
    row = DailyReport.objects.get()
    assert (row.expected, row.absent, row.ill, row.symptoms, row.present) == (40, 0, 0, {}, 40)
    assert (receipt.message, Alert.objects.count()) == ("一年级1班 已报告。", 0)


def test_reporting_a_day_again_corrects_it(teacher, school):
    report(teacher, group_of(school), "a", absent="2", ill="1", cough="1")
    receipt = report(teacher, group_of(school), "b", absent="1", ill="1", fever="1")
    row = DailyReport.objects.get()
    assert (row.absent, row.ill, row.symptoms, receipt.message) == (1, 1, {"fever": 1}, "已更正 一年级1班 的报告。")


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"absent": "41"}, "absent"), ({"absent": "1", "ill": "2"}, "ill"), ({"fever": "41"}, "fever"), ({"expected": ""}, "expected"), ({"absent": "-1"}, "absent"),
        ({"on": "2026-11-24"}, "on"), ({"on": "2026-11-08"}, "on"),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_are_refused_at_their_field(teacher, school, over, field):
    with pytest.raises(InputInvalid) as refused:
        report(teacher, group_of(school), "k", **over)
    assert (list(refused.value.form.errors), DailyReport.objects.count()) == ([field], 0)


def test_the_rest_of_a_school_is_reported_in_one_tap_and_only_once(teacher, school):
    report(teacher, group_of(school), "a", absent="1")
    act_now(teacher, "epidemics.report_rest", {}, target=school.pk)
    assert list(DailyReport.objects.order_by("group").values_list("absent", "expected")) == [(1, 40), (0, 40)]
    with pytest.raises(RuleBroken, match="都已经报了"):
        act_now(teacher, "epidemics.report_rest", {}, "again", target=school.pk)


def test_a_school_reports_for_itself_only(teacher, school):
    stranger = make_place(VILLAGE, "别的小学", reporter=1)
    with pytest.raises(NotVisible):
        report(teacher, group_of(stranger), "k")


def test_three_rashes_in_a_class_raise_one_alert_with_its_reason_and_step(teacher, school):
    group = group_of(school)
    make_report(group, TODAY - timedelta(days=6), symptoms={"rash": 1})
    make_report(group, TODAY - timedelta(days=3), symptoms={"rash": 1})
    receipt = report(teacher, group, "k", absent="1", ill="1", rash="1")
    alert = Alert.objects.get()
    assert (alert.group, alert.of, alert.count, alert.first_on, alert.state) == (group, "rash", 3, TODAY - timedelta(days=6), "raised")
    assert reasons(alert) == ["同一班级新发“皮疹、疱疹” 3 人（2026-11-17 至 2026-11-23），达到 7 天内 3 人的界限。"]
    assert "已通知卫生机构" in receipt.message
    step = Step.objects.get(subject_type="epidemics.alert", subject_id=alert.pk)
    assert (step.role, step.state, step.due_at) == ("institution", "raised", NOW + timedelta(hours=24))
    assert list(Message.objects.values_list("role", flat=True)) == ["institution"]


def test_the_same_cluster_makes_the_alert_larger_and_never_a_second_one(teacher, school):
    group = group_of(school)
    report(teacher, group, "a", on="2026-11-20", absent="3", ill="3", rash="3")
    report(teacher, group, "b", absent="2", ill="2", rash="2")
    report(teacher, group, "c", absent="2", ill="2", rash="2", note="再报一次")
    assert list(Alert.objects.filter(group=group, of="rash").values_list("count", "extended", "last_on")) == [(5, 1, TODAY)]


def test_a_stricter_rule_shortens_the_hours_of_an_alert_that_nobody_looked_into(teacher, school):
    for key, group, sick in (("a", 0, "6"), ("b", 1, "6")):
        report(teacher, group_of(school, group), key, absent="6", ill="6", vomiting=sick)
    whole = Alert.objects.get(group__isnull=True, of="vomiting")
    assert whole.due_at == NOW + timedelta(hours=2)
    rash = make_alert(school, of="diarrhoea", group=None, raised_at=NOW, due_at=NOW + timedelta(hours=24), count=4)
    report(teacher, group_of(school), "c", absent="11", ill="11", diarrhoea="11")
    rash.refresh_from_db()
    assert (rash.due_at, rash.count) == (NOW + timedelta(hours=2), 11)
    assert Step.objects.get(OPEN, subject_type="epidemics.alert", subject_id=rash.pk).due_at == rash.due_at


def test_a_late_entry_completes_a_cluster_of_later_days(teacher, school):
    group = group_of(school)
    make_report(group, TODAY, symptoms={"rash": 2})
    report(teacher, group, "k", on="2026-11-18", rash="1")
    assert list(Alert.objects.values_list("of", "count", "last_on")) == [("rash", 3, TODAY)]


def test_what_was_dismissed_does_not_come_back_by_itself(teacher, school):
    group = group_of(school)
    make_report(group, TODAY - timedelta(days=1), symptoms={"rash": 3})
    make_alert(school, state="dismissed", first_on=TODAY - timedelta(days=1), last_on=TODAY - timedelta(days=1))
    report(teacher, group, "k", rash="2")
    assert list(Alert.objects.values_list("state", flat=True)) == ["dismissed"]


def test_new_cases_after_a_dismissal_are_a_new_alert(teacher, school):
    group = group_of(school)
    make_alert(school, state="dismissed", first_on=TODAY - timedelta(days=1), last_on=TODAY - timedelta(days=1))
    report(teacher, group, "k", rash="3")
    assert sorted(Alert.objects.values_list("state", "count")) == [("dismissed", 3), ("raised", 3)]


def test_families_of_a_village_that_fall_ill_together_raise_an_alert_without_a_school(everywhere, actor):
    clerk = actor("village", VILLAGE)
    for key, sick in (("a", "4"), ("b", "1")):
        act_now(clerk, "epidemics.report_family", {"on": "2026-11-23", "sick": sick, "symptoms": ["diarrhoea"], "village": str(VILLAGE)}, key)
    assert (FamilyReport.objects.count(), list(Alert.objects.values_list("place", "of", "count"))) == (2, [(None, "diarrhoea", 5)])


def test_the_board_puts_first_who_has_not_reported(teacher, school):
    quiet = make_place(VILLAGE, "静小学", classes=("一班",))
    away = make_place(VILLAGE, "放假小学", away_from=TODAY, away_until=TODAY)
    make_report(group_of(quiet))
    make_report(group_of(school), absent=2, ill=2, symptoms={"fever": 2})
    lines = board(system_actor(), TODAY)
    assert [(line.place, line.owed, line.sent, line.state[0]) for line in lines] == [
        (school, 2, 1, "差 1 个班"),
        (quiet, 1, 1, "已报"),
        (away, 0, 0, "今天不用报"),
    ]
    assert totals(lines) == {"schools": 3, "reported": 1, "owing": 2, "missing": 1, "absent": 2, "ill": 2, "expected": 80, "sick": 2}


def test_whoever_is_missing_is_reminded(teacher, school):
    alone = make_place(OTHER, "远小学")
    assert remind_missing(TODAY, NOW) == 2
    assert list(Message.objects.order_by("region").values_list("person", "role", "region")) == [
        (teacher.person, "", school.region),
        (None, "institution", alone.region),
    ]
    assert remind_missing(date(2026, 11, 22), NOW) == 0  # Sunday


def test_a_class_that_is_left_out_is_closed_and_its_reports_stay(everywhere, actor, school):
    make_report(group_of(school, 1))
    facts = {"kind": "school", "name": "大坡小学", "classes": "一年级1班 41\n二年级1班 30"}
    act_now(actor("doctor", VILLAGE), "epidemics.correct_place", facts, target=school.pk)
    rows = Group.objects.filter(place=school).order_by("pk").values_list("name", "heads", "closed")
    assert list(rows) == [("一年级1班", 41, False), ("一年级2班", 40, True), ("二年级1班", 30, False)]
    assert DailyReport.objects.count() == 1
