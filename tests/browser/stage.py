"""A stage for one story: database, cast, server, browser. The database is used only before the browser opens: Playwright's
loop and Django's connection do not share a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from browser.cast import Part, Seated, cast
from browser.desk import Office, chromium
from browser.server import place, serving


@contextmanager
def on_stage(name: str, jurisdiction: int, parts: list[Part], folder: Path, before: Callable[[Mapping[str, Seated]], None] | None = None) -> Iterator[Office]:
    """before: what was done by these people before the story begins."""
    with place(name, folder) as story:
        people = cast(jurisdiction, parts)
        if before is not None:
            before(people)
        with serving(story) as url, chromium() as browser:
            yield Office(browser, url, people, story.clock)
