"""The connection that may read and write everything, past row-level security, and the programs that belong to it."""
# Both languages are here: gettext is not loaded yet.
# text: data

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg.rows import TupleRow

from weimin.config import embedded, environment
from weimin.config.backup.refusals import BackupFailed
from weimin.config.programs import binaries

Connection = psycopg.Connection[TupleRow]
STABLE_TEXT = (  # row hashes are made of rows as text: their spelling must not depend on the session
    "SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET extra_float_digits = 1; "
    "SET bytea_output = 'hex'; SET row_security = off; SET search_path = pg_catalog; SET statement_timeout = 0"
)


@dataclass(frozen=True)
class Keeper:
    """How the role that keeps the data connects."""

    host: str
    port: int
    user: str
    password: str
    name: str
    query: str = ""

    def database(self, name: str) -> "Keeper":
        return replace(self, name=name)

    def connect(self, *, autocommit: bool = True) -> Connection:
        options: dict[str, Any] = dict(part.split("=", 1) for part in self.query.split("&") if "=" in part)
        try:
            connection = psycopg.connect(
                host=self.host, port=self.port, user=self.user, password=self.password or None, dbname=self.name,
                autocommit=True, **options,
            )  # fmt: skip
        except psycopg.OperationalError as error:
            raise BackupFailed(
                f"连不上数据库 {self.name}：{str(error).strip().splitlines()[0]}",
                f"Cannot reach the database {self.name}: {str(error).strip().splitlines()[0]}",
            ) from error
        connection.execute(STABLE_TEXT)
        connection.autocommit = autocommit
        return connection

    def arguments(self) -> list[str]:
        return ["--host", self.host, "--port", str(self.port), "--username", self.user, "--no-password"]

    def surroundings(self) -> dict[str, str]:
        """For pg_dump and pg_restore; the password goes by the environment, where `ps` does not show it."""
        options = dict(part.split("=", 1) for part in self.query.split("&") if "=" in part)
        secret = {"PGPASSWORD": self.password} if self.password else {}
        return os.environ | {"LC_ALL": "C"} | {f"PG{key.upper()}": value for key, value in options.items()} | secret


def keeper() -> Keeper:
    """`postgres` of the embedded server; on a server WEIMIN_KEEPER_URL, or DATABASE_URL when its role may do it."""
    url = environment.text("WEIMIN_KEEPER_URL") or environment.text("DATABASE_URL")
    if not url:
        embedded.ensure(embedded.home())
        address = embedded.superuser(embedded.home())
        return Keeper(address["host"], address["port"], address["user"], "", address["name"])
    parts = urlsplit(url)
    found = Keeper(
        parts.hostname or "", parts.port or 5432, unquote(parts.username or ""), unquote(parts.password or ""),
        parts.path.lstrip("/"), parts.query,
    )  # fmt: skip
    with found.connect() as connection:
        row = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    if not row or not row[0]:
        raise BackupFailed(
            f"数据库用户 {found.user} 受行级权限限制，看不全数据，不能备份或恢复。请按 docs/operations.md 建立 weimin_keeper，并设置 WEIMIN_KEEPER_URL。",
            f"The role {found.user} is held to row-level security and cannot back up or restore: "
            "make weimin_keeper as docs/operations.md says and set WEIMIN_KEEPER_URL.",
        )
    return found


def program(name: str, keeper: Keeper) -> Path:
    """pg_dump or pg_restore, at least as new as the server: the one on PATH, otherwise the bundled one."""
    with keeper.connect() as connection:
        wanted = connection.info.server_version // 10000
    for candidate in (shutil.which(name), binaries() / name):
        if candidate and _major(Path(candidate)) >= wanted:
            return Path(candidate)
    raise BackupFailed(
        f"需要 {name} {wanted} 或更新版本。请安装 postgresql-client-{wanted}。",
        f"{name} {wanted} or newer is needed: install postgresql-client-{wanted}.",
    )


def run(command: list[str], keeper: Keeper) -> None:
    """Run a program; its own words go into the refusal."""
    done = subprocess.run(command, env=keeper.surroundings(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupFailed(
            f"{Path(command[0]).name} 没有成功：{done.stderr.strip()[-800:]}",
            f"{Path(command[0]).name} failed: {done.stderr.strip()[-800:]}",
        )


def _major(path: Path) -> int:
    text = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", text)
    return int(found.group(1)) if found else 0
