"""Sets as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Q, QuerySet

from weimin.residents.importing.checking import read
from weimin.residents.importing.faults import unpacked
from weimin.residents.importing.form import ResidentRow
from weimin.residents.models import Import, ImportFile, ImportState
from weimin.sheets.guard import Inspected
from weimin.sheets.marking import error_report
from weimin.sheets.trial import Report, RowError
from weimin.walls.actor import Actor

MOST_SHOWN = 100
MOST_REPORTED = 20_000  # bad rows in one report: openpyxl holds them all in memory


@dataclass(frozen=True)
class Fault:
    """One line below a set: where, what stands there is not repeated, what is wrong."""

    file: str
    row: int
    label: Any
    sentence: str


def list_imports(actor: Actor) -> QuerySet[Import]:
    return Import.objects.visible_to(actor)


def get_import(actor: Actor, pk: int) -> Import:
    """Import.DoesNotExist when hidden or missing."""
    return Import.objects.visible_to(actor).get(pk=pk)


def files_of(actor: Actor, row: Import) -> list[ImportFile]:
    """With `is_kept`: whether the file is still there to be taken out with its faults marked."""
    return list(ImportFile.objects.visible_to(actor).filter(set=row).annotate(is_kept=Q(content__isnull=False)).defer("content", "faults").order_by("number"))


def first_faults(actor: Actor, row: Import) -> list[Fault]:
    """The first hundred, file by file; only files that have some are opened."""
    found: list[Fault] = []
    if row.state in (ImportState.WAITING, ImportState.CHECKING) or not row.faulty:
        return found
    for file in ImportFile.objects.visible_to(actor).filter(set=row, faulty__gt=0).defer("content").order_by("number"):
        for number, column, sentence in unpacked(file.faults).sort("row").head(MOST_SHOWN - len(found)).iter_rows():
            found.append(Fault(file.name, number, ResidentRow.base_fields[column].label, sentence))
        if len(found) >= MOST_SHOWN:
            break
    return found


def report_of(actor: Actor, row: Import, number: int, mark: str = "") -> tuple[str, bytes]:
    """(name, workbook): the file as it came with its faults marked; of a big one its bad rows only. ImportFile.DoesNotExist."""
    file = ImportFile.objects.visible_to(actor).get(set=row, number=number, content__isnull=False)
    table = read(bytes(file.content or b""), Inspected(file.kind, file.long_numbers))  # type: ignore[arg-type]  # one of its two words
    faults = unpacked(file.faults).sort("row")
    bad = set(faults["row"].unique().sort().head(MOST_REPORTED).to_list())
    told = faults.filter(pl.col("row").is_in(list(bad)))
    sheet = table.sheet(bad)
    cells = {line.number: line.cells for line in sheet.rows}
    errors = [RowError(line, column, table.labels.get(column, ""), cells[line].get(column, ""), said) for line, column, said in told.iter_rows()]
    return file.name, error_report(bytes(file.content or b""), Report(table.frame.height, [], errors, sheet), mark=mark)
