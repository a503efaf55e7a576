"""What `weimin check` says, judged from facts; and the sizes that `make check` enforces."""

import importlib.util
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from weimin.config.checks import Facts, judge
from weimin.config.environment import SETTINGS

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
READY = Facts(
    debug=False, https=True, hosts=["weimin.example.gov.cn"], demonstration=False, demonstration_people=0, embedded=False,
    county_jurisdictions=["酉阳县"], jurisdictions=1, secret_private=True, keys_present=True, keys_private=True,
    keys_beside_data=False, fonts_missing=[], next_year_published=True, backed_up_at=NOW - timedelta(hours=3),
    without_second_factor=[], schemas_behind=[], worker_alive=True, runs_as_root=False, virus_scan=True,
)  # fmt: skip


def missing(**over) -> list[str]:
    return [finding.code for finding in judge(replace(READY, **over), NOW) if not finding.good]


def test_a_ready_installation_has_nothing_missing() -> None:
    assert missing() == []


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("debug", True, "debug"),
        ("https", False, "https"),
        ("hosts", ["localhost", "127.0.0.1"], "hosts"),
        ("demonstration", True, "demonstration"),
        ("demonstration_people", 1, "demonstration"),
        ("embedded", True, "database"),
        ("jurisdictions", 0, "jurisdiction"),
        ("secret_private", False, "secret"),
        ("keys_present", False, "keys"),
        ("keys_private", False, "keys_private"),
        ("keys_beside_data", True, "keys_apart"),
        ("fonts_missing", ["仿宋"], "fonts"),
        ("next_year_published", False, "calendar"),
        ("backed_up_at", None, "backup"),
        ("backed_up_at", NOW - timedelta(hours=27), "backup"),
        ("without_second_factor", ["张三"], "second_factor"),
        ("schemas_behind", ["j500242"], "migrations"),
        ("worker_alive", False, "worker"),
        ("runs_as_root", True, "root"),
        ("virus_scan", False, "virus_scan"),
    ],
)
def test_each_single_fault_is_found_and_says_what_to_do(fact: str, value: object, code: str) -> None:
    assert missing(**{fact: value}) == [code]
    (finding,) = (each for each in judge(replace(READY, **{fact: value}), NOW) if not each.good)
    assert finding.says and finding.todo


def test_a_township_may_stay_on_the_embedded_database() -> None:
    assert missing(embedded=True, county_jurisdictions=[]) == []


def test_next_years_holidays_are_wanted_from_november_on() -> None:
    early = datetime(2026, 10, 31, 2, 0, tzinfo=UTC)
    facts = replace(READY, next_year_published=False, backed_up_at=early)
    assert [finding.code for finding in judge(facts, early) if not finding.good] == []


def test_every_setting_is_documented_with_its_default() -> None:
    text = (Path(__file__).resolve().parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in text.splitlines() if line.startswith(("| `WEIMIN_", "| `DATABASE"))]
    documented = {name.strip(" `"): default.strip(" `") for name, default in rows}
    assert documented == {setting.name: setting.default for setting in SETTINGS}


def sizes():
    place = Path(__file__).resolve().parent.parent / "tools" / "sizes.py"
    spec = importlib.util.spec_from_file_location("sizes", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_function_of_forty_one_lines_is_a_breach(tmp_path: Path) -> None:
    (tmp_path / "weimin").mkdir()
    for lines in (40, 41):
        text = "def f():\n" + "    pass\n" * (lines - 1)
        (tmp_path / "weimin" / f"f{lines}.py").write_text(text)
    assert sizes().breaches(tmp_path) == ["weimin/f41.py:1: f has 41 lines, 40 allowed"]


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<script>x()</script>", "inline script"),
        ("<style>p{}</style>", "inline style element"),
        ('<p style="color:red">', "style attribute"),
        ('<a onclick="x()">', "event handler attribute"),
        ('<a href="javascript:x()">', "javascript: address"),
    ],
)
def test_inline_script_and_style_are_breaches(tmp_path: Path, markup: str, what: str) -> None:
    folder = tmp_path / "weimin" / "room" / "templates" / "room"
    folder.mkdir(parents=True)
    (folder / "_a.html").write_text(f'{{# {markup} #}}\n<script src="a.js"></script>\n{markup}\n')
    assert sizes().breaches(tmp_path) == [f"weimin/room/templates/room/_a.html:3: {what}"]
