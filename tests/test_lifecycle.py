from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import IntegrityError

from weimin.actions.act import act
from weimin.buildout.models import Project
from weimin.demonstration import tupo as story
from weimin.demonstration.files import document
from weimin.demonstration.stage import Stage
from weimin.flows.models import Step
from weimin.sites.models import Site
from weimin.walls.errors import InputInvalid, NotVisible, RuleBroken
from weimin.walls.session import entered

pytestmark = pytest.mark.django_db
PILOT = story.PILOT


@pytest.fixture
def office(tupo, actor, now):
    """The lead office of 土陂 with plan 5 applied."""
    found = actor("lead_office", story.CODE)
    act(found, "buildout.apply_plan", {"text": story.PLAN.read_text()}, "plan")
    return found


def project(office):
    with entered(office):
        return Project.objects.select_related("plan", "site").get(region=PILOT)


def place(**over):
    return {"place_kind": "activity_place", "address": "李楼村部", **over}


def plan_file():
    return {"evidence_construction_plan": SimpleUploadedFile("建设方案.docx", document("建设方案").read())}


@pytest.mark.req("N3", "N4")
def test_a_proposed_site_enters_the_register_and_waits_for_filing(office, actor):
    village = actor("village", PILOT)
    act(village, "buildout.propose_site", place(), "k", target=project(office).pk, files=plan_file())
    found = project(office)
    assert (found.state, found.site.name, found.site.address) == ("proposed", "李楼村党员群众服务中心", "李楼村部")
    assert found.site.place == "现有村级组织活动场所"
    with entered(office):
        assert list(Step.objects.filter(subject_id=found.pk, closed_at=None).values_list("state", "role")) == [("proposed", "lead_office")]


@pytest.mark.req("N7")
def test_a_proposal_without_its_evidence_changes_nothing(office, actor):
    with pytest.raises(InputInvalid, match="建设方案"):
        act(actor("village", PILOT), "buildout.propose_site", place(), "k", target=project(office).pk)
    assert project(office).state == "wanted"


@pytest.mark.req("X1")
def test_another_villages_secretary_finds_nothing(office, actor):
    with pytest.raises(NotVisible):
        act(actor("village", story.LATE), "buildout.propose_site", place(), "k", target=project(office).pk, files=plan_file())
    assert project(office).state == "wanted"


def test_filing_before_the_proposal_is_refused(office):
    with pytest.raises(RuleBroken, match="按顺序"):
        act(office, "buildout.file_project", {"remark": ""}, "k", target=project(office).pk)
    assert project(office).state == "wanted"


def test_a_returned_proposal_keeps_its_site_and_waits_again(office, actor):
    act(actor("village", PILOT), "buildout.propose_site", place(), "k1", target=project(office).pk, files=plan_file())
    act(office, "buildout.return_proposal", {"reason": "离居民点太远"}, "k2", target=project(office).pk)
    with entered(office):
        assert Site.objects.count() == 1
    assert project(office).state == "wanted"


@pytest.mark.req("N3")
def test_the_database_refuses_a_move_that_the_table_refuses(office):
    with entered(office), pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(region=PILOT).update(state="accepted", accepted_on="2016-07-01")


@pytest.mark.req("N9")
def test_the_story_leaves_one_centre_late_and_names_its_step(tupo):
    stage = Stage(tupo, date(2026, 11, 23))
    story.tell(stage)
    with entered(stage.seats["lead_office", story.CODE].actor):
        late = Step.objects.filter(region=story.LATE, closed_at=None).get()
    assert (late.state, late.role) == ("building", "village")


@pytest.mark.req("X2")
def test_who_follows_a_project_finds_it_on_the_workbench_until_no_longer(office, client_as):
    client = client_as("leader", story.CODE)
    page = f"/buildout/projects/{project(office).pk}/"
    with entered(office):
        step = Step.objects.get(subject_id=project(office).pk, closed_at=None).pk
    client.post(f"/act/flows.watch/{step}/", {"key": "k1"})
    assert "取消关注" in client.get(page).content.decode()
    assert "李楼村党员群众服务中心" in client.get("/?tab=watching").content.decode()
    client.post(f"/act/flows.unwatch/{step}/", {"key": "k2"})
    assert "李楼村党员群众服务中心" not in client.get("/?tab=watching").content.decode()
