import io
from datetime import date, timedelta
from decimal import Decimal

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.act import act
from weimin.attachments.models import Attachment
from weimin.attachments.tests.builders import PDF
from weimin.buildout.models import Acceptance, Project, Quota
from weimin.buildout.papers_acceptance import acceptance_record
from weimin.buildout.queries.acceptance import content_of, rounds_of
from weimin.buildout.queries.projects import lamp_of
from weimin.buildout.tests.acceptance_builders import (
    dossier_of,
    marks_for,
    photo,
    photos_of,
    put_bare_plan,
    put_pending,
    put_rectifying,
    put_site,
)
from weimin.buildout.tests.money_builders import put_plan
from weimin.flows.models import Step
from weimin.papers.docx import to_docx
from weimin.papers.pdf import to_pdf
from weimin.sites.models import Site
from weimin.sites.tests.conftest import everywhere  # noqa: F401
from weimin.walls.actor import system_actor
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere"), pytest.mark.req("N7")]


@pytest.fixture
def town(jurisdiction, actor, places):
    return actor("township", places.township, "李四")


@pytest.fixture
def bureau(jurisdiction, actor, places):
    return actor("lead_office", places.county, "王五")


def paper(name):
    return SimpleUploadedFile(name, PDF, "application/pdf")


def whole_dossier():
    return {"evidence_construction_plan": paper("方案.pdf"), "evidence_purchase_invoices": paper("发票.pdf"), "evidence_result_photos": photo()}


def steps(project):
    return list(Step.objects.filter(subject_type="buildout.project", subject_id=project.pk, closed_at=None).values_list("state", "role", "due_on"))


def inspect(by, project, now, key="inspect", **lower):
    extra = {"rectify_by": lower.pop("rectify_by", "")}
    act(by, "buildout.inspect", {**marks_for(project, **lower), **extra}, key, target=project.pk, files=photos_of(project), now=now)
    project.refresh_from_db()
    return Acceptance.objects.filter(project=project).exclude(outcome="").latest("round")


def waiting(places, **over):
    project = put_site(places.village, state="applied", **over)
    put_pending(project)
    return project


def test_the_township_applies_with_the_whole_dossier_and_the_bureau_has_to_inspect(town, places, now):
    project = put_site(places.village, state="open")
    act(town, "buildout.apply_acceptance", {"remark": ""}, "k", target=project.pk, files=whole_dossier(), now=now)
    project.refresh_from_db()
    row = Acceptance.objects.get()
    assert (project.state, row.round, row.applied_by, sorted(row.dossier)) == (
        "applied",
        1,
        "李四",
        ["construction_plan", "purchase_invoices", "result_photos"],
    )
    assert all(row.dossier.values())
    assert [(state, role) for state, role, _due in steps(project)] == [("applied", "lead_office")]


@pytest.mark.parametrize("left_out", ["evidence_construction_plan", "evidence_purchase_invoices", "evidence_result_photos"])
def test_an_application_without_a_paper_of_the_dossier_is_refused(town, places, now, left_out):
    project = put_site(places.village, state="open")
    files = {name: file for name, file in whole_dossier().items() if name != left_out}
    with pytest.raises(InputInvalid) as caught:
        act(town, "buildout.apply_acceptance", {"remark": ""}, "k", target=project.pk, files=files, now=now)
    project.refresh_from_db()
    assert (list(caught.value.form.errors), project.state, Acceptance.objects.count()) == ([left_out], "open", 0)


def test_what_was_uploaded_before_counts(town, places, now):
    project = put_site(places.village, state="open")
    project.evidence = dossier_of(project)
    project.save()
    act(town, "buildout.apply_acceptance", {"remark": ""}, "k", target=project.pk, now=now)
    assert Acceptance.objects.get().dossier == dossier_of(project)


def test_plan_5_lets_the_village_apply_and_not_the_office(tupo, actor, now):
    village = 341221203208
    project = put_site(village, "centre", "open", plan=put_bare_plan("tupo"), evidence={})
    with pytest.raises(RuleBroken, match="由村（社区）干部办理"):
        act(actor("lead_office", 341221203000), "buildout.apply_acceptance", {"remark": ""}, "k", target=project.pk, files=whole_dossier(), now=now)
    act(actor("village", village), "buildout.apply_acceptance", {"remark": ""}, "k2", target=project.pk, files=whole_dossier(), now=now)
    project.refresh_from_db()
    assert project.state == "applied"


def test_full_marks_accept_the_site(bureau, places, now):
    project = waiting(places)
    row = inspect(bureau, project, now)
    assert (project.state, project.accepted_on) == ("accepted", date(2026, 11, 23))
    assert (row.outcome, row.score, row.inspected_by, row.signed_by, row.rectify_by) == ("passed", Decimal(100), "王五", "李四", None)
    photos = Attachment.objects.filter(subject_type="buildout.acceptance", subject_id=row.pk)
    assert photos.count() == 3
    assert row.items[1]["photos"] == [photos.order_by("pk")[0].pk]


