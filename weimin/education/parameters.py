"""The figures of health education that hold on a day: `data/*.yaml`, with source and effective date (X-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from weimin.health.parameters import line, since

TOPICS, TOPICS_FROM = "education.topics", date(2017, 2, 28)
HERE = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Minimums:
    """What an institution of a level owes in a year. lectures, consultations: times; the kinds that count towards them are `counts_*`."""

    level: str
    source: str
    confidence: str
    lectures: int
    counts_lectures: tuple[str, ...]
    consultations: int
    counts_consultations: tuple[str, ...]
    printed: int
    audio_visual: int
    boards: int
    board_months: int
    board_area: int


@dataclass(frozen=True)
class Question:
    """One question of the bank; `answer` is the place of the right choice, from 0."""

    key: str
    text: str
    choices: tuple[str, ...]
    answer: int
    why: str

    def stored(self) -> dict[str, Any]:
        return {"text": self.text, "choices": list(self.choices), "answer": self.answer, "why": self.why}


@cache
def table(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(YAML(typ="safe").load((HERE / f"{name}.yaml").read_text("utf-8")))


def version(key: str, on: date) -> dict[str, Any]:
    """What holds on a day for a key: the row in force with what the bureau set since. KeyError for an unknown key."""
    found = shipped(key, on)
    said = dict(found)
    for name, one in since(f"education.{key}", on, found["effective_from"]).items():
        kind = name.removeprefix("counts_")
        if kind != name:
            said[kind] = said[kind] | {"counts": list(one.keys)}
        else:
            said[name] = said[name] | {"times": int(one.figure)} if isinstance(said[name], dict) else int(one.figure)
    return said


def shipped(key: str, on: date) -> dict[str, Any]:
    """The row of `data/minimums.yaml`; before the first one, the first."""
    rows = sorted((row for row in table("minimums") if row["key"] == key), key=lambda row: row["effective_from"])
    if not rows:
        raise KeyError(key)
    return next((row for row in reversed(rows) if row["effective_from"] <= on), rows[0])


def minimums(level: str, on: date) -> Minimums:
    """level: centre or station."""
    row = version(level, on)
    return Minimums(
        level, row["source"], row["confidence"], row["lectures"]["times"], tuple(row["lectures"]["counts"]), row["consultations"]["times"],
        tuple(row["consultations"]["counts"]), row["printed"], row["audio_visual"], row["boards"], row["board_months"], row["board_area"],
    )  # fmt: skip


def reminding(name: str, on: date) -> int:
    """ahead_days or record_days."""
    return int(version("reminding", on)[name])


def topic(kind: str, on: date) -> str:
    """The subject that the yearly plan gives a lecture or a consultation of a day: one for each month."""
    return line(TOPICS, on, TOPICS_FROM, f"{kind}_{on.month}", next(str(row[kind]) for row in table("topics") if row["month"] == on.month))


@cache
def bank() -> tuple[Question, ...]:
    return tuple(Question(row["key"], row["text"], tuple(row["choices"]), row["answer"] - 1, row["why"]) for row in table("questions"))
