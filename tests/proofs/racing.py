"""Several at the same moment, each on a connection of its own, in a database in which transactions really commit (fixture `scratch` or `arena`)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db import connections

from proofs.databases import YOUYANG, inside
from proofs.seats import COUNTY, seat_of
from weimin.accounts.roles import DUTIES
from weimin.actions.act import act, new_key
from weimin.actions.registry import ACTIONS
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import Refusal
from weimin.walls.session import entered

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PATIENCE = 0.3  # seconds that one who is ready waits for the others, who may be waiting for its lock
NUMBERS = count(1)
meeting = threading.local()


def somebody(role: str) -> Actor:
    """A person of their own in a post of this role."""
    region, number = seat_of(role), next(NUMBERS)
    high = region + (999_999 if region == COUNTY else 999)
    return Actor(number, f"{role}{number}", number, role, region, high, DUTIES[role].purposes)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Runs the works on connections of their own, let go together; what each answered."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            with inside(YOUYANG):
                gate.wait(10)
                return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


class Meeting:
    """Where those who act at once wait for each other: after the checks, before the writing, which is the worst moment there is."""

    def __init__(self, number: int) -> None:
        self.missing, self.lock, self.full = number, threading.Lock(), threading.Event()

    def wait(self) -> None:
        with self.lock:
            self.missing -= 1
            if self.missing <= 0:
                self.full.set()
        self.full.wait(PATIENCE)


Turn = tuple[str, str, dict[str, Any], Any]  # role, action, data, target


def race(*turns: Turn, key: str = "") -> list[Any]:
    """Each turn by another person, all at once: the receipt, or the refusal. `key`: one person sends the same form again and again."""
    place, one = Meeting(len(turns)), somebody(turns[0][0])

    def take(turn: Turn) -> Any:
        role, name, data, target = turn
        meeting.place = place
        try:
            return act(one if key else somebody(role), name, data, key or new_key(), target=target, now=NOW)
        except Refusal as refusal:
            return refusal
        finally:
            meeting.place = None

    return at_once(*[lambda turn=turn: take(turn) for turn in turns])


def with_meetings() -> dict[str, Any]:
    """Every action, stopping at the meeting of its race before it writes."""

    def stopping(run: Any) -> Any:
        def met(*given: Any) -> Any:
            place = getattr(meeting, "place", None)
            if place is not None:
                place.wait()
            return run(*given)

        return met

    return {name: replace(action, run=stopping(action.run)) for name, action in ACTIONS.items()}


def done(answers: list[Any]) -> int:
    """How many were done; whoever was refused was told why."""
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert all(str(refusal).strip() for refusal in refused)
    return len(answers) - len(refused)


def built(make: Callable[[], Any]) -> Any:
    """What is made or looked at by the software itself, and committed."""
    with entered(system_actor()):
        return make()


def fresh(*rows: Any) -> Any:
    """The rows as they are now; one alone for one."""
    for row in rows:
        built(row.refresh_from_db)
    return rows if len(rows) > 1 else rows[0]
