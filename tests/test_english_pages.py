"""Whoever reads English reads English wherever the house itself speaks; what people typed stays as they typed it, marked as Chinese (WCAG 3.1.2)."""

from __future__ import annotations

from typing import Any

import pytest
from proofs.chinese import house_says, kept, unmarked
from proofs.house import House
from test_query_counts import address_of, client_for

from weimin.shell.page_list import PAGES, Page

pytestmark = pytest.mark.req("X12")
SAMPLES = ("gallery", "api-reference")  # every component with samples in Chinese; terms of the catalogue quoted beside their English


@pytest.fixture(scope="module")
def words(built_house: House, django_db_blocker: Any) -> set[str]:
    with django_db_blocker.unblock():
        return kept()


def in_english(house: House, page: Page) -> str:
    client = client_for(house, page)
    url = address_of(client, page, house.inside["plan"])
    if not url:
        pytest.skip(f"the house of the tests has no link to {page.link} on {page.path}")
    client.cookies["django_language"] = "en"
    try:
        return client.get(url).content.decode()
    finally:
        del client.cookies["django_language"]


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in SAMPLES], ids=lambda page: page.name)
def test_an_english_page_is_english_but_for_what_was_typed_which_is_marked(page: Page, house: House, words: set[str]) -> None:
    text = in_english(house, page)
    assert (house_says(text, words), unmarked(text)) == ([], [])
