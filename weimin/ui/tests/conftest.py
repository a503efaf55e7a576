"""Pages in a real Chromium without a server: they come from the test client and the files from the finders, so that no data is lost."""

import mimetypes
import os
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

SITE = "http://localhost"
SWITCHES = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium on this machine")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"  # Playwright keeps a loop in this thread; nothing here is asynchronous
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=program, args=SWITCHES)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def serve(answers):
    """A Playwright route: our answers (path → response), and static files from where they lie."""

    def handle(route):
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if path in answers:
            route.fulfill(status=200, headers=dict(answers[path].headers), body=answers[path].content)
        elif file := finders.find(path.removeprefix("/static/")):
            route.fulfill(content_type=mimetypes.guess_type(file)[0], body=Path(file).read_bytes())
        else:
            route.fulfill(status=404, body="")

    return handle
