"""A real server for the browser: granian in a process of its own, on a database of its own, ended by its process id."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection

from browser.ground import ROOT, dsn, ensure_template, schema_hash

START_SECONDS = 120


@dataclass(frozen=True)
class Place:
    """Where a story happens: its database, its folder (keys, attachments, static files) and its environment."""

    database: str
    folder: Path

    @property
    def clock(self) -> Path:
        """How many days the server's clock is ahead of (or, negative, behind) the machine's."""
        return self.folder / "days"

    def environment(self) -> dict[str, str]:
        held = connection.settings_dict
        socket_folder = quote(held["HOST"], safe="")
        url = f"postgresql://{held['USER']}:{held['PASSWORD']}@:{held['PORT']}/{self.database}?host={socket_folder}"
        if not held["HOST"].startswith("/"):
            url = f"postgresql://{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT']}/{self.database}"
        own = {
            "DATABASE_URL": url,
            "WEIMIN_DATA": str(self.folder),
            "WEIMIN_DEMONSTRATION": "yes",
            "WEIMIN_LOG": "WARNING",
        }
        own |= {"STORY_CLOCK": str(self.clock), "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
        return {**os.environ, **own, "WEIMIN_KEY_FILE": str(settings.KEY_FILE)}


@contextmanager
def place(name: str, folder: Path) -> Iterator[Place]:
    """A fresh database from the template of the tests, to which this process's connection is turned meanwhile."""
    template, was = f"weimin_template_{schema_hash()}", connection.settings_dict["NAME"]
    database = f"story_{name}_{os.environ.get('WEIMIN_TEST_NAME', 'main')}_{os.getpid()}"
    with psycopg.connect(dsn("postgres"), autocommit=True) as server:
        ensure_template(server, template)
        connection.close()
        server.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        connection.settings_dict["NAME"] = database
        try:
            yield Place(database, folder)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = was
            server.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}/sign-in/", timeout=5).close()
    except (URLError, TimeoutError, ConnectionError):
        return False
    return True


def prepare(folder: Path, surroundings: dict[str, str]) -> None:
    """Static files are collected once for all stories: compressing them takes longer than telling the story."""
    shared = settings.DATA_DIR / "test" / "story-static"
    shared.mkdir(parents=True, exist_ok=True)
    (folder / "static").symlink_to(shared)
    with (shared.parent / "story-static.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([sys.executable, "-m", "weimin.config.cli", "prepare", "--empty"], cwd=ROOT, env=surroundings, check=True)


@contextmanager
def serving(story: Place) -> Iterator[str]:
    """The address of a running server; catalogues and static files are made first, as on a real start."""
    surroundings, port = story.environment(), free_port()
    story.clock.write_text("0")
    prepare(story.folder, surroundings)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "browser.clock:application",
    ]  # fmt: skip
    with (story.folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=log, stderr=subprocess.STDOUT)
    url, until = f"http://127.0.0.1:{port}", time.monotonic() + START_SECONDS
    try:
        while not answers(url):
            assert server.poll() is None, (story.folder / "server.log").read_text()
            assert time.monotonic() < until, "the server did not answer in time"
            time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(30)
