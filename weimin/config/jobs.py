"""Background work: procrastinate calls what rooms declared with `@every`, once for each jurisdiction.

At its time a duty is spread: one job per jurisdiction, unless the last one is still waiting. Each of them runs inside the
jurisdiction's schema in its own transaction, so that a failing one stops nobody else; it is tried again after
RETRIES, then stays on the page `/jobs/` as failed. What a killed worker left behind is freed within two minutes (FREE). The queue's tables live in the public schema only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from functools import wraps
from types import TracebackType
from typing import Any

import procrastinate
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tenants.utils import schema_context, tenant_context
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.retry import RetryStrategy

from weimin.config.stalled import free_stalled
from weimin.jurisdictions.models import Jurisdiction
from weimin.walls.actor import system_actor
from weimin.walls.models import JobRun
from weimin.walls.periodic import PERIODIC, Periodic
from weimin.walls.session import entered
from weimin.walls.tenancy import tenancy

SPREAD, RUN, FREE = "weimin.spread", "weimin.run", "weimin.free"
ATTEMPTS = 5
RETRIES = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4)  # seconds: 4, 16, 64, 256 between the five attempts
KEEP_FAILED_HOURS = 30 * 24
SHANGHAI_HOURS = 8
SHARED = 0  # stands for the public schema in place of a jurisdiction's code


def on_app_ready(ready: procrastinate.App) -> None:
    """Imports every room's jobs.py and tells procrastinate what to do when. Called once, when the apps are ready."""
    autodiscover_modules("jobs")
    ready.worker_defaults = {**ready.worker_defaults, "delete_jobs": "successful"}
    spreading = ready.task(name=SPREAD)(fresh(spread))
    ready.task(name=RUN, retry=RETRIES)(fresh(run_one))
    freeing = ready.task(name=FREE)(fresh(free))
    ready.periodic(cron="* * * * *", periodic_id="freeing", queueing_lock="freeing")(freeing)
    for duty in PERIODIC.values():
        ready.periodic(cron=in_utc(duty.cron), periodic_id=duty.name, task_kwargs={"name": duty.name}, queueing_lock=duty.name)(spreading)
    ready.periodic(
        cron=in_utc("43 3 * * *"), periodic_id="cleaning", task_kwargs={"max_hours": KEEP_FAILED_HOURS, "remove_failed": True}, queueing_lock="cleaning"
    )(ready.tasks["builtin:procrastinate.builtin_tasks.remove_old_jobs"])


def fresh(task: Callable[..., None]) -> Callable[..., None]:
    """The task on a connection that is alive: a worker's thread may have slept through a restart of the database."""

    @wraps(task)
    def begun(**given: Any) -> None:
        close_old_connections()
        task(**given)

    return begun


def in_utc(cron: str) -> str:
    """The five fields for procrastinate, which counts in UTC: Shanghai is eight hours ahead all year.

    ValueError for a fixed hour together with fixed days: those would have to move too.
    """
    minute, hour, *days = cron.split()
    if not hour.isdigit():
        return cron
    if days != ["*", "*", "*"]:
        raise ValueError(f"{cron!r}: a fixed hour wants every day")
    return f"{minute} {(int(hour) - SHANGHAI_HOURS) % 24} * * *"


def free(timestamp: int) -> None:
    """Every minute: what a killed worker had begun is begun again."""
    free_stalled(ATTEMPTS)


def spread(timestamp: int, name: str) -> None:
    """Puts one job per jurisdiction on the queue; those still waiting from the last time are not doubled."""
    with schema_context("public"):
        codes = list(Jurisdiction.objects.values_list("code", flat=True))
    for code in [*([SHARED] if PERIODIC[name].shared else []), *codes]:
        defer(name, code)


def defer(name: str, code: int) -> bool:
    """Puts one duty of one jurisdiction on the queue; False when it waits there already. Works in any schema."""
    lock = f"{name}:{code}"
    try:
        with transaction.atomic():  # a savepoint: a refusal must not spoil the caller's transaction
            app.configure_task(RUN, lock=lock, queueing_lock=lock).defer(name=name, code=code)
    except AlreadyEnqueued:
        return False
    return True


def run_one(name: str, code: int) -> None:
    """The job: one duty in one jurisdiction, now."""
    with schema_context("public"):
        jurisdiction = Jurisdiction.objects.get(code=code) if code else None
    with tenant_context(jurisdiction) if jurisdiction else schema_context("public"):  # a duty may ask where it is (`tenancy.here`)
        perform(PERIODIC[name], jurisdiction, timezone.localtime())


def perform(duty: Periodic, jurisdiction: Jurisdiction | None, now: datetime) -> None:
    """Runs a duty in the current schema and notes how it went; what it raises goes on. Nothing while another worker is at it."""
    robot = system_actor(jurisdiction.low, jurisdiction.high, name=duty.name) if jurisdiction else system_actor(name=duty.name)
    with alone(duty.name) as free:
        if free:
            with Noted(duty.name, now), nullcontext() if duty.own_transactions else entered(robot):
                duty.run(jurisdiction, now)


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether nobody does this duty in this schema now; then nobody begins it before the end. The queue's lock says so too, but a worker
    that was taken for dead (FREE) may still be at it. The database forgets the lock with the connection."""
    words = [tenancy.schema_name, name]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), hashtext(%s))", words)
        (free,) = cursor.fetchone()
    try:
        yield free
    finally:
        if free:
            with suppress(InterfaceError, OperationalError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), hashtext(%s))", words)


class Noted:
    """Writes the end of a duty, good or bad, into its row of JobRun."""

    def __init__(self, name: str, now: datetime) -> None:
        self.name, self.now, self.started = name, now, time.perf_counter()

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        row, _made = JobRun.objects.get_or_create(name=self.name)
        if error is None:
            row.ended_at, row.failures, row.error = self.now, 0, ""
            row.milliseconds = round((time.perf_counter() - self.started) * 1000)
        else:
            row.failed_at, row.failures, row.error = self.now, row.failures + 1, reason(error)
        row.save()


def reason(error: BaseException) -> str:
    """The kind of an error and its first line: details, which may hold a person's data, stay in the log."""
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"[:300]
