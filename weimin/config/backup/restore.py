"""`weimin restore`: into a database beside the old one, compared there, and only then put in its place."""
# Both languages are here: gettext is not loaded yet.
# text: data

import shutil
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from psycopg import sql

from weimin.config.backup.archive import ATTACHMENTS, DUMP, Manifest, contents_of, verify_archive
from weimin.config.backup.contents import Contents, differences, read_contents
from weimin.config.backup.keeper import Connection, Keeper, keeper, program, run
from weimin.config.backup.refusals import BackupFailed

MAINTENANCE = "postgres"  # the database one is connected to while another is made or renamed
CREATE = "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
BUILTIN = " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"  # known since PostgreSQL 17
BUILTIN_SINCE = 170000


def restore_backup(source: Path, attachments: Path, now: datetime, *, replace: bool) -> tuple[Manifest, list[str]]:
    """Restore, compare, swap. Returns the manifest and the names of what was set aside (old database, old attachments).

    Nothing of the old state is touched until the new one is complete and equal to the manifest.
    """
    manifest = verify_archive(source)
    target = keeper()
    _refuse_unless_free(target, attachments, replace)
    fresh = target.database(f"{target.name}_restoring")
    folder = attachments.with_name(attachments.name + ".restoring")
    _make_empty(target, fresh)
    try:
        _fill(source, target, fresh, folder)
        _compare(manifest, fresh)
    except BaseException:
        _drop(target, fresh.name)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return manifest, _swap(target, fresh, attachments, folder, now)


def _refuse_unless_free(target: Keeper, attachments: Path, replace: bool) -> None:
    with target.connect() as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        (others,) = connection.execute(query).fetchone() or (0,)
        if others:
            raise BackupFailed(
                f"还有 {others} 个连接在使用数据库，请先停止为民（weimin run）再恢复。",
                f"{others} connections still use the database: stop weimin run first.",
            )
        filled = _is_filled(connection) or (attachments.exists() and any(attachments.rglob("*")))
    if filled and not replace:
        raise BackupFailed(
            "数据库里已有辖区数据，没有恢复。确定要替换请加 --replace（旧数据会改名保留）。",
            "The database holds a jurisdiction, nothing was restored. --replace sets the old data aside.",
        )


def _is_filled(connection: Connection) -> bool:
    """A database that knows a jurisdiction is in use; one that was only prepared is not."""
    (known,) = connection.execute("SELECT to_regclass('public.jurisdictions_jurisdiction') IS NOT NULL").fetchone() or (False,)
    if not known:
        return False
    query = "SELECT EXISTS (SELECT FROM public.jurisdictions_jurisdiction WHERE schema_name <> 'public')"
    return bool((connection.execute(query).fetchone() or (False,))[0])


def _make_empty(target: Keeper, fresh: Keeper) -> None:
    """An empty database with the same owner as the old one; the remains of a killed restore go first."""
    _drop(target, fresh.name)
    with target.database(MAINTENANCE).connect() as connection:
        row = connection.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [target.name]).fetchone()
        statement = CREATE + (BUILTIN if connection.info.server_version >= BUILTIN_SINCE else "")
        owner = row[0] if row else target.user
        connection.execute(sql.SQL(statement).format(sql.Identifier(fresh.name), sql.Identifier(owner)))


def _drop(target: Keeper, name: str) -> None:
    with target.database(MAINTENANCE).connect() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _fill(source: Path, target: Keeper, fresh: Keeper, folder: Path) -> None:
    """Unpack under checked names, then pg_restore with row security off: its tables hold even their owner to a wall."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".weimin-restore-") as scratch:
        dump = Path(scratch) / DUMP
        with tarfile.open(source, mode="r:") as archive:
            for name, content in contents_of(archive):
                place = dump if name == DUMP else folder / Path(name).relative_to(ATTACHMENTS)
                place.parent.mkdir(parents=True, exist_ok=True)
                with open(place, "wb") as file:
                    shutil.copyfileobj(content, file)
        command = [str(program("pg_restore", fresh)), *fresh.arguments(), "--exit-on-error", "--jobs=2"]
        run([*command, f"--dbname={fresh.name}", str(dump)], fresh)


def _compare(manifest: Manifest, fresh: Keeper) -> None:
    with fresh.connect() as connection:
        found = read_contents(connection)
    wrong = differences(Contents(manifest.tables, manifest.sequences), found)
    if wrong:
        first = "；".join(wrong[:3])
        raise BackupFailed(
            f"恢复出来的数据与备份有 {len(wrong)} 处不一致，没有启用：{first}。",
            f"What was restored differs in {len(wrong)} places and is not put in place: {first}.",
        )


def _swap(target: Keeper, fresh: Keeper, attachments: Path, folder: Path, now: datetime) -> list[str]:
    """Rename old aside and new into place. Two renames in one transaction: no moment without a database."""
    with target.connect() as connection:
        kept = _is_filled(connection)
    aside = f"{target.name}_before_{now:%Y%m%d%H%M%S}"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with target.database(MAINTENANCE).connect(autocommit=False) as connection:
        connection.execute(rename.format(sql.Identifier(target.name), sql.Identifier(aside)))
        connection.execute(rename.format(sql.Identifier(fresh.name), sql.Identifier(target.name)))
    old = attachments.with_name(f"{attachments.name}.before-{now:%Y%m%d%H%M%S}")
    had_files = attachments.exists() and any(attachments.iterdir())
    if attachments.exists():
        attachments.rename(old) if had_files else attachments.rmdir()
    folder.rename(attachments)
    if not kept:
        _drop(target, aside)
    return ([aside] if kept else []) + ([str(old)] if had_files else [])
