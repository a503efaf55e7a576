"""`weimin backup`: one snapshot of the database, hashed and dumped, with the attachments, in one file."""
# Both languages are here: gettext is not loaded yet.
# text: data

import json
import tempfile
from datetime import datetime
from pathlib import Path

from psycopg import sql

import weimin
from weimin.config.backup.archive import Manifest, verify_archive, write_archive
from weimin.config.backup.contents import read_contents
from weimin.config.backup.keeper import Connection, Keeper, keeper, program, run
from weimin.config.backup.refusals import BackupFailed

LAST = "last_backup.json"  # in the data folder; `weimin check` reads its age


def make_backup(target: Path, attachments: Path, data: Path, now: datetime) -> Manifest:
    """Write `target` and read it back. A folder as target gets a file named after the moment (Beijing time of `now`)."""
    if target.is_dir():
        target = target / f"weimin-{now:%Y%m%d-%H%M%S}.tar"
    if target.exists():
        raise BackupFailed(
            f"{target} 已经存在，不会覆盖。请换一个文件名。",
            f"{target} is there already and is not overwritten: choose another name.",
        )
    if not target.parent.is_dir():
        raise BackupFailed(f"文件夹 {target.parent} 不存在。", f"There is no folder {target.parent}.")
    source = keeper()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".weimin-backup-") as scratch:
        dump = Path(scratch) / "database.dump"
        manifest = _read_and_dump(source, dump, now)
        write_archive(target, manifest, dump, attachments)
    manifest = verify_archive(target)
    note = {"at": now.isoformat(), "file": str(target.resolve()), "bytes": target.stat().st_size}
    (data / LAST).write_text(json.dumps(note))
    return manifest


def _read_and_dump(source: Keeper, dump: Path, now: datetime) -> Manifest:
    """Figures and dump come from the same snapshot, so they agree while people go on working."""
    with source.connect(autocommit=False) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        contents = read_contents(connection)
        run(
            [str(program("pg_dump", source)), *source.arguments(), "--format=custom", "--compress=gzip:6",
             f"--snapshot={snapshot}", f"--file={dump}", source.name],
            source,
        )  # fmt: skip
        return Manifest(
            made_at=now.isoformat(),
            version=weimin.__version__,
            postgresql=str(connection.info.server_version),
            tables=contents.tables,
            sequences=contents.sequences,
            trail=_trail_heads(connection, list(contents.tables)),
        )


def _trail_heads(connection: Connection, tables: list[str]) -> dict[str, str]:
    """Schema → head of its sealed chain; '' where nothing is sealed yet."""
    heads = {}
    for schema in (name.removesuffix(".trail_seal") for name in tables if name.endswith(".trail_seal")):
        query = sql.SQL("SELECT head FROM {} ORDER BY last_id DESC LIMIT 1").format(sql.Identifier(schema, "trail_seal"))
        row = connection.execute(query).fetchone()
        heads[schema] = row[0] if row else ""
    return heads
