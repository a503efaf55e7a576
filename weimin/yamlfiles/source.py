"""YAML text to plain values with the line of each, and nothing else YAML can do.

No anchors, aliases, tags, merge keys or second documents: a file is written out in full, so a small one cannot
grow into a big one. Values are built from parser events with an explicit stack, so depth cannot exhaust Python."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from weimin.yamlfiles.problems import FileInvalid, Path, Problem

LARGEST = 512 * 1024
DEEPEST = 30
INTEGER = re.compile(r"-?\d{1,15}")
NUMBER = re.compile(r"-?\d{1,15}\.\d{1,6}")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass
class Source:
    """The values of a file and the line (from 1) on which each path begins."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def name(self, path: Path) -> str:
        """tiers[village_station].due_on: entries of lists by their `key` or `code` where they have one, else by number from 1."""
        text, value = "", self.value
        for step in path:
            if isinstance(step, int):
                value = value[step] if isinstance(value, list) and step < len(value) else None
                key = (value.get("key") or value.get("code")) if isinstance(value, dict) else None
                text += f"[{key if isinstance(key, str) and key else step + 1}]"
            else:
                value = value.get(step) if isinstance(value, dict) else None
                text += f".{step}" if text else step
        return text

    def add(self, path: Path, sentence: str) -> None:
        """Notes a problem at a path."""
        self.problems.append(Problem(self.line(path), self.name(path), sentence))


def parse(text: str) -> Source:
    """The values of a YAML text; FileInvalid when it is not YAML or uses what files may not. Duplicate keys are noted
    in `problems`, so that they are reported together with everything else."""
    if len(text.encode()) > LARGEST:
        raise FileInvalid([Problem(1, "", _("文件太大：不能超过 512 KB。"))])
    builder = _Builder()
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence = _("YAML 写法有错：%(what)s。请检查缩进、冒号后的空格和引号。") % {"what": error.problem or error.context}
        raise FileInvalid([Problem(mark.line + 1 if mark else 1, "", sentence)]) from error
    except YAMLError as error:
        raise FileInvalid([Problem(1, "", _("文件里有不能识别的字符：%(what)s。") % {"what": error})]) from error
    return builder.source


class _Builder:
    """Puts parser events together; `frames` holds the open containers as (container, path, pending key)."""

    def __init__(self) -> None:
        self.source = Source()
        self.frames: list[list[Any]] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, ev.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.refuse(line, _("一个文件只能写一份，不能用“---”再开一份。"))
        elif isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(line, _("文件里不用锚点（&）和引用（*），请把内容写全。"))
        elif isinstance(event, ev.ScalarEvent):
            self.scalar(event, line)
        elif isinstance(event, ev.MappingStartEvent | ev.SequenceStartEvent):
            self.open({} if isinstance(event, ev.MappingStartEvent) else [], event, line)
        elif isinstance(event, ev.MappingEndEvent | ev.SequenceEndEvent):
            self.frames.pop()

    def open(self, container: Any, event: Any, line: int) -> None:
        if event.tag and not event.implicit:
            self.refuse(line, _("文件里不用“!”标签。"))
        if len(self.frames) >= DEEPEST:
            self.refuse(line, _("层次太深：不能超过 30 层。"))
        path = self.place(container, line)
        self.frames.append([container, path, None])

    def scalar(self, event: Any, line: int) -> None:
        if event.tag and not any(event.implicit):
            self.refuse(line, _("文件里不用“!”标签。"))
        frame = self.frames[-1] if self.frames else None
        if frame and isinstance(frame[0], dict) and frame[2] is None:
            frame[2] = event.value
            self.source.lines.setdefault((*frame[1], event.value), line)
            if event.value in frame[0]:
                sentence = _("“%(key)s”写了两次，请只留一个。") % {"key": event.value}
                self.source.problems.append(Problem(line, self.source.name((*frame[1], event.value)), sentence))
            return
        self.place(event.value if event.style else plain(event.value), line)

    def place(self, value: Any, line: int) -> Path:
        """Puts a value where it belongs and returns its path."""
        if not self.frames:
            self.source.value = value
            return ()
        frame = self.frames[-1]
        container, path, key = frame
        if isinstance(container, list):
            container.append(value)
            path = (*path, len(container) - 1)
            self.source.lines[path] = line
            return path
        if key is None:
            self.refuse(line, _("键必须是一个词，不能是列表或对照表。"))
        container[key] = value
        frame[2] = None
        return (*path, key)

    def refuse(self, line: int, sentence: str) -> None:
        raise FileInvalid([*self.source.problems, Problem(line, "", sentence)])


def plain(text: str) -> Any:
    """An unquoted word: true/false, nothing, whole number, decimal, date, else the text itself."""
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if INTEGER.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text):
        return Decimal(text)
    if found := DAY.fullmatch(text):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            return text
    return text
