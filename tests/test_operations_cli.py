"""The console command: words to commands, help in two languages, one sentence when something is wrong."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from weimin.config import cli, overview
from weimin.config.commands import find_commands

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.req("X13")


def weimin(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "weimin.config.cli", *words]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, cwd=ROOT, timeout=120)


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_the_overview_is_chinese(words: list[str], capsys: pytest.CaptureFixture) -> None:
    assert cli.main(words) == 0
    assert "weimin backup OUT" in (shown := capsys.readouterr().out)
    assert "备份数据库与附件（不含密钥）" in shown


def test_the_overview_is_english_when_asked(capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["--lang", "en"]) == 0
    assert re.search("[一-鿿]", english := capsys.readouterr().out) is None
    monkeypatch.setenv("LANGUAGE", "en_GB:en")
    assert cli.main([]) == 0
    assert capsys.readouterr().out == english


def test_every_command_of_the_project_is_in_the_overview() -> None:
    promised = {entry.command for entry in overview.entries()}
    assert set(find_commands()) - promised == set()


def test_every_command_in_the_overview_exists() -> None:
    promised = {entry.command for entry in overview.entries()}
    assert promised - set(find_commands()) == set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["backpu"], "backup"),
        (["plan", "chekc"], "plan check"),
        (["jurisdiction"], "jurisdiction create"),
        (["plan"], "plan check"),
    ],
)
def test_a_mistyped_command_names_the_nearest(typed: list[str], meant: str, capsys: pytest.CaptureFixture) -> None:
    assert cli.main(typed) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.endswith(f"是不是要：weimin {meant}？\n")


def test_a_refusal_is_one_sentence_without_traceback(tmp_path: Path) -> None:
    done = weimin("verify", str(tmp_path / "none.tar"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"没有找到文件 {tmp_path / 'none.tar'}。\n"


def test_a_missing_argument_is_told_in_chinese() -> None:
    done = weimin("backup")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "缺少参数：OUT\n"


def test_help_of_one_command_is_chinese() -> None:
    done = weimin("restore", "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("用法：")
    assert "--settings" not in done.stdout


def test_an_odd_setting_is_refused_in_one_sentence() -> None:
    done = weimin("backup", "x.tar", WEIMIN_HTTPS="perhaps")
    assert (done.returncode, done.stderr) == (1, "WEIMIN_HTTPS='perhaps': yes or no is wanted\n")


def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = weimin("backup", str(tmp_path / "a.tar"), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stderr.startswith("连不上数据库 none：")
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
