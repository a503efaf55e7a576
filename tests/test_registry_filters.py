"""Every page with hostile filters, cursors and addresses, and the few forms that are no action: never a 500."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from proofs.attack import FEW, MANY, in_the_long_run, send
from proofs.hostile import spoiled
from proofs.house import House
from proofs.seats import COUNTY, ROLES
from test_registry_urls import ADDRESSES, KNOWN, ROWS, Row

PAGES = [route for route in KNOWN if ROWS[route].get("get", 200) in (200, 302)]
OPEN = ["sign-in/", "sign-in/code/", "enter/", "ui/display/", "ui/language/"]
POSTED = [*OPEN, "switch-post/", "sign-out/", "me/password/", "me/second-factor/", "sites/import/"]
USUAL = [
    "q",
    "text",
    "cursor",
    "tab",
    "sort",
    "next",
    "region",
    "township",
    "state",
    "role",
    "from",
    "until",
    "show",
    "excel",
    "key",
    "kind",
    "part",
    "code",
    "level",
    "tier",
    "on",
]
TYPED = [
    "login",
    "password",
    "jurisdiction",
    "post",
    "language",
    "size",
    "contrast",
    "code",
    "content",
    "apply",
    "report",
    "repeated",
    "current",
]
pytestmark = pytest.mark.req("X13")


def filters_of(client: Client, url: str) -> list[str]:
    """Names that the page's own links and fields put into its address, and the usual ones."""
    page = client.get(url)
    body = b"" if page.streaming else page.content
    own = re.findall(rb'name="([\w-]+)"', body) + re.findall(rb"[?&;]([a-z_]+)=", body) if b"<html" in body[:200] else []
    return sorted({name.decode() for name in own} | set(USUAL))


def attack_page(house: House, route: str, how: Any) -> None:
    row = Row(ADDRESSES[route], ROWS[route])
    role = next(role for role in ("lead_office", "administrator", "auditor", "township", *ROLES) if row.expected(role) == row.get)
    client, url = house.client(role), row.url(house.inside)

    @how
    @given(data=spoiled({}, filters_of(client, url)))
    def once(data: dict[str, Any]) -> None:
        send(client, "get", url, data, f"get {url} {data!r}")

    once()


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route or "/")
def test_no_filter_of_a_page_breaks(route: str, house: House) -> None:
    attack_page(house, route, FEW)


@pytest.mark.slow
@in_the_long_run
@pytest.mark.parametrize("route", PAGES, ids=lambda route: route or "/")
def test_no_filter_of_a_page_breaks_in_the_long_run(route: str, house: House) -> None:
    attack_page(house, route, MANY)


@pytest.mark.parametrize("route", POSTED)
@pytest.mark.parametrize("demonstration", [True, False], ids=["demonstration", "real"])
def test_no_other_form_breaks(route: str, demonstration: bool, house: House, settings: Any) -> None:
    settings.DEMONSTRATION = demonstration
    client = house.client("" if route in OPEN else "lead_office", COUNTY)

    @FEW
    @given(data=spoiled({"jurisdiction": str(COUNTY), "login": "x", "password": "y", "post": "1"}, sorted({*USUAL, *TYPED})))
    def once(data: dict[str, Any]) -> None:
        send(client, "post", f"/{route}", data, f"post {route} {data!r}")

    once()
