"""The bureau sets and confirms the figures that rules go by; old days keep theirs (H2, H3, X3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from weimin.actions.act import act, new_key
from weimin.education.parameters import minimums, reminding
from weimin.epidemics.diseases import law_on
from weimin.epidemics.parameters import clusters_on, measures_for
from weimin.examinations.rules_abnormal import judge
from weimin.examinations.rules_form import Examined, parameter
from weimin.exchange.codes import every_system, system
from weimin.health import parameters
from weimin.health.models import ParameterValue, VisitOutcome
from weimin.health.parameters import every_parameter
from weimin.health.queries.parameters import every_line, history_lines
from weimin.health.standards import standard
from weimin.health.tests.builders import make_care, make_record
from weimin.health.tests.examples.care import VISIT
from weimin.health.tests.examples.parameters import NEW, SEEN
from weimin.health.views.parameters import excel_line
from weimin.institutions.tables import fair, scheme_on, standard_on
from weimin.referrals.limits import days, limit
from weimin.residents.tests.builders import NOW
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("H2")]
SYSTOLIC = "health.hypertension.target_systolic"
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def bureau(jurisdiction, actor, places):
    return actor("health_bureau", places.county)


def do(who, name, data, target, now=NOW):
    return act(who, name, data, new_key(), target=target, now=now)


def put(key, value, on=AFTER, **over):
    """A row as the action writes it, known at once."""
    facts = {"source": "×卫发〔2026〕12 号", "reason": "按新标准", "person_name": "刘局长", "made_at": NOW, **over}
    row = ParameterValue.objects.create(region=500242000000, key=key, value=value, effective_from=on, **facts)
    parameters.forget()
    return row


def test_a_new_value_holds_from_its_day_and_not_a_day_before(bureau):
    do(bureau, "health.set_parameter", NEW, SYSTOLIC)
    assert [standard("hypertension", on).figure("target_systolic") for on in (BEFORE, AFTER)] == [Decimal(140), Decimal(135)]
    assert standard("hypertension", AFTER).effective_from == AFTER
    assert standard("diabetes", AFTER).effective_from == date(2017, 2, 28)


def test_what_is_set_is_on_the_trail_with_old_and_new_value(bureau):
    receipt = do(bureau, "health.set_parameter", NEW, SYSTOLIC)
    with entered(bureau):
        entry = Entry.objects.get(action="health.set_parameter")
    assert (entry.before, entry.after["value"], entry.after["effective_from"], entry.reason) == ({"value": "140"}, "135", "2027-01-01", "按新标准")
    assert ParameterValue.objects.get(pk=receipt.subject_id).person_name == bureau.name


@pytest.mark.parametrize(("key", "value", "sentence"), [
    (SYSTOLIC, "abc", "请填数字"), (SYSTOLIC, "135.5", "请填整数"), (SYSTOLIC, "99", "100 和 159"), (SYSTOLIC, "160", "100 和 159"), (SYSTOLIC, "NaN", "请填整数"),
    (SYSTOLIC, "151", "不能高于“老年人收缩压目标"), ("health.hypertension.elderly_systolic", "139", "不能低于“收缩压目标"), ("health.diabetes.target_fasting", "7.05", "一位小数"),
    ("institutions.stars.unified.zero", "100", "不能等于"), ("institutions.star_levels.level_3", "86", "不能高于"), ("exchange.system.id_card", "2.16.156", "urn:"),
    ("epidemics.cluster.day_in_class.count", "0", "1 和 200"),
])  # fmt: skip
def test_a_value_of_another_type_out_of_range_or_against_its_neighbours_is_refused(bureau, key, value, sentence):
    with pytest.raises(InputInvalid) as caught:
        do(bureau, "health.set_parameter", NEW | {"value": value}, key)
    assert sentence in str(caught.value.form.errors["value"])
    assert not ParameterValue.objects.exists()


def test_a_neighbour_that_changes_later_is_looked_at_as_well(bureau):
    put("health.hypertension.elderly_systolic", "141", date(2028, 1, 1))
    with pytest.raises(InputInvalid) as caught:
        do(bureau, "health.set_parameter", NEW | {"value": "145"}, SYSTOLIC)
    assert "2028-01-01" in str(caught.value.form.errors["value"])


@pytest.mark.parametrize("on", ["2026-11-23", "2026-01-01", "2033-01-01"])
def test_no_value_begins_today_or_before_or_in_the_far_future(bureau, on):
    with pytest.raises(InputInvalid):
        do(bureau, "health.set_parameter", NEW | {"effective_from": on}, SYSTOLIC)
    assert not ParameterValue.objects.exists()


@pytest.mark.parametrize("role", ["doctor", "institution", "hospital", "administrator", "lead_office", "village"])
def test_nobody_but_the_bureau_sets_or_confirms(jurisdiction, actor, places, role):
    who = actor(role, places.county)
    for name, key, data in (("health.set_parameter", SYSTOLIC, NEW), ("health.confirm_parameter", "health.adult_body.obese_bmi", SEEN)):
        with pytest.raises(NotAllowed):
            do(who, name, data, key)
    assert not ParameterValue.objects.exists()


def test_a_bureau_of_one_township_does_not_set_what_holds_in_all(jurisdiction, actor, places):
    with pytest.raises(NotVisible):
        do(actor("health_bureau", places.township), "health.set_parameter", NEW, SYSTOLIC)
    assert not ParameterValue.objects.exists()


def test_confirming_keeps_the_value_and_says_who_stands_for_it(bureau):
    key = "health.adult_body.obese_bmi"
    assert next(one for one in every_line(NOW.date()) if one.parameter.key == key).standing == "unsure"
    do(bureau, "health.confirm_parameter", SEEN, key)
    line = next(one for one in every_line(NOW.date()) if one.parameter.key == key)
    assert (line.standing, line.now.value, line.now.effective_from, line.now.by, line.now.source) == (
        "confirmed",
        "28",
        date(2017, 2, 28),
        bureau.name,
        SEEN["source"],
    )
    assert standard("adult_body", NOW.date()).unsure == {"overweight_bmi", "waist_male", "waist_female"}
    with pytest.raises(RuleBroken):
        do(bureau, "health.confirm_parameter", SEEN, key)


def test_a_visit_is_judged_by_the_value_of_its_day_and_an_old_verdict_stays(bureau, actor, places):
    doctor = actor("doctor", places.village)
    with entered(doctor):
        record = make_record(places.village, birth_on=date(1980, 1, 1))
        make_care(record)
    do(bureau, "health.set_parameter", NEW | {"effective_from": "2026-11-24", "value": "130"}, SYSTOLIC)
    do(doctor, "health.record_visit", VISIT | {"on": "2026-11-23"}, record.pk)
    later = NOW.replace(day=25)
    do(doctor, "health.record_visit", VISIT | {"on": "2026-11-24"}, record.pk, now=later)
    with entered(doctor):
        said = list(VisitOutcome.objects.order_by("on").values_list("outcome", "standard_from"))
    assert said == [("satisfied", date(2017, 2, 28)), ("unsatisfied", date(2026, 11, 24))]


def test_a_release_that_is_newer_than_what_was_set_takes_its_place(bureau, monkeypatch):
    put("epidemics.report.hours_other", "12", date(2020, 1, 1))
    assert [law_on(on).limits.hours_other for on in (date(2019, 1, 1), date(2021, 1, 1), date(2026, 1, 1))] == [24, 12, 24]


def test_every_room_reads_what_was_set(bureau):
    man = Examined(40, "m")
    shipped = judge({"hemoglobin": Decimal(128)}, man, BEFORE)
    for key, value in (
        ("epidemics.cluster.day_in_class.count", "4"), ("epidemics.disease.measles.observation", "25"), ("epidemics.measure.investigate.hours", "12"),
        ("institutions.unified.pass_mark", "85"), ("institutions.unified.rectify.rectify_days", "20"), ("institutions.stars.unified.weight", "16"),
        ("institutions.star_levels.level_5", "96"), ("institutions.fair.small", "20"), ("institutions.fair_weight.health_record_rate", "9"),
        ("education.centre.lectures", "14"), ("education.reminding.ahead_days", "9"), ("examinations.range.hemoglobin_m.low", "125"),
        ("examinations.days.recheck_days", "20"), ("referrals.limit.answer_ordinary", "2"), ("referrals.limit.follow_up", "10"),
    ):  # fmt: skip
        assert key in every_parameter()
        put(key, value)
    assert (clusters_on(AFTER).find("day_in_class").count, clusters_on(BEFORE).find("day_in_class").count) == (4, 3)
    assert (law_on(AFTER).find("measles").observation, law_on(BEFORE).find("measles").observation) == (25, 21)
    assert [next(one.hours for one in measures_for("measles", on) if one.key == "investigate") for on in (BEFORE, AFTER)] == [24, 12]
    rectify = next(one for one in standard_on(AFTER).outcomes if one.result == "rectify")
    assert (standard_on(AFTER).pass_mark, rectify.rectify_days, standard_on(BEFORE).pass_mark) == (85, 20, 80)
    assert (scheme_on(AFTER).criteria[0].weight, scheme_on(AFTER).levels[0].points, scheme_on(AFTER).effective_from) == (16, 96, AFTER)
    assert (scheme_on(BEFORE).criteria[0].weight, scheme_on(BEFORE).levels[0].points) == (15, 95)
    assert (fair(AFTER).small, dict(fair(AFTER).shown)["health.record_rate"], fair(BEFORE).small) == (20, 9, 30)
    assert (minimums("centre", AFTER).lectures, minimums("centre", BEFORE).lectures, reminding("ahead_days", AFTER)) == (14, 12, 9)
    assert (len(shipped), judge({"hemoglobin": Decimal(128)}, man, BEFORE), judge({"hemoglobin": Decimal(128)}, man, AFTER)) == (1, shipped, [])
    assert [(limit("answer_ordinary", on).value, days("follow_up", on), parameter("recheck_days", on)) for on in (BEFORE, AFTER)] == [(1, 14, 30), (2, 10, 20)]


def test_a_bundle_goes_out_with_todays_system_and_comes_in_with_any(bureau):
    old = system("id_card")
    put("exchange.system.id_card", "urn:oid:1.2.3", date(2026, 11, 1))
    assert (system("id_card"), every_system("id_card")) == ("urn:oid:1.2.3", {old, "urn:oid:1.2.3"})


def test_parameters_cost_no_query_for_each_visit(bureau):
    put(SYSTOLIC, "135")
    standard("hypertension", AFTER)
    with CaptureQueriesContext(connection) as caught:
        for _visit in range(50):
            standard("hypertension", AFTER), clusters_on(AFTER), law_on(AFTER), scheme_on(AFTER), fair(AFTER)
    assert len(caught) == 0


def test_another_process_hears_of_it_when_its_knowledge_is_old(bureau, monkeypatch):
    assert standard("hypertension", AFTER).figure("target_systolic") == 140
    kept = parameters.KNOWN[connection.schema_name]
    put(SYSTOLIC, "135")
    parameters.KNOWN[connection.schema_name] = kept  # as a process that did not write it
    assert standard("hypertension", AFTER).figure("target_systolic") == 140
    monkeypatch.setattr(parameters, "monotonic", lambda: kept.until + 1)
    assert standard("hypertension", AFTER).figure("target_systolic") == 135


def test_knowledge_of_yesterday_is_never_used(bureau, monkeypatch):
    standard("hypertension", AFTER)
    put(SYSTOLIC, "135")
    parameters.KNOWN[connection.schema_name] = parameters.Known(float("inf"), BEFORE)
    assert standard("hypertension", AFTER).figure("target_systolic") == 135


def test_jurisdictions_do_not_hear_of_each_other(bureau):
    from proofs.databases import TUPO, inside

    put(SYSTOLIC, "135")
    assert standard("hypertension", AFTER).figure("target_systolic") == 135
    with inside(TUPO):
        assert standard("hypertension", AFTER).figure("target_systolic") == 140


@pytest.mark.parametrize("statement", ["UPDATE health_parametervalue SET value = '1'", "DELETE FROM health_parametervalue"])
def test_a_value_that_was_set_is_never_changed_by_the_application(bureau, statement):
    put(SYSTOLIC, "135")
    with entered(bureau), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_shipped_value_is_one_that_could_be_set_and_names_its_source(jurisdiction):
    every = every_parameter().values()
    assert len(every) > 350
    assert [one.key for one in every if one.least is not None and not one.least <= one.shipped[-1].figure <= one.most] == []
    assert [one.key for one in every if len(one.key) > 60 or any(len(said.source) < 4 for said in one.shipped)] == []
    latest = {one.key: one.shipped[-1] for one in every}
    pairs = [(one.stem, pair) for one in every for pair in one.order if all(f"{one.stem}.{name}" in latest for name in pair)]
    assert [pair for stem, (low, high) in pairs if latest[f"{stem}.{low}"].figure > latest[f"{stem}.{high}"].figure for pair in [(stem, low)]] == []


def test_the_pages_show_value_source_and_who_set_it_and_the_history(bureau, client_as, places, on_the_day):
    do(bureau, "health.set_parameter", NEW, SYSTOLIC)
    page = client_as("doctor", places.village).get("/health/parameters/?room=health&text=收缩压目标").content.decode()
    assert "140\u00a0mmHg" in page and "2027-01-01 起 135" in page and "危急" not in page.split("<table")[1]
    one = client_as("health_bureau", places.county).get(f"/health/parameters/{SYSTOLIC}/").content.decode()
    assert all(words in one for words in ("×卫发〔2026〕12 号", "按新标准", "现行", "设定新值", bureau.name))
    assert "设定新值" not in client_as("doctor", places.village).get(f"/health/parameters/{SYSTOLIC}/").content.decode()
    assert client_as("health_bureau", places.county).get("/health/parameters/no.such/").status_code == 404
    assert [client_as(role, places.county).get("/health/parameters/").status_code for role in ("administrator", "lead_office")] == [403, 403]


def test_the_workbook_has_what_the_filters_show(bureau, client_as, places):
    answer = client_as("health_bureau", places.county).get("/health/parameters/export/?room=referrals&standing=unsure")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    keys = [row[-1] for row in cells if str(row[-1]).startswith("referrals.")]
    assert len(keys) == 7 and "referrals.limit.follow_up" not in keys
    with entered(bureau):
        assert Entry.objects.filter(action="health.export", after__rows=7).exists()


def test_a_value_that_was_set_before_eight_bears_the_day_here(jurisdiction):
    line = next(one for one in every_line(NOW.date()) if one.parameter.key == SYSTOLIC)
    line = replace(line, now=replace(line.now, by="王局长", at=datetime(2026, 11, 22, 17, 30, tzinfo=UTC)))
    assert line.signed == "王局长 2026-11-23" and date(2026, 11, 23) in excel_line(line)


def test_a_value_set_twice_for_one_day_shows_that_the_first_was_never_used(bureau):
    do(bureau, "health.set_parameter", NEW, SYSTOLIC)
    do(bureau, "health.set_parameter", NEW | {"value": "130"}, SYSTOLIC)
    rows = [(row["version"].value, row["holds"], row["gone"]) for row in history_lines(every_parameter()[SYSTOLIC], NOW.date())]
    assert rows == [("130", False, False), ("135", False, True), ("140", True, False)]
    assert standard("hypertension", AFTER).figure("target_systolic") == 130
