"""One child process of the supervisor: started, watched, restarted with growing pauses, ended with all it spawned."""

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PAUSES = (0.5, 1, 2, 4, 8, 15, 30)  # seconds before the next try; the last one repeats
CALM = 60  # seconds of life after which the pauses start again from the first
GRACE = 15  # seconds to finish requests and jobs after SIGTERM


@dataclass
class Child:
    """`name` for people, `command` to run. Each child leads its own session: a Ctrl-C reaches the supervisor alone."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    failures: int = 0
    retry: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, env=self.environment, start_new_session=True)
        self.started = time.monotonic()

    def tend(self) -> str:
        """Look after it once: '' nothing happened, 'died' it ended by itself, 'restarted' it runs again."""
        now = time.monotonic()
        if self.process is None:
            if now < self.retry:
                return ""
            self.start()
            return "restarted"
        if self.process.poll() is None:
            return ""
        self.failures = 0 if now - self.started > CALM else self.failures + 1
        self.retry = now + PAUSES[min(self.failures, len(PAUSES) - 1)]
        end_group(self.process.pid)
        self.process = None
        return "died"

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def finish(self, deadline: float) -> None:
        """Wait until the deadline (monotonic seconds), then end whatever is left of its group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        end_group(self.process.pid)
        self.process.wait()
        self.process = None


def end_group(leader: int) -> None:
    """Kill what a dead or stubborn leader left behind, web workers for instance, which would keep the port."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def remember(children: list[Child], note: Path) -> None:
    """Write down who runs, so that the next start can end them if this supervisor is killed."""
    alive = [child.process.pid for child in children if child.process is not None]
    with contextlib.suppress(psutil.NoSuchProcess):
        note.write_text(json.dumps([[pid, psutil.Process(pid).create_time()] for pid in alive]))


def end_leftovers(note: Path) -> int:
    """End the children of a supervisor that was killed; a number that now belongs to another process is left alone."""
    if not note.exists():
        return 0
    ended = 0
    for pid, created in json.loads(note.read_text() or "[]"):
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(pid).create_time() == created:
                os.kill(pid, signal.SIGTERM)
                with contextlib.suppress(psutil.TimeoutExpired):
                    psutil.Process(pid).wait(5)
                end_group(pid)
                ended += 1
    note.unlink()
    return ended
