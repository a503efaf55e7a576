"""One line of the table, and the table as text, Markdown and JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

HEAD = ("what", "ours", "floor or peer", "ratio", "budget", "")


@dataclass(frozen=True)
class Line:
    """A measured figure. `beside` is the peer's or the floor's figure in the same unit, 0 when there is none.

    At most one of the four limits: `most` and `least` bound the ratio ours / beside, `ceiling` and `bottom` bound `ours` itself.
    A line without a limit is a floor that is only shown.
    """

    group: str
    what: str
    ours: float
    unit: str
    beside: float = 0.0
    peer: str = ""
    most: float | None = None
    least: float | None = None
    ceiling: float | None = None
    bottom: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.beside if self.beside else None

    @property
    def budget(self) -> str:
        if self.ceiling is not None:
            return f"≤ {shown(self.ceiling)} {self.unit}".rstrip()
        if self.bottom is not None:
            return f"≥ {shown(self.bottom)} {self.unit}".rstrip()
        return f"≤ {self.most:g} ×" if self.most is not None else f"≥ {self.least:g} ×" if self.least is not None else ""

    @property
    def verdict(self) -> str:
        """ok, over, or nothing where there is no budget."""
        if self.ceiling is not None:
            return "ok" if self.ours <= self.ceiling else "over"
        if self.bottom is not None:
            return "ok" if self.ours >= self.bottom else "over"
        if self.ratio is None or (self.most is None and self.least is None):
            return ""
        kept = self.ratio <= self.most if self.most is not None else self.ratio >= (self.least or 0)
        return "ok" if kept else "over"

    def cells(self) -> tuple[str, ...]:
        beside = f"{shown(self.beside)} {self.unit} {self.peer}".strip() if self.beside else self.peer
        ratio = f"{self.ratio:.2f} ×" if self.ratio is not None else ""
        return self.what, f"{shown(self.ours)} {self.unit}".strip(), beside, ratio, self.budget, self.verdict

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio, "budget": self.budget, "verdict": self.verdict}


def shown(figure: float) -> str:
    """Three digits that say something; thousands with a comma."""
    if figure >= 100 or figure == int(figure):
        return f"{figure:,.0f}"
    return f"{figure:.3g}"


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def render(lines: Sequence[Line]) -> str:
    """The table for a terminal, a blank line between groups."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(width(row[column]) for row in rows) for column in range(len(HEAD))]
    written = []
    for place, row in enumerate(rows):
        if place > 1 and lines[place - 1].group != lines[place - 2].group:
            written.append("")
        written.append("  ".join(cell + " " * (room - width(cell)) for cell, room in zip(row, widths, strict=True)).rstrip())
    return "\n".join(written)


def markdown(lines: Sequence[Line], machine: str, today: str, before: str = "") -> str:
    """docs/bench.md: a table for each group with its day and machine; groups that were not measured now keep what `before` says of them."""
    says = "`make bench`. Seconds differ from machine to machine and by a fifth from run to run; the ratios are the result. Each table says when it was taken."
    kept = {part.partition("\n")[0].split(" ")[0]: part.strip() for part in before.split("\n## ")[1:]}
    for group in dict.fromkeys(line.group for line in lines):
        rows = [line.cells() for line in lines if line.group == group]
        table = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD), *("| " + " | ".join(row) + " |" for row in rows)]
        kept[group] = f"{group} · {today}, {machine}\n\n" + "\n".join(table)
    return "\n\n".join(["# What it costs", says, *(f"## {part}" for part in kept.values())]) + "\n"
