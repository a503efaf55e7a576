"""Fixtures for every test: one prepared database per worker, copied from a template that is rebuilt when migrations change."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.utils import translation
from proofs.databases import TUPO, YOUYANG, dsn, ensure_template, inside, own_database, schema_hash

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"test_weimin_{os.environ.get('WEIMIN_TEST_NAME', 'main')}_{worker}"
    template = f"weimin_template_{schema_hash()}"
    with django_db_blocker.unblock(), psycopg.connect(dsn("postgres"), autocommit=True) as server:
        ensure_template(server, template)
        connection.close()
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        connection.settings_dict["NAME"] = name
        yield
        connection.close()
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session", autouse=True)
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Encryption keys of this test run, made as on a first start."""
    from django.conf import settings

    from weimin.secrets.keys import prepare_keys

    settings.KEY_FILE = tmp_path_factory.mktemp("keys") / "keys.json"
    prepare_keys(fresh=True)
    return settings.KEY_FILE


@pytest.fixture(scope="session", autouse=True)
def known_once() -> None:
    """What a process trusts for a while (calendar, what was set) it trusts for the whole run: a count of questions does not depend on when a second ends."""
    from weimin.calendars import queries
    from weimin.health import parameters

    queries.CHECK_SECONDS = parameters.KNOWN_SECONDS = 24 * 60 * 60


@pytest.fixture
def jurisdiction(db: None) -> Iterator[Any]:
    """酉阳 (schema j500242), empty of business data; the test runs inside its schema."""
    with inside(YOUYANG) as found:
        yield found


@pytest.fixture
def tupo(db: None) -> Iterator[Any]:
    """土陂乡 (schema j341221203)."""
    with inside(TUPO) as found:
        yield found


@pytest.fixture
def scratch(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A database of its own that every thread connects to and in which transactions really commit."""
    with django_db_blocker.unblock(), own_database() as found:
        yield found


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, ten in the morning in Shanghai."""
    return NOW


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages look at the clock themselves: whoever opens one whose words depend on the day opens it on the day of the tests, whatever the calendar says."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def make_post(db: None) -> Callable[..., Any]:
    """make_post(role, region, name="张三") -> Post with its person (created in the current schema)."""
    from weimin.accounts.models import Person, Post

    def make(role: str, region: int, name: str = "张三") -> Post:
        person = Person.objects.create(login=f"{role}-{region}-{Person.objects.count()}", name=name)
        return Post.objects.create(person=person, role=role, region=region, starts_on=date(2020, 1, 1))

    return make


@pytest.fixture
def actor(make_post: Callable[..., Any]) -> Callable[..., Any]:
    """actor(role, region) -> Actor of a fresh person in that post."""
    from weimin.accounts.queries import actor_in, seats_of

    def make(role: str, region: int, name: str = "张三") -> Any:
        post = make_post(role, region, name)
        return actor_in(post.person, seats_of(post.person, NOW.date())[0])

    return make


@pytest.fixture
def client_as(make_post: Callable[..., Any]) -> Callable[..., Client]:
    """client_as(role, region) -> Django test client signed in to the current jurisdiction in that post."""
    import time

    def make(role: str, region: int, name: str = "张三", *, jurisdiction: Any = None) -> Client:
        post = make_post(role, region, name)
        client = Client()
        client.cookies["weimin_jurisdiction"] = str(connection.tenant.code)
        session = client.session
        session.update({"person": post.person_id, "post": post.pk, "seen": int(time.time())})
        session.save()
        client.cookies["weimin_session"] = session.session_key
        client.post_row = post  # type: ignore[attr-defined]
        return client

    return make


@pytest.fixture
def places() -> SimpleNamespace:
    """Codes that tests speak of."""
    return SimpleNamespace(county=YOUYANG, township=500242101000, other_township=500242102000, village=500242101200, other_village=500242102200)


@pytest.fixture(autouse=True)
def chinese_first() -> Iterator[None]:
    """A request in English leaves its language in the thread; every test begins in Chinese."""
    translation.activate("zh-hans")
    yield
    translation.activate("zh-hans")


@pytest.fixture(autouse=True)
def figures_as_shipped() -> Iterator[None]:
    """What a test set is rolled back in the database; the process forgets it too."""
    from weimin.health.parameters import KNOWN

    yield
    for schema in [schema for schema, known in KNOWN.items() if known.rows]:
        del KNOWN[schema]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: a story that begins last would keep one core waiting for the other."""
    items.sort(key=lambda item: not (item.get_closest_marker("browser") or item.get_closest_marker("slow")))
