"""`weimin run`: one process that brings up the database, the web and the worker, and takes all three down again.

It does not load Django: the preparation runs in a process of its own and gives its memory back.
"""
# Both languages are here: gettext is not loaded yet.
# text: data

import argparse
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import FrameType
from typing import IO

import psycopg

from weimin.config import demonstration_mark, embedded, environment, metrics
from weimin.config.children import GRACE, Child, end_leftovers, remember
from weimin.config.environment import OddSetting
from weimin.config.programs import EmbeddedFailed

TICK = 0.25  # seconds between two looks at the children
READY_SECONDS = 120
THREADS = min(8, 2 * (os.cpu_count() or 1))  # for each web process; pages wait for the database half of their time


class CannotRun(Exception):
    """Starting is impossible; str() is the sentence."""


class Supervisor:
    """State of one run: options, children, whether a signal asked to stop."""

    def __init__(self, host: str, port: int, workers: int, empty: bool, language: str) -> None:
        self.host, self.port, self.workers, self.empty, self.english = host, port, workers, empty, language == "en"
        self.folder = environment.path("WEIMIN_DATA")
        self.embedded = not environment.text("DATABASE_URL")
        self.children: list[Child] = []
        self.stopping = False

    def run(self) -> int:
        """Everything from the first check to the last stop; the exit code."""
        started = time.monotonic()
        self.folder.mkdir(parents=True, exist_ok=True)
        alone = self._alone()
        end_leftovers(self._note())
        self._check_port()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            if self.embedded:
                embedded.ensure(embedded.home())
            self._prepare()
            self._start_children()
            if not self.stopping and self._wait_until_served():
                self._greet(time.monotonic() - started)
            while not self.stopping:
                self._tend()
                time.sleep(TICK)
            return 0
        finally:
            self._stop()
            alone.close()

    def _say(self, chinese: str, english: str) -> None:
        sys.stdout.write((english if self.english else chinese) + "\n")
        sys.stdout.flush()

    def _note(self) -> Path:
        return self.folder / "children.json"

    def _alone(self) -> IO[str]:
        """Hold the lock that allows one `weimin run` for each data folder."""
        lock = open(self.folder / "run.lock", "a+")  # noqa: SIM115 held until the end
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotRun(f"Weimin already runs here: {lock.read().strip()}" if self.english else f"为民已经在运行：{lock.read().strip()}") from None
        lock.truncate(0)
        lock.write(self.address())
        lock.flush()
        return lock

    def address(self) -> str:
        return f"http://{self.host}:{self.port}/"

    def _check_port(self) -> None:
        """Refuse a taken port now, in words, instead of a web server that dies again and again."""
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise CannotRun(
                    f"Port {self.port} is taken or not allowed ({error.strerror}). Choose another: --port {self.port + 1}"
                    if self.english
                    else f"端口 {self.port} 已被占用或不允许使用（{error.strerror}）。请换一个：--port {self.port + 1}"
                ) from None

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _environment(self) -> dict[str, str]:
        """The children's environment: the demonstration's conveniences are on only where the demonstration is."""
        extra = {"PYTHONUNBUFFERED": "1"} | self._bytecode()
        if "WEIMIN_DEMONSTRATION" not in os.environ and self._demonstrates():
            extra["WEIMIN_DEMONSTRATION"] = "yes"
        return os.environ | extra

    def _bytecode(self) -> dict[str, str]:
        """Where Python may not write bytecode (as in many containers) and the packages have none, each of five processes
        would compile a thousand modules again: they share a cache in the data folder instead."""
        if not sys.dont_write_bytecode or Path(cache_from_source(psycopg.__file__)).exists():
            return {}
        return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.folder.resolve() / "bytecode")}

    def _demonstrates(self) -> bool:
        """A demonstration: wanted on a new embedded database, or loaded earlier; never by itself on a server."""
        mark = demonstration_mark.read(self.folder)
        return self.embedded and (mark in ("loading", "loaded") or (mark == "" and not self.empty))

    def _prepare(self) -> None:
        command = [sys.executable, "-m", "weimin.config.cli", "prepare", *(["--empty"] if self.empty else [])]
        command += ["--lang", "en" if self.english else "zh"]
        process = subprocess.Popen(command, env=self._environment(), start_new_session=True)
        while process.poll() is None:
            if self.stopping:
                process.terminate()
            time.sleep(0.05)
        if process.returncode and not self.stopping:
            raise CannotRun("Preparation failed, see above." if self.english else "准备没有完成，原因见上。改正后再次启动会接着做。")

    def _start_children(self) -> None:
        if self.stopping:
            return
        web = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", self.host, "--port", str(self.port),
            "--workers", str(self.workers), "--blocking-threads", str(THREADS), "--backpressure", "128", "--no-ws",
            "--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", str(GRACE - 5),
            "--log-level", "warning", "weimin.config.wsgi:application",
        ]  # fmt: skip
        worker = [sys.executable, "-m", "weimin.config.cli", "django", "procrastinate"]
        worker += ["--skip-checks", "worker", "--concurrency", "2", "--shutdown-graceful-timeout", str(GRACE - 5)]
        surroundings = self._environment()
        metrics.clear(metrics.folder())
        self.children = [Child("web", web, surroundings), Child("worker", worker, surroundings)]
        for child in self.children:
            child.start()
        remember(self.children, self._note())

    def _wait_until_served(self) -> bool:
        deadline = time.monotonic() + READY_SECONDS
        while not self.stopping:
            if self._alive():
                return True
            if time.monotonic() > deadline:
                raise CannotRun("The web did not answer." if self.english else "网页服务没有应答，原因见上面的日志。")
            self._tend()
            time.sleep(TICK)
        return False

    def _alive(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(self.host, self.port, timeout=2)
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        return False

    def _tend(self) -> None:
        if self.embedded and not embedded.running(embedded.home()):
            self._say("数据库停了，正在重新启动。", "The database stopped; starting it again.")
            embedded.ensure(embedded.home())
        for child in self.children:
            event = child.tend()
            if event == "died":
                self._say(f"{child.name} 意外退出，即将重新启动。", f"{child.name} ended by itself; starting it again.")
            if event == "restarted":
                remember(self.children, self._note())

    def _greet(self, seconds: float) -> None:
        self._say(
            f"\n为民已启动（{seconds:.1f} 秒）：{self.address()}\n按 Ctrl+C 停止。",
            f"\nWeimin is up ({seconds:.1f} s): {self.address()}\nCtrl+C stops it.",
        )
        posts = demonstration_mark.posts(self.folder)
        if posts:
            self._say(
                f"演示岗位，登录页一点即入：\n{posts}",
                f"Posts of the demonstration, one click on the sign-in page:\n{posts}",
            )

    def _stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE
        for child in self.children:
            child.finish(deadline)
        self._note().unlink(missing_ok=True)
        if self.embedded:
            embedded.leave(embedded.home(), patience=5)


def main(arguments: list[str], language: str, complain: Callable[[str, int], int]) -> int:
    """`weimin run`: 0 after an orderly stop, 1 when it cannot start, 2 when an option is wrong."""
    english = language == "en"
    parser = argparse.ArgumentParser(prog="weimin run", description="Start database, web and worker." if english else "启动数据库、网页与后台任务。")
    parser.add_argument("--empty", action="store_true", help="no demonstration" if english else "不装入演示数据")
    parser.add_argument("--port", type=int, default=8000, help="8000")
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2, choices=range(1, 17), metavar="N", help="web processes, 2")
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        return complain("The port is a number from 1 to 65535." if english else "端口是 1 到 65535 之间的数字。", 2)
    try:
        return Supervisor(options.host, options.port, options.workers, options.empty, language).run()
    except (CannotRun, EmbeddedFailed, OddSetting) as error:
        return complain(str(error), 1)
