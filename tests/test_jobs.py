"""Background work: queued per jurisdiction, kept apart, seen and retried (X13)."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import schema_context
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from weimin.actions.act import act
from weimin.config.jobs import RUN, defer, in_utc, perform, run_one, spread
from weimin.trail.models import Entry
from weimin.walls.actor import system_actor
from weimin.walls.errors import NotAllowed, NotVisible, RuleBroken
from weimin.walls.models import JobRun
from weimin.walls.periodic import PERIODIC, every
from weimin.walls.session import current_actor, entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("X13")]
YOUYANG, TUPO = 500242000000, 341221203000


class Broken(Exception):
    pass


@pytest.fixture
def duty():
    """A duty of the test: notes where it ran; breaks in the jurisdictions of `breaks`."""
    ran, breaks = [], set()

    @every("* * * * *", "test.duty", label="试验任务", shared=True)
    def run(jurisdiction, now):
        ran.append((connection.schema_name, current_actor().low))
        if jurisdiction and jurisdiction.code in breaks:
            raise Broken("第一行\n王小明 500242199001011234")

    run.ran, run.breaks = ran, breaks
    yield run
    del PERIODIC["test.duty"]


def queued(status="todo"):
    return list(ProcrastinateJob.objects.filter(task_name=RUN, status=status).order_by("pk").values_list("args", flat=True))


def fail(code):
    """A job of a jurisdiction that used up its attempts; its number."""
    defer("test.duty", code)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE public.procrastinate_jobs SET status = 'failed', attempts = 5 RETURNING id")
        return cursor.fetchone()[0]


def test_a_duty_is_spread_over_the_shared_schema_and_every_jurisdiction(db, duty):
    spread(0, "test.duty")
    assert queued() == [{"code": code, "name": "test.duty"} for code in (0, TUPO, YOUYANG)]


def test_a_duty_that_still_waits_is_not_queued_twice(db, duty):
    spread(0, "test.duty")
    assert defer("test.duty", TUPO) is False
    assert len(queued()) == 3


def test_a_duty_runs_in_its_schema_with_the_jurisdictions_range(db, duty):
    for code in (0, TUPO, YOUYANG):
        run_one("test.duty", code)
    assert duty.ran == [("public", 0), ("j341221203", TUPO), ("j500242", YOUYANG)]
    assert connection.schema_name == "public"


@pytest.mark.parametrize("name", sorted(PERIODIC))
def test_every_duty_of_the_house_runs_as_the_worker_runs_it(db, name):
    """In an empty jurisdiction: what a duty reads of where it is must be there, whatever it finds to do."""
    run_one(name, YOUYANG)
    with schema_context("j500242"):
        assert JobRun.objects.get(name=name).failures == 0


def test_a_failing_jurisdiction_is_noted_and_does_not_touch_the_others(db, duty):
    duty.breaks.add(TUPO)
    with pytest.raises(Broken):
        run_one("test.duty", TUPO)
    run_one("test.duty", YOUYANG)
    with schema_context("j341221203"):
        run = JobRun.objects.get(name="test.duty")
    assert (run.failures, run.ended_at, run.error) == (1, None, "Broken: 第一行")
    with schema_context("j500242"):
        assert JobRun.objects.get(name="test.duty").failures == 0


def test_what_a_failing_duty_wrote_is_undone(jurisdiction, now):
    @every("* * * * *", "test.half")
    def half(jurisdiction, now):
        JobRun.objects.create(name="half")
        raise Broken("x")

    with pytest.raises(Broken):
        perform(PERIODIC.pop("test.half"), jurisdiction, now)
    assert list(JobRun.objects.values_list("name", flat=True)) == ["test.half"]


def test_a_success_after_failures_clears_the_error(jurisdiction, duty, now):
    JobRun.objects.create(name="test.duty", failures=3, error="Broken: x", failed_at=now)
    perform(PERIODIC["test.duty"], jurisdiction, now)
    run = JobRun.objects.get(name="test.duty")
    assert (run.failures, run.error, run.ended_at) == (0, "", now)


def test_the_queue_lives_in_the_public_schema_only(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT table_schema FROM information_schema.tables WHERE table_name LIKE 'procrastinate%'")
        assert cursor.fetchall() == [("public",)]


def test_work_can_be_deferred_from_inside_a_jurisdiction_by_the_applications_role(jurisdiction, duty, actor, places):
    with entered(actor("township", places.township)):
        assert defer("test.duty", YOUYANG) is True
    assert queued() == [{"code": YOUYANG, "name": "test.duty"}]


@pytest.mark.parametrize("cron, expected", [("30 1 * * *", "30 17 * * *"), ("0 9 * * *", "0 1 * * *"), ("*/10 * * * *", "*/10 * * * *")])
def test_hours_are_shanghai_hours(cron, expected):
    assert in_utc(cron) == expected


def test_a_fixed_hour_on_fixed_days_is_refused():
    with pytest.raises(ValueError, match="wants every day"):
        in_utc("0 1 * * 1")


def test_every_declared_duty_is_known_to_procrastinate():
    known = {task.configure_kwargs.get("task_kwargs", {}).get("name") for task in app.periodic_registry.periodic_tasks.values()}
    assert set(PERIODIC) <= known
    assert {"trail.seal", "indicators.nightly", "indicators.today"} <= known


def test_the_administrator_sees_and_retries_a_failed_job(jurisdiction, duty, client_as, places):
    number, client = fail(YOUYANG), client_as("administrator", places.county)
    page = client.get("/jobs/").content.decode()
    assert "试验任务" in page and f"#{number}" in page
    key = uuid.uuid4().hex
    assert client.post(f"/act/config.retry_job/{number}/", {"key": key}).status_code == 302
    assert queued() == [{"code": YOUYANG, "name": "test.duty"}]
    with entered(system_actor()):
        assert Entry.objects.filter(action="config.retry_job").count() == 1


def test_the_page_is_for_the_administrator_alone(jurisdiction, client_as, places):
    assert client_as("lead_office", places.county).get("/jobs/").status_code == 403


def test_the_page_needs_three_queries_of_its_own(jurisdiction, duty, client_as, places):
    fail(YOUYANG)
    client = client_as("administrator", places.county)
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/jobs/").status_code == 200
    assert len([query for query in seen if "procrastinate" in query["sql"] or "walls_jobrun" in query["sql"]]) == 3


def test_another_jurisdictions_job_does_not_exist(jurisdiction, duty, actor, places, now):
    number = fail(TUPO)
    with pytest.raises(NotVisible):
        act(actor("administrator", places.county), "config.retry_job", {}, "k1", target=number, now=now)
    assert queued("failed") == [{"code": TUPO, "name": "test.duty"}]


def test_only_an_administrator_may_retry(jurisdiction, duty, actor, places, now):
    number = fail(YOUYANG)
    with pytest.raises(NotAllowed):
        act(actor("lead_office", places.county), "config.retry_job", {}, "k2", target=number, now=now)
    assert queued("failed") == [{"code": YOUYANG, "name": "test.duty"}]


def test_a_job_whose_twin_waits_already_is_not_doubled(jurisdiction, duty, actor, places, now):
    number = fail(YOUYANG)
    defer("test.duty", YOUYANG)
    with pytest.raises(RuleBroken, match="已经在排队"):
        act(actor("administrator", places.county), "config.retry_job", {}, "k3", target=number, now=now)
    assert len(queued()) == 1
