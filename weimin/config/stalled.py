"""Jobs of a worker that was killed: nobody works on them, and nothing else of their kind may begin while they count as being done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tenants.utils import schema_context
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

SILENT = timedelta(seconds=60)  # a worker tells every ten seconds that it lives


def free_stalled(most_attempts: int) -> int:
    """Puts the jobs of silent workers on the queue again, to be run at once; how many there were.

    What they had begun was rolled back with the worker's connection. A job that was begun `most_attempts` times and never came to its
    end, which may be what kills the worker, is left as failed for the administrator.
    """
    since = timezone.now() - SILENT
    with schema_context("public"):
        abandoned = ProcrastinateJob.objects.filter(Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=since), status="doing")
        found = list(abandoned.order_by("pk").values_list("pk", "attempts"))
        for number, attempts in found:
            if attempts + 1 >= most_attempts:
                finish(number, delete=False)
            else:
                begin_again(number, since)
    return len(found)


def begin_again(number: int, at: datetime) -> None:
    """The job waits again, due since a time that has passed by the database's clock too; where the same one waits already, that one is enough."""
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(number, at)
    except UniqueViolation:
        finish(number, delete=True)


def finish(number: int, *, delete: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', %s)", [number, delete])
