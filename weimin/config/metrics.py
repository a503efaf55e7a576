"""Counters of requests for Prometheus, summed over the web's processes through small files in the data folder.

Imported by settings through the log, so nothing here may touch settings when it is imported.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from weimin.config import environment

BUCKETS = (0.05, 0.1, 0.3, 1.0, 3.0, float("inf"))  # seconds; 0.3 is the pass line of a page
FLUSH_SECONDS = 1.0


class Metrics:
    """Counts by (view, method, status): how many, seconds in sum, and how many in each bucket."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._counts: dict[str, list[float]] = defaultdict(lambda: [0.0] * (2 + len(BUCKETS)))
        self._lock = threading.Lock()
        self._flushed = 0.0

    def observe(self, view: str, method: str, status: int, seconds: float) -> None:
        with self._lock:
            row = self._counts["\t".join((view or "unknown", method, str(status)))]
            row[0] += 1
            row[1] += seconds
            for position, bound in enumerate(BUCKETS):
                row[2 + position] += seconds <= bound
            due = time.monotonic() - self._flushed > FLUSH_SECONDS
        if due:
            self.flush()

    def flush(self) -> None:
        """Write this process's counters where the others find them; losing them is no reason to fail a request."""
        with self._lock, contextlib.suppress(OSError):
            self._flushed = time.monotonic()
            self.folder.mkdir(parents=True, exist_ok=True)
            target = self.folder / f"{os.getpid()}.json"
            fresh = target.with_suffix(".new")
            fresh.write_text(json.dumps(self._counts))
            fresh.replace(target)

    def total(self) -> dict[str, list[float]]:
        """Counters of all processes since `weimin run` started, those that ended included."""
        self.flush()
        total: dict[str, list[float]] = defaultdict(lambda: [0.0] * (2 + len(BUCKETS)))
        for file in sorted(self.folder.glob("*.json")):
            for key, row in json.loads(file.read_text()).items():
                total[key] = [ours + theirs for ours, theirs in zip(total[key], row, strict=True)]
        return total


def clear(folder: Path) -> None:
    """Begin again from nought; the supervisor does this before it starts the web."""
    for file in folder.glob("*.json"):
        file.unlink(missing_ok=True)


def folder() -> Path:
    return environment.path("WEIMIN_DATA") / "metrics"


def render_requests(total: dict[str, list[float]]) -> Iterable[str]:
    """The Prometheus text of the request counters and the latency histogram."""
    yield "# HELP weimin_request_seconds Time to answer a request."
    yield "# TYPE weimin_request_seconds histogram"
    for key, (count, seconds, *buckets) in sorted(total.items()):
        view, method, status = key.split("\t")
        labels = f'view="{escape(view)}",method="{escape(method)}",status="{status}"'
        for bound, inside in zip(BUCKETS, buckets, strict=True):
            yield f'weimin_request_seconds_bucket{{{labels},le="{bound if bound != float("inf") else "+Inf"}"}} {inside:.0f}'
        yield f"weimin_request_seconds_sum{{{labels}}} {seconds:.6f}"
        yield f"weimin_request_seconds_count{{{labels}}} {count:.0f}"


def render_gauge(name: str, says: str, label: str, values: Iterable[tuple[str, float]]) -> Iterable[str]:
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} gauge"
    for value_of, value in values:
        yield f'{name}{{{label}="{escape(value_of)}"}} {value:g}'


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


METRICS = Metrics(folder())
