"""`weimin run` on an empty folder, again on the same one, with the demonstration; memory after some hundred requests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import psutil
from django.conf import settings

from bench.serving import answered, free_port
from bench.sizes import Sizes
from bench.table import Line

PATIENCE = 600
PAGES = ("/", "/buildout/plans/", "/sites/", "/help/", "/regions/", "/?tab=team", "/search/?q=李")
ENTER = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)".*?name="jurisdiction" value="(\d+)".*?name="post" value="(\d+)"', re.DOTALL)
MEGABYTE = 2**20


def measure(sizes: Sizes) -> Iterator[Line]:
    with fresh_folder() as home:
        with running(home, "--empty") as first:
            pass
        with running(home, "--empty") as second:
            visit(second.url, sizes.requests, signed=False)
            lines = memory(second, "empty")
    yield Line("starting", "first start of an empty installation", first.seconds, "s", ceiling=15.0)
    yield Line("starting", "its second start", second.seconds, "s")
    if sizes.demonstration:
        with fresh_folder() as home, running(home) as shown:
            visit(shown.url, sizes.requests, signed=True)
            lines = memory(shown, "demonstration")
        yield Line("starting", "first start with the demonstration", shown.seconds, "s", ceiling=60.0)
    yield from lines


@contextmanager
def fresh_folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="weimin-bench-start-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


class Running:
    """A `weimin run` that answers: its process, its address, the seconds until the first 200."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, seconds: float) -> None:
        self.process, self.url, self.seconds = process, url, seconds


@contextmanager
def running(home: Path, *options: str) -> Iterator[Running]:
    """From the typed command to the first sign-in page; stopped in order afterwards, database and all."""
    port = free_port()
    command = [sys.executable, "-m", "weimin.config.cli", "run", "--port", str(port), *options]
    with (home / "out.log").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen(command, env=os.environ | {"WEIMIN_DATA": str(home)}, cwd=settings.BASE_DIR, stdout=log, stderr=log, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}"
        answered(f"{url}/healthz", PATIENCE)
        answered(f"{url}/sign-in/", PATIENCE)
        yield Running(process, url, time.monotonic() - began)
    finally:
        process.terminate()
        process.wait(60)


def visit(url: str, requests: int, *, signed: bool) -> None:
    """Looks at pages as somebody does; signed in by the first card of the demonstration."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    if signed:
        enter(browser, url)
    pages = PAGES if signed else ("/sign-in/",)
    for number in range(requests):
        browser.open(f"{url}{quote(pages[number % len(pages)], safe='/?=&')}", timeout=60).read()


def enter(browser: OpenerDirector, url: str) -> None:
    found = ENTER.search(browser.open(f"{url}/sign-in/", timeout=60).read().decode())
    if found is None:
        raise RuntimeError("there is no card on the sign-in page")
    token, jurisdiction, post = found.groups()
    data = urlencode({"csrfmiddlewaretoken": token, "jurisdiction": jurisdiction, "post": post, "next": ""})
    browser.open(f"{url}/enter/", data.encode(), timeout=60).read()


def memory(started: Running, words: str) -> list[Line]:
    """The largest process of the web, and the worker: resident megabytes."""
    children = psutil.Process(started.process.pid).children(recursive=True)
    web = max(child.memory_info().rss for child in children if "granian" in " ".join(child.cmdline()))
    worker = max(child.memory_info().rss for child in children if "procrastinate" in child.cmdline())
    return [
        Line("starting", f"memory of a web process, {words}", web / MEGABYTE, "MB", ceiling=250),
        Line("starting", f"memory of the worker, {words}", worker / MEGABYTE, "MB", ceiling=250),
    ]
