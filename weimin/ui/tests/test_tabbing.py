"""Tab by Tab through the bar and the menu: what has the focus is in sight, whole and uncovered, and the order is the one of the screen (WCAG 2.2, 2.4.3 and 2.4.11)."""

import re

import pytest

from weimin.ui.tests.conftest import SITE, serve

pytestmark = [pytest.mark.browser, pytest.mark.req("X12")]
PHONE, DESK, ZOOMED = (390, 844), (1366, 768), (683, 384)  # the last is a desk at 200 %
SCREENS = [(PHONE, "normal"), (DESK, "normal"), (ZOOMED, "normal"), (PHONE, "xlarge"), (DESK, "xlarge")]
PAGES = [("health_bureau", "/health/"), ("township", "/"), ("", "/public/500242000000/"), ("", "/sign-in/")]
FOCUSED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
  done({ name: at.tagName + " " + at.textContent.trim().slice(0, 30), over: at === document.body || !!at.closest("main"), summary: at.tagName === "SUMMARY",
         seen: inside && !!hit && at.contains(hit), left: box.left + scrollX, top: box.top + scrollY });
})))"""


def walk(page, most=90):
    """What gets the focus before the main part of the page; a menu is opened on the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found["over"]:
            return
        yield found
        if found["summary"]:
            page.keyboard.press("Enter")


@pytest.fixture
def opened(browser, jurisdiction, client_as, places, client):
    """opened(role, path, screen, size) -> the page in Chromium, as somebody in that post (or nobody) reads it in English, whose words are the longest."""

    def make(role, path, screen, size):
        who = client_as(role, places.county) if role else client
        who.cookies.load({"weimin_jurisdiction": str(places.county), "weimin_size": size, "django_language": "en"})
        answer = who.get(path)
        assert answer.status_code == 200
        sheet = re.search(r'href="(/ui/style-[^"]+)"', answer.content.decode()).group(1)
        context = browser.new_context(viewport=dict(zip(("width", "height"), screen, strict=True)))
        context.route("**/*", serve({path: answer, sheet: who.get(sheet)}))
        page = context.new_page()
        page.goto(SITE + path)
        return page

    return make


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_what_has_the_focus_is_in_sight_on_every_screen(opened, role, path):
    for screen, size in SCREENS:
        page = opened(role, path, screen, size)
        found = list(walk(page))
        assert len(found) > (15 if role else 3)
        assert [one["name"] for one in found if not one["seen"]] == [], (screen, size)
        page.context.close()


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_the_focus_goes_down_the_bar_and_never_up_again(opened, screen):
    found = [one for one in walk(opened("township", "/", screen, "normal")) if not one["name"].startswith("A ")]
    tops = [one["top"] for one in found]
    assert all(later > earlier - 24 for earlier, later in zip(tops, tops[1:], strict=False)), found


def test_the_menu_of_the_bar_closes_when_the_focus_leaves_it(opened):
    page = opened("township", "/", DESK, "normal")
    page.locator("details.menu > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("details.menu").get_attribute("open") is not None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator("details.menu").get_attribute("open") is None
