"""A backup is whole or it is refused; what is restored is what was saved."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from weimin.config import embedded
from weimin.config.backup.archive import verify_archive
from weimin.config.backup.keeper import keeper
from weimin.config.backup.make import make_backup
from weimin.config.backup.refusals import BackupFailed
from weimin.config.backup.restore import restore_backup

NOW = datetime(2026, 11, 23, 10, 0)
SCHEMA = """
    CREATE TABLE public.jurisdictions_jurisdiction (id bigint PRIMARY KEY, schema_name text);
    INSERT INTO public.jurisdictions_jurisdiction VALUES (1, 'j1');
    CREATE SCHEMA j1;
    CREATE TABLE j1.site (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, region bigint, name text, opened_at timestamptz);
    ALTER TABLE j1.site ENABLE ROW LEVEL SECURITY;
    ALTER TABLE j1.site FORCE ROW LEVEL SECURITY;
    CREATE POLICY wall ON j1.site USING (region = (SELECT NULLIF(current_setting('weimin.low', true), '')::bigint));
    GRANT USAGE ON SCHEMA j1 TO weimin_app;
    GRANT SELECT ON j1.site TO weimin_app;
    CREATE TABLE j1.trail_seal (last_id bigint, head text);
    INSERT INTO j1.trail_seal VALUES (1, 'aa'), (2, 'bb');
"""

pytestmark = [pytest.mark.slow, pytest.mark.req("X10")]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a running embedded server and no Django in it."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WEIMIN_DATA", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        embedded.ensure(embedded.home())
        yield folder
        embedded.leave(embedded.home())


@pytest.fixture
def filled(installation: Path) -> Iterator[Path]:
    """Two sites behind forced row-level security, two attachments."""
    with keeper().connect() as connection:
        connection.execute("SET ROLE weimin; " + SCHEMA)
        connection.execute("RESET ROLE")
        connection.execute("INSERT INTO j1.site (region, name, opened_at) VALUES (1, '甲', now()), (2, '乙', NULL)")
    (installation / "attachments" / "ab").mkdir(parents=True)
    (installation / "attachments" / "ab" / "photo.jpg").write_bytes(b"picture")
    (installation / "attachments" / "发票.pdf").write_bytes(b"invoice")
    yield installation
    empty_again(installation)


def empty_again(installation: Path) -> None:
    target = keeper()
    with target.database("postgres").connect() as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^weimin'").fetchall():
            connection.execute(f'DROP DATABASE "{name}"')
        connection.execute("CREATE DATABASE weimin OWNER weimin")
    for folder in installation.glob("attachments*"):
        folder.rename(installation / f"gone-{folder.name}-{len(list(installation.iterdir()))}")


def saved(installation: Path, name: str = "a.tar") -> Path:
    target = installation / name
    target.unlink(missing_ok=True)
    make_backup(target, installation / "attachments", installation, NOW)
    return target


def rows(query: str) -> list[tuple]:
    with keeper().connect() as connection:
        return connection.execute(query).fetchall()


def test_a_backup_counts_rows_behind_the_wall(filled: Path) -> None:
    manifest = verify_archive(saved(filled))
    assert manifest.tables["j1.site"][0] == 2
    assert manifest.trail == {"j1": "bb"}
    assert sorted(manifest.files) == ["attachments/ab/photo.jpg", "attachments/发票.pdf", "database.dump"]


def test_a_destroyed_installation_comes_back_equal(filled: Path) -> None:
    backup = saved(filled)
    before = rows("SELECT id, region, name, opened_at FROM j1.site ORDER BY id")
    empty_again(filled)
    _manifest, aside = restore_backup(backup, filled / "attachments", NOW, replace=False)
    assert rows("SELECT id, region, name, opened_at FROM j1.site ORDER BY id") == before
    assert (filled / "attachments" / "发票.pdf").read_bytes() == b"invoice"
    assert aside == []


def test_the_wall_and_the_owner_come_back_too(filled: Path) -> None:
    backup = saved(filled)
    restore_backup(backup, filled / "attachments", NOW, replace=True)
    found = rows(
        "SELECT relforcerowsecurity, pg_get_userbyid(relowner), has_table_privilege('weimin_app', oid, 'SELECT') FROM pg_class WHERE oid = 'j1.site'::regclass"
    )
    assert found == [(True, "weimin", True)]
    address = embedded.ensure(embedded.home())
    with psycopg.connect(host=address["host"], port=address["port"], user="weimin", dbname="weimin") as connection:
        assert connection.execute("SELECT count(*) FROM j1.site").fetchone() == (0,)


def test_a_filled_database_is_not_overwritten(filled: Path) -> None:
    backup = saved(filled)
    with keeper().connect() as connection:
        connection.execute("DELETE FROM j1.site WHERE region = 1")
    with pytest.raises(BackupFailed, match="--replace"):
        restore_backup(backup, filled / "attachments", NOW, replace=False)
    assert rows("SELECT name FROM j1.site") == [("乙",)]


def test_replacing_keeps_the_old_data_under_another_name(filled: Path) -> None:
    backup = saved(filled)
    _manifest, aside = restore_backup(backup, filled / "attachments", NOW, replace=True)
    old = filled / "attachments.before-20261123100000"
    assert aside == ["weimin_before_20261123100000", str(old)]
    assert (old / "ab" / "photo.jpg").read_bytes() == b"picture"


def test_restoring_waits_for_nobody_to_be_connected(filled: Path) -> None:
    backup = saved(filled)
    with keeper().connect(), pytest.raises(BackupFailed, match="1 个连接"):
        restore_backup(backup, filled / "attachments", NOW, replace=True)


def test_a_restored_database_that_differs_is_not_put_in_place(filled: Path) -> None:
    backup = saved(filled)
    with keeper().connect() as connection:
        connection.execute("UPDATE j1.site SET name = '丙' WHERE region = 2")
    wrong = saved(filled, "b.tar")
    mixed = exchange_dump(backup, wrong, filled / "mixed.tar")
    with pytest.raises(BackupFailed, match=r"表 j1\.site 的内容与备份时不同"):
        restore_backup(mixed, filled / "attachments", NOW, replace=True)
    assert rows("SELECT name FROM j1.site ORDER BY id") == [("甲",), ("丙",)]
    assert rows("SELECT datname FROM pg_database WHERE datname ~ 'restoring'") == []


def exchange_dump(manifest_of: Path, dump_of: Path, target: Path) -> Path:
    """The table hashes of one backup over the dump of another, with every file hash right."""
    with tarfile.open(manifest_of) as first, tarfile.open(dump_of) as second, tarfile.open(target, "w") as out:
        manifest = json.loads(first.extractfile("manifest.json").read())
        dump = second.extractfile("database.dump").read()
        manifest["files"]["database.dump"] = [len(dump), hashlib.sha256(dump).hexdigest()]
        text = json.dumps(manifest).encode()
        contents = {
            "manifest.json": text,
            "manifest.sha256": hashlib.sha256(text).hexdigest().encode(),
            "database.dump": dump,
        }
        for name in manifest["files"].keys() - {"database.dump"}:
            contents[name] = first.extractfile(name).read()
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            out.addfile(member, io.BytesIO(content))
    return target
