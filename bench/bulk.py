"""What grows with the register: its list as Excel, and a set of several files, whose memory must not grow with the files."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import psutil

from bench.bringing import COLUMNS, bring, sheet
from bench.ground import TODAY
from bench.table import Line
from bench.timing import seconds
from weimin.residents.exporting import COLUMNS as SHOWN
from weimin.residents.outgoing import frame_of
from weimin.sheets.export import export, export_frame
from weimin.walls.actor import Actor
from weimin.walls.session import entered

FILES = 3
MEBIBYTE = 2**20
LOOK = 0.05  # seconds between two looks at the memory


def exported(clerk: Actor, rows: pl.DataFrame) -> Iterator[Line]:
    """The workbook alone, and the list of residents from the register to the workbook."""
    plain = rows.select(name for name, _label in COLUMNS).rows()
    taken = seconds(lambda: export(COLUMNS, plain, title="居民", watermark="w"))
    yield Line("residents", f"{len(plain):,} rows of 12 columns written as Excel", taken, "s", ceiling=2.0)
    given: list[int] = []

    def whole() -> None:
        with entered(clerk):
            frame = frame_of(clerk, {}, TODAY, full=False)
        export_frame(SHOWN, frame, title="居民", watermark="w")
        given.append(frame.height)

    began = time.process_time()
    taken = seconds(whole)
    at_work = time.process_time() - began
    yield Line("residents", f"export of {given[0]:,} residents from the register, unsealed, masked, with watermark", taken, "s", ceiling=2.0)
    yield Line("residents", "of it this process at work", at_work, "s")


def several(clerk: Actor, rows: pl.DataFrame) -> Iterator[Line]:
    """A set of `FILES` files beside one of one file of the same length; `rows` has one file's more than `FILES` files."""
    each = rows.height // (FILES + 1)
    books = [sheet(rows[start : start + each]) for start in range(0, each * (FILES + 1), each)]
    one, alone, _most = watched(lambda: bring(clerk, books[:1]))
    many, together, most = watched(lambda: bring(clerk, books[1:]))
    a_million = together / (FILES * each) * 1_000_000
    yield Line(
        "residents",
        f"import of a set of {FILES} files of {each:,} rows, one row",
        together / FILES / each * 1e6,
        "µs",
        alone / each * 1e6,
        "one file",
        most=1.5,
    )
    yield Line("residents", "so a million rows in such files take", a_million, "s")
    yield Line("residents", f"memory more while {FILES} files are imported, at its most", many, "MiB", one, "one file", most=1.5)
    yield Line("residents", "memory of this whole process meanwhile, at its most", most, "MiB")


def watched(work: Callable[[], Any]) -> tuple[float, float, float]:
    """(by how many MiB the memory of this process grew at most, seconds, how many MiB it had at most)"""
    process, done = psutil.Process(), threading.Event()
    before = process.memory_info().rss
    most = [before]

    def look() -> None:
        while not done.wait(LOOK):
            most[0] = max(most[0], process.memory_info().rss)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        taken = seconds(work)
    finally:
        done.set()
        looking.join()
    return max(1.0, (most[0] - before) / MEBIBYTE), taken, most[0] / MEBIBYTE
