"""Lists among the parameters: symptoms of a cluster, conditions of a star, codes that are a finding; and the figures that were constants (H2, H5, H6, H8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from weimin.education.parameters import minimums, topic
from weimin.epidemics.diseases import law_on
from weimin.epidemics.flow import follow_on, hop_on
from weimin.epidemics.parameters import clusters_on, hours, measures_for
from weimin.epidemics.rules_cluster import Day, clusters
from weimin.epidemics.tests.builders import act_now, make_alert, make_outbreak, make_place
from weimin.examinations.rules_abnormal import judge, to_follow
from weimin.examinations.rules_form import Examined, missing
from weimin.flows.models import OPEN, Step
from weimin.health.models import Due, ParameterValue
from weimin.health.parameters import every_parameter
from weimin.health.queries.parameters import every_line
from weimin.health.tests.builders import make_care, make_record
from weimin.health.tests.examples.care import VISIT
from weimin.health.tests.examples.parameters import NEW
from weimin.health.tests.test_parameters import AFTER, BEFORE, do, put
from weimin.institutions.rules_stars import rate
from weimin.institutions.tables import fair, post_words, rating_limit, scheme_on, standard_on
from weimin.referrals.limits import days
from weimin.residents.tests.builders import NOW
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("H2")]
SYMPTOMS, NEEDS = "epidemics.cluster.rash_in_class.of", "institutions.star_levels.needs_3"


@pytest.fixture
def bureau(jurisdiction, actor, places):
    return actor("health_bureau", places.county)


def held(key):
    return next(line for line in every_line(NOW.date()) if line.parameter.key == key)


@pytest.mark.parametrize("value", [["parotid", "rash"], "parotid,rash"])
def test_the_bureau_chooses_the_symptoms_of_a_cluster_and_the_rule_watches_them(bureau, value):
    do(bureau, "health.set_parameter", NEW | {"value": value}, SYMPTOMS)
    assert ParameterValue.objects.get().value == "rash,parotid"
    raised = [clusters([Day(on, 1, symptoms={"parotid": 3})], [clusters_on(on).find("rash_in_class")], on) for on in (BEFORE, AFTER)]
    assert [[one.of for one in found] for found in raised] == [[], ["parotid"]]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (SYMPTOMS, []), (SYMPTOMS, ""), (SYMPTOMS, ["rash", "love"]), (SYMPTOMS, "5"), (NEEDS, "unified,rich"), ("institutions.posts.nurse", "、"),
        ("institutions.posts.nurse", "护" * 21), ("examinations.abnormal.cognition", "9"),
    ],
)  # fmt: skip
def test_a_list_with_something_else_in_it_or_nothing_is_refused(bureau, key, value):
    with pytest.raises(InputInvalid) as caught:
        do(bureau, "health.set_parameter", NEW | {"value": value}, key)
    assert list(caught.value.form.errors) == ["value"]
    assert not ParameterValue.objects.exists()


def test_a_list_that_stays_as_it_is_is_no_new_value(bureau):
    with pytest.raises(RuleBroken):
        do(bureau, "health.set_parameter", NEW | {"value": ["rash"]}, SYMPTOMS)


def test_a_star_may_go_without_conditions_and_another_needs_more(bureau):
    do(bureau, "health.set_parameter", NEW | {"value": []}, NEEDS)
    do(bureau, "health.set_parameter", NEW | {"value": ["insured"]}, "institutions.star_levels.needs_2")
    do(bureau, "health.set_parameter", NEW | {"value": "96"}, "institutions.star_levels.level_5")
    levels = {one.stars: (one.needs, one.points) for one in scheme_on(AFTER).levels}
    assert (levels[3], levels[2], levels[5][1]) == (((), 75), (("insured",), 65), 96)
    assert {one.stars: one.needs for one in scheme_on(BEFORE).levels}[3] == ("unified",)


@pytest.mark.req("H8")
def test_what_nobody_measures_counts_as_nought_where_the_bureau_wants_it(bureau):
    full = {one.key: one.full for one in scheme_on(BEFORE).criteria if one.key != "satisfaction"}
    assert rate(scheme_on(BEFORE), full, set()).points == 100
    put("institutions.star_levels.needed", "unified,staffing,records,hypertension,satisfaction")
    assert rate(scheme_on(AFTER), full, set()).points == 95


def test_every_room_reads_the_lists_that_were_set(bureau):
    for key, value in (
        ("epidemics.report.managed_as_a", "sars,anthrax_lung,unknown,covid"), ("epidemics.measure.vaccinate.diseases", "measles,hepatitis"),
        ("institutions.unified.photos", "badges"), ("institutions.fair.diabetes_measured", "fasting"), ("institutions.fair.hypertension_findings", "salt"),
        ("institutions.posts.nurse", "护士,助产"), ("education.centre.counts_lectures", "lecture,quiz"), ("examinations.form.need", "height,weight"),
        ("examinations.abnormal.throat", "3"), ("examinations.form.recheck", "throat"),
    ):  # fmt: skip
        assert key in every_parameter()
        put(key, value)
    assert [law_on(on).hours("covid") for on in (BEFORE, AFTER)] == [24, 2]
    assert ["vaccinate" in [one.key for one in measures_for("hepatitis", on)] for on in (BEFORE, AFTER)] == [False, True]
    assert "vaccinate" not in [one.key for one in measures_for("influenza", AFTER)]
    assert [one.key for one in standard_on(AFTER).items if one.photo] == ["badges"]
    assert (fair(AFTER).fields["diabetes"][0], fair(AFTER).fields["hypertension"][1], len(fair(BEFORE).fields["diabetes"][0])) == (("fasting",), ("salt",), 4)
    assert (dict(post_words(AFTER))["nurse"], dict(post_words(BEFORE))["nurse"]) == (("护士", "助产"), ("护士", "护理"))
    assert (minimums("centre", AFTER).counts_lectures, minimums("station", AFTER).counts_lectures) == (("lecture", "quiz"), ("lecture", "class", "forum"))
    assert missing({"height": 170}, Examined(40, "m"), AFTER) == ["weight"]
    found = [[(one.item, one.level) for one in judge({"throat": code}, Examined(40, "m"), on)] for code in ("2", "3") for on in (BEFORE, AFTER)]
    assert found == [[("throat", "watch")], [], [("throat", "watch")], [("throat", "recheck")]]


def test_who_is_called_back_follows_the_list(bureau):
    man = Examined(40, "m")
    assert [one.item for one in to_follow(judge({"ecg": "2"}, man, AFTER))] == ["ecg"]
    put("examinations.form.recheck", "fundus")
    assert to_follow(judge({"ecg": "2"}, man, AFTER)) == []


def test_the_bureau_writes_the_subject_of_a_month(bureau):
    key = "education.topics.lecture_1"
    do(bureau, "health.set_parameter", NEW | {"value": " 春节合理膳食 "}, key)
    assert [topic("lecture", date(year, 1, 8)) for year in (2026, 2027)] == ["冬季呼吸道传染病防治", "春节合理膳食"]
    with pytest.raises(InputInvalid):
        do(bureau, "health.set_parameter", NEW | {"value": "长" * 61}, key)


@pytest.mark.parametrize(("key", "value", "read"), [
    ("epidemics.hours.hop", "1", lambda on: hop_on(on).value), ("epidemics.hours.follow", "12", lambda on: follow_on(on).value),
    ("epidemics.hours.closure", "6", lambda on: hours("closure", on)), ("epidemics.hours.late_days", "7", lambda on: hours("late_days", on)),
    ("institutions.rating.applied", "15", lambda on: rating_limit("applied", on).value), ("referrals.limit.fresh_visit", "7", lambda on: days("fresh_visit", on)),
    ("epidemics.hours.closure_days", "20", lambda on: hours("closure_days", on)), ("referrals.limit.appointment", "30", lambda on: days("appointment", on)),
    ("education.topics.lecture_1", "春节合理膳食", lambda on: topic("lecture", on.replace(month=1))),
    ("examinations.days.adult_from", "20", lambda on: 20 if not judge({"height": 170, "weight": 90}, Examined(19, "m"), on) else 18),
])  # fmt: skip
def test_what_was_a_constant_is_a_figure_of_its_day(bureau, key, value, read):
    shipped = every_parameter()[key].shipped[-1].value
    put(key, value)
    assert (str(read(BEFORE)), str(read(AFTER))) == (shipped, value)


@pytest.mark.req("H6")
def test_an_alert_and_an_emergency_run_by_the_hours_of_the_day(everywhere, actor):
    who, school = actor("institution", 500242101000), make_place(500242101200, "大坡小学")
    put("epidemics.hours.follow", "6", date(2026, 11, 1))
    put("epidemics.hours.hop", "1", date(2026, 11, 1))
    act_now(who, "epidemics.verify_alert", {"finding": "三个孩子手、口有疱疹"}, target=make_alert(school).pk)
    assert Step.objects.get(OPEN, flow="epidemic_alert").limit_value == 6
    told = {"reason": "一周内 10 例", "found_on": "2026-11-23", "found_time": "09:00"}
    act_now(who, "epidemics.declare_emergency", told, target=make_outbreak(school).pk)
    step = Step.objects.get(OPEN, flow="emergency_chain")
    assert step.due_at - step.opened_at == timedelta(hours=1)


def test_a_visit_may_be_made_as_early_as_the_days_that_were_set(bureau, actor, places):
    doctor = actor("doctor", places.village)
    with entered(doctor):
        record = make_record(places.village, birth_on=date(1980, 1, 1))
        make_care(record)
    put("health.calendar.early_days", "5", date(2026, 11, 1))
    do(doctor, "health.record_visit", VISIT | {"on": "2026-11-23"}, record.pk)
    with entered(doctor):
        due = Due.objects.get(record=record, kind="visit", state="open")
    assert (due.due_on - due.from_on).days == 5


def test_the_page_shows_a_list_in_words_with_its_standing_and_offers_it_to_tick(bureau, client_as, places):
    client = client_as("health_bureau", places.county)
    page = client.get(f"/health/parameters/{SYMPTOMS}/").content.decode()
    assert "皮疹、疱疹" in page and "未确认" in page
    page = client.get(f"/act/health.set_parameter/{SYMPTOMS}/").content.decode()
    assert page.count('type="checkbox" name="value"') == 8 and page.count("checked") == 1
    do(bureau, "health.set_parameter", NEW | {"value": ["rash", "fever"]}, SYMPTOMS)
    assert (held(SYMPTOMS).shown, held(SYMPTOMS).next) == ("皮疹、疱疹", "2027-01-01 起 发热；皮疹、疱疹")


def test_what_the_law_says_is_shown_and_confirmed_but_not_set(bureau):
    key = "epidemics.report.class_a"
    assert held(key).shown == "鼠疫；霍乱"
    with pytest.raises(RuleBroken):
        do(bureau, "health.set_parameter", NEW | {"value": ["plague"]}, key)
    do(bureau, "health.confirm_parameter", {"source": "传染病防治法 第三条", "reason": "已对照"}, key)
    assert (held(key).standing, held(key).shown) == ("confirmed", "鼠疫；霍乱")


def test_the_longest_lists_fit_what_is_kept():
    most = {one.key: ",".join(key for key, _words in one.options) for one in every_parameter().values() if one.options}
    assert [key for key, value in most.items() if len(value) > ParameterValue._meta.get_field("value").max_length] == []
    assert all(set(said.keys) <= set(most[one.key].split(",")) for one in every_parameter().values() if one.options for said in one.shipped)


@pytest.mark.parametrize("key", [SYMPTOMS, NEEDS, "epidemics.disease.measles.observation", "examinations.range.hemoglobin_m.low", "institutions.posts.nurse"])
def test_pages_of_parameters_are_english_for_who_reads_english(bureau, client_as, places, key):
    client = client_as("health_bureau", places.county)
    client.cookies["django_language"] = "en"
    page = client.get(f"/health/parameters/{key}/").content.decode()
    title = page.split("<h1>")[1].split("</div>")[0]
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in title), title
