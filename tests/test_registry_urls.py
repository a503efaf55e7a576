"""Every URL of the house × every caller: nobody, each role at its place, the same role elsewhere, a post of another jurisdiction.

A new URL is here the moment it is in urls.py; it only has to say in tests/data/url_access.yaml who reaches it.
"""

from __future__ import annotations

import inspect
import io
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from proofs.house import CANARY, House, Things
from proofs.pages import Address, addresses
from proofs.seats import COUNTY, OTHER_TOWNSHIP, ROLES, TOWNSHIP, seat_of
from ruamel.yaml import YAML

pytestmark = pytest.mark.req("X1")
ROWS: dict[str, dict[str, Any]] = {row["route"]: row for row in YAML(typ="safe").load(Path(__file__).parent / "data" / "url_access.yaml")}
ADDRESSES = {address.route: address for address in addresses()}
KNOWN = sorted(set(ROWS) & set(ADDRESSES))
LOCAL = [role for role in ROLES if seat_of(role) == TOWNSHIP]
MISSING = 987_654_321_987
QUERIES = {
    "search/": f"?q={CANARY}",
    "regions/find/": f"?q={CANARY}",
    "sites/": f"?text={CANARY}",
    "staffing/people/": f"?text={CANARY}",
    "cases/": f"?text={CANARY}",
    "cases/agency/": f"?text={CANARY}&agent=all",
    "residents/": f"?text={CANARY}",
    "institutions/": f"?text={CANARY}",
}


@dataclass(frozen=True)
class Row:
    """One line of the access table, with its address."""

    address: Address
    facts: dict[str, Any]

    @property
    def reach(self) -> Any:
        return self.facts["reach"]

    @property
    def by_token(self) -> bool:
        """Asked by programs, with a bearer token of the post; a session counts for nothing there."""
        return self.facts.get("by") == "token"

    def caller(self, house: House, role: str, region: int | None = None) -> Any:
        return house.program(role, region) if self.by_token else house.client(role, region)

    @property
    def get(self) -> int:
        return int(self.facts.get("get", 200))

    @property
    def exports(self) -> bool:
        """Whether the module of the view, or one that it takes names from, reads the word from the address."""
        module = sys.modules[self.address.view.__module__]
        near = {getattr(value, "__module__", None) for value in vars(module).values()} | {module.__name__}
        own = [sys.modules[name] for name in near if name in sys.modules and name.startswith("weimin.")]
        return any('"excel"' in inspect.getsource(one) for one in own)

    @property
    def names_places(self) -> bool:
        """A public page that may name places of everywhere."""
        return "public" in self.facts

    def expected(self, role: str) -> int:
        return int(self.get if not isinstance(self.reach, list) or role in self.reach else self.facts.get("otherwise", 403))

    def url(self, things: Things) -> str:
        given = self.facts.get("with", {})
        return self.address.filled(**{name: key[1:] if str(key).startswith("=") else things[key] for name, key in given.items()})

    def missing(self) -> str:
        """The same address with numbers that no record has."""
        given = self.facts.get("with", {})
        return self.address.filled(**{name: key[1:] if str(key).startswith("=") else MISSING for name, key in given.items()})

    def is_of_a_place(self, house: House) -> bool:
        return "shared" not in self.facts and self.url(house.inside) != self.url(house.outside)


@pytest.fixture(params=KNOWN, ids=lambda route: route or "/")
def row(request: pytest.FixtureRequest) -> Row:
    return Row(ADDRESSES[request.param], ROWS[request.param])


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def words(answer: Any) -> str:
    """Everything that can be read in an answer, also inside Office files."""
    body = content(answer)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b" ".join(archive.read(name) for name in archive.namelist())
    return body.decode(errors="replace") + str(answer.headers)


def test_every_url_has_its_row() -> None:
    missing = [f'{route!r}: add {{route: "{route}", reach: …}} to tests/data/url_access.yaml' for route in ADDRESSES if route not in ROWS]
    assert missing == []


def test_every_public_page_that_names_places_says_why() -> None:
    assert [route for route, facts in ROWS.items() if "public" in facts and (facts["reach"] != "public" or len(facts["public"].split()) < 4)] == []


def test_no_row_is_left_of_a_url_that_is_gone() -> None:
    assert sorted(set(ROWS) - set(ADDRESSES)) == []


