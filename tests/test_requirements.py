"""Every row that this stage owes has a test that carries its mark, and the table in docs says which."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tools import docs

ROOT = Path(__file__).resolve().parent.parent
OWED = [*(f"N{number}" for number in range(1, 14)), "X1", "X2", "X3", "X4", "X6", "X10", "X12", "X13", "C2"]
ROWS = YAML(typ="safe").load(ROOT / "docs" / "requirements.yaml")
FOUND = docs.tests_by_row(ROOT)


@pytest.mark.parametrize("row", OWED)
def test_every_row_of_this_stage_has_a_test(row: str) -> None:
    assert FOUND.get(row), f'{row} ({ROWS[row]}): mark the test that proves it with @pytest.mark.req("{row}")'


def test_every_mark_names_a_row_that_exists() -> None:
    assert sorted(set(FOUND) - set(ROWS)) == []


def test_a_mark_of_a_module_a_class_and_a_function_is_found(tmp_path: Path) -> None:
    file = tmp_path / "tests" / "test_some.py"
    file.parent.mkdir()
    file.write_text('pytestmark = pytest.mark.req("A1")\nclass TestIt:\n    @pytest.mark.req("B2", "B3")\n    def test_one(self): ...\ndef test_two(): ...\n')
    found: dict[str, list[str]] = docs.tests_by_row(tmp_path)
    assert found["A1"] == ["tests/test_some.py::TestIt::test_one", "tests/test_some.py::test_two"]
    assert found["B3"] == ["tests/test_some.py::TestIt::test_one"]


def test_the_table_names_every_row_with_its_tests() -> None:
    """That the file in docs is this table is checked by `tools/docs.py --check`, in `make check`."""
    table = docs.requirements(ROOT)
    assert [row for row in ROWS if f"| {row} |" not in table] == []
    assert [row for row in OWED if f"## {row} · {ROWS[row]}" not in table] == []


def test_the_marks_are_counted_without_running_anything() -> None:
    """`tools/docs.py` reads the sources only: it works where no database does."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.path.insert(0, '.'); import tools.docs; print('psycopg' in sys.modules)",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
