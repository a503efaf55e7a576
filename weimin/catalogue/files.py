"""Catalogue files: YAML with `defaults:` and `items:`, read with every fault named by file, line and field, and written out again.

Short forms that a file may use: `legal_limit: 20 workday`; a step as `review township 5 workday`; a material by its key alone
when `data/papers.yaml` has it (any further field overrides)."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from pydantic import Field, ValidationError
from ruamel.yaml import YAML

from weimin.catalogue.content import ItemContent, Strict
from weimin.catalogue.rules import faults, unknown_words
from weimin.catalogue.vocabulary import DATA, groups, life_events, themes
from weimin.yamlfiles.checks import add_errors, truths_for_numbers, unknown_keys
from weimin.yamlfiles.problems import FileInvalid, Problem
from weimin.yamlfiles.source import Source, parse
from weimin.yamlfiles.walk import Shape, walk

PER_FILE = 60  # lists in one file that is written: well below what a file may hold
LIMIT = re.compile(r"(\d{1,4}) (workday|day|hour|month)(?: (.+))?")
STEP = re.compile(r"([a-z_]+) ([a-z_]+)(?: (\d{1,4} (?:workday|day|hour|month)))?")


class CatalogueFile(Strict):
    """A file after its defaults and short forms were written out."""

    items: list[ItemContent] = Field(min_length=1)


class FilesInvalid(ValueError):
    """What is wrong, file by file: [(name, Problem)]."""

    def __init__(self, problems: list[tuple[str, Problem]]) -> None:
        self.problems = problems
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        return [f"{name} {problem}" for name, problem in self.problems]


def read_files(files: Mapping[str, str]) -> list[ItemContent]:
    """The lists of several files {name: text}, in their order; FilesInvalid with everything that is wrong in any of them."""
    found: list[ItemContent] = []
    wrong: list[tuple[str, Problem]] = []
    seen: dict[str, str] = {}
    for name, text in files.items():
        try:
            contents = read_file(text)
        except FileInvalid as invalid:
            wrong += [(name, problem) for problem in invalid.problems]
            continue
        for content in contents:
            if content.code in seen:
                wrong.append((name, Problem(1, content.code, _("事项编码和 %(file)s 里的重复。") % {"file": seen[content.code]})))
            seen[content.code] = name
        found += contents
    if wrong:
        raise FilesInvalid(wrong)
    return found


def read_file(text: str) -> list[ItemContent]:
    """The lists of one file; FileInvalid with every fault by line."""
    source = parse(text)
    if not isinstance(source.value, dict) or not isinstance(source.value.get("items"), list):
        raise FileInvalid([Problem(1, "", _("文件里没有事项：最外层应当有 items，下面每个事项一项。"))])
    write_out(source)
    visits = list(walk(source.value, Shape(model=CatalogueFile)))
    for check in (unknown_keys, truths_for_numbers):
        for path, sentence in check(visits, source):
            source.add(path, sentence)
    contents = validated(source)
    known = {"theme": themes(), "life_events": life_events(), "groups": groups()}
    seen: set[str] = set()
    for number, content in enumerate(contents):
        if content.code in seen:
            source.add(("items", number, "code"), _("事项编码“%(code)s”用了两次。") % {"code": content.code})
        seen.add(content.code)
        for path, sentence in [*faults(content), *unknown_words(content, known)]:
            source.add(("items", number, *path), sentence)
    if source.problems:
        raise FileInvalid(source.problems)
    return contents


def validated(source: Source) -> list[ItemContent]:
    """The lists; none when one of them has not the right shape (that is noted)."""
    try:
        return CatalogueFile.model_validate(source.value).items
    except ValidationError as invalid:
        add_errors(source, invalid)
        return []


def write_out(source: Source) -> None:
    """Puts the defaults into each item and the short forms into full ones."""
    defaults = source.value.pop("defaults", None) or {}
    if not isinstance(defaults, dict):
        source.add(("defaults",), _("应当是下面还有内容的一组键。"))
        defaults = {}
    source.value["items"] = [full(item, defaults) for item in source.value["items"]]


def full(item: Any, defaults: dict[str, Any]) -> Any:
    if not isinstance(item, dict):
        return item
    made = {**defaults, **item}
    for name in ("legal_limit", "promised_limit"):
        if name in made:
            made[name] = full_limit(made[name])
    if isinstance(made.get("steps"), list):
        made["steps"] = [full_step(step) for step in made["steps"]]
    if isinstance(made.get("materials"), list):
        made["materials"] = [full_material(row) for row in made["materials"]]
    return made


def full_limit(value: Any) -> Any:
    found = LIMIT.fullmatch(value) if isinstance(value, str) else None
    return {"value": int(found[1]), "unit": found[2], "basis": found[3] or ""} if found else value


def full_step(value: Any) -> Any:
    if isinstance(value, dict) and "limit" in value:
        return {**value, "limit": full_limit(value["limit"])}
    found = STEP.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return value
    return {"key": found[1], "desk": found[2], **({"limit": full_limit(found[3])} if found[3] else {})}


def full_material(value: Any) -> Any:
    """A paper by its key alone, or with some fields of its own, filled up from the papers that many items ask for."""
    row = {"key": value} if isinstance(value, str) else value
    if not isinstance(row, dict) or not isinstance(row.get("key"), str) or "name" in row:
        return row
    return {**papers().get(row["key"], {}), **row}


@cache
def papers() -> dict[str, dict[str, Any]]:
    rows = YAML(typ="safe", pure=True).load(DATA / "papers.yaml")
    return {row["key"]: row for row in rows}


def shipped_texts() -> dict[str, str]:
    """The files of the catalogue that comes with the software: {name: text}."""
    return {path.name: path.read_text("utf-8") for path in sorted((DATA / "items").glob("*.yaml"))}


@cache
def shipped() -> tuple[ItemContent, ...]:
    """The catalogue that comes with the software."""
    return tuple(read_files(shipped_texts()))


def to_yaml(contents: list[ItemContent]) -> str:
    """The lists as a file that reads back as the same lists; what is as usual is left out."""
    writer = YAML()
    writer.width, writer.allow_unicode = 150, True
    out = io.StringIO()
    writer.dump({"items": [content.model_dump(mode="json", exclude_defaults=True) for content in contents]}, out)
    return out.getvalue()


def in_files(name: str, contents: Sequence[ItemContent]) -> dict[str, str]:
    """The lists as files of a size that reads back: {"name-1.yaml": text}."""
    parts = [contents[start : start + PER_FILE] for start in range(0, len(contents), PER_FILE)]
    return {f"{name}-{number}.yaml": to_yaml(list(part)) for number, part in enumerate(parts, 1)}
