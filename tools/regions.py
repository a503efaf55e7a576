"""Adds pinyin and initials to the official region file (run when a new official file arrives).

    python tools/regions.py SOURCE.parquet

The source has `code` int64 and `name`; the result replaces weimin/regions/data/regions.parquet.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
from pypinyin import Style, lazy_pinyin

TARGET = Path(__file__).resolve().parent.parent / "weimin/regions/data/regions.parquet"


def syllables(name: str) -> list[str]:
    return lazy_pinyin(name, style=Style.NORMAL, errors="default", v_to_u=False)


def main() -> None:
    frame = pl.read_parquet(sys.argv[1]).sort("code").select("code", "name")
    spoken = {name: syllables(name) for name in frame["name"].unique().to_list()}
    names = frame["name"].to_list()
    frame = frame.with_columns(
        pl.Series("pinyin", ["".join(spoken[name]).lower() for name in names]),
        pl.Series("initials", ["".join(part[:1] for part in spoken[name]).lower() for name in names]),
    )
    frame.write_parquet(TARGET, compression="zstd", compression_level=19)
    print(f"{len(frame)} regions, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
