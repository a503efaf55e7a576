"""The sizes of the house: functions, files, templates; and nothing inline that the content policy would refuse.

python tools/sizes.py    # prints each breach with its place; exit code 1 when there is one
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTION_LINES, FILE_LINES, PAGE_LINES, FRAGMENT_LINES = 40, 300, 150, 60
TEST_FILE_LINES = 350  # many small behaviours of one story may stand together
PYTHON = ("weimin", "tools", "bench", "tests", "conftest.py")
INLINE = [
    (re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.I), "inline script"),
    (re.compile(r"<style\b", re.I), "inline style element"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.I), "style attribute"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.I), "event handler attribute"),
    (re.compile(r"javascript:", re.I), "javascript: address"),
]
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.S)


def python_files(root: Path) -> Iterator[Path]:
    for name in PYTHON:
        place = root / name
        files = [place] if place.is_file() else sorted(place.rglob("*.py"))
        yield from (file for file in files if "migrations" not in file.parts)


def python_breaches(file: Path, text: str) -> Iterator[str]:
    lines, allowed = len(text.splitlines()), TEST_FILE_LINES if "tests" in file.parts else FILE_LINES
    if lines > allowed:
        yield f"{file}: {lines} lines, {allowed} allowed: make it a package"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{file}:{node.lineno}: {node.name} has {length} lines, {FUNCTION_LINES} allowed"


def template_breaches(file: Path, text: str) -> Iterator[str]:
    """A fragment is what does not extend a page; `_name.html` and partials alike."""
    page = "{% extends" in text or "<html" in text
    allowed = PAGE_LINES if page and not file.name.startswith("_") else FRAGMENT_LINES
    lines = len(text.splitlines())
    if lines > allowed:
        yield f"{file}: {lines} lines, {allowed} allowed"
    bare = COMMENT.sub(lambda match: "\n" * match.group(0).count("\n"), text)
    for pattern, what in INLINE:
        for match in pattern.finditer(bare):
            yield f"{file}:{bare.count(chr(10), 0, match.start()) + 1}: {what}"


def breaches(root: Path) -> list[str]:
    """Every breach below `root`, as 'path:line: what', in the order of paths."""
    found = []
    for file in python_files(root):
        found += python_breaches(file.relative_to(root), file.read_text(encoding="utf-8"))
    for file in sorted(root.glob("weimin/*/templates/**/*.html")):
        found += template_breaches(file.relative_to(root), file.read_text(encoding="utf-8"))
    return found


def main() -> int:
    found = breaches(ROOT)
    for line in found:
        print(line)
    print(f"sizes: {len(found)} breaches" if found else "sizes: within the limits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
