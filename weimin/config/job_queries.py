"""What the page of background work shows: recurring duties of this jurisdiction, and jobs that failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from weimin.config.jobs import RUN
from weimin.walls.models import JobRun
from weimin.walls.periodic import PERIODIC

MOST_SHOWN = 50


@dataclass(frozen=True)
class Duty:
    """One recurring duty: how it fared last (None = it has not run yet)."""

    name: str
    label: Any
    cron: str
    run: JobRun | None

    @property
    def state(self) -> str:
        if self.run is None:
            return "none"
        return "failed" if self.run.failures else "ok"


@dataclass(frozen=True)
class FailedJob:
    """A job that used up its attempts. `region` is the jurisdiction's code, so that the button asks the range."""

    pk: int
    label: Any
    region: int
    attempts: int
    failed_at: datetime | None
    error: str


def last_runs() -> dict[str, JobRun]:
    return {run.name: run for run in JobRun.objects.all()}


def duties(runs: dict[str, JobRun]) -> list[Duty]:
    """Every recurring duty with its last run."""
    return [Duty(duty.name, duty.label, duty.cron, runs.get(duty.name)) for duty in PERIODIC.values()]


def failed_jobs(code: int, runs: dict[str, JobRun]) -> list[FailedJob]:
    """Failed jobs of one jurisdiction, newest first; one query."""
    rows = ProcrastinateJob.objects.filter(task_name=RUN, status="failed", args__code=code).order_by("-pk")[:MOST_SHOWN]
    return [failed(row, code, runs.get(row.args["name"])) for row in rows]


def failed(row: ProcrastinateJob, code: int, run: JobRun | None) -> FailedJob:
    name = row.args["name"]
    label = PERIODIC[name].label if name in PERIODIC else name
    return FailedJob(row.pk, label, code, row.attempts, run.failed_at if run else None, run.error if run else "")


def waiting(code: int) -> int:
    return ProcrastinateJob.objects.filter(task_name=RUN, status__in=("todo", "doing"), args__code=code).count()