def test_who_is_not_signed_in_goes_to_the_sign_in_page(row: Row, house: House) -> None:
    answer = house.client("", COUNTY).get(row.url(house.inside))
    if row.reach == "public":
        assert answer.status_code == row.get
    elif answer.status_code == 405:
        assert row.get == 405
    elif row.by_token:
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
        assert house.client("township").get(row.url(house.inside)).status_code == 401
    else:
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/")
    assert row.names_places or CANARY not in words(answer)


def test_each_role_is_answered_as_the_table_says(row: Row, house: House) -> None:
    url = row.url(house.inside)
    answered = {role: row.caller(house, role).get(url).status_code for role in ROLES}
    assert answered == {role: row.expected(role) for role in ROLES}


def test_what_lies_in_another_township_is_missing(row: Row, house: House) -> None:
    """The 404 is letter for letter that of a number which no record has."""
    if not row.is_of_a_place(house):
        return
    wrong = {}
    for role in ROLES:
        client = row.caller(house, role, TOWNSHIP)
        foreign, missing = client.get(row.url(house.outside)), client.get(row.missing())
        wanted = 404 if row.expected(role) == row.get else row.expected(role)
        if (foreign.status_code, plain(foreign)) != (
            missing.status_code,
            plain(missing),
        ) or foreign.status_code != wanted:
            wrong[role] = (foreign.status_code, missing.status_code)
    assert wrong == {}


def plain(answer: Any) -> str:
    """An answer without what differs from one request to the next: its number, tokens, its own address, the minute in its foot."""
    text = re.sub(r"[0-9a-f]{32}|csrfmiddlewaretoken[^>]*|\"X-CSRFToken\":\"\w+\"|'Content-Length': '\d+'", "", words(answer))
    text = re.sub(r"\b\d{2}:\d{2}\b", "", text)
    return re.sub(r"/[a-z.]+/[^\"'\s<]*", "", re.sub(r"%2F[^\"'&]*", "", text))


def test_the_same_post_elsewhere_is_answered_the_same_but_for_its_place(row: Row, house: House) -> None:
    """The clerk of the other township reaches there what the clerk of the first reaches here."""
    here = {role: row.caller(house, role, TOWNSHIP).get(row.url(house.inside)).status_code for role in LOCAL}
    there = {role: row.caller(house, role, OTHER_TOWNSHIP).get(row.url(house.outside)).status_code for role in LOCAL}
    assert there == here


def test_a_post_of_another_jurisdiction_finds_nothing_of_this_one(row: Row, house: House) -> None:
    assert house.stranger is not None and house.strange_program is not None
    if row.names_places:
        return
    answer = (house.strange_program if row.by_token else house.stranger).get(row.url(house.outside))
    of_record = {"number", "target", "plan"} & set(row.facts.get("with", {}))
    if of_record and row.get == 200:
        assert answer.status_code in (403, 404)
    assert answer.status_code < 500 or answer.status_code == row.get
    assert CANARY not in words(answer)


def test_nothing_shows_what_somebody_typed_in_another_township(row: Row, house: House) -> None:
    """Pages, lists, searches, suggestions, Excel, Word: names planted outside the range appear to nobody who sits in the township."""
    if row.names_places:
        return
    url = row.url(house.inside)
    shown = [
        role
        for role in ROLES
        for address in {url, url + QUERIES.get(row.address.route, ""), url + "?excel=1" * row.exports}
        if CANARY in own_words(row.caller(house, role, TOWNSHIP).get(address), address)
    ]
    assert shown == []


def own_words(answer: Any, address: str) -> str:
    """What the page says by itself: the text that was searched for comes back in the search field."""
    text = words(answer)
    return re.sub(rf'value="{CANARY}"|“{CANARY}”|{CANARY}&quot;', "", text) if CANARY in address else text


def test_the_planted_names_are_seen_from_the_county(house: House) -> None:
    """So that the test above can fail."""
    office = house.client("lead_office")
    seen = {
        route
        for route in ("sites/", "staffing/people/", "todo.xlsx", "search/")
        if CANARY in words(office.get(f"/{route}{QUERIES.get(route, '')}")).replace(f'value="{CANARY}"', "")
    }
    assert seen == {"sites/", "staffing/people/", "todo.xlsx", "search/"}
