"""The pages of siting: who may see them, filters, the import with trial, the answer on the map."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from weimin.actions.act import act
from weimin.buildout.models import Candidate, SitingRun
from weimin.buildout.siting.question import proof_words
from weimin.buildout.siting_demo import synthetic_workbook
from weimin.buildout.tests.siting_builders import QUESTION, VILLAGES, make_candidate, plan_in_force, row_of_villages
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("N4")]


@pytest.fixture
def plan(jurisdiction):
    with entered(system_actor()):
        yield plan_in_force()


@pytest.fixture
def office(client_as, places):
    return client_as("lead_office", places.county)


@pytest.mark.parametrize(
    ("status", "gap", "words"),
    [("optimal", 0.0, "已证明最优"), ("feasible", 0.0213, "与最优解差距不超过 2.2%"), ("feasible", None, "没有证明最优"), ("infeasible", None, "达不到")],
)
def test_how_far_an_answer_is_proven_is_said_in_words(status, gap, words):
    assert proof_words(status, gap)[0] == words


@pytest.mark.parametrize(
    "path", ["plans/{plan}/siting/", "plans/{plan}/siting/import/", "plans/{plan}/coverage/", "plans/{plan}/publicity/", "plans/{plan}/letter/"]
)
def test_strangers_are_sent_to_sign_in(plan, client, path):
    assert client.get("/buildout/" + path.format(plan=plan.pk)).status_code == 302


@pytest.mark.parametrize(("role", "status"), [("township", 200), ("supervisor", 200), ("partner", 403), ("operator", 403)])
def test_only_posts_that_work_on_the_network_see_candidates(plan, client_as, places, role, status):
    assert client_as(role, places.township).get(f"/buildout/plans/{plan.pk}/siting/").status_code == status


def test_candidates_are_filtered_and_bounded_by_the_own_range(plan, office, client_as, places):
    make_candidate(plan, VILLAGES[0], name="甲")
    make_candidate(plan, VILLAGES[1], name="乙", existing=True)
    make_candidate(plan, 500242102200, name="丙", place_kind="culture_square")
    address = f"/buildout/plans/{plan.pk}/siting/"
    names = lambda client, **query: [row["name"] for row in client.get(address, query).context["rows"]]  # noqa: E731
    assert names(office, existing="yes") == ["乙"]
    assert names(office, kind="culture_square") == ["丙"]
    assert names(office, text="甲") == ["甲"]
    assert names(client_as("township", places.township)) == ["甲", "乙"]


@pytest.mark.parametrize("odd", [{"tier": "\x00"}, {"township": "-1"}, {"text": "\x00"}, {"cursor": "?"}, {"tier": "none"}])
def test_odd_filters_give_a_page(plan, office, odd):
    assert office.get(f"/buildout/plans/{plan.pk}/siting/", odd).status_code == 200


def upload(client, plan, content, **data):
    return client.post(f"/buildout/plans/{plan.pk}/siting/import/", {"file": SimpleUploadedFile("p.xlsx", content), **data})


def test_a_trial_writes_nothing_and_the_second_press_brings_it_in(plan, office):
    content = synthetic_workbook(plan, "village_station", (28.84, 108.77), 40)
    tried = upload(office, plan, content)
    assert (tried.status_code, tried.context["report"].bad_rows, Candidate.objects.count()) == (200, set(), 0)
    done = office.post(f"/buildout/plans/{plan.pk}/siting/import/", {"content": tried.context["content"], "key": "k", "apply": "all"})
    with entered(system_actor()):
        assert (done.status_code, Candidate.objects.count()) == (302, len(tried.context["report"].good))


def test_rows_of_other_townships_are_marked_in_the_returned_file(plan, client_as, places):
    content = synthetic_workbook(plan, "village_station", (28.84, 108.77), 40)
    client = client_as("township", places.township)
    tried = upload(client, plan, content)
    assert (tried.status_code, len(tried.context["report"].good) < len(tried.context["report"].bad_rows)) == (422, True)
    marked = load_workbook(io.BytesIO(upload(client, plan, content, report="1").content))
    assert "错误原因" in [cell.value for row in marked.worksheets[0].iter_rows(max_row=5) for cell in row]


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"PK\x03\x04"])
def test_what_is_no_sheet_is_refused_on_the_page(plan, office, content):
    page = upload(office, plan, content)
    assert (page.status_code, Candidate.objects.count()) == (422, 0)


def test_a_choice_that_is_none_is_refused(plan, office):
    content = synthetic_workbook(plan, "village_station", (28.84, 108.77), 40)
    assert upload(office, plan, content, apply="everything").status_code == 422
    assert Candidate.objects.count() == 0


def test_the_template_lists_the_own_villages(plan, client_as, places):
    response = client_as("township", places.township).get(f"/buildout/plans/{plan.pk}/siting/import/?template")
    words = [cell.value for column in load_workbook(io.BytesIO(response.content))["选项"].iter_cols() for cell in column if cell.value]
    assert "村级公共服务中心" in words


@pytest.fixture
def run(plan, actor, places):
    row_of_villages(plan)
    act(actor("lead_office", places.county), "buildout.run_siting", QUESTION, "run", target=plan.pk)
    return SitingRun.objects.get()


def test_the_answer_shows_proof_map_townships_and_places(run, office, django_assert_max_num_queries):
    with django_assert_max_num_queries(26):
        page = office.get(f"/buildout/siting/{run.pk}/")
    assert (page.context["proof"], len(page.context["pins"]), len(page.context["rows"])) == ("已证明最优", 6, 5)
    assert sorted(pin.colour for pin in page.context["pins"]) == ["green"] * 5 + ["red"]


def test_the_places_come_as_a_workbook(run, office):
    content = office.get(f"/buildout/siting/{run.pk}/?excel=1").content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=4, values_only=True))
    assert [row[4] for row in rows] == [1100, 1200, 1300, 1400, 1500]


def test_an_operator_and_a_missing_run_get_the_same_404(run, client_as, places):
    assert client_as("operator", places.village).get(f"/buildout/siting/{run.pk}/").status_code == 404
    assert client_as("leader", places.county).get("/buildout/siting/999999/").status_code == 404
