"""Screenshots of every page in the page list, at desk and phone size, in a real Chromium.

    python tools/shots.py [--url http://127.0.0.1:8000] [--only NAME …] [--axe] [--language en] [--out shots]

Without --url it starts a fresh demonstration of its own and ends it afterwards. It reports script errors, refused
content (CSP), failed requests and, with --axe, every WCAG finding; any of them makes it fail.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as Tab

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from weimin.shell.page_list import NOBODY, PAGES, Page, next_addresses  # noqa: E402

SIZES = {"1366": {"width": 1366, "height": 768}, "390": {"width": 390, "height": 844}}
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
START_SECONDS = 240
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
Who = tuple[int, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_server() -> Iterator[str]:
    """A fresh demonstration on a free port, in a folder that goes away with it."""
    with tempfile.TemporaryDirectory(prefix="weimin-shots-") as folder:
        port = free_port()
        environment = {**os.environ, "WEIMIN_DATA": folder}
        command = [sys.executable, "-m", "weimin.config.cli", "run", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, server)
            yield url
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def wait_for(url: str, server: subprocess.Popen[Any]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{url}/sign-in/", timeout=5).close()
            return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.5)
    raise SystemExit(f"the server did not answer within {START_SECONDS} s")


def cards_of(tab: Tab, url: str) -> list[tuple[int, int]]:
    """(jurisdiction, post) of every card on the sign-in page."""
    tab.goto(f"{url}/sign-in/")
    forms = tab.locator("form[action='/enter/']")
    values = [(form.locator("[name=jurisdiction]").input_value(), form.locator("[name=post]").input_value()) for form in forms.all()]
    return [(int(jurisdiction), int(post)) for jurisdiction, post in values]


def sign_in_everywhere(browser: Browser, url: str) -> dict[Who, Any]:
    """One click on each card; (jurisdiction, role) → the cookies of that post. The help page says the role."""
    states: dict[Who, Any] = {}
    with browser.new_context() as context:
        cards = cards_of(context.new_page(), url)
    for jurisdiction, post in cards:
        with browser.new_context() as context:
            tab = context.new_page()
            tab.goto(f"{url}/sign-in/")
            tab.locator(f"form[action='/enter/']:has([name=jurisdiction][value='{jurisdiction}']):has([name=post][value='{post}']) button").click()
            tab.goto(f"{url}/help/")
            role = tab.locator("[data-role]").first.get_attribute("data-role")
            states.setdefault((jurisdiction, str(role)), context.storage_state())
    return states


def listen(tab: Tab, faults: list[str]) -> None:
    """Collects what the browser complains of, as it comes."""
    tab.on("console", lambda message: faults.append(f"console: {message.text}") if message.type == "error" else None)
    tab.on("pageerror", lambda error: faults.append(f"script: {error}"))
    tab.on("response", lambda answer: faults.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)


def links_of(tab: Tab, start: str) -> list[str]:
    links = tab.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return next_addresses(start, [link for link in links if link])


def open_page(tab: Tab, url: str, page: Page, known: dict[str, str]) -> str:
    """Goes there; the reason when there is no such page in this demonstration. known: where the links led at the size before."""
    answer = tab.goto(url + known.get(page.name, page.path))
    if page.link and page.name not in known:
        there = links_of(tab, page.link)
        for found in there:
            answer, known[page.name] = tab.goto(f"{url}{found}"), found
            if not page.then:
                break
            if further := links_of(tab, page.then):
                answer, known[page.name] = tab.goto(f"{url}{further[0]}"), further[0]
                break
        else:
            known.pop(page.name, None)
            return f"no link to {page.then if there else page.link} on {tab.url}"
    return "" if answer is not None and answer.ok else f"answered {answer.status if answer else 'nothing'}"


def axe_findings(tab: Tab, script: str) -> list[str]:
    tab.evaluate(script)
    found = tab.evaluate("options => axe.run(document, options)", AXE)["violations"]
    return [f"axe {item['id']} ({item['impact']}): {node['html'][:140]}" for item in found for node in item["nodes"]]


def axe_script() -> str:
    import axe_playwright_python  # carries axe-core; only wanted with --axe

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")


def shoot(context: BrowserContext, url: str, page: Page, picture: Path, script: str, known: dict[str, str]) -> list[str]:
    """One picture and what was wrong with the page. Too wide for the screen is wrong as well."""
    faults: list[str] = []
    tab = context.new_page()
    listen(tab, faults)
    if reason := open_page(tab, url, page, known):
        faults.append(reason)
    tab.screenshot(path=str(picture), full_page=True)
    wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        faults.append(f"{wide} px wider than the screen")
    if script:
        faults += axe_findings(tab, script)
    tab.close()
    return faults


def context_for(browser: Browser, url: str, state: Any, size: str, arguments: argparse.Namespace) -> BrowserContext:
    context = browser.new_context(viewport=SIZES[size], storage_state=state, bypass_csp=False, has_touch=size == "390", locale="zh-CN")
    if arguments.language != "zh-hans":
        context.add_cookies([{"name": "django_language", "value": arguments.language, "url": url}])
    return context


def run(url: str, arguments: argparse.Namespace) -> int:
    """Number of faulty pictures; each fault is printed."""
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    script, bad = axe_script() if arguments.axe else "", 0
    contexts: dict[tuple[Who | None, str], BrowserContext] = {}
    known: dict[str, str] = {}
    chosen = [page for page in PAGES if not arguments.only or page.name in arguments.only]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        states = sign_in_everywhere(browser, url)
        for page in chosen:
            for size in SIZES:
                who = None if page.role == NOBODY else (page.jurisdiction, page.role)
                if who and who not in states:
                    faults = [f"no card for {page.role} in {page.jurisdiction}"]
                else:
                    if (who, size) not in contexts:
                        contexts[who, size] = context_for(browser, url, states[who] if who else None, size, arguments)
                    faults = shoot(contexts[who, size], url, page, out / f"{page.name}-{size}.png", script, known)
                bad += bool(faults)
                print(
                    f"{'FAULT' if faults else 'ok':6}{page.name}-{size}",
                    *faults,
                    sep="\n        " if faults else " ",
                    flush=True,
                )
        browser.close()
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="", help="a running demonstration; without it one is started")
    parser.add_argument("--only", nargs="*", default=[], help="names from the page list")
    parser.add_argument("--axe", action="store_true", help="run the WCAG rules; a finding is a fault")
    parser.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"])
    parser.add_argument("--out", type=Path, default=ROOT / "shots")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a server of our own ends with us
    if arguments.url:
        bad = run(arguments.url.rstrip("/"), arguments)
    else:
        with own_server() as url:
            bad = run(url, arguments)
    print(f"{bad} faulty pictures" if bad else "all pictures are clean")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
