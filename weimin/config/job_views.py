"""The administrator's page of background work."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from weimin.accounts.guard import signed_in
from weimin.config.job_queries import duties, failed_jobs, last_runs, waiting
from weimin.walls.errors import NotAllowed
from weimin.walls.request import Request
from weimin.walls.tenancy import here


@require_safe
@signed_in
def jobs_page(request: Request) -> HttpResponse:
    """Recurring duties with their last run, jobs that wait, jobs that failed with a button each."""
    if request.actor.role != "administrator":
        raise NotAllowed()
    code, runs = here().code, last_runs()
    return render(request, "config/jobs.html", {"duties": duties(runs), "failed": failed_jobs(code, runs), "waiting": waiting(code)})
