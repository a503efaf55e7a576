"""What stands in a paper as plain data that is kept for ever, and that data as a `Paper` to be set. Pure.

A content is {"title", "issuer", "number", "addressee", "signed_on", "footer", "blocks": [[kind, …], …]}; kinds: text (words), pairs ([[label,
value], …]), table (columns, rows, widths), sign ([[role, name, day], …]), code (path, words). Printed again from the same content, a paper is
the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from weimin.papers.content import QR, Block, KeyValues, Paper, Paragraph, Signature, Signatures, Table

Size = Literal["A5", "80mm"]
SIZES: tuple[Size, ...] = ("A5", "80mm")


@dataclass
class Writing:
    """A content in the making."""

    title: str
    issuer: str
    number: str
    addressee: str = ""
    signed_on: date | None = None
    footer: str = ""
    blocks: list[list[Any]] = field(default_factory=list)

    def text(self, *words: str) -> Writing:
        self.blocks += [["text", line] for line in words if line]
        return self

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> Writing:
        self.blocks.append(["pairs", [[label, value] for label, value in pairs if value]])
        return self

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> Writing:
        self.blocks.append(["table", list(columns), [list(row) for row in rows], list(widths)])
        return self

    def sign(self, *people: tuple[str, str, date | None]) -> Writing:
        self.blocks.append(["sign", [[role, name, day.isoformat() if day else ""] for role, name, day in people]])
        return self

    def code(self, path: str, words: str) -> Writing:
        self.blocks.append(["code", path, words])
        return self

    def content(self) -> dict[str, Any]:
        return {**vars(self), "signed_on": self.signed_on.isoformat() if self.signed_on else ""}


def canonical(content: dict[str, Any]) -> bytes:
    """The bytes that the digest is taken of."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


WIDEST = 21  # a case number: what a cell of four beside each other holds without a place to break


def fits_beside(content: dict[str, Any]) -> bool:
    """Table and pairs both under each other would not fit on one A5; a number that is longer than a cell needs a line of its own all the same."""
    pairs = [pair for row in content["blocks"] if row[0] == "pairs" for pair in row[1]]
    return not any(len(value) > WIDEST and value.isascii() for _label, value in pairs)


def to_paper(content: dict[str, Any], size: Size, origin: str) -> Paper:
    """The paper of a content. origin: scheme and host before the path of the QR code."""
    columns: Literal[1, 2] = 2 if any(row[0] == "table" for row in content["blocks"]) and fits_beside(content) else 1
    blocks: list[Block] = [block for row in content["blocks"] for block in blocks_of(row, size, origin, columns)]
    return Paper(
        title=content["title"], layout="record", size=size, kind=content["title"], issuer=content["issuer"], number=content["number"],
        addressee=content["addressee"], blocks=tuple(blocks), signed_on=date.fromisoformat(content["signed_on"]) if content["signed_on"] else None,
        footer=content["footer"],
    )  # fmt: skip


def blocks_of(row: list[Any], size: Size, origin: str, columns: Literal[1, 2]) -> list[Block]:
    kind, *rest = row
    if kind == "text":
        return [Paragraph(rest[0])]
    if kind == "pairs":
        return [KeyValues(tuple((label, value) for label, value in rest[0]), columns)]
    if kind == "sign":
        return [Signatures(tuple(Signature(role, name, date.fromisoformat(day) if day else None) for role, name, day in rest[0]))]
    if kind == "code":
        return [QR(origin + rest[0], rest[1], 22 if size == "A5" else 26)]
    return table_of(rest[0], rest[1], rest[2], size)


def table_of(columns: list[str], rows: list[list[str]], widths: list[float], size: Size) -> list[Block]:
    """A table on A5; on the narrow strip a numbered list, where columns of three characters would be unreadable."""
    if size == "A5":
        return [Table(tuple(columns), tuple(map(tuple, rows)), tuple(widths))]
    lines = []
    for number, row in enumerate(rows, start=1):
        rest = "；".join(f"{label}：{value}" for label, value in list(zip(columns, row, strict=True))[1:] if value)  # text: data
        lines.append(Paragraph(f"{number}. {row[0]}" + (f"（{rest}）" if rest else ""), indent=False))  # text: data
    return list(lines)
