"""What the worker does with a set: check it, then write it part by part. Killed at any moment, it goes on from what was committed."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.accounts.models import Person
from weimin.accounts.queries import actor_in, seats_of
from weimin.actions.act import act
from weimin.residents.importing.abreast import Abreast
from weimin.residents.importing.checking import Check, CheckedFile
from weimin.residents.importing.contents import content_of
from weimin.residents.importing.faults import packed, unpacked
from weimin.residents.importing.writing import handing, opened
from weimin.residents.models import Import, ImportFile, ImportMode, ImportPart, ImportState
from weimin.sheets.errors import FileRefused
from weimin.sheets.guard import Inspected
from weimin.walls.actor import Actor
from weimin.walls.errors import Refusal
from weimin.walls.prepared import insert
from weimin.walls.session import entered


class Stopped(Exception):
    """Somebody cancelled meanwhile; what is done stays as it is."""


def actor_of(row: Import, now: datetime) -> Actor | None:
    """Who uploaded the set, in the post of then; None when that post has ended, the person was barred or the purpose is gone."""
    person = Person.objects.filter(pk=row.person, active=True).first()
    seat = next((seat for seat in seats_of(person, timezone.localdate(now)) if seat.post == row.post), None) if person else None
    actor = actor_in(person, seat, channel="job") if person and seat else None
    return actor if actor and actor.has_purpose(Import.purpose) else None


def work_off(row: Import, now: datetime) -> None:
    """One set as far as it goes by itself: to the question which rows are wanted, or to its end."""
    actor = actor_of(row, now)
    if actor is None:
        refuse(Stand(row), _("上传人的岗位已经变动，没有导入。请由在岗的人重新上传。"), now)
        return
    stand = Stand(row, actor)
    try:
        if row.state in (ImportState.WAITING, ImportState.CHECKING):
            check(stand, now)
        else:
            write_all(stand, now)
    except Stopped:
        return


class Stand:
    """How far a set is, for the page: small transactions of their own, and a look whether it was cancelled."""

    def __init__(self, row: Import, actor: Actor | None = None) -> None:
        self.row, self.actor = row, actor or Actor(None, "", None, "", row.region, row.region, frozenset({Import.purpose}))

    def move(self, come_from: Iterable[str], now: datetime, **facts: Any) -> None:
        """Raises Stopped when the set is in another state."""
        with entered(self.actor):
            if not Import.objects.filter(pk=self.row.pk, state__in=list(come_from)).update(moved_at=now, **facts):
                raise Stopped


def refuse(stand: Stand, sentence: str, now: datetime) -> None:
    working = (ImportState.WAITING, ImportState.CHECKING, ImportState.READY, ImportState.WRITING)
    stand.move(working, now, state=ImportState.REFUSED, sentence=sentence[:300])


def check(stand: Stand, now: datetime) -> None:
    """From the beginning, whatever an earlier run left: a check writes nothing that counts."""
    begin = (ImportState.WAITING, ImportState.CHECKING)
    stand.move(begin, now, state=ImportState.CHECKING, rows=0, good=0, faulty=0, present=0)
    with entered(stand.actor):
        ImportPart.objects.filter(set=stand.row).delete()
        files = list(ImportFile.objects.filter(set=stand.row).order_by("number").values_list("pk", "name"))
    trial = Check(stand.actor, timezone.localdate(now), [name for _pk, name in files])
    for number, (pk, name) in enumerate(files):
        try:
            found = trial.file(number, *file_of(stand, pk))
        except FileRefused as refused:
            refuse(stand, f"《{name}》{refused}", now)
            return
        keep(stand, pk, found, now)
    finish_check(stand, trial.across(), [pk for pk, _name in files], now)


def file_of(stand: Stand, pk: int) -> tuple[bytes, Inspected]:
    with entered(stand.actor):
        file = ImportFile.objects.defer("faults", "content").get(pk=pk)
        content = content_of(ImportFile, pk)
    return content or b"", Inspected(file.kind, file.long_numbers)  # type: ignore[arg-type]  # one of its two words


def keep(stand: Stand, pk: int, found: CheckedFile, now: datetime) -> None:
    """The parts and the faults of one file, and what the page counts."""
    bad = found.faults["row"].n_unique()
    with entered(stand.actor):
        ImportFile.objects.filter(pk=pk).update(rows=found.rows, faulty=bad, faults=packed(found.faults))
        first = ImportPart.objects.filter(set=stand.row).count()
        parts = list(found.parts())
        with ThreadPoolExecutor(1) as beside:
            for number, (part, content) in enumerate(zip(parts, beside.map(packed, parts), strict=True), first):
                insert(ImportPart(region=stand.row.region, set=stand.row, number=number, file=part["file"][0], rows=part.height, content=content))
    counted = {"rows": F("rows") + found.rows, "faulty": F("faulty") + bad, "present": F("present") + found.present, "good": F("good") + found.good.height}
    stand.move([ImportState.CHECKING], now, **counted)


def finish_check(stand: Stand, across: pl.DataFrame, files: list[int], now: datetime) -> None:
    """Takes the rows out again that only the whole set shows to be wrong."""
    if across.height:
        with entered(stand.actor):
            bad = sum(add_faults(pk, across.filter(pl.col("file") == number).drop("file")) for number, pk in enumerate(files))
            gone = sum(take_out(part, across) for part in ImportPart.objects.filter(set=stand.row).order_by("number"))
            Import.objects.filter(pk=stand.row.pk).update(faulty=F("faulty") + bad, good=F("good") - gone)
    stand.move([ImportState.CHECKING], now, state=ImportState.CHECKED)


def add_faults(pk: int, more: pl.DataFrame) -> int:
    """How many rows of the file were without a fault before."""
    if not more.height:
        return 0
    file = ImportFile.objects.get(pk=pk)
    before = unpacked(file.faults)
    file.faults = packed(pl.concat([before, more.select(before.columns)]).unique(["row", "column"], keep="first", maintain_order=True).sort("row"))
    new = more.filter(~pl.col("row").is_in(before["row"].implode()))["row"].n_unique()
    file.faulty += new
    file.save(update_fields=["faults", "faulty"])
    return new


def take_out(part: ImportPart, across: pl.DataFrame) -> int:
    before = unpacked(part.content)
    after = before.join(across.with_columns(pl.col("file").cast(pl.UInt8)).unique(["file", "row"]), on=["file", "row"], how="anti", maintain_order="left")
    gone = before.height - after.height
    if gone:
        part.content, part.rows = packed(after), after.height
        part.save(update_fields=["content", "rows"])
    return gone


def write_all(stand: Stand, now: datetime) -> None:
    """All rows in one action, or each part in one; a part that is written already has no content any more."""
    stand.move([ImportState.READY, ImportState.WRITING], now, state=ImportState.WRITING)
    row = stand.row
    try:
        if row.mode == ImportMode.ALL:
            act(stand.actor, "residents.write_import", {}, f"import-{row.pk}", target=row.pk, now=now)
            return
        with entered(stand.actor):
            waiting = list(ImportPart.objects.filter(set=row, written_at__isnull=True).order_by("number").values_list("file", "number"))
        abreast = Abreast(partial(rows_of, stand), opened, partial(write_part, stand, now))
        for _file, parts in groupby(waiting, itemgetter(0)):
            abreast.work_off(number for _same, number in parts)
        stand.move([ImportState.WRITING], now, state=ImportState.DONE)
    except Refusal as refusal:
        refuse(stand, str(refusal), now)


def rows_of(stand: Stand, number: int) -> bytes | None:
    with entered(stand.actor):
        return content_of(ImportPart, ImportPart.objects.filter(set=stand.row, number=number).values_list("pk", flat=True).get())


def write_part(stand: Stand, now: datetime, number: int, ready: pl.DataFrame) -> None:
    with handing(number, ready):
        act(stand.actor, "residents.write_import", {"part": str(number)}, f"import-{stand.row.pk}-{number}", target=stand.row.pk, now=now)
