"""The parts of a set into the register, inside the action's transaction. While the database takes one part, the next is made ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

import polars as pl
from django.db import connection
from django.utils.translation import gettext as _

from weimin.residents.importing.faults import unpacked
from weimin.residents.importing.progress import Progress
from weimin.residents.models import Import, ImportPart, ImportState
from weimin.residents.writing import Written, readied, write
from weimin.walls.errors import RuleBroken


def write_parts(row: Import, parts: Iterable[ImportPart], now: datetime, progress: Progress) -> Written:
    """Writes parts and empties them (what was read is not kept longer than needed, H-61). RuleBroken when the set was cancelled meanwhile.

    Nobody waits until a part is on disk: should the server fall, part, trail and mark are missing together, and the set goes on from there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    residents = present = households = 0
    for part, ready in made_ready(parts):
        if Import.objects.filter(pk=row.pk).values_list("state", flat=True).get() == ImportState.CANCELLED:
            raise RuleBroken(_("已取消，没有写入。"))
        done = write(ready, source=_("批量导入"), now=now)
        part.content, part.written_at, part.rows = None, now, done.residents
        part.save(update_fields=["content", "written_at", "rows"])
        residents, present, households = residents + done.residents, present + done.present, households + done.households
        progress.tell(row.written + residents)
    return Written(residents, present, households)


_handed: ContextVar[tuple[int, pl.DataFrame] | None] = ContextVar("handed", default=None)


@contextmanager
def handing(number: int, ready: pl.DataFrame) -> Iterator[None]:
    """The part of this number is ready already, for the action that writes it inside."""
    token = _handed.set((number, ready))
    try:
        yield
    finally:
        _handed.reset(token)


def made_ready(parts: Iterable[ImportPart]) -> Iterator[tuple[ImportPart, pl.DataFrame]]:
    """Each part with its rows sealed and their names read, one ahead of the one that is being written; two parts in memory."""
    if (handed := _handed.get()) is not None:
        yield from ((part, handed[1]) for part in parts if part.number == handed[0])
        return
    with ThreadPoolExecutor(1) as pool:
        ahead: tuple[ImportPart, Future[pl.DataFrame]] | None = None
        for part in parts:
            coming = part, pool.submit(opened, part.content)
            if ahead is not None:
                yield ahead[0], ahead[1].result()
            ahead = coming
        if ahead is not None:
            yield ahead[0], ahead[1].result()


def opened(content: bytes | None) -> pl.DataFrame:
    return readied(unpacked(content))
