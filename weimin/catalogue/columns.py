"""The columns of the catalogue's workbook: what each is called, how a value is shown in a cell and read out of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.catalogue import vocabulary as words
from weimin.catalogue.saying import ELEMENTS

LANGUAGES = ("zh-hans", "en")
YES, NO = ("是", "有", "√", "yes", "y", "true", "1"), ("否", "无", "×", "no", "n", "false", "0")  # text: data


class Page(Enum):
    """A sheet; its value is the field of the list that its rows make."""

    ITEMS = "items"
    MATERIALS = "materials"
    STEPS = "steps"
    QUESTIONS = "questions"

    @property
    def label(self) -> str | Promise:
        return {"items": _("事项"), "materials": _("材料"), "steps": _("环节"), "questions": _("问答")}[self.value]


MORE = (Page.MATERIALS, Page.STEPS, Page.QUESTIONS)


class Kind(Enum):
    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    TRUTH = "truth"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Column:
    """`name` is the field; `words` what a choice may be, key → label."""

    name: str
    label: str | Promise
    kind: Kind = Kind.TEXT
    words: Mapping[str, Any] = field(default_factory=dict)
    width: int = 16

    def shown(self, value: Any) -> str:
        """A value of the list as text of a cell."""
        if value is None or value == "" or value == []:
            return ""
        if self.kind is Kind.TRUTH:
            return _now("是") if value else _now("否")
        if self.kind is Kind.CHOICE:
            return self.word(value)
        if self.kind in (Kind.LINES, Kind.CHOICES):
            return "\n".join(map(self.word, value))
        return str(value)

    def word(self, key: str) -> str:
        return said(self.words.get(key, key))

    def read(self, text: str) -> Any:
        """What is typed as a value; None where nothing is. ValueError with a sentence where it cannot be read."""
        if not text:
            return None
        plain = unicodedata.normalize("NFKC", text).strip()
        if self.kind is Kind.NUMBER:
            return number_of(plain)
        if self.kind is Kind.TRUTH:
            return truth_of(plain)
        if self.kind is Kind.CHOICE:
            return self.key_of(text)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if self.kind is Kind.CHOICES:
            return [self.key_of(one) for line in lines for one in line.split("、") if one.strip()]  # text: data
        return lines if self.kind is Kind.LINES else plain if self.name.endswith("code") else text

    @cached_property
    def keys(self) -> dict[str, str]:
        """Every way to write a choice: its key, its label in both languages."""
        return {name: key for key, label in self.words.items() for name in (key, *labels_of(label))}

    def key_of(self, text: str) -> str:
        if (wanted := text.strip()) in self.keys:
            return self.keys[wanted]
        raise ValueError(_now("没有“%(word)s”，可以填：%(words)s。") % {"word": wanted[:40], "words": "、".join(map(said, self.words.values()))})  # text: data


def number_of(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise ValueError(_now("应是整数，现在是“%(text)s”。") % {"text": text[:40]})
    return int(text)


def truth_of(text: str) -> bool:
    low = text.lower()
    if low not in (*YES, *NO):
        raise ValueError(_now("请填“是”或“否”，现在是“%(text)s”。") % {"text": text[:40]})
    return low in YES


def said(label: Any) -> str:
    """A label, or the label of a word of `data/`, in the language of who reads."""
    return str(getattr(label, "label", label))


def labels_of(label: Any) -> list[str]:
    """A label in both languages: a workbook of one is read by who uses the other."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(said(label))
    return found


FIXED = (Column("code", _("事项编码"), width=12), Column("name", _("事项名称"), width=28))
LINES = ("legal_basis", "conditions", "refusals", "words")
TRUTHS = ("online", "agent_allowed", "in_person")
CHOICES: dict[str, Mapping[str, Any]] = {
    "kind": words.KINDS, "window": words.WINDOWS, "handling": words.HANDLING, "result_kind": words.RESULTS, "decided_at": words.PLACES,
    "reach": words.REACH, "power": words.POWERS,
}  # fmt: skip
LISTED: dict[str, Mapping[str, Any]] = {"audience": words.AUDIENCES, "accepted_at": words.PLACES}


def limit_columns(name: str, label: str | Promise, unit: str | Promise, basis: str | Promise) -> tuple[Column, ...]:
    return (
        Column(f"{name}.value", label, Kind.NUMBER, width=8),
        Column(f"{name}.unit", unit, Kind.CHOICE, words.UNITS, width=10),
        Column(f"{name}.basis", basis, width=20),
    )


def item_columns() -> Sequence[Column]:
    """One column an element of the list, in the order in which it is read; limits are three."""
    found = list(FIXED)
    for element in ELEMENTS:
        if element.name == "legal_limit":
            found += limit_columns(element.name, element.label, _("法定期限的单位"), _("法定期限的依据"))
        elif element.name == "promised_limit":
            found += limit_columns(element.name, element.label, _("承诺期限的单位"), _("承诺期限的依据"))
        elif element.name not in ("code", "name", "materials", "steps", "questions"):
            found.append(column_of(element.name, element.label))
    return found


def column_of(name: str, label: str | Promise) -> Column:
    if name in ("theme", "life_events", "groups"):
        entries: dict[str, words.Word] = {"theme": words.themes, "life_events": words.life_events, "groups": words.groups}[name]()
        return Column(name, label, Kind.CHOICE if name == "theme" else Kind.CHOICES, entries, 18)
    if name in CHOICES:
        return Column(name, label, Kind.CHOICE, CHOICES[name])
    if name in LISTED:
        return Column(name, label, Kind.CHOICES, LISTED[name], 20)
    if name in TRUTHS:
        return Column(name, label, Kind.TRUTH, width=10)
    if name in ("public_notice_days", "visits"):
        return Column(name, label, Kind.NUMBER, width=10)
    return Column(name, label, Kind.LINES if name in LINES else Kind.TEXT, width=34 if name in LINES or name == "who_may" else 18)


def more_columns(page: Page) -> Sequence[Column]:
    """The columns of the sheets that have several rows an item."""
    if page is Page.QUESTIONS:
        return (FIXED[0], Column("asked", _("问"), width=36), Column("answer", _("答"), width=60))
    if page is Page.STEPS:
        return (
            FIXED[0], Column("key", _("环节"), Kind.CHOICE, words.STEPS), Column("desk", _("岗位"), Kind.CHOICE, words.DESKS),
            *limit_columns("limit", _("期限"), _("单位"), _("期限的依据")), Column("note", _("说明"), width=36),
        )  # fmt: skip
    return (
        FIXED[0], Column("key", _("代号")), Column("name", _("材料名称"), width=32), Column("origin", _("来源"), Kind.CHOICE, words.ORIGINS),
        Column("form", _("形式"), Kind.CHOICE, words.FORMS), Column("copies", _("份数"), Kind.NUMBER, width=8),
        Column("required", _("必须提交"), Kind.TRUTH, width=10), Column("condition", _("什么情况才要"), width=28),
        Column("deferrable", _("可以后补（容缺）"), Kind.TRUTH, width=12), Column("shared", _("能代替它的共享数据"), width=20),
        Column("blank", _("空白表名称"), width=20), Column("note", _("说明"), width=28),
    )  # fmt: skip
