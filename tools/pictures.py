"""The pictures of the two READMEs: one page per post of the demonstration, small enough to keep in the repository.

    python tools/pictures.py [--url http://127.0.0.1:8000] [--only NAME …]

Without --url it starts a fresh demonstration of its own and ends it afterwards. Desk pages are 1366 × 768, phone pages 390 × 844.
"""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.shots import CHROMIUM, SIZES, own_server, sign_in_everywhere  # noqa: E402
from weimin.shell.page_list import TUPO, YOUYANG  # noqa: E402

OUT = ROOT / "docs" / "pictures"
COLOURS, LARGEST = 128, 250_000
PLAN = "/buildout/plans/"


@dataclass(frozen=True)
class Picture:
    """What a post looks at. From `path` the first link to a record (`link` and a number) is followed; `then` is added to it."""

    name: str
    role: str
    path: str
    jurisdiction: int = YOUYANG
    link: str = ""
    then: str = ""
    size: str = "1366"


PICTURES = (
    Picture("lead-office-plan", "lead_office", PLAN, link=PLAN),
    Picture("township-workbench", "township", "/"),
    Picture("village-site", "village", "/", TUPO, link="/buildout/projects/", size="390"),
    Picture("operator-site", "operator", "/sites/", TUPO, link="/sites/", size="390"),
    Picture("partner-nominations", "partner", "/staffing/nominations/"),
    Picture("finance-money", "finance", PLAN, link=PLAN, then="money/"),
    Picture("leader-consequences", "leader", PLAN, TUPO, link=PLAN, then="consequences/"),
    Picture("supervisor-late", "supervisor", "/?tab=team&lamp=red"),
    Picture("administrator-people", "administrator", "/people/"),
    Picture("auditor-trail", "auditor", "/trail/"),
    Picture("window-case", "window", "/cases/", link="/cases/"),
    Picture("resident-home", "", "/public/500242000000/", size="390"),
)


def small(content: bytes) -> bytes:
    """The same picture with fewer colours, as PNG."""
    packed = io.BytesIO()
    reduced = Image.open(io.BytesIO(content)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    reduced.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def take(browser: Browser, url: str, state: Any, picture: Picture) -> bytes:
    """One page as its post sees it; SystemExit when there is no such page in this demonstration."""
    with browser.new_context(viewport=SIZES[picture.size], storage_state=state, has_touch=picture.size == "390", locale="zh-CN") as context:  # type: ignore[arg-type]
        tab = context.new_page()
        answer = tab.goto(f"{url}{picture.path}", wait_until="networkidle")
        if picture.link:
            links = tab.locator(f"main a[href^='{picture.link}']").evaluate_all("links => links.map(link => link.pathname)")
            record = next(path for path in links if path.removeprefix(picture.link).strip("/").isdigit())
            answer = tab.goto(f"{url}{record}{picture.then}", wait_until="networkidle")
        if answer is None or not answer.ok:
            raise SystemExit(f"{picture.name}: answered {answer.status if answer else 'nothing'}")
        return tab.screenshot()


def refresh(url: str, only: list[str]) -> int:
    """Writes the pictures; how many are too large to be kept."""
    OUT.mkdir(parents=True, exist_ok=True)
    too_large = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        states = sign_in_everywhere(browser, url)
        for picture in PICTURES:
            if only and picture.name not in only:
                continue
            content = small(take(browser, url, states.get((picture.jurisdiction, picture.role)), picture))
            (OUT / f"{picture.name}.png").write_bytes(content)
            too_large += len(content) > LARGEST
            print(f"{picture.name}: {len(content) // 1000} KB{' too large' if len(content) > LARGEST else ''}", flush=True)
        browser.close()
    return too_large


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="", help="a running demonstration; without it one is started")
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    arguments = parser.parse_args()
    if arguments.url:
        return 1 if refresh(arguments.url.rstrip("/"), arguments.only) else 0
    with own_server() as url:
        return 1 if refresh(url, arguments.only) else 0


if __name__ == "__main__":
    raise SystemExit(main())
