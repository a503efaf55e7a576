"""What the machine does without Weimin: the disk, a row with its commit, Django behind granian saying hello."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from django.conf import settings

from bench.serving import THREADS, served
from bench.sizes import Sizes
from bench.table import Line
from bench.timing import rate, seconds
from weimin.config import embedded

BLOCK = bytes(8192)


def measure(sizes: Sizes) -> Iterator[Line]:
    yield Line("floors", "8 kB written and on the disk, median", synced(20 * sizes.views) * 1000, "ms")
    for clients in (1, 8):
        yield Line("floors", f"one row and its commit, {clients} clients", rate(inserting, clients, sizes.seconds), "/s")
    with served("bench.hello:application", "bench.hello") as port:
        yield Line("floors", "Django says hello behind granian", knocking(port, THREADS, sizes.seconds), "/s")


def synced(times: int) -> float:
    """Seconds of one write with fdatasync, the median of many."""
    path = Path(settings.DATA_DIR) / "synced"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        return median(seconds(lambda: (os.pwrite(handle, BLOCK, 0), os.fdatasync(handle))) for _ in range(times))
    finally:
        os.close(handle)
        path.unlink()


def connect() -> psycopg.Connection[Any]:
    address = embedded.superuser(Path(settings.DATA_DIR))
    return psycopg.connect(host=address["host"], port=address["port"], user=address["user"], dbname=address["name"], autocommit=True)


def inserting(number: int) -> Callable[[], object]:
    """One client that inserts rows, each in its own durable transaction."""
    server = connect()
    with suppress(psycopg.errors.UniqueViolation):  # two clients make the table at once
        server.execute("CREATE TABLE IF NOT EXISTS bench_row (id bigserial PRIMARY KEY, region bigint, note text)")
    return lambda: server.execute("INSERT INTO bench_row (region, note) VALUES (%s, %s)", [number, "一行"])


def knocking(port: int, clients: int, length: float) -> float:
    """Answers a second over kept connections, from clients in processes of their own."""
    command = [sys.executable, "-m", "bench.knock", str(port), str(length)]
    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(subprocess.run, command, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR) for _ in range(clients)]
        return sum(float(done.result().stdout) for done in running)
