"""The databases of the tests: one template of this code's migrations, copied for whoever needs one of their own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
YOUYANG, TUPO = 500242000000, 341221203000


def schema_hash() -> str:
    """Changes when a migration, the region file or the loader changes."""
    digest = hashlib.sha256()
    for path in sorted(
        [*ROOT.glob("weimin/*/migrations/*.py"), *ROOT.glob("weimin/walls/*.py"), ROOT / "weimin/regions/loading.py", ROOT / "weimin/jurisdictions/models.py"]
    ):
        digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def dsn(name: str) -> str:
    settings = connection.settings_dict
    return f"host={settings['HOST']} port={settings['PORT']} user={settings['USER']} password={settings['PASSWORD'] or 'x'} dbname={name}"


def build_template(name: str) -> None:
    """Migrates and fills an empty database: public schema, all regions, two jurisdictions."""
    from django.core.management import call_command  # after Django is set up by pytest-django

    from weimin.jurisdictions.creation import create_jurisdiction, prepare_public
    from weimin.regions.loading import load_regions

    connection.close()
    connection.settings_dict["NAME"] = name
    prepare_public()
    call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
    load_regions()
    for code in (YOUYANG, TUPO):
        create_jurisdiction(code)
    connection.close()


def ensure_template(server: psycopg.Connection[Any], template: str) -> None:
    """Builds the template once; other workers wait on an advisory lock."""
    server.execute("SELECT pg_advisory_lock(20261123)")
    try:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            return
        for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname ~ '^weimin_template_' AND datname <> %s", [template]).fetchall():
            if os.environ.get("WEIMIN_TEST_NAME") is None:
                server.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        server.execute(f'DROP DATABASE IF EXISTS "{template}_new"')
        server.execute(f"CREATE DATABASE \"{template}_new\" TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
        build_template(f"{template}_new")
        server.execute(f'ALTER DATABASE "{template}_new" RENAME TO "{template}"')
    finally:
        server.execute("SELECT pg_advisory_unlock(20261123)")


@contextmanager
def own_database() -> Iterator[Any]:
    """A database that every thread connects to and in which transactions really commit; inside the first jurisdiction."""
    name, template = f"{connection.settings_dict['NAME']}_race", f"weimin_template_{schema_hash()}"
    with psycopg.connect(dsn("postgres"), autocommit=True) as server:
        ensure_template(server, template)
        was = connection.settings_dict["NAME"]
        connection.close()
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        connection.settings_dict["NAME"] = name
        try:
            with inside(YOUYANG) as found:
                yield found
        finally:
            connection.close()
            connection.settings_dict["NAME"] = was
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def inside(code: int) -> Iterator[Any]:
    """The schema of a jurisdiction, for a process that knows the calendar already, as any that serves."""
    from weimin.calendars.queries import calendar_for
    from weimin.jurisdictions.models import Jurisdiction

    calendar_for()
    jurisdiction = Jurisdiction.objects.get(code=code)
    connection.set_tenant(jurisdiction)
    try:
        yield jurisdiction
    finally:
        connection.set_schema_to_public()
