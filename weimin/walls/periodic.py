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
from typing import Any

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


def every(cron: str, name: str, *, label: Any = "", own_transactions: bool = False, shared: bool = False) -> Callable[[Run], Run]:
    """Registers fn(jurisdiction, now) to run at the times of `cron`; a name is registered once (ValueError)."""

    def remember(run: Run) -> Run:
        if name in PERIODIC:
            raise ValueError(f"periodic job {name} is registered twice")
        PERIODIC[name] = Periodic(cron, name, label or name, run, own_transactions, shared)
        return run

    return remember
