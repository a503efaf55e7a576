"""granian with the project's own options, on a free port, for as long as a measure needs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.error import HTTPError

from django.conf import settings

THREADS = 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(application: str, settings_module: str, path: str = "/") -> Iterator[int]:
    """The port of two workers that answer; they are stopped afterwards."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", str(THREADS),
        "--backpressure", "128", "--no-ws", "--log-level", "error", application,
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | {"DJANGO_SETTINGS_MODULE": settings_module}, start_new_session=True)
    try:
        answered(f"http://127.0.0.1:{port}{path}", 120)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def answered(url: str, patience: float) -> float:
    """Seconds until a page answers, whatever it says below 500; TimeoutError when it does not."""
    began = time.monotonic()
    while time.monotonic() - began < patience:
        with suppress(OSError):
            try:
                urllib.request.urlopen(url, timeout=10).close()
                return time.monotonic() - began
            except HTTPError as refused:
                if refused.code < 500:
                    return time.monotonic() - began
        time.sleep(0.05)
    raise TimeoutError(url)
