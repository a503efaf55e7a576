"""Two plans told over HTTP by the posts that the plans name: candidates to operator, and acceptance refused, mended, passed."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from weimin.attachments.tests.builders import PDF
from weimin.buildout.models import Acceptance, Project
from weimin.buildout.tests.acceptance_builders import marks_for, photo, photos_of, put_bare_plan, put_site
from weimin.sites.tests.builders import everything
from weimin.sites.tests.conftest import everywhere  # noqa: F401
from weimin.staffing.models import Appointment, Filing, Nomination

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]
PILOT, TUPO = 341221203208, 341221203000


def do(client, name, target, data=None, files=None):
    """The form of an action opened and sent, as a person does it; a refusal shows its page."""
    url = reverse("actions:act", args=[name, target])
    opened = client.get(url)
    assert opened.status_code == 200
    key = re.search(r'name="key" value="([0-9a-f]+)"', opened.content.decode())[1]
    return client.post(url, {**(data or {}), **(files or {}), "key": key, "next": ""})


def done(client, name, target, data=None, files=None):
    response = do(client, name, target, data, files)
    assert response.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", response.content.decode())[:1500]
    return response.headers["Location"]


def papers():
    files = {f"evidence_{key}": SimpleUploadedFile(f"{key}.pdf", PDF) for key in ("construction_plan", "purchase_invoices")}
    return files | {"evidence_result_photos": photo()}


def candidates(partner, site):
    for number, name in enumerate(["冉甲", "冉乙", "冉丙"]):
        data = {"name": name, "phone": f"1391234567{number}", "opinion": "熟悉网购", "roles": ["helper"]}
        done(partner, "staffing.nominate", site, data)
    with everything():
        return list(Nomination.objects.order_by("pk").values_list("pk", flat=True))


def examination(mark):
    points = ("willingness", "fit", "accepts_management")
    return {f"mark_{key}": mark for key in points} | {f"remark_{key}": "面谈" for key in points}


@pytest.mark.req("N5")
def test_plan_1_from_candidates_to_a_trained_operator(jurisdiction, client_as, places):
    site = put_site(places.village, state="fitted").site.pk
    partner, town = client_as("partner", places.township), client_as("township", places.township)
    first, second, third = candidates(partner, site)
    for row, mark in ((first, "good"), (second, "poor"), (third, "fair")):
        done(town, "staffing.examine", row, examination(mark))
    done(town, "staffing.refuse", second, {"reason": "不服从统一管理"})
    done(town, "staffing.choose", first, {"reason": "最合适"})
    assert do(town, "staffing.choose", third, {"reason": ""}).status_code == 422
    with everything():
        held = Appointment.objects.select_related("worker").get()
        plan = Nomination.objects.get(pk=first).plan
    done(town, "staffing.file_list", f"{plan}-{places.township}", {"note": ""})
    office = client_as("lead_office", places.county)
    done(office, "staffing.issue_certificate", held.worker_id, {"kind": "淘帮手培训", "issued_on": "2026-11-10", "score": "88"})
    done(office, "buildout.confirm_training", site_project(site), {"remark": ""}, {"evidence_sign_in": SimpleUploadedFile("签到.pdf", PDF)})
    with everything():
        assert (held.worker.name, Filing.objects.get().people, Project.objects.get().state) == ("冉甲", 1, "trained")
        assert sorted(Nomination.objects.values_list("state", flat=True)) == ["chosen", "refused", "refused"]


def site_project(site):
    with everything():
        return Project.objects.get(site=site).pk


def look(client, project):
    page = client.get(reverse("buildout:project", args=[project]))
    assert page.status_code == 200
    return page.content.decode()


def round_trip(applicant, office, project):
    """Applied, inspected with faults, rectified, inspected again, as the pages offer it; the states on the way."""
    with everything():
        row = Project.objects.select_related("plan").get(pk=project)
        keys = [item.key for item in row.plan.content.acceptance_of(row.tier).checklist]
    done(applicant, "buildout.apply_acceptance", project, {"remark": ""}, papers())
    faults = {keys[0]: 0, keys[1]: 0}
    done(office, "buildout.inspect", project, marks_for(row, **faults), photos_of(row))
    done(applicant, "buildout.report_rectified", project, {"note": "已补齐"}, {"photo_1": photo("mended.jpg", "teal")})
    done(office, "buildout.inspect", project, marks_for(row), photos_of(row))


@pytest.mark.req("N7", "N13")
def test_plan_1_accepts_a_centre_after_it_was_mended(jurisdiction, client_as, places):
    project = put_site(places.township, "township_centre", "open").pk
    town, bureau = client_as("township", places.township), client_as("lead_office", places.county)
    round_trip(town, bureau, project)
    page = look(town, project)
    with everything():
        rounds = list(Acceptance.objects.order_by("round").values_list("round", "outcome", "score"))
        state = Project.objects.get().state
    assert (state, [(number, outcome, float(score)) for number, outcome, score in rounds]) == ("accepted", [(1, "rectify", 65.0), (2, "passed", 100.0)])
    assert all(word in page for word in ["第 1 次验收", "限期整改", "已补齐", "第 2 次验收", "没有看到"])


@pytest.mark.req("N7", "N8", "N9")
def test_plan_5_fails_a_centre_that_then_passes_by_its_day(tupo, client_as, now):
    project = put_site(PILOT, "centre", "open", plan=put_bare_plan("tupo")).pk
    village, office = client_as("village", PILOT), client_as("lead_office", TUPO)
    row = Project.objects.select_related("plan").get(pk=project)
    done(village, "buildout.apply_acceptance", project, {"remark": ""}, papers())
    six = dict.fromkeys(("meeting_room", "service_hall", "family_planning_room", "social_management_room", "library", "culture_room"), 0)
    done(office, "buildout.inspect", project, marks_for(row, **six), photos_of(row))
    with everything():
        assert (Project.objects.get().state, float(Acceptance.objects.get().score)) == ("failed", 44.0)
    done(village, "buildout.apply_acceptance", project, {"remark": "已整改"})
    done(office, "buildout.inspect", project, marks_for(row), photos_of(row))
    with everything():
        accepted = Project.objects.get()
    assert (accepted.state, accepted.accepted_on is not None) == ("accepted", True)


def test_a_record_is_downloaded_in_both_forms_and_not_before_the_inspection(jurisdiction, client_as, places):
    project = put_site(places.village, state="open")
    town, bureau = client_as("township", places.township), client_as("lead_office", places.county)
    done(town, "buildout.apply_acceptance", project.pk, {"remark": ""}, papers())
    with everything():
        number = Acceptance.objects.get().pk
    pdf = reverse("buildout:acceptance_file", args=[number, "pdf"])
    assert bureau.get(pdf).status_code == 404
    done(bureau, "buildout.inspect", project.pk, marks_for(project), photos_of(project))
    assert bureau.get(pdf).content.startswith(b"%PDF")
    assert bureau.get(reverse("buildout:acceptance_file", args=[number, "docx"])).content[:2] == b"PK"
    assert client_as("township", places.other_township).get(pdf).status_code == 404
    assert bureau.get(reverse("buildout:acceptance_file", args=[number, "exe"])).status_code == 404


def test_the_inspection_is_a_phone_page_with_a_camera_for_every_item(jurisdiction, client_as, places):
    project = put_site(places.village, state="applied")
    Acceptance.objects.create(project=project, region=project.region, applied_by="李四", applied_at="2026-11-20T10:00:00+08:00")
    page = client_as("lead_office", places.county).get(reverse("actions:act", args=["buildout.inspect", project.pk])).content.decode()
    assert 'class="phone' in page
    assert page.count('capture="environment"') == 5
    assert page.count('type="number"') >= 5


@pytest.mark.req("N10")
def test_the_page_of_existing_sites_holds_the_plans_number_beside_what_is_entered(jurisdiction, client_as, places):
    project = put_site(places.village, state="open", existing=True, opened_on=date(2015, 6, 1))
    response = client_as("lead_office", places.county).get(reverse("buildout:existing", args=[project.plan_id]))
    assert (response.context["count"], response.context["stated"]) == (1, 98)
    assert project.name in response.content.decode()


@pytest.mark.req("N8")
def test_the_project_page_compares_the_site_with_the_standard(tupo, client_as):
    project = put_site(PILOT, "centre", "building", plan=put_bare_plan("tupo"))
    village = client_as("village", PILOT)
    done(village, "sites.add_room", project.site_id, {"name": "综合会议室", "uses": ["图书阅览室", "人口学校"], "boards": ["三会一课"]})
    done(village, "sites.put_up_sign", project.site_id, {"kind": "国旗"})
    response = village.get(reverse("buildout:project", args=[project.pk]))
    states = {line.key: line.state for line in response.context["parts"]["acceptance"]["fit"]}
    assert (states["meeting_room"], states["library"], states["national_flag"], states["clinic"]) == ("there", "shared", "there", "missing")
    assert "和建设标准对照" in response.content.decode()
