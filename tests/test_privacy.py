"""What no page may carry: scripts in the text, full numbers of people in lists, exports that do not say whose they are."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from proofs.house import PHONE, House
from proofs.seats import COUNTY, ROLES
from test_registry_urls import ADDRESSES, KNOWN, ROWS, Row, content, words

from weimin.secrets.masking import mask
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

pytestmark = pytest.mark.req("X4")
ROOT = Path(__file__).resolve().parent.parent
MACHINES = ("healthz", "metrics")  # plain text for programs, answered before any middleware
PAGES = [route for route in KNOWN if ROWS[route].get("get", 200) == 200 and route not in MACHINES]
LISTS = [route for route in PAGES if not {"number", "code", "target", "name"} & set(ROWS[route].get("with", {})) or "plans/" in route]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+=|javascript:", re.I)
MARK = "仅限工作使用，请勿外传"
ADDRESS_FIELDS = ("", "?excel=1", "?show=payments&excel=1", "?tab=team")


def reader(house: House, row: Row) -> Any:
    """A browser that may open the page, from the county where that is possible."""
    if row.reach == "public":
        return house.client("", COUNTY)
    return house.client(next(role for role in ("lead_office", "administrator", "auditor", "township", *ROLES) if row.expected(role) == 200))


@pytest.fixture(params=PAGES, ids=lambda route: route or "/")
def row(request: pytest.FixtureRequest) -> Row:
    return Row(ADDRESSES[request.param], ROWS[request.param])


def test_every_page_forbids_inline_script_and_style_and_has_none(row: Row, house: House) -> None:
    answer = reader(house, row).get(row.url(house.inside))
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith(("default-src 'self'", "default-src 'none'"))
    assert "unsafe" not in policy and "*" not in policy
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert INLINE.findall(content(answer).decode()) == []


def test_every_answer_says_that_it_is_not_to_be_framed_or_guessed(row: Row, house: House) -> None:
    headers = reader(house, row).get(row.url(house.inside)).headers
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == (
        "DENY",
        "nosniff",
        "same-origin",
    )


@pytest.mark.parametrize("route", LISTS, ids=lambda route: route or "/")
def test_no_list_shows_a_full_phone_number_to_anybody(route: str, house: House) -> None:
    row = Row(ADDRESSES[route], ROWS[route])
    shown = [
        role for role in ROLES if row.expected(role) == 200 for more in ADDRESS_FIELDS if PHONE in words(house.client(role).get(row.url(house.inside) + more))
    ]
    assert shown == []


def test_a_person_s_page_shows_the_number_as_the_role_may_see_it(house: House) -> None:
    url = f"/staffing/people/{house.inside['worker']}/"
    seen = {role: mask("phone", PHONE, role) in words(house.client(role).get(url)) for role in ROLES}
    assert seen == dict.fromkeys(ROLES, True)


def test_the_number_is_nowhere_in_the_database_as_it_is(house: House) -> None:
    """Sealed columns only; the trail and the receipts have it masked."""
    with entered(system_actor(), role="NONE"), connection.cursor() as cursor:
        cursor.execute("SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'")
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM {name} t WHERE position('{PHONE}' in t::text) > 0 LIMIT 1)" for name in tables))
        assert cursor.fetchall() == []


def is_workbook(body: bytes) -> bool:
    if not body.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "xl/workbook.xml" in archive.namelist()


@pytest.mark.req("X5")
def test_every_workbook_says_who_took_it_and_that_it_stays_inside(house: House) -> None:
    found, bare = 0, []
    for route in PAGES:
        row = Row(ADDRESSES[route], ROWS[route])
        for more in ADDRESS_FIELDS:
            answer = reader(house, row).get(row.url(house.inside) + more)
            if is_workbook(body := content(answer)):
                found += 1
                text = b"".join(zipfile.ZipFile(io.BytesIO(body)).read(name) for name in zipfile.ZipFile(io.BytesIO(body)).namelist()).decode(errors="replace")
                bare += [] if MARK in text and "张三" in text else [row.url(house.inside) + more]
    assert bare == []
    assert found >= 5


@pytest.mark.req("X13")
def test_the_settings_of_a_real_server_satisfy_djangos_own_check(tmp_path: Path) -> None:
    """`check --deploy` with HTTPS on: no warning is left."""
    surroundings = {key: value for key, value in os.environ.items() if key != "PYTEST_VERSION"}
    surroundings |= {
        "WEIMIN_HTTPS": "yes",
        "WEIMIN_DATA": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "weimin.config.settings",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.strip()) == (0, "")


@pytest.mark.req("X13")
def test_with_https_cookies_are_for_https_only(tmp_path: Path) -> None:
    program = "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_HTTPONLY, s.DEBUG)"
    surroundings = os.environ | {
        "WEIMIN_HTTPS": "yes",
        "WEIMIN_DATA": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "weimin.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["True", "True", "True", "31536000", "True", "False"]
