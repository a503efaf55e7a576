"""Whoever works with the keyboard alone sees where they are, and stays there (WCAG 2.2, 2.4.11)."""

from __future__ import annotations

import re

import pytest
from browser.desk import DESK_SIZE, chromium
from proofs.databases import ROOT

from weimin.ui.views import stylesheet_text

FIELDS = "".join(f'<div class="f"><label for="f{number}">{number}</label><input class="in" id="f{number}"></div>' for number in range(40))
SEEN = """() => { const box = document.activeElement.getBoundingClientRect();
  return document.elementFromPoint(box.left + 9, box.bottom - 3) === document.activeElement; }"""


@pytest.mark.browser
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_bar_below_a_form_never_covers_the_field_that_has_the_focus(key):
    with chromium() as browser:
        page = browser.new_page(viewport=DESK_SIZE)
        page.set_content(
            f'<style>{stylesheet_text()}</style><main class="main"><form>{FIELDS}<div class="bar"><button class="btn">提交</button></div></form></main>'
        )
        page.locator("button" if key == "Shift+Tab" else "#f0").focus()
        hidden = []
        for _ in range(39):
            page.keyboard.press(key)
            if not page.evaluate(SEEN):
                hidden.append(page.evaluate("document.activeElement.id"))
    assert hidden == []


def test_a_part_that_renews_itself_leaves_the_focus_where_it_is():
    """Put in anew, a button would lose it every two seconds."""
    for path in (ROOT / "weimin").glob("*/templates/**/*.html"):
        text = path.read_text("utf-8")
        if 'hx-trigger="every' in text and re.search(r"<a |<button|<input|action_button", text):
            assert 'hx-swap="outerMorph"' in text, path
