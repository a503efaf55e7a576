"""The throw-away installation that everything is measured on: its own data folder, its own database with fsync on."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psutil
import psycopg

from weimin.config import embedded
from weimin.config.embedded import SUPERUSER

FOREIGN = ("DATABASE_URL", "WEIMIN_KEEPER_URL", "WEIMIN_KEY_FILE", "WEIMIN_SECRET_KEYS", "WEIMIN_DEMONSTRATION", "WEIMIN_DEBUG")
PEER = "peer"  # the database alias of the superuser, whom no wall holds up: what a bare application would do


@contextmanager
def folder() -> Iterator[Path]:
    """An empty data folder in the environment; its server is stopped and it is removed, whatever happens."""
    made = Path(tempfile.mkdtemp(prefix="weimin-bench-"))
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ |= {
        "WEIMIN_DATA": str(made), "WEIMIN_LOG": "ERROR", "WEIMIN_HOSTS": "localhost 127.0.0.1 testserver",
        "DJANGO_SETTINGS_MODULE": "weimin.config.settings",
    }  # fmt: skip
    try:
        yield made
    finally:
        embedded.leave(made, patience=5)
        embedded.stop(made)
        shutil.rmtree(made, ignore_errors=True)


def open_house() -> None:
    """Starts the server and Django, with a second alias for the peers."""
    django.setup()
    settings = django.db.connections.databases  # type: ignore[attr-defined]
    settings[PEER] = settings["default"] | {"USER": SUPERUSER}


def machine(home: Path) -> str:
    """Cores, memory and the server's release: nothing that names the machine."""
    address = embedded.superuser(home)
    with psycopg.connect(host=address["host"], port=address["port"], user=SUPERUSER, dbname="postgres") as server:
        (release,) = server.execute("SHOW server_version").fetchone() or ("?",)
    memory = round(psutil.virtual_memory().total / 2**30)
    return f"{os.cpu_count()} cores, {memory} GiB, PostgreSQL {release.split()[0]}, Python {platform.python_version()}"
