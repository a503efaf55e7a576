"""What a killed worker had begun is begun again, by whichever worker lives (X13)."""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from weimin.config.jobs import ATTEMPTS, RUN, defer, free

pytestmark = [pytest.mark.django_db, pytest.mark.req("X13")]
YOUYANG, DUTY = 500242000000, "residents.work_imports"


def begun(silent_for, attempts=0):
    """The job of a duty, begun by a worker that was last heard of so many seconds ago (None: it has been forgotten)."""
    defer(DUTY, YOUYANG)
    with connection.cursor() as cursor:
        worker = None
        if silent_for is not None:
            cursor.execute("INSERT INTO public.procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id", [silent_for])
            (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE public.procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = %s WHERE task_name = %s RETURNING id", [attempts, worker, RUN]
        )
        return cursor.fetchone()[0]


def queue():
    return list(ProcrastinateJob.objects.filter(task_name=RUN).order_by("pk").values_list("pk", "status", "attempts"))


def fetched():
    """The number of the job that a worker would begin now."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO public.procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute("SELECT id FROM public.procrastinate_fetch_job_v2(NULL, %s)", [cursor.fetchone()[0]])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("silent_for", [61, None])
def test_the_job_of_a_silent_or_forgotten_worker_is_begun_again_at_once(silent_for):
    job = begun(silent_for)
    assert fetched() is None
    free(0)
    assert queue() == [(job, "todo", 1)]
    assert fetched() == job


def test_the_job_of_a_worker_that_lives_is_left_to_it():
    job = begun(30)
    free(0)
    assert queue() == [(job, "doing", 0)]


def test_where_the_same_duty_waits_already_the_abandoned_job_goes_and_the_waiting_one_can_begin():
    begun(600)
    defer(DUTY, YOUYANG)
    waiting = queue()[-1][0]
    assert fetched() is None
    free(0)
    assert queue() == [(waiting, "todo", 0)]
    assert fetched() == waiting


def test_a_job_that_killed_its_worker_at_every_attempt_is_left_as_failed():
    job = begun(600, attempts=ATTEMPTS - 1)
    free(0)
    assert queue() == [(job, "failed", ATTEMPTS)]


def test_freeing_is_known_to_procrastinate_and_done_every_minute():
    task = next(task for task in app.periodic_registry.periodic_tasks.values() if task.periodic_id == "freeing")
    assert (task.cron, task.task.name) == ("* * * * *", "weimin.free")
