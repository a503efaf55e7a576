"""`weimin run` as a person meets it: start, second start, crash, stop. Real processes on a data folder of their own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from weimin.config import embedded

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.req("X13")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Run:
    """One `weimin run --empty` and what can be asked of it."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.log = data.parent / f"run-{self.port}.log"
        surroundings = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PYTEST_VERSION")}
        command = [
            sys.executable,
            "-m",
            "weimin.config.cli",
            "run",
            "--empty",
            "--port",
            str(self.port),
            "--workers",
            "1",
        ]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=surroundings | {"WEIMIN_DATA": str(data)},
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
        )

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=2) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def wait(self, path: str, seconds: float) -> float:
        """Seconds until `path` answers 200."""
        started = time.monotonic()
        while self.status(path) != 200:
            assert time.monotonic() - started < seconds, self.log.read_text()[-3000:]
            time.sleep(0.1)
        return time.monotonic() - started

    def children(self) -> list[int]:
        return [pid for pid, _created in json.loads((self.data / "children.json").read_text())]

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for the module: the first test pays for the first start."""
    folder = tmp_path_factory.mktemp("run") / "data"
    yield folder
    embedded.stop(folder)


@pytest.fixture
def run(data: Path) -> Iterator[Callable[[], Run]]:
    started: list[Run] = []

    def start() -> Run:
        started.append(Run(data))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.stop()


def test_it_starts_serves_and_stops_cleanly(run: Callable[[], Run], data: Path) -> None:
    first = run()
    first.wait("/readyz", 120)
    pids = first.children()
    assert first.stop(signal.SIGINT) == 0
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert not embedded.running(data)
    address, patience = f"http://127.0.0.1:{first.port}/", time.monotonic() + 30
    while address not in first.log.read_text() and time.monotonic() < patience:
        time.sleep(0.1)  # the page may answer before the line is written
    assert address in first.log.read_text()


def test_the_second_start_prepares_nothing_again(run: Callable[[], Run]) -> None:
    second = run()
    seconds = second.wait("/healthz", 60)
    done_again = [what for what in ("数据表", "区划", "加密密钥") if what in second.log.read_text()]
    assert done_again == []
    assert seconds < 20


@pytest.mark.parametrize("which", [0, 1], ids=["web", "worker"])
def test_a_killed_child_is_started_again(run: Callable[[], Run], which: int) -> None:
    running = run()
    running.wait("/readyz", 60)
    before = running.children()
    os.kill(before[which], signal.SIGKILL)
    while running.children()[which] == before[which]:
        time.sleep(0.1)
    running.wait("/healthz", 20)
    assert running.children()[1 - which] == before[1 - which]


def test_a_killed_database_comes_back(run: Callable[[], Run], data: Path) -> None:
    running = run()
    running.wait("/readyz", 60)
    os.kill(int((data / "pg" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    time.sleep(0.5)
    assert running.wait("/readyz", 30) < 30


def test_a_killed_supervisor_leaves_nothing_that_stops_the_next_start(run: Callable[[], Run]) -> None:
    killed = run()
    killed.wait("/healthz", 60)
    pids = killed.children()
    killed.process.kill()
    killed.process.wait()
    run().wait("/readyz", 60)
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_a_taken_port_is_told_in_one_sentence(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "weimin.config.cli", "run", "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"WEIMIN_DATA": str(data)}, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"端口 {port} 已被占用或不允许使用（.+）。请换一个：--port {port + 1}\n", done.stderr)


def test_two_on_one_data_folder_are_refused(run: Callable[[], Run], data: Path) -> None:
    first = run()
    first.wait("/healthz", 60)
    second = Run(data)
    assert second.process.wait(30) == 1
    assert second.log.read_text() == f"为民已经在运行：http://127.0.0.1:{first.port}/\n"
