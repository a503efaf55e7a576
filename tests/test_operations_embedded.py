"""The embedded PostgreSQL starts once, outlives those who connect, and ends after the last of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from weimin.config import embedded

pytestmark = [pytest.mark.slow, pytest.mark.req("X11", "X13")]

USER = """
import sys, time
from pathlib import Path
from weimin.config import embedded
embedded.ensure(Path(sys.argv[1]))
print("up", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    embedded.stop(tmp_path / "data")
    embedded.leave(tmp_path / "data")


def user(home: Path) -> subprocess.Popen:
    """Another process that uses the server until its standard input is closed."""
    process = subprocess.Popen([sys.executable, "-c", USER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process


def wait_up(process: subprocess.Popen) -> None:
    assert process.stdout.readline() == "up\n"


def postmaster(home: Path) -> int:
    return int((home / "pg" / "postmaster.pid").read_text().splitlines()[0])


def kill(home: Path) -> None:
    os.kill(postmaster(home), signal.SIGKILL)
    while embedded.running(home):
        time.sleep(0.01)


def connect(address: embedded.Address) -> psycopg.Connection:
    return psycopg.connect(host=address["host"], port=address["port"], user=address["user"], dbname=address["name"])


def test_a_fresh_server_has_the_roles_and_the_collation(home: Path) -> None:
    with connect(embedded.ensure(home)) as connection:
        roles = connection.execute("SELECT rolname, rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname ~ '^weimin' ORDER BY 1").fetchall()
        database = connection.execute("SELECT datlocprovider::text, datlocale, pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'weimin'").fetchone()
        connection.execute("SET LOCAL ROLE weimin_app")
        assert connection.execute("SELECT current_user").fetchone() == ("weimin_app",)
    assert roles == [("weimin", True, False, False), ("weimin_app", False, False, False)]
    assert database == ("b", "C.UTF-8", "weimin")


def test_writes_are_durable_unless_a_test_says_otherwise(home: Path) -> None:
    with connect(embedded.ensure(home)) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_asking_again_starts_no_program(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = embedded.ensure(home)
    with monkeypatch.context() as patch:
        patch.setattr(embedded, "run_program", lambda *words, **_how: pytest.fail(f"{words} was started"))
        assert embedded.ensure(home) == address


def test_two_starters_at_once_end_up_with_one_server(home: Path) -> None:
    users = [user(home) for _ in range(3)]
    for process in users:
        wait_up(process)
    with connect(embedded.ensure(home)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    for process in users:
        process.communicate("\n", timeout=30)
        assert process.returncode == 0


def test_the_server_outlives_the_one_that_started_it_and_ends_after_the_last(home: Path) -> None:
    first, second = user(home), user(home)
    wait_up(first)
    wait_up(second)
    first.communicate("\n", timeout=30)
    assert embedded.running(home)
    second.communicate("\n", timeout=30)
    assert not embedded.running(home)


def test_a_killed_server_comes_back_with_what_was_committed(home: Path) -> None:
    with connect(embedded.ensure(home)) as connection:
        connection.execute("CREATE TABLE kept (x int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    kill(home)
    with connect(embedded.ensure(home)) as connection:
        assert connection.execute("SELECT x FROM kept").fetchall() == [(7,)]


def test_a_killed_user_leaves_no_claim_behind(home: Path) -> None:
    process = user(home)
    wait_up(process)
    process.kill()
    process.wait()
    assert embedded.running(home)
    embedded.ensure(home)
    assert embedded.leave(home) is True
    assert not embedded.running(home)


def test_a_pid_file_of_another_process_is_not_mistaken_for_the_server(home: Path) -> None:
    embedded.ensure(home)
    embedded.stop(home)
    stale = f"{os.getpid()}\n{home}/pg\n0\n5432\n{home}/pg\n\n  1 1\nready   \n"
    (home / "pg" / "postmaster.pid").write_text(stale)
    assert not embedded.running(home)
    assert connect(embedded.ensure(home)).closed is False


def test_a_long_path_gets_a_short_private_socket_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 30)
    address = embedded.ensure(deep)
    try:
        assert len(address["host"]) < 90
        assert os.stat(address["host"]).st_mode & 0o777 == 0o700
        with connect(address) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        embedded.leave(deep)


def test_a_half_made_cluster_is_made_again(home: Path) -> None:
    (home / "pg.new").mkdir(parents=True)
    (home / "pg.new" / "PG_VERSION").write_text("18\n")
    with connect(embedded.ensure(home)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
