"""What is wrong, by row and column, as a frame: gathered by masks, since most rows are right."""

from __future__ import annotations

import io
from typing import Any

import polars as pl

SHAPE: dict[str, Any] = {"row": pl.Int64, "column": pl.String, "sentence": pl.String}


class Faults:
    """Grows check by check; one fault a cell, the first one told."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        self.found: list[pl.DataFrame] = []

    def add(self, column: str, mask: Any, sentence: Any) -> None:
        """Rows where `mask` (expression or series) holds; `sentence` a text, or an expression or series over the same frame."""
        wrong = mask if isinstance(mask, pl.Series) else self.frame.select(mask.alias("mask")).to_series()
        if not wrong.any():
            return
        said = sentence if isinstance(sentence, (pl.Expr, pl.Series)) else pl.lit(str(sentence))
        self.found.append(self.frame.select("row", pl.lit(column).alias("column"), said.alias("sentence")).filter(wrong))

    def all(self) -> pl.DataFrame:
        if not self.found:
            return nothing()
        return pl.concat(self.found).unique(["row", "column"], keep="first", maintain_order=True)


def nothing() -> pl.DataFrame:
    return pl.DataFrame(schema=SHAPE)


def packed(frame: pl.DataFrame) -> bytes:
    """Arrow IPC, compressed: what files keep of their faults and parts of their rows."""
    buffer = io.BytesIO()
    frame.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()


def unpacked(content: bytes | None) -> pl.DataFrame:
    return pl.read_ipc(io.BytesIO(content)) if content else nothing()
