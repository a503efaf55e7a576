# text: data
"""What the forms share: a code in its box, a row of choices, a gap to write in. Papers are Chinese; a box is filled in with the number of the choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from weimin.health.rules_personal import Asked
from weimin.papers.content import Block, Heading, Table

GAP, DAY, BOX = "", "　　　年　月　日", "〔　〕"


def box(code: Any) -> str:
    return f"〔{code}〕" if code not in (None, "") else BOX


def boxes(codes: Sequence[Any] | None, empty: int = 3) -> str:
    return "".join(box(code) for code in codes) if codes else BOX * empty


def choices(codes: dict[str, str]) -> str:
    return "　".join(f"{code} {words}" for code, words in codes.items())


def answered(one: Asked, value: Any) -> str:
    """The answer of a field alone: numbers of choices in boxes, else what was written."""
    if one.kind == "many":
        return boxes(value if isinstance(value, list) else None)
    return box(value) if one.kind == "one" else written(value)


def written(value: Any) -> str:
    return "" if value is None else str(value)


def day(value: date | None) -> str:
    return f"{value:%Y-%m-%d}" if value else DAY


def titled(title: str, *blocks: Block) -> tuple[Block, ...]:
    return (Heading(title, numbered=False), *blocks)


def grid(rows: Sequence[tuple[str, str]], first: str = "项目", second: str = "内容") -> Table:
    return Table((first, second), tuple(rows), widths=(1.0, 4.2), align=("center", "left"), dense=True)
