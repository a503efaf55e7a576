"""Take permission checks away one at a time, in a copy, and see whether the tests notice.

    python tools/mutate_permissions.py --list                 every place that can be taken away
    python tools/mutate_permissions.py [--sample 20] [--seed 1] [--kind visible_to roles check signed_in refusal]

Slow (ten seconds to two minutes for each), so not part of CI. Prints each mutant as it ends and the caught share at the
end; fails when a mutant survives that tools/data/surviving_mutants.txt does not explain.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KNOWN = ROOT / "tools" / "data" / "surviving_mutants.txt"
COPIED = ["weimin", "tests", "tools", "docs", "plans", "conftest.py", "pyproject.toml"]
EVERYBODY = "('administrator', 'lead_office', 'finance', 'leader', 'township', 'village', 'partner', 'operator', 'supervisor', 'auditor')"
GUARDS = {"signed_in", "for_readers", "known"}
SKIPPED = ("/tests/", "/migrations/", "weimin/demonstration/", "weimin/walls/models.py")


@dataclass(frozen=True)
class Mutant:
    """`text` of a file replaced between two offsets by `by`; `about` is an action's name or the room."""

    kind: str
    file: str
    line: int
    start: int
    end: int
    by: str
    about: str

    def __str__(self) -> str:
        return f"{self.kind} {self.file}:{self.line} {self.about}"

    @property
    def room(self) -> str:
        return self.file.split("/")[1]

    def tests(self) -> list[list[str]]:
        """Arguments of pytest, one list for each run; the first failing run is enough."""
        own = [f"weimin/{self.room}"]
        if self.kind in ("roles", "check"):
            return [["tests/test_registry_actions.py", "-k", self.about], own]
        if self.kind == "signed_in":
            return [["tests/test_registry_urls.py", "-k", "test_who_is_not_signed_in or test_each_role"], own]
        if self.kind == "refusal":
            return [
                ["tests/test_registry_urls.py", "-k", "test_each_role or test_what_lies"],
                ["tests/test_registry_actions.py", "-k", f"{self.room}."],
                own,
            ]
        return [["tests/test_first_wall_actions.py", "-k", f"{self.room}."], ["tests/test_first_wall_pages.py"], own]


def offset(lines: list[int], line: int, column: int) -> int:
    return lines[line - 1] + column


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every check in one file that can be taken away."""
    source = path.read_bytes()
    lines = [0, *(found.end() for found in re.finditer(rb"\n", source))]
    file = path.relative_to(ROOT).as_posix()

    def mutant(kind: str, node: ast.expr | ast.stmt, by: str, about: str, back: int = 0) -> Mutant:
        start, end = (
            offset(lines, node.lineno, node.col_offset) - back,
            offset(lines, node.end_lineno or 0, node.end_col_offset or 0),
        )
        return Mutant(kind, file, node.lineno, start, end, by, about)

    for node, inside in with_function(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Name) and decorator.id in GUARDS:
                    yield mutant("signed_in", decorator, "", node.name, back=1)
        elif isinstance(node, ast.Raise) and "NotAllowed" in ast.unparse(node):
            yield mutant("refusal", node, "pass", inside)
        elif isinstance(node, ast.Call):
            yield from of_call(node, inside, mutant)


def with_function(tree: ast.AST, inside: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Every node with the name of the function around it."""
    for child in ast.iter_child_nodes(tree):
        yield child, inside
        yield from with_function(child, child.name if isinstance(child, ast.FunctionDef) else inside)


def of_call(node: ast.Call, inside: str, mutant: Callable[..., Mutant]) -> Iterator[Mutant]:
    """What a call can lose: the filter `visible_to`, the roles and the check of a registered action."""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "visible_to":
        yield mutant("visible_to", node, f"{ast.unparse(node.func.value)}.all()", inside)
    elif isinstance(node.func, ast.Name) and node.func.id == "register" and node.args and isinstance(node.args[0], ast.Constant):
        for keyword in node.keywords:
            if keyword.arg in ("roles", "check"):
                yield mutant(keyword.arg, keyword.value, EVERYBODY if keyword.arg == "roles" else "None", str(node.args[0].value))


def all_mutants() -> list[Mutant]:
    files = [path for path in sorted((ROOT / "weimin").rglob("*.py")) if not any(part in f"/{path.relative_to(ROOT).as_posix()}" for part in SKIPPED)]
    return [found for path in files for found in mutants_of(path)]


def copy_to(folder: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy2(source, folder / name)
    if (ROOT / "node_modules").exists():
        (folder / "node_modules").symlink_to(ROOT / "node_modules")


def passes(folder: Path, arguments: list[str]) -> bool:
    """Whether the tests pass (5: none was selected, which notices nothing either)."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-m", "not slow and not browser", *arguments]
    surroundings = os.environ | {"WEIMIN_TEST_NAME": "mutation", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=1800, check=False)
    return done.returncode in (0, 5)


def is_caught(folder: Path, mutant: Mutant) -> bool:
    target = folder / mutant.file
    whole = target.read_bytes()
    target.write_bytes(whole[: mutant.start] + mutant.by.encode() + whole[mutant.end :])
    try:
        return not all(passes(folder, arguments) for arguments in mutant.tests())
    finally:
        target.write_bytes(whole)


def explained() -> set[str]:
    """Mutants of which it is known why nothing can notice them: "kind file about  # why", without the line number."""
    if not KNOWN.exists():
        return set()
    return {line.split("#")[0].strip() for line in KNOWN.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")}


def run(chosen: list[Mutant]) -> int:
    """Number of survivors that nobody explained."""
    total, caught, unexplained, known = Counter[str](), Counter[str](), 0, explained()
    with tempfile.TemporaryDirectory(prefix="weimin-mutation-") as name:
        folder = Path(name)
        copy_to(folder)
        for mutant in chosen:
            total[mutant.kind] += 1
            if is_caught(folder, mutant):
                caught[mutant.kind] += 1
                word = "caught"
            elif f"{mutant.kind} {mutant.file} {mutant.about}".strip() in known:
                word = "known"
            else:
                unexplained += 1
                word = "SURVIVED"
            print(f"{word:9}{mutant}", flush=True)
        stop_database(folder)
    for kind in sorted(total):
        print(f"{kind:12}{caught[kind]:4} of {total[kind]:4}")
    print(f"{'all':12}{caught.total():4} of {total.total():4}  {caught.total() / max(1, total.total()):.0%}")
    return unexplained


def stop_database(folder: Path) -> None:
    """The embedded server that the tests of the copy left running."""
    program = "from weimin.config import embedded; import sys; embedded.stop(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, str(folder / ".data" / "test")], cwd=folder, check=False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="only print what can be taken away")
    parser.add_argument("--sample", type=int, default=0, help="this many, chosen by --seed; all without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", nargs="*", default=[], help="visible_to, roles, check, signed_in, refusal")
    parser.add_argument("--only", default="", help="those whose line contains this text")
    options = parser.parse_args()
    chosen = [mutant for mutant in all_mutants() if (not options.kind or mutant.kind in options.kind) and options.only in str(mutant)]
    if options.list:
        print(*chosen, sep="\n")
        print(Counter(mutant.kind for mutant in chosen))
        return 0
    if options.sample:
        chosen = random.Random(options.seed).sample(chosen, min(options.sample, len(chosen)))
    return 1 if run(chosen) else 0


if __name__ == "__main__":
    sys.exit(main())
