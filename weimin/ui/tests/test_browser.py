"""The gallery and its frames in a real Chromium: no accessibility finding, nothing blocked, nothing wider than the screen.

The pages come from the test client and the files from the finders, so that the browser needs no server and no data is lost.
"""

import re

import pytest

from weimin.ui.tests.conftest import SITE, serve

pytestmark = pytest.mark.browser
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
PAGES = ["/ui/", "/ui/gallery/phone/", "/ui/gallery/plain/", "/ui/gallery/403/", "/ui/gallery/500/"]
DISPLAYS = [{}, {"weimin_size": "xlarge", "weimin_contrast": "high"}, {"django_language": "en"}]
# what sticks out to the right, unless the page does not scroll sideways at all
TOO_WIDE = """document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll('*')]
    .filter((part) => part.getBoundingClientRect().right > innerWidth && !part.closest('.tw, .side'))
    .map((part) => part.tagName + '.' + part.className + ' ' + part.textContent.slice(0, 20))"""


@pytest.fixture
def answers(jurisdiction, client_as, places):
    """answers(cookies) -> {path: response} of every page and its style sheet, as an administrator sees them."""

    def make(cookies):
        client = client_as("administrator", places.county)
        client.cookies.load(cookies)
        found = {path: client.get(path) for path in PAGES}
        sheet = re.search(r'href="(/ui/style-[^"]+)"', found["/ui/"].content.decode()).group(1)
        return {**found, sheet: client.get(sheet)}

    return make


def look(page, path):
    """(accessibility findings, console messages, parts that are too wide) of one page."""
    from axe_playwright_python.sync_playwright import Axe

    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(SITE + path)
    findings = [finding["id"] for finding in Axe().run(page, options=RULES).response["violations"]]
    return findings, said, page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("cookies", DISPLAYS, ids=["plain", "xlarge", "english"])
@pytest.mark.parametrize("width", [1366, 390])
def test_every_frame_is_clean_at_both_widths(browser, answers, width, cookies):
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.route("**/*", serve(answers(cookies)))
    for path in PAGES:
        assert look(context.new_page(), path) == ([], [], []), path
    context.close()


@pytest.fixture
def page(browser, answers):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.route("**/*", serve(answers({})))
    page = context.new_page()
    page.goto(SITE + "/ui/")
    yield page
    context.close()


def test_a_township_narrows_the_villages(page):
    page.locator("#new_region").locator("xpath=..").locator("select").first.select_option("麻旺镇")
    assert page.locator("#new_region option").all_inner_texts() == ["请选择", "亮垭村", "龙坝村"]


def test_pinyin_finds_one_village_and_chooses_it(page):
    page.locator("#new_region").locator("xpath=..").locator("input").fill("bohai")
    assert page.locator("#new_region").input_value() == "500242102202"


def test_a_question_is_asked_before_sending(page):
    page.get_by_role("button", name="退回（先问一句）").click()
    assert page.locator("#ask").inner_text().startswith("确定要退回给乡镇吗？")
    page.locator("#ask").get_by_role("button", name="不，返回").click()
    assert page.url == SITE + "/ui/"


def test_the_first_error_summary_has_the_focus(page):
    assert page.evaluate("document.activeElement.className") == "summary"