def test_points_taken_off_give_a_day_to_rectify_by(bureau, places, now):
    project = waiting(places)
    row = inspect(bureau, project, now, services=0)
    assert (project.state, row.outcome, row.score, row.rectify_by, project.accepted_on) == ("rectifying", "rectify", Decimal(75), date(2026, 12, 8), None)
    assert steps(project) == [("rectifying", "township", date(2026, 12, 8))]


def test_the_inspector_may_set_the_day(bureau, places, now):
    project = waiting(places)
    assert inspect(bureau, project, now, services=0, rectify_by="2026-12-01").rectify_by == date(2026, 12, 1)
    assert steps(project)[0][2] == date(2026, 12, 1)


def test_a_late_rectification_is_red(bureau, places, now):
    project = waiting(places)
    inspect(bureau, project, now, services=0)
    step = Step.objects.get(subject_type="buildout.project", subject_id=project.pk, closed_at=None)
    assert lamp_of(step, now + timedelta(days=30)).colour == "red"


def test_a_required_item_that_is_not_met_does_not_pass(bureau, places, now):
    project = waiting(places)
    row = inspect(bureau, project, now, one_person=10)
    assert (row.score, row.outcome, project.state) == (Decimal(90), "rectify", "rectifying")


def test_a_low_score_fails_and_the_site_may_apply_again(bureau, town, places, now):
    project = waiting(places, evidence={"construction_plan": [1], "purchase_invoices": [2], "result_photos": [3]})
    assert inspect(bureau, project, now, services=0, as_filed=0).outcome == "failed"
    assert (project.state, steps(project)[0][:2]) == ("failed", ("failed", "township"))
    act(town, "buildout.apply_acceptance", {"remark": ""}, "again", target=project.pk, now=now)
    assert list(Acceptance.objects.order_by("round").values_list("round", "outcome")) == [(1, "failed"), (2, "")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"score_sign": "11"}, "score_sign"),
        ({"score_sign": "-1"}, "score_sign"),
        ({"score_sign": "x"}, "score_sign"),
        ({"score_sign": "0", "remark_sign": ""}, "remark_sign"),
        ({"signed_by": ""}, "signed_by"),
        ({"rectify_by": "2026-11-23"}, "rectify_by"),
    ],
)
def test_odd_marks_are_refused_and_nothing_is_recorded(bureau, places, now, wrong, field):
    project = waiting(places)
    with pytest.raises(InputInvalid) as caught:
        act(bureau, "buildout.inspect", {**marks_for(project), **wrong}, "k", target=project.pk, files=photos_of(project), now=now)
    assert (list(caught.value.form.errors), Acceptance.objects.get().outcome, Attachment.objects.count()) == ([field], "", 0)


def test_an_item_that_wants_a_photo_is_not_accepted_without(bureau, places, now):
    project = waiting(places)
    files = {name: file for name, file in photos_of(project).items() if name != "photo_sign"}
    with pytest.raises(InputInvalid) as caught:
        act(bureau, "buildout.inspect", marks_for(project), "k", target=project.pk, files=files, now=now)
    project.refresh_from_db()
    assert (list(caught.value.form.errors), project.state) == (["photo_sign"], "applied")


def test_a_photo_that_is_none_undoes_the_whole_inspection(bureau, places, now):
    project = waiting(places)
    files = {**photos_of(project), "photo_sign": SimpleUploadedFile("x.jpg", b"not a photo")}
    with pytest.raises(RuleBroken):
        act(bureau, "buildout.inspect", marks_for(project), "k", target=project.pk, files=files, now=now)
    project.refresh_from_db()
    assert (project.state, Acceptance.objects.get().outcome, Attachment.objects.count()) == ("applied", "", 0)


def test_the_township_does_not_inspect_itself(town, places, now):
    project = waiting(places)
    with pytest.raises(RuleBroken, match="由牵头部门办理"):
        act(town, "buildout.inspect", marks_for(project), "k", target=project.pk, files=photos_of(project), now=now)
    project.refresh_from_db()
    assert project.state == "applied"


def test_a_rectified_site_is_inspected_again(town, places, now):
    project = put_rectifying(places.village)
    files = {"photo_1": photo(), "photo_2": photo("b.jpg", "navy")}
    act(town, "buildout.report_rectified", {"note": "补齐了标识"}, "k", target=project.pk, files=files, now=now)
    project.refresh_from_db()
    first, second = Acceptance.objects.order_by("round")
    assert (project.state, first.rectified_note, first.rectified_at, second.round, second.outcome) == ("applied", "补齐了标识", now, 2, "")
    assert Attachment.objects.filter(subject_type="buildout.acceptance", subject_id=first.pk).count() == 2


def test_a_rectification_needs_a_photo(town, places, now):
    project = put_rectifying(places.village)
    with pytest.raises(InputInvalid):
        act(town, "buildout.report_rectified", {"note": "补齐了标识"}, "k", target=project.pk, now=now)
    project.refresh_from_db()
    assert (project.state, Acceptance.objects.count()) == ("rectifying", 1)


