"""What an administrator may do with background work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

from weimin.actions.registry import Outcome, register
from weimin.config.job_queries import FailedJob, failed
from weimin.config.jobs import RUN
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.tenancy import here


def find_failed(actor: Actor, number: Any) -> FailedJob:
    """A job of the actor's own jurisdiction that failed; anything else does not exist."""
    code = here().code
    row = ProcrastinateJob.objects.select_for_update().get(pk=number, task_name=RUN, status="failed", args__code=code)
    return failed(row, code, None)


@register(
    "config.retry_job", label=_("重新执行"), roles=("administrator",), find=find_failed, region=lambda job, data: job.region,
)  # fmt: skip
def retry_job(by: Actor, job: FailedJob, data: dict[str, Any], now: datetime) -> Outcome:
    """把失败的后台任务重新排队，一分钟内执行"""
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job.pk, now)
    except UniqueViolation:
        raise RuleBroken(_("同一任务已经在排队，不用重复执行。")) from None
    return Outcome(None, before={"status": "failed"}, after={"job": job.pk, "status": "todo"}, message=_("已重新排队"), next_url="/jobs/")
