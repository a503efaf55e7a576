"""Rooms declare what must be done again and again; `weimin.config.jobs` has it done, jurisdiction by jurisdiction.

In a room's jobs.py (imported when the worker and the web start):

    @every("30 1 * * *", "indicators.nightly", label=_("计算指标"))
    def nightly(jurisdiction, now): ...

runs inside the jurisdiction's schema, in one transaction as the system. With `own_transactions=True` the function opens
its own (`entered`); with `shared=True` it also runs once in the public schema, where `jurisdiction` is None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from weimin.walls.tenancy import here

Run = Callable[[Any, datetime], object]


@dataclass(frozen=True)
class Periodic:
    """One recurring duty. `cron`: five fields in Shanghai time; `name` is room.verb and unique."""

    cron: str
    name: str
    label: Any
    run: Run
    own_transactions: bool
    shared: bool


PERIODIC: dict[str, Periodic] = {}
Waker = Callable[[str, int], object]
_wakers: list[Waker] = []


def wake_with(waker: Waker) -> None:
    """Takes what puts a duty of one jurisdiction (its code) on the queue. Once, when the apps are ready."""
    _wakers[:] = [waker]


def wake(name: str) -> None:
    """Asks that a duty be done soon in the current jurisdiction, once the open transaction has ended well.

    A convenience only: what has to be done stands in a row of the jurisdiction's own, and the duty finds it at its next time too.
    """
    code = here().code
    for waker in _wakers:
        transaction.on_commit(partial(waker, name, code), robust=True)


def every(cron: str, name: str, *, label: Any = "", own_transactions: bool = False, shared: bool = False) -> Callable[[Run], Run]:
    """Registers fn(jurisdiction, now) to run at the times of `cron`; a name is registered once (ValueError)."""

    def remember(run: Run) -> Run:
        if name in PERIODIC:
            raise ValueError(f"periodic job {name} is registered twice")
        PERIODIC[name] = Periodic(cron, name, label or name, run, own_transactions, shared)
        return run

    return remember
