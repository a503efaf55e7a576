"""One post at its screen: signs in by card, reads pages, fills forms; whatever the browser complains of is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from browser.cast import Seated

DESK_SIZE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PROGRAMS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, or the one that Playwright brought; the test is skipped only where there is neither."""
    with sync_playwright() as playwright:
        own = next((path for path in PROGRAMS if Path(path).exists()), None)
        if own is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("No Chromium on this machine: install the package chromium, or run playwright install chromium.")
        browser = playwright.chromium.launch(executable_path=own, args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Desk:
    """A tab of one person. `faults` holds console errors, script errors, refused content and answers of 500 and above."""

    url: str
    page: Page
    context: BrowserContext
    name: str
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", self.console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.name}: {error}"))
        self.page.on("response", self.answered)

    def console(self, message: Any) -> None:
        """What a page answers (404, 422) is the story's business; it stands in `answers`."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{self.name} {self.page.url}: {message.text}")

    def answered(self, answer: Any) -> None:
        page = answer.request.is_navigation_request()
        if page:
            self.answers.append(answer.status)
        if answer.status >= (500 if page else 400):
            self.faults.append(f"{self.name}: {answer.status} {answer.url}")

    @property
    def status(self) -> int:
        """Of the latest page."""
        return self.answers[-1]

    def sign_in(self, who: Seated) -> None:
        self.go("/sign-in/")
        self.page.locator(f"form[action='/enter/']:has([name=post][value='{who.post}']) button").click()
        self.page.wait_for_url(f"{self.url}/")

    def go(self, path: str) -> Desk:
        self.page.goto(path if path.startswith("http") else f"{self.url}{path}")
        return self

    @property
    def text(self) -> str:
        """What stands in the main part of the page."""
        return self.page.locator("main").inner_text()

    def sees(self, *words: str) -> Desk:
        for word in words:
            assert word in self.text, f"{self.name} does not see “{word}” on {self.page.url}:\n{self.text}"
        return self

    def open_details(self) -> Desk:
        """Unfolds everything on the page that is folded; from the last, as what is open no longer counts."""
        for folded in reversed(self.page.locator("main details:not([open]) > summary").all()):
            folded.click()
        return self

    def follow(self, words: str) -> Desk:
        """The first link of the page whose words contain these."""
        self.page.locator("main a").filter(has_text=words).first.click()
        self.page.wait_for_load_state()
        return self

    def form(self) -> Locator:
        """The form that is to be sent, not the one that looks somebody up."""
        return self.page.locator("main form[method=post]:not([role=search])").first

    def fill(self, data: Mapping[str, Any]) -> Desk:
        for name, value in data.items():
            self.put(name, value)
        return self

    def put(self, name: str, value: Any) -> None:
        """One field by its name, whatever its kind; a date goes into its picker or its three boxes, a list is ticked."""
        boxes = self.form().locator(f"[name='{name}']")
        if isinstance(value, date) and not boxes.count():
            for part in ("year", "month", "day"):
                self.put(f"{name}_{part}", str(getattr(value, part)))
            return
        kind = boxes.first.evaluate("box => box.tagName === 'SELECT' ? 'select' : box.type")
        if kind == "select":
            boxes.first.select_option(str(value))
        elif kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                (boxes.first if one is True else self.form().locator(f"[name='{name}'][value='{one}']")).check()
        elif kind == "file":
            boxes.first.set_input_files(value)
        else:
            boxes.first.fill(str(value))

    def sign(self, name: str = "signature") -> Desk:
        """Draws a line into the box behind a field, as a finger would."""
        box = self.form().locator(f"[name='{name}'] + canvas")
        box.scroll_into_view_if_needed()
        place = box.bounding_box()
        assert place is not None
        self.page.mouse.move(place["x"] + 40, place["y"] + 40)
        self.page.mouse.down()
        self.page.mouse.move(place["x"] + 160, place["y"] + 60, steps=6)
        self.page.mouse.up()
        return self

    def send(self) -> Desk:
        """Presses the form's own button; the question before what cannot be taken back is answered with yes."""
        form = self.form()
        asked = bool(form.get_attribute("data-confirm")) and self.scripts
        with self.page.expect_navigation():
            form.locator("button:not([type=button])").last.click()
            if asked:
                self.page.locator("#ask[open] button[value=yes]").click()
        return self

    def do(self, label: str, data: Mapping[str, Any]) -> Desk:
        """Presses the button of an action on this page, fills its form and sends it; it must be taken."""
        self.press(label).fill(data).send()
        assert self.status < 400, f"{self.name} was refused “{label}”:\n{self.text}"
        return self

    def press(self, label: str) -> Desk:
        self.page.locator("main a.btn").filter(has_text=label).first.click()
        self.page.wait_for_load_state()
        return self

    def button(self, label: str) -> Locator:
        """Also one that may not be pressed now and says why."""
        return self.page.locator("main .btn").filter(has_text=label)

    def refused(self, *words: str) -> Desk:
        assert self.status == 422, f"{self.status} at {self.page.url}"
        return self.sees(*words)

    def download(self, words: str) -> bytes:
        """The file behind a link of this page."""
        return self.download_in(self.page.locator("main"), words)

    def download_in(self, part: Locator, words: str) -> bytes:
        """The same, of one part of the page."""
        address = part.locator("a").filter(has_text=words).first.get_attribute("href")
        answer = self.page.request.get(f"{self.url}{address}" if str(address).startswith("/") else str(address))
        assert answer.status == 200, f"{answer.status}: {address}"
        return answer.body()


class Office:
    """All desks of a story in one browser."""

    def __init__(self, browser: Browser, url: str, people: Mapping[str, Seated], clock: Path) -> None:
        self.browser, self.url, self.people, self.clock, self.desks = browser, url, people, clock, list[Desk]()

    def turn_clock(self, on: date) -> None:
        """From the next request on it is this day at the server, at the real hour."""
        self.clock.write_text(str((on - date.today()).days))

    def open(self, key: str, *, scripts: bool = True, phone: bool = False) -> Desk:
        """A fresh tab in which this person has signed in by card."""
        desk = self.walk_in(key, scripts=scripts, phone=phone)
        desk.sign_in(self.people[key])
        return desk

    def walk_in(self, key: str, *, scripts: bool = True, phone: bool = False) -> Desk:
        """A fresh tab of somebody who has not signed in: a resident."""
        size = PHONE if phone else DESK_SIZE
        context = self.browser.new_context(viewport=size, java_script_enabled=scripts, has_touch=phone, locale="zh-CN")
        context.set_default_timeout(15000)
        desk = Desk(self.url, context.new_page(), context, key, scripts)
        desk.listen()
        self.desks.append(desk)
        return desk

    @property
    def faults(self) -> list[str]:
        return [fault for desk in self.desks for fault in desk.faults]
