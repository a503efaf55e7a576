"""A worker killed with -9 while it writes an import: all or nothing, or whole parts, and the next worker ends it (X5, X13)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from proofs.databases import ROOT, dsn, ensure_template, schema_hash

pytestmark = [pytest.mark.slow, pytest.mark.req("X5", "X13")]
PEOPLE, PARTS, HOMES = 60, 6, 30


@pytest.fixture
def surroundings(django_db_setup: None, django_db_blocker: Any, key_file: Path) -> Iterator[dict[str, str]]:
    """The environment of a program that works on a database of its own, and really commits."""
    where = connection.settings_dict
    name = f"{where['NAME']}_killed"
    with django_db_blocker.unblock(), psycopg.connect(dsn("postgres"), autocommit=True) as server:
        ensure_template(server, template := f"weimin_template_{schema_hash()}")
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        url = f"postgresql://{where['USER']}:{where['PASSWORD'] or 'x'}@:{where['PORT']}/{name}?host={where['HOST']}"
        kept = {key: value for key, value in os.environ.items() if key != "PYTEST_VERSION"}
        yield kept | {"DATABASE_URL": url, "WEIMIN_KEY_FILE": str(key_file), "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "weimin.config.settings"}
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def program(surroundings: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "tests" / "proofs" / "killed_import.py"), *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_in_the_middle(surroundings: dict[str, str], mode: str) -> dict[str, Any]:
    """What was there after the kill, and after another worker went on."""
    with program(surroundings, "begin", mode) as worker:
        assert worker.stdout is not None and worker.stderr is not None
        said = worker.stdout.readline()
        worker.kill()
        assert said == "half\n", worker.stderr.read()[-3000:]
    with program(surroundings, "go_on") as another:
        told, trouble = another.communicate(timeout=120)
        assert another.returncode == 0, trouble[-3000:]
    return json.loads(told.strip().splitlines()[-1])


def test_a_killed_import_of_all_rows_has_written_none_and_is_written_whole_by_the_next_worker(surroundings: dict[str, str]) -> None:
    found = killed_in_the_middle(surroundings, "all")
    before = found["before"]
    assert (before["state"], before["residents"], before["households"], before["of_trail"], before["open"]) == ("writing", 0, 0, 0, PARTS)
    whole = {"state": "done", "said": PEOPLE, "residents": PEOPLE, "numbers": PEOPLE, "households": HOMES, "parts": PARTS}
    assert found["after"] == whole | {"of_parts": PEOPLE, "open": 0, "of_trail": PEOPLE}


def test_a_killed_import_of_good_rows_keeps_whole_parts_and_goes_on_with_the_others(surroundings: dict[str, str]) -> None:
    found = killed_in_the_middle(surroundings, "good")
    before = found["before"]
    assert before["state"] == "writing"
    assert 0 < before["residents"] == before["of_parts"] == before["of_trail"] < PEOPLE
    assert before["open"] == PARTS - before["of_parts"] // 10
    whole = {"state": "done", "said": PEOPLE, "residents": PEOPLE, "numbers": PEOPLE, "households": HOMES, "parts": PARTS}
    assert found["after"] == whole | {"of_parts": PEOPLE, "open": 0, "of_trail": PEOPLE}
