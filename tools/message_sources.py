"""What the sources say: translatable texts of Python files and templates, and Chinese that is outside gettext."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract_python
from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import templatize

MARK = "text: data"
CHINESE = re.compile(r"[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
GETTEXT = {
    "_": None, "_now": None, "_lazy": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
SKIPPED = {"migrations", "tests", "data", "locale", "static", "__pycache__"}
QUOTED = re.compile(r"""_?\((?:"[^"]*"|'[^']*')\)|"[^"]*"|'[^']*'""")
TRANSLATES = ("trans", "translate", "blocktrans", "blocktranslate")


@dataclass
class Text:
    """One translatable text: key is (context or None, msgid); the files that use it, relative to the package's parent."""

    msgid: str
    plural: str = ""
    context: str | None = None
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return (self.context, self.msgid)


def rooms(package: Path) -> list[Path]:
    return sorted(path for path in package.iterdir() if (path / "__init__.py").exists())


def sources(room: Path) -> Iterator[Path]:
    """Python files and templates of a room, without tests, migrations and data."""
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        folders = path.relative_to(room).parts[:-1]
        if not SKIPPED & set(folders) and (path.suffix == ".py" or "templates" in folders):
            yield path


def named(path: Path, room: Path) -> str:
    return path.relative_to(room.parent.parent).as_posix()


def extract_room(room: Path) -> dict[tuple[str | None, str], Text]:
    """Every text of a room in the order of files, each once."""
    found: dict[tuple[str | None, str], Text] = {}
    for path in sources(room):
        for text in extract_file(path):
            kept = found.setdefault(text.key, text)
            kept.plural = kept.plural or text.plural
            if named(path, room) not in kept.files:
                kept.files.append(named(path, room))
    return found


def extract_file(path: Path) -> list[Text]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # templatize() leaves the margins of the template, which Python would read as indentation.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).split("\n"))
    texts = []
    for _line, function, messages, _comments in extract_python(io.BytesIO(source.encode()), list(GETTEXT), [], {"encoding": "utf-8"}):
        if text := _text(GETTEXT.get(function), messages):
            texts.append(text)
    return texts


def _text(spec: tuple | None, messages: str | tuple[str | None, ...] | None) -> Text | None:
    parts = (messages,) if isinstance(messages, str) or messages is None else messages
    context = None
    if spec and isinstance(spec[0], tuple):
        context, parts = parts[0], parts[1:]
        spec = spec[1:]
    if not parts or not isinstance(parts[0], str) or not parts[0]:
        return None
    plural = parts[1] if spec and len(spec) > 1 and len(parts) > 1 else ""
    return Text(parts[0], plural or "", context)


def stray_texts(room: Path) -> list[str]:
    """Chinese outside gettext, as "file:line: text"."""
    faults = []
    for path in sources(room):
        lines = path.read_text("utf-8").split("\n")
        if any(line.strip("#{} ") == MARK for line in lines[:10]):
            continue
        strays = stray_python(path) if path.suffix == ".py" else stray_template(path)
        faults += [f"{named(path, room)}:{line}: not in gettext: {text}" for line, text in strays if not _excused(lines, line)]
    return faults


def _excused(lines: list[str], line: int) -> bool:
    return MARK in lines[line - 1]


def stray_python(path: Path) -> Iterator[tuple[int, str]]:
    """Chinese string constants that are no docstring and no argument of gettext; also f-strings inside gettext."""
    tree = ast.parse(path.read_text("utf-8"))
    fine: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            fine.add(id(node.value))  # docstrings and the strings under fields that document them
        if isinstance(node, ast.Call) and _called(node.func) in GETTEXT:
            for argument in node.args:
                if isinstance(argument, ast.JoinedStr):
                    yield argument.lineno, "f-string inside gettext is never found"
                fine.update(id(part) for part in ast.walk(argument))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in fine and CHINESE.search(node.value):
            yield node.lineno, node.value.strip().split("\n")[0][:40]


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def stray_template(path: Path) -> Iterator[tuple[int, str]]:
    """Chinese in the text of a template or in the arguments of its tags, outside translate and blocktranslate."""
    closing = ""
    for token in Lexer(path.read_text("utf-8")).tokenize():
        word = token.split_contents()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if closing:
            closing = "" if word == closing else closing
            continue
        if word in ("comment", "blocktrans", "blocktranslate"):
            closing = f"end{word}"
        yield from _stray_token(token, word)


def _stray_token(token: Token, word: str) -> Iterator[tuple[int, str]]:
    if token.token_type == TokenType.TEXT:
        for offset, line in enumerate(token.contents.split("\n")):
            if CHINESE.search(line):
                yield token.lineno + offset, line.strip()[:40]
    elif token.token_type in (TokenType.BLOCK, TokenType.VAR) and word not in TRANSLATES:
        for quoted in QUOTED.findall(token.contents):
            if not quoted.startswith("_(") and CHINESE.search(quoted):
                yield token.lineno, quoted[:40]


def eager_texts(path: Path) -> list[int]:
    """Lines where a module calls gettext itself, outside every function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"]
    eager = {alias.asname or alias.name for node in imports for alias in node.names if "gettext" in alias.name and "lazy" not in alias.name}
    inside = {id(call) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda) for call in ast.walk(node)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and id(node) not in inside]
    return [node.lineno for node in calls if isinstance(node.func, ast.Name) and node.func.id in eager]
