"""For machines that watch: /healthz (the process answers), /readyz (it can work), /metrics (how it works).

`HealthMiddleware` answers them before host names, sessions and jurisdictions are looked at: a watcher has none of these.
"""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django_tenants.utils import get_tenant_model, schema_context

from weimin.config.metrics import METRICS, render_gauge, render_requests
from weimin.config.schemas import schemas_behind
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

HEARTBEAT_LIMIT = timedelta(seconds=60)  # the worker writes one every ten seconds
LOOPBACK = ("127.0.0.1", "::1")


class HealthMiddleware:
    """Second to outermost, below the request log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = VIEWS.get(request.path)
        return view(request) if view else self.get_response(request)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nobody else, so a slow database does not get the web killed."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and worker are all right, otherwise 503; the body says which is not."""
    found = readiness(timezone.now())
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text; for the machine itself, or with WEIMIN_METRICS_TOKEN as a bearer token."""
    if not may_read_metrics(request.META.get("REMOTE_ADDR", ""), request.headers):
        return HttpResponse("forbidden\n", status=403, content_type="text/plain")
    lines = list(render_requests(METRICS.total()))
    try:
        lines += render_gauge("weimin_jobs", "Background jobs by state.", "state", job_counts())
        lines += render_gauge("weimin_steps_overdue", "Open steps past their due date.", "jurisdiction", overdue_steps(timezone.now()))
    except DatabaseError:
        lines.append("weimin_database_up 0")
    else:
        lines.append("weimin_database_up 1")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


VIEWS = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}


def readiness(now: datetime) -> dict[str, bool]:
    """{"database": …, "migrations": …, "worker": …}; what cannot be asked counts as not ready."""
    try:
        with schema_context("public"):
            migrated = not schemas_behind()
            return {"database": True, "migrations": migrated, "worker": migrated and worker_alive(now)}
    except DatabaseError:
        return {"database": False, "migrations": False, "worker": False}


def worker_alive(now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM public.procrastinate_workers")
        (latest,) = cursor.fetchone()
    return latest is not None and now - latest < HEARTBEAT_LIMIT


def may_read_metrics(address: str, headers) -> bool:
    """A request that a proxy passed on is not from the machine itself, whatever its address says."""
    offered = headers.get("Authorization", "")
    if settings.METRICS_TOKEN and hmac.compare_digest(offered.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        return True
    return address in LOOPBACK and "X-Forwarded-For" not in headers and "Forwarded" not in headers


def job_counts() -> list[tuple[str, float]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM public.procrastinate_jobs GROUP BY 1 ORDER BY 1")
        return cursor.fetchall()


def overdue_steps(now: datetime) -> list[tuple[str, float]]:
    """Open steps past their due date by jurisdiction code."""
    step = apps.get_model("flows", "Step")
    overdue = []
    with schema_context("public"):
        jurisdictions = list(get_tenant_model().objects.exclude(schema_name="public"))
    for jurisdiction in jurisdictions:
        actor = system_actor(jurisdiction.low, jurisdiction.high, name="metrics")
        with schema_context(jurisdiction.schema_name), entered(actor):
            late = step.objects.visible_to(actor).filter(closed_at=None, due_on__lt=timezone.localdate(now))
            overdue.append((str(jurisdiction.code), float(late.count())))
    return overdue
