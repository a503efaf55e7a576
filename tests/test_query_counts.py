"""How many questions each page of the page list asks the database; a page that needs more than recorded fails.

WEIMIN_RECORD=1 writes tests/page_queries.json anew: look at the difference before it is committed.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from proofs.house import House
from proofs.seats import COUNTY

from weimin.shell.page_list import PAGES, Page, next_addresses
from weimin.sites.tests.builders import make_site
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

COUNTS = Path(__file__).parent / "page_queries.json"
RECORD = bool(os.environ.get("WEIMIN_RECORD"))
ASIDE = re.compile(r"SAVEPOINT|RELEASE|SET search_path|SET LOCAL (ROLE|weimin)")  # who asks and where: every request has them
MOST, WORKBENCH = 40, 15
HERE = [page for page in PAGES if page.jurisdiction == COUNTY]
pytestmark = pytest.mark.req("X2")


def client_for(house: House, page: Page) -> Client:
    return house.client(page.role) if page.role else house.client("", COUNTY)


def links_of(client: Client, address: str, start: str) -> list[str]:
    links = re.findall(r'href="([^"]+)"', client.get(address).content.decode())
    return next_addresses(start, [link.replace("&amp;", "&") for link in links])


def address_of(client: Client, page: Page, plan: int) -> str:
    """The page's address, or where its links lead; empty when there is none. The list's plan 1 is the house's plan."""
    path, link = (text.replace("/plans/1/", f"/plans/{plan}/") for text in (page.path, page.link))
    found = links_of(client, path, link) if link else [path]
    ends = [further for address in found for further in links_of(client, address, page.then)[:1]] if page.then else found
    return next(iter(ends), "")


def queries_of(client: Client, url: str) -> int:
    client.get(url)  # what is kept between requests is there
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len([query for query in caught.captured_queries if not ASIDE.match(query["sql"])])


def recorded() -> dict[str, int]:
    return json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}


def record(name: str, count: int) -> None:
    COUNTS.write_text(json.dumps(dict(sorted({**recorded(), name: count}.items())), indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize("page", HERE, ids=lambda page: page.name)
def test_no_page_asks_more_than_recorded(page: Page, house: House) -> None:
    client = client_for(house, page)
    url = address_of(client, page, house.inside["plan"])
    if not url:
        pytest.skip(f"the house of the tests has no link to {page.link} on {page.path}")
    count = queries_of(client, url)
    if RECORD:
        record(page.name, count)
    assert page.name in recorded(), f"{page.name}: run WEIMIN_RECORD=1 pytest tests/test_query_counts.py"
    assert count <= recorded()[page.name]


def test_no_page_is_recorded_that_is_gone() -> None:
    assert sorted(set(recorded()) - {page.name for page in HERE}) == []


def test_no_record_is_above_what_a_page_may_ask() -> None:
    limits = {name: WORKBENCH if name.startswith("workbench") else MOST for name in recorded()}
    assert {name: count for name, count in recorded().items() if count > limits[name]} == {}


def test_a_longer_list_asks_no_more_questions(house: House) -> None:
    """Twenty sites more are the same number of questions."""
    client = house.client("lead_office")
    before = queries_of(client, "/sites/")
    with entered(system_actor()):
        for number in range(20):
            make_site(name=f"站{number}")
    assert queries_of(client, "/sites/") == before
