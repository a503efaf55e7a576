"""A valid use of each action of the room."""

from __future__ import annotations

from typing import Any

from django.db import connection

from weimin.actions.examples import Example
from weimin.config.jobs import defer
from weimin.walls.actor import Actor


def failed_job(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    """A job of the current jurisdiction that used up its attempts."""
    code = connection.tenant.code
    defer("trail.seal", code)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE public.procrastinate_jobs SET status = 'failed', attempts = 5 WHERE queueing_lock = %s RETURNING id", [f"trail.seal:{code}"])
        return cursor.fetchone()[0], {}


EXAMPLES = {"config.retry_job": Example(role="administrator", build=failed_job)}
