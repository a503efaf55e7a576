"""The embedded PostgreSQL 18: started by whoever needs it first, stopped by whoever leaves last.

Every process that calls `ensure` holds a shared lock on `users.lock` until it ends, however it ends. The one that can
turn that lock into an exclusive one is alone and stops the server on its way out. A second lock, `start.lock`, lets one
process at a time create or start the cluster. Both are kernel locks: a killed process leaves none behind.
"""
# Both languages are here: gettext is not loaded yet.
# text: data

import atexit
import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

import psycopg
from psycopg import sql

from weimin.config import environment
from weimin.config.language import either
from weimin.config.programs import MAJOR, EmbeddedFailed, hand_over, lend_path, own_ids, run_program

OWNER = "weimin"
APPLICATION = "weimin_app"
SUPERUSER = "postgres"
PORT = 5432  # only part of the socket's file name: the server listens on no network address
START_SECONDS = 90  # recovery after a power cut takes as long as the log since the last checkpoint
SOCKET_PATH_LIMIT = 100  # Linux allows 107 characters, macOS 103

PARAMETERS = {
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",  # nobody replicates this server: what is loaded into a new table needs no second copy in the log
    "max_wal_senders": "0",
    "checkpoint_timeout": "15min",
    "wal_compression": "pglz",
    "random_page_cost": "1.1",
    "jit": "off",  # compiling costs more than it saves on short queries
    "max_locks_per_transaction": "256",  # one jurisdiction brings some hundred tables into one migration
    "log_min_error_statement": "panic",  # statements carry names: they stay out of the log
    "log_parameter_max_length": "0",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgres-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for throw-away test data


class Address(TypedDict):
    host: str
    port: int
    user: str
    name: str


@dataclass(frozen=True)
class Cluster:
    """The files of one embedded server below `home`."""

    home: Path

    @property
    def files(self) -> Path:
        return self.home / "pg"

    @property
    def socket_folder(self) -> Path:
        """The data directory itself (0700); a private folder of the temporary directory where that path is too long."""
        if len(str(self.files)) + len(f"/.s.PGSQL.{PORT}") <= SOCKET_PATH_LIMIT:
            return self.files
        digest = hashlib.sha256(str(self.files).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"weimin-{os.geteuid()}-{digest}"

    def address(self, user: str = OWNER, name: str = OWNER) -> Address:
        return {"host": str(self.socket_folder), "port": PORT, "user": user, "name": name}


_held: dict[Path, IO[str]] = {}


def home() -> Path:
    """Where the embedded server of this installation lives."""
    return environment.path("WEIMIN_DATA")


def ensure(data_dir: Path, *, durable: bool = True) -> Address:
    """Bring the server below `data_dir` up and return how to connect; about a millisecond when it runs already.

    `durable=False` gives up fsync: for tests only. The server stops when the last process that called this ends.
    Raises EmbeddedFailed with a sentence for the person.
    """
    cluster = _cluster(data_dir)
    _enter(cluster)
    if not _answers(cluster):
        with _locked(cluster.home / "start.lock"):
            if not _answers(cluster):
                _create(cluster)
                _start(cluster, durable)
    if not _prepared(cluster).exists():
        with _locked(cluster.home / "start.lock"):
            _prepare(cluster)
    return cluster.address()


def superuser(data_dir: Path, name: str = OWNER) -> Address:
    """How the backup connects: the only role that reads and restores past row-level security."""
    return _cluster(data_dir).address(user=SUPERUSER, name=name)


def running(data_dir: Path) -> bool:
    return _answers(_cluster(data_dir))


def stop(data_dir: Path) -> None:
    """Stop the server whoever else is connected (open transactions roll back); nothing when it is not running."""
    cluster = _cluster(data_dir)
    if not (cluster.files / "postmaster.pid").exists():
        return
    with _locked(cluster.home / "start.lock"):
        lend_path(cluster.files)
        gone = not _answers(cluster)
        run_program("pg_ctl", "-D", str(cluster.files), "-m", "fast", "-w", "-t", "60", "stop", allow_failure=gone)


def leave(data_dir: Path, patience: float = 0.0) -> bool:
    """Give up this process's claim; stop the server when nobody else has one. True when it was stopped.

    `patience`: seconds to wait for processes that were just killed to let go of theirs.
    """
    cluster = _cluster(data_dir)
    claim = _held.pop(cluster.home, None)
    if claim is None:
        return False
    claim.close()
    deadline = time.monotonic() + patience
    with open(cluster.home / "users.lock", "a") as alone:
        while not _lock_alone(alone):
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        stop(data_dir)
    return True


def _lock_alone(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _cluster(data_dir: Path) -> Cluster:
    return Cluster(Path(data_dir).expanduser().resolve())


def _enter(cluster: Cluster) -> None:
    """Hold the shared lock for the life of this process; waits while the last user is just stopping the server."""
    if cluster.home in _held:
        return
    cluster.home.mkdir(parents=True, exist_ok=True)
    claim = open(cluster.home / "users.lock", "a")  # noqa: SIM115 kept open until the process ends
    fcntl.flock(claim, fcntl.LOCK_SH)
    _held[cluster.home] = claim
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and leave(cluster.home))


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with open(path, "a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _answers(cluster: Cluster) -> bool:
    """True when the postmaster says ready and its socket accepts; a file left by kill -9 has no listener behind it."""
    try:
        lines = (cluster.files / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    except PermissionError as error:
        said = either(
            "数据目录 %s 属于另一个系统用户，请用当初启动为民的用户运行。",
            "The data directory %s belongs to another system user: run as the one who started Weimin first.",
        )
        raise EmbeddedFailed(said % cluster.files) from error
    if len(lines) < 8 or lines[7].strip() != "ready":
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(f"{cluster.socket_folder}/.s.PGSQL.{PORT}") == 0


def _create(cluster: Cluster) -> None:
    """initdb beside the final place and move it there: a half-made cluster is never taken for a whole one."""
    version = cluster.files / "PG_VERSION"
    if version.exists():
        found = version.read_text().strip()
        if found != MAJOR:
            said = either(
                "数据目录 %s 由 PostgreSQL %s 建立，本版本使用 %s：请先用旧版本备份再恢复。",
                "The data directory %s was made by PostgreSQL %s, this release has %s: back up with the old release first.",
            )
            raise EmbeddedFailed(said % (cluster.files, found, MAJOR))
        return
    fresh = cluster.home / "pg.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    hand_over(fresh)
    run_program(
        "initdb", "-D", str(fresh), "-U", SUPERUSER, "--auth=reject", "--auth-local=trust", "--encoding=UTF8",
        "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums",
    )  # fmt: skip
    fresh.rename(cluster.files)


def _start(cluster: Cluster, durable: bool) -> None:
    if cluster.socket_folder != cluster.files:
        cluster.socket_folder.mkdir(mode=0o700, exist_ok=True)
        if cluster.socket_folder.is_symlink() or cluster.socket_folder.stat().st_uid not in own_ids():
            said = either(
                "%s 属于另一个用户，请删除它，或把为民放到更短的路径下。",
                "%s belongs to another user: remove it, or move Weimin to a shorter path.",
            )
            raise EmbeddedFailed(said % cluster.socket_folder)
        hand_over(cluster.socket_folder)
    lend_path(cluster.files)
    parameters = PARAMETERS | ({} if durable else CARELESS)
    options = f"-h '' -k '{cluster.socket_folder}' " + " ".join(f"-c {key}={value}" for key, value in parameters.items())
    deadline = time.monotonic() + START_SECONDS
    while not _answers(cluster):  # orphans of a killed postmaster hold its memory for a moment: try again
        arguments = ("-D", str(cluster.files), "-w", "-t", str(START_SECONDS), "-l", str(cluster.files / "start.log"))
        run_program("pg_ctl", *arguments, "-o", options, "start", allow_failure=time.monotonic() < deadline)
        time.sleep(0.0 if _answers(cluster) else 0.3)


def _prepared(cluster: Cluster) -> Path:
    """Says that roles and database exist; `.1` is raised when `_prepare` learns something new."""
    return cluster.home / "prepared.1"


def _prepare(cluster: Cluster) -> None:
    """Roles and the empty database. `weimin` owns everything and `weimin_app` nothing: requests become the latter."""
    address = cluster.address(user=SUPERUSER, name="postgres")
    with psycopg.connect(host=address["host"], port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
        roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if APPLICATION not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(APPLICATION)))
        if OWNER not in roles:
            options = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER CREATEDB CREATEROLE").format(sql.Identifier(OWNER))
            connection.execute(options)
        connection.execute(sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE, ADMIN TRUE").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [OWNER]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {0} OWNER {0} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'").format(
                    sql.Identifier(OWNER)
                )
            )
    _prepared(cluster).touch()
