"""What the actions of this room do, and what they refuse."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from weimin.actions.act import act
from weimin.flows.models import Step
from weimin.health.models import Care, HealthRecord
from weimin.health.tests.builders import make_care, make_record
from weimin.institutions import jobs
from weimin.institutions.models import Catchment, Inspection, Institution, MonthlyReport, Rating
from weimin.institutions.tests.builders import NOW, TODAY, make_inspected, make_inspection, make_institution, make_rating, make_round, marks, store
from weimin.institutions.tests.examples import FACTS, MONTH, photo, photos
from weimin.sites.models import Site
from weimin.sites.tests.builders import everything
from weimin.trail.models import Entry
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = pytest.mark.req("H8")
COUNTY, TOWNSHIP, VILLAGE, NEXT = 500242000000, 500242101000, 500242101200, 500242101201


@pytest.fixture
def bureau(jurisdiction, actor):
    return actor("health_bureau", COUNTY)


@pytest.fixture
def centre(jurisdiction):
    with everything():
        return make_institution(TOWNSHIP, villages=(VILLAGE,))


def do(who: Any, name: str, data: dict[str, Any], target: Any, key: str = "", **more: Any) -> Any:
    return act(who, f"institutions.{name}", data, key or name, target=target, now=NOW, **more)


def steps(inspection: Any) -> list[tuple[str, str, Any]]:
    with everything():
        return list(Step.objects.filter(subject_id=inspection.pk, flow="institution_inspection", closed_at=None).values_list("state", "role", "due_on"))


def reread(row: Any) -> Any:
    with everything():
        return type(row).objects.get(pk=row.pk)


def test_a_village_goes_over_from_the_institution_that_had_it(bureau, centre):
    with everything():
        other = make_institution(VILLAGE, "永庆站", kind="station")
    do(bureau, "set_villages", {"villages": [str(VILLAGE), str(NEXT)]}, other.pk)
    with everything():
        assert list(Catchment.objects.order_by("region").values_list("region", "institution")) == [(VILLAGE, other.pk), (NEXT, other.pk)]
        assert Entry.objects.get(action="institutions.set_villages").after["from"] == {str(VILLAGE): "土陂社区卫生服务中心"}


def test_records_of_the_villages_are_kept_by_the_institution_at_once(bureau, centre):
    with everything():
        one, elsewhere = make_record(VILLAGE), make_record(NEXT, "李四")
        care = make_care(one)
    do(bureau, "keep_records", {}, centre.pk)
    with everything():
        assert dict(HealthRecord.objects.values_list("pk", "institution")) == {one.pk: centre.site_id, elsewhere.pk: None}
        assert Care.objects.get(pk=care.pk).institution == centre.site_id
        assert Entry.objects.get(action="institutions.keep_records").after == {"records": 1, "cares": 1, "villages": 1}


def test_a_centre_belongs_to_no_centre(bureau, centre):
    with everything():
        other = make_institution(VILLAGE, "另一个中心")
    with pytest.raises(InputInvalid, match="不用填所属中心"):
        do(bureau, "correct", FACTS | {"belongs_to": str(centre.pk)}, other.pk)
    assert reread(other).belongs_to_id is None


def test_a_month_reported_again_replaces_what_was_reported(centre, actor):
    who = actor("institution", TOWNSHIP)
    do(who, "report_month", MONTH, centre.pk, "one")
    do(who, "report_month", MONTH | {"satisfied": "40"}, centre.pk, "two")
    with everything():
        assert list(MonthlyReport.objects.values_list("month", "satisfied")) == [(date(2026, 10, 1), 40)]


@pytest.mark.parametrize(("over", "words"), [
    ({"first_here": "901"}, "不能比门诊人次多"), ({"first_all": "299"}, "不能比总首诊多"), ({"satisfied": "51"}, "不能比调查人数多"), ({"month": "2026-11-01"}, "选择"),
])  # fmt: skip
def test_a_month_that_cannot_be_is_refused(centre, actor, over, words):
    with pytest.raises(InputInvalid) as refused:
        do(actor("institution", TOWNSHIP), "report_month", MONTH | over, centre.pk)
    assert words in str(refused.value.form.errors)
    with everything():
        assert not MonthlyReport.objects.exists()


def test_an_inspection_that_passes_is_over(bureau, centre):
    with everything():
        inspection = make_inspection(centre)
    do(bureau, "inspect", marks(), inspection.pk, files=photos())
    with everything():
        held = Inspection.objects.get().rounds.get()
    assert (reread(inspection).state, held.result, held.score, held.rectify_by, steps(inspection)) == ("passed", "passed", 100, None, [])
    assert [len(line["photos"]) for line in held.items] == [0, 0, 1, 1, 0, 1, 1]


def test_what_is_missing_is_mended_within_thirty_days_and_looked_at_again(bureau, centre, actor):
    with everything():
        inspection = make_inspection(centre)
    low = marks({"rules": 0, "plates": 5}, remark_rules="制度没有上墙")
    do(bureau, "inspect", low, inspection.pk, files=photos())
    assert (reread(inspection).state, steps(inspection)) == ("rectifying", [("rectifying", "institution", date(2026, 12, 23))])
    do(actor("institution", TOWNSHIP), "report_rectified", {"note": "制度已经上墙"}, inspection.pk, files={"photo_1": photo()})
    assert [(state, role) for state, role, _due in steps(inspection)] == [("reported", "health_bureau")]
    do(bureau, "reinspect", marks(), inspection.pk)
    with everything():
        rounds = list(inspection.rounds.order_by("number").values_list("number", "result", "rectified_note"))
    assert (reread(inspection).state, rounds) == ("passed", [(1, "rectify", "制度已经上墙"), (2, "passed", "")])


def test_nothing_for_an_item_needs_a_word(bureau, centre):
    with everything():
        inspection = make_inspection(centre)
    with pytest.raises(InputInvalid) as refused:
        do(bureau, "inspect", marks({"rules": 0}), inspection.pk, files=photos())
    assert "请写明原因" in str(refused.value.form.errors)
    assert reread(inspection).state == "planned"


def test_photos_are_wanted_the_first_time_only(bureau, centre):
    with everything():
        inspection = make_inspection(centre)
    with pytest.raises(InputInvalid) as refused:
        do(bureau, "inspect", marks(), inspection.pk)
    assert sorted(refused.value.form.errors) == ["photo_bed_units", "photo_plates", "photo_slogans", "photo_uniforms"]


def test_one_inspection_at_a_time(bureau, centre):
    with everything():
        make_inspection(centre)
    with pytest.raises(RuleBroken, match="还没有结束"):
        do(bureau, "plan_inspection", {"planned_on": "2026-11-30", "note": ""}, centre.pk)


def test_an_institution_sees_no_inspection_of_another_township(jurisdiction, actor):
    with everything():
        inspection = make_inspected(500242102200, "rectifying", {"rules": 0, "plates": 0})
    with pytest.raises(NotVisible):
        do(actor("institution", TOWNSHIP), "report_rectified", {"note": "x"}, inspection.pk, files={"photo_1": photo()})


def put_figures(centre: Institution) -> None:
    """Everything that the scheme counts, at its best, but for records (70 of 100)."""
    best = ("usage_rate", "hypertension_regular", "diabetes_regular", "hypertension_control", "elderly_managed")
    for code in best:
        store(f"health.{code}", VILLAGE, 100, 100)
    store("health.record_rate", VILLAGE, 70, 100)
    store("institutions.visits_on_time", VILLAGE, 100, 100)
    store("institutions.blank_fields", VILLAGE, 0, 100)
    make_round(make_inspection(centre, "passed"))
    centre.posts.create(region=centre.region, kind="doctor", approved=2, reported=1)


def rated(centre, actor, year):
    with everything():
        put_figures(centre)
    do(actor("institution", TOWNSHIP), "apply_rating", {"year": year, "statement": ""}, centre.pk)
    with everything():
        return Rating.objects.get()


def test_applying_computes_the_stars_with_the_figures_of_the_day(centre, actor):
    row = rated(centre, actor, "2026")
    lost = {line["key"]: line["lost"] for line in row.account["lines"] if float(line["lost"])}
    assert (row.points, row.computed, row.computed_on, lost) == (rounded("93.7"), 3, TODAY, {"records": "6.2"})
    assert (row.account["next"], row.account["unmet"]) == (4, ["insured"])


def test_last_year_is_rated_by_the_figures_of_last_year(centre, actor):
    row = rated(centre, actor, "2025")
    assert (row.year, row.computed_on) == (2025, date(2025, 12, 31))
    assert row.points < rounded("93.7")


def rounded(text: str) -> Any:
    return type(Rating._meta.get_field("points").to_python(text))(text)


def test_other_stars_than_computed_need_a_reason(bureau, centre):
    with everything():
        rating = make_rating(centre)
    with pytest.raises(InputInvalid) as refused:
        do(bureau, "confirm_rating", {"stars": "4", "reason": ""}, rating.pk)
    assert "请写明理由" in str(refused.value.form.errors)
    do(bureau, "confirm_rating", {"stars": "4", "reason": "省里已经评定"}, rating.pk, "again")
    do(bureau, "publish_rating", {}, rating.pk)
    assert (reread(rating).state, reread(rating).stars, reread(rating).reason) == ("published", 4, "省里已经评定")


def test_a_year_is_applied_for_once_unless_it_was_returned(bureau, centre):
    with everything():
        rating = make_rating(centre)
    with pytest.raises(RuleBroken, match="已经申报过"):
        do(bureau, "apply_rating", {"year": "2026", "statement": ""}, centre.pk)
    do(bureau, "return_rating", {"reason": "材料不全"}, rating.pk)
    do(bureau, "apply_rating", {"year": "2026", "statement": ""}, centre.pk, "again")
    with everything():
        assert sorted(Rating.objects.values_list("state", flat=True)) == ["applied", "returned"]


def test_a_licence_that_ends_soon_is_somebodys_step_until_it_is_renewed(centre, actor):
    with everything():
        Institution.objects.filter(pk=centre.pk).update(licence_to=TODAY + timedelta(days=60))
        jobs.remind(None, NOW)
        jobs.remind(None, NOW)
        assert list(Step.objects.values_list("flow", "role", "due_on")) == [("institution_licence", "institution", TODAY + timedelta(days=60))]
    do(actor("institution", TOWNSHIP), "renew_licence", {"licence_number": "PDY9", "licence_to": "2031-11-30"}, centre.pk)
    with everything():
        assert not Step.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("settled", [{"licence_to": date(2031, 11, 30)}, {"site": "closed"}])
def test_nobody_is_asked_for_the_licence_of_who_has_closed_or_whose_day_was_wrong(centre, settled):
    with everything():
        Institution.objects.filter(pk=centre.pk).update(licence_to=TODAY + timedelta(days=60))
        jobs.remind(None, NOW)
        if "site" in settled:
            Site.objects.filter(pk=centre.site_id).update(state="closed", closed_on=TODAY)
        else:
            Institution.objects.filter(pk=centre.pk).update(**settled)
        jobs.remind(None, NOW)
        assert not Step.objects.filter(closed_at=None).exists()


def test_new_records_go_at_night_where_records_are_kept_already(centre):
    with everything():
        first = make_record(VILLAGE)
        jobs.keep(None, NOW)
        assert HealthRecord.objects.get().institution is None
        HealthRecord.objects.filter(pk=first.pk).update(institution=centre.site_id)
        make_record(VILLAGE, "李四")
        jobs.keep(None, NOW)
        assert set(HealthRecord.objects.values_list("institution", flat=True)) == {centre.site_id}


def test_a_post_without_the_purpose_keeps_no_records(centre, actor):
    with everything():
        make_record(VILLAGE)
    with entered(actor("leader", COUNTY)):
        assert not HealthRecord.objects.exists()