@pytest.mark.req("N13")
def test_the_record_is_a_word_file_with_checklist_photos_and_signatures(bureau, places, now):
    project = waiting(places)
    row = inspect(bureau, project, now, services=0)
    found = rounds_of(system_actor(), Project.objects.get(pk=project.pk))[0]
    record = acceptance_record(found, "桃花源街道某村", content_of)
    document = docx.Document(io.BytesIO(to_docx(record)))
    said = "\n".join([part.text for part in document.paragraphs] + [cell.text for table in document.tables for line in table.rows for cell in line.cells])
    assert all(word in said for word in [f"{project.name}验收记录", "得 75.0 分，限期整改", "2026年12月8日", "没有看到", "王五", "李四", "0/25"])
    assert len(document.inline_shapes) == 3
    assert to_pdf(record).startswith(b"%PDF")
    assert row.outcome == "rectify"


BEFORE = {
    "tier": "village_station",
    "name": "老服务点",
    "place_kind": "service_centre",
    "address": "村委会",
    "opened_on": "2015-06-01",
    "rent_free": "on",
    "parcel_delivery": "on",
}


@pytest.mark.req("N10", "N6")
def test_a_site_that_stood_before_the_plan_counts_as_open_and_opens_no_step(town, places, now):
    plan = put_bare_plan()
    act(town, "buildout.register_existing", {**BEFORE, "place": str(places.village)}, "k", target=plan.pk, now=now)
    project = Project.objects.select_related("site").get()
    assert (project.state, project.opened_on, project.site.existing, project.site.state, project.site.parcel_delivery) == (
        "open",
        date(2015, 6, 1),
        True,
        "open",
        True,
    )
    assert steps(project) == []


def test_it_is_neither_accepted_nor_nominated_for(town, places, now):
    project = put_site(places.village, state="open", existing=True)
    with pytest.raises(RuleBroken, match="原有站点"):
        act(town, "buildout.apply_acceptance", {"remark": ""}, "k", target=project.pk, files=whole_dossier(), now=now)
    with pytest.raises(RuleBroken, match="没有规定推荐"):
        act(town, "staffing.nominate", {"name": "某某"}, "k2", target=project.site_id, now=now)
    project.refresh_from_db()
    assert project.state == "open"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"opened_on": "2026-09-21"}, "opened_on"), ({"place": "500242101000"}, "place"), ({"tier": "county_centre"}, "tier")]
)
def test_what_did_not_stand_before_the_plan_is_refused(town, places, now, wrong, field):
    plan = put_bare_plan()
    with pytest.raises(InputInvalid) as caught:
        act(town, "buildout.register_existing", {**BEFORE, "place": str(places.village), **wrong}, "k", target=plan.pk, now=now)
    assert (list(caught.value.form.errors), Site.objects.count()) == ([field], 0)


def test_a_village_with_a_site_under_way_is_not_registered_again(town, places, now):
    project = put_site(places.village, state="building")
    with pytest.raises(RuleBroken, match="已经有站点任务"):
        act(town, "buildout.register_existing", {**BEFORE, "place": str(places.village)}, "k", target=project.plan_id, now=now)
    assert Site.objects.count() == 1


def test_a_site_entered_by_hand_becomes_the_plans(town, places, now):
    known = Site.objects.create(region=places.village, name="老服务点", tier="village_station", state="open", opened_on=date(2015, 6, 1))
    act(town, "buildout.register_existing", {**BEFORE, "place": str(places.village)}, "k", target=put_bare_plan().pk, now=now)
    assert (Site.objects.count(), Project.objects.get().site_id) == (1, known.pk)


def test_an_existing_site_fills_the_townships_quota(bureau, places, now):
    plan = put_plan()
    Quota.objects.filter(region=places.township).update(wanted=1)
    act(bureau, "buildout.register_existing", {**BEFORE, "place": str(places.village)}, "k", target=plan.pk, now=now)
    quota = Quota.objects.get(region=places.township)
    assert not Step.objects.filter(subject_type="buildout.quota", subject_id=quota.pk, closed_at=None).exists()


@pytest.mark.parametrize("state", ["filed", "building", "open", "rectifying"])
def test_a_site_under_construction_is_not_stopped_behind_its_projects_back(town, places, now, state):
    project = put_site(places.village, state=state)
    Site.objects.filter(pk=project.site_id).update(state="open", opened_on=date(2026, 10, 1))
    with pytest.raises(RuleBroken, match="建设任务页"):
        act(town, "sites.suspend", {"on": "2026-11-20", "reason": "维修"}, "k", target=project.site_id, now=now)
    assert Site.objects.get().state == "open"


def test_an_accepted_site_is_stopped_as_any_other(town, places, now):
    project = put_site(places.village, state="accepted", accepted_on=date(2026, 11, 20))
    act(town, "sites.suspend", {"on": "2026-11-20", "reason": "维修"}, "k", target=project.site_id, now=now)
    assert Site.objects.get().state == "suspended"
