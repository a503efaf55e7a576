"""Siting as people do it: places entered and imported, the solver asked, its answer turned into proposals."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from openpyxl import Workbook, load_workbook

from weimin.actions.act import act
from weimin.buildout.forms_siting import CandidateForm
from weimin.buildout.models import Candidate, Project, Quota, SitingRun
from weimin.buildout.siting_demo import synthetic_workbook
from weimin.buildout.tests.siting_builders import (
    PLACE,
    QUESTION,
    VILLAGES,
    make_candidate,
    paper_file,
    plan_in_force,
    row_of_villages,
)
from weimin.flows.models import Step
from weimin.sheets.template import template
from weimin.sites.models import Site
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, NotAllowed, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("N4")]
COLUMNS = ["站点层级", "所在区划", "候选地点", "场所类型", "经度", "纬度", "周边人口", "免租金"]
GOOD = ["村级电商服务站", str(VILLAGES[0]), "村委会大楼", "村级公共服务中心", "108.75", "28.83", "1200", "是"]


@pytest.fixture
def plan(jurisdiction):
    with entered(system_actor()):
        yield plan_in_force()


@pytest.fixture
def office(actor, places):
    return actor("lead_office", places.county)


@pytest.fixture
def township(actor, places):
    return actor("township", places.township)


def tier_label(plan):
    return plan.content.tier("village_station").label


def sheet(plan, *rows):
    book = Workbook()
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append([tier_label(plan), *row[1:]])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def bring_in(by, plan, content, key, mode="all"):
    file = SimpleUploadedFile("places.xlsx", content)
    return act(by, "buildout.import_candidates", {"mode": mode}, key, target=plan.pk, files={"file": file})


def test_a_township_enters_a_place_of_its_own(plan, township):
    act(township, "buildout.enter_candidate", PLACE, "k", target=plan.pk)
    row = Candidate.objects.get()
    assert (row.region, row.population, row.rent_free, row.gathering, row.synthetic) == (VILLAGES[0], 1200, True, False, False)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"place": "500242102200"}, "place"), ({"place": "500242101000"}, "place"), ({"longitude": "10"}, "longitude"), ({"population": "-1"}, "population"),
        ({"place_kind": "chamber"}, "place_kind"), ({"tier": "none"}, "tier"), ({"name": "a\nb"}, "name"), ({"latitude": "nan"}, "latitude"),
    ],
)  # fmt: skip
def test_a_wrong_place_is_refused_with_its_field_and_nothing_is_kept(plan, township, change, field):
    with pytest.raises(InputInvalid) as refused:
        act(township, "buildout.enter_candidate", PLACE | change, "k", target=plan.pk)
    assert (list(refused.value.form.errors), Candidate.objects.count()) == ([field], 0)


def test_a_village_cadre_may_not_enter_places(plan, actor, places):
    with pytest.raises(NotAllowed):
        act(actor("village", places.village), "buildout.enter_candidate", PLACE, "k", target=plan.pk)


def test_a_place_of_another_township_is_not_there_to_be_dropped(plan, township):
    row = make_candidate(plan, 500242102200)
    with pytest.raises(NotVisible):
        act(township, "buildout.drop_candidate", {}, "k", target=row.pk)
    assert Candidate.objects.get() == row


def test_a_sheet_comes_in_whole_and_a_second_time_changes_nothing(plan, office):
    content = sheet(plan, GOOD, [*GOOD[:2], "文化广场", "文化广场", "108.76", "28.84", "300", "否"])
    assert bring_in(office, plan, content, "k1").message == "新增 2 个，更新 0 个，没有变化 0 个。"
    held = list(Candidate.objects.order_by("pk").values())
    assert bring_in(office, plan, content, "k2").message == "新增 0 个，更新 0 个，没有变化 2 个。"
    assert list(Candidate.objects.order_by("pk").values()) == held


def test_a_sheet_with_new_people_brings_the_place_up_to_date(plan, office):
    bring_in(office, plan, sheet(plan, GOOD), "k1")
    assert bring_in(office, plan, sheet(plan, [*GOOD[:6], "900", "是"]), "k2").message == "新增 0 个，更新 1 个，没有变化 0 个。"
    assert Candidate.objects.get().population == 900


def test_one_bad_row_keeps_the_whole_sheet_out(plan, township):
    with pytest.raises(InputInvalid) as refused:
        bring_in(township, plan, sheet(plan, GOOD, [GOOD[0], "500242102200", *GOOD[2:]]), "k")
    assert "第 3 行 所在区划" in str(refused.value.form.errors)
    assert Candidate.objects.count() == 0


def test_by_choice_the_good_rows_come_in_and_the_bad_ones_are_counted(plan, township):
    receipt = bring_in(township, plan, sheet(plan, GOOD, [GOOD[0], "500242102200", *GOOD[2:]], GOOD), "k", "good")
    assert receipt.message == "新增 1 个，更新 0 个，没有变化 0 个。有错的 2 行没有导入。"
    assert list(Candidate.objects.values_list("region", flat=True)) == [VILLAGES[0]]


@pytest.mark.parametrize("content", [b"", b"not a sheet", b"PK\x03\x04broken", "姓名\n张三".encode(), b"\x00" * 5000])
def test_what_is_no_sheet_is_refused_with_a_sentence(plan, office, content):
    with pytest.raises(InputInvalid) as refused:
        bring_in(office, plan, content, "k")
    assert (bool(refused.value.form.errors), Candidate.objects.count()) == (True, 0)


@pytest.mark.parametrize("cell", ["=1+1", "1e9", "abc", "-5", "", "9" * 40, "<script>"])
def test_odd_cells_are_named_and_nothing_is_kept(plan, office, cell):
    with pytest.raises(InputInvalid):
        bring_in(office, plan, sheet(plan, [*GOOD[:6], cell, "是"]), "k")
    assert Candidate.objects.count() == 0


def test_the_template_asks_for_what_the_form_asks(plan):
    labels = [cell.value for cell in load_workbook(io.BytesIO(template(CandidateForm, title="候选地点", version="1")))["数据"][3]]
    assert labels == [
        "*站点层级", "*所在区划", "*候选地点", "*场所类型", "*经度", "*纬度", "*周边人口", "免租金", "人员集中", "交通便利", "已有站点", "演示数据",
    ]  # fmt: skip


def test_invented_places_come_in_for_every_village_and_say_so(plan, office):
    content = synthetic_workbook(plan, "village_station", (28.84, 108.77), 40)
    bring_in(office, plan, content, "k")
    assert set(Candidate.objects.values_list("synthetic", flat=True)) == {True}
    assert Candidate.objects.values("region").distinct().count() == 270


def test_the_fewest_sites_of_six_lonely_villages_are_counted_and_proven(plan, office):
    row_of_villages(plan)
    act(office, "buildout.run_siting", QUESTION, "k", target=plan.pk)
    run = SitingRun.objects.get()
    assert (run.status, len(run.answer["chosen"]), run.answer["total_people"]) == ("optimal", 5, 7500)
    assert run.answer["covered_people"] == 6500


def test_the_budget_by_the_plans_standard_covers_the_most_people(plan, office):
    row_of_villages(plan)
    act(office, "buildout.run_siting", QUESTION | {"goal": "most", "coverage": "", "budget": "18000"}, "k", target=plan.pk)
    run = SitingRun.objects.get()
    assert (run.status, run.answer["cost_fen"], run.answer["covered_people"]) == ("optimal", 1_800_000, 1500 + 1400 + 1300)


def test_what_cannot_be_reached_is_answered_with_what_can(plan, office):
    row_of_villages(plan)
    make_candidate(plan, VILLAGES[0], name="山那边", population=5000, latitude="28.0")
    receipt = act(office, "buildout.run_siting", QUESTION | {"coverage": "95"}, "k", target=plan.pk)
    run = SitingRun.objects.get()
    assert (run.status, run.answer["chosen"]) == ("infeasible", [])
    assert "最多覆盖 11500 人" in receipt.message


def test_a_village_under_way_counts_as_standing_and_gets_no_second_site(plan, office):
    rows = row_of_villages(plan)
    propose_by_hand(plan, VILLAGES[5])
    act(office, "buildout.run_siting", QUESTION, "k", target=plan.pk)
    answer = SitingRun.objects.get().answer
    assert rows[5].pk not in [row["id"] for row in answer["chosen"]]
    assert (answer["existing"], len(answer["chosen"]), rows[5].pk in answer["covered"]) == (1, 4, True)


def propose_by_hand(plan, village):
    site = Site.objects.create(region=village, name="已有站", tier="village_station")
    return Project.objects.create(plan=plan, tier="village_station", region=village, township=500242101000, name="已有站", state="filed", site=site)


def test_without_places_there_is_nothing_to_compute(plan, office):
    with pytest.raises(RuleBroken, match="还没有候选地点"):
        act(office, "buildout.run_siting", QUESTION, "k", target=plan.pk)
    assert SitingRun.objects.count() == 0


@pytest.mark.parametrize("change", [{"coverage": ""}, {"goal": "most"}, {"distance_km": "-1"}, {"seconds": "3600"}, {"coverage": "101"}])
def test_a_question_without_its_figures_is_refused(plan, office, change):
    row_of_villages(plan)
    with pytest.raises(InputInvalid):
        act(office, "buildout.run_siting", QUESTION | change, "k", target=plan.pk)
    assert SitingRun.objects.count() == 0


@pytest.fixture
def run(plan, office):
    row_of_villages(plan)
    make_candidate(plan, 500242102200, latitude="29.5", population=5000)
    act(office, "buildout.run_siting", QUESTION | {"coverage": "100"}, "run", target=plan.pk)
    return SitingRun.objects.get()


def accept(by, run, rows, key="accept"):
    files = MultiValueDict({"evidence_address": [paper_file()]})
    return act(by, "buildout.accept_siting", {"places": [str(row) for row in rows]}, key, target=run.pk, files=files)


def test_accepted_places_become_proposals_with_place_step_and_evidence(plan, office, run):
    chosen = [row["id"] for row in run.answer["chosen"]]
    accept(office, run, chosen)
    rows = list(Project.objects.filter(tier="village_station").exclude(state="wanted").order_by("region"))
    assert [(row.region, row.state) for row in rows] == [(code, "proposed") for code in [*VILLAGES, 500242102200]]
    assert (rows[0].site.address, str(rows[0].site.latitude)) == ("村委会大楼", "28.500000")
    assert Step.objects.filter(subject_type="buildout.project", subject_id=rows[0].pk, closed_at=None, state="proposed").count() == 1
    assert all(len(row.evidence["address"]) == 1 for row in rows)


def test_a_township_accepts_only_its_own_places(plan, township, run):
    far = Candidate.objects.get(region=500242102200)
    with pytest.raises(InputInvalid):
        accept(township, run, [far.pk])
    own = Candidate.objects.get(region=VILLAGES[2])
    accept(township, run, [own.pk], "own")
    assert list(Project.objects.exclude(site=None).values_list("region", flat=True)) == [VILLAGES[2]]


def test_accepting_twice_leaves_one_site_a_village(plan, office, run):
    chosen = [row["id"] for row in run.answer["chosen"]]
    accept(office, run, chosen)
    with pytest.raises(RuleBroken, match="都已经提出过站点"):
        accept(office, run, chosen, "again")
    assert Project.objects.exclude(site=None).count() == 7


def test_a_full_quota_closes_the_townships_choosing(plan, office, run):
    quota = Quota.objects.get(region=500242101000, tier="village_station")
    Quota.objects.filter(pk=quota.pk).update(wanted=6)
    accept(office, run, [row["id"] for row in run.answer["chosen"]])
    step = Step.objects.get(subject_type="buildout.quota", subject_id=quota.pk)
    assert (step.closed_at is not None, step.outcome) == (True, "buildout.propose_station")


def test_a_place_with_own_costs_is_left_for_the_village_to_be_told(plan, office):
    row_of_villages(plan)
    Candidate.objects.filter(region=VILLAGES[0]).update(place_kind="culture_square")
    act(office, "buildout.run_siting", QUESTION | {"coverage": "100"}, "run", target=plan.pk)
    run, told = SitingRun.objects.get(), Candidate.objects.get(region=VILLAGES[0])
    with pytest.raises(InputInvalid):
        accept(office, run, [told.pk])
    assert Project.objects.exclude(site=None).count() == 0


def test_a_county_of_270_villages_is_answered_and_proven(plan, office, record_property):
    bring_in(office, plan, synthetic_workbook(plan, "village_station", (28.84, 108.77), 40), "k")
    act(office, "buildout.run_siting", QUESTION | {"seconds": "30"}, "run", target=plan.pk)
    run = SitingRun.objects.get()
    assert (run.status, run.answer["gap"]) == ("optimal", 0.0)
    record_property("siting_seconds", run.answer["seconds"])
