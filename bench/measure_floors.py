"""What the machine does without Weimin: the disk, a row with its commit, Django behind granian saying hello."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from django.conf import settings

from bench.sizes import Sizes
from bench.table import Line
from bench.timing import rate, seconds
from weimin.config import embedded

THREADS = 4
BLOCK = bytes(8192)


def measure(sizes: Sizes) -> Iterator[Line]:
    yield Line("floors", "8 kB written and on the disk, median", synced(20 * sizes.views) * 1000, "ms")
    for clients in (1, 8):
        yield Line("floors", f"one row and its commit, {clients} clients", rate(inserting, clients, sizes.seconds), "/s")
    with hello() as port:
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def hello() -> Iterator[int]:
    """granian with the project's own options and an application that only says hello."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", str(THREADS),
        "--no-ws", "--log-level", "error", "bench.hello:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.hello"}, start_new_session=True)
    try:
        answered(f"http://127.0.0.1:{port}/", 30)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def answered(url: str, patience: float) -> float:
    """Seconds until a page answers 200; TimeoutError when it does not."""
    began = time.monotonic()
    while time.monotonic() - began < patience:
        with suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return time.monotonic() - began
        time.sleep(0.05)
    raise TimeoutError(url)


def knocking(port: int, clients: int, length: float) -> float:
    """Answers a second over kept connections, from clients in processes of their own."""
    command = [sys.executable, "-m", "bench.knock", str(port), str(length)]
    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(subprocess.run, command, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR) for _ in range(clients)]
        return sum(float(done.result().stdout) for done in running)
