"""Work of one jurisdiction on two connections at a time: PostgreSQL has a process for each, so that a second core takes part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection
from django_tenants.utils import tenant_context

WRITERS = 2


def side_by_side(jobs: Sequence[Callable[[], Any]]) -> None:
    """Each job in transactions of its own; the first that fails is raised, and those not begun by then are left.

    Inside an open transaction one after the other: another connection would not see what it wrote.
    """
    if len(jobs) < 2 or connection.in_atomic_block:
        for job in jobs:
            job()
        return
    tenant = connection.tenant  # type: ignore[attr-defined]
    with ThreadPoolExecutor(WRITERS) as pool:
        begun = [pool.submit(_connected, job, tenant) for job in jobs]
        try:
            for one in begun:
                one.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _connected(job: Callable[[], Any], tenant: Any) -> None:
    try:
        with tenant_context(tenant):
            job()
    finally:
        connection.close()
