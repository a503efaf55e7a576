"""Sheets of residents, and sets that have been brought in, to test with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from openpyxl import Workbook

from weimin.actions.act import act
from weimin.residents.importing.form import ResidentRow
from weimin.residents.importing.running import work_off
from weimin.residents.models import Import
from weimin.residents.rules import check_digit
from weimin.sheets.tests.builders import saved
from weimin.walls.actor import Actor
from weimin.walls.session import entered

VILLAGE = 500242101200
FIELDS = list(ResidentRow.base_fields)
LABELS = [str(field.label) for field in ResidentRow.base_fields.values()]
BORN = date(1960, 3, 1)


def number_of(serial: int, born: date = BORN, county: int = 500242) -> str:
    """A sound number; an odd serial is a man's."""
    first = f"{county}{born:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


def person(serial: int, **over: Any) -> dict[str, Any]:
    """A sound row: a household of two for every two serials, the odd one its head."""
    row = {
        "village": str(VILLAGE), "household": f"H{(serial + 1) // 2:04d}", "relation": "户主" if serial % 2 else "配偶", "name": f"张{'甲乙丙丁'[serial % 4]}",
        "id_number": number_of(serial), "phone": f"1540000{serial:04d}", "ethnicity": "土家族", "address": "3组12号",
    }  # fmt: skip
    return row | over


def people(count: int, **at: dict[str, Any]) -> list[dict[str, Any]]:
    """`count` sound rows; `at` changes some of them: people(4, r3={"name": ""}) spoils the third."""
    return [person(serial, **at.get(f"r{serial}", {})) for serial in range(1, count + 1)]


def sheet(rows: list[dict[str, Any]], **how: Any) -> bytes:
    """An .xlsx with the labels in row 1, so that the first person stands in row 2."""
    book = Workbook()
    page = book.active
    page.title = "数据"
    page.append(LABELS)
    for row in rows:
        page.append([row.get(name, "") for name in FIELDS])
    return saved(book)


def bring(actor: Actor, *files: bytes, key: str = "set", names: tuple[str, ...] = (), now: Any = None) -> Import:
    """Uploads a set and has the worker check it."""
    now = now or timezone.now()
    uploads = [SimpleUploadedFile(names[n] if names else f"{n}.xlsx", content) for n, content in enumerate(files)]
    receipt = act(actor, "residents.upload_import", {}, key, files=MultiValueDict({"sheets": uploads}), now=now)
    return work(receipt.subject_id, actor, now)


def work(number: int | None, actor: Actor, now: Any = None) -> Import:
    """What the worker does with the set, and the set afterwards."""
    with entered(actor):
        row = Import.objects.get(pk=number)
    work_off(row, now or timezone.now())
    with entered(actor):
        row.refresh_from_db()
    return row


def choose(row: Import, actor: Actor, mode: str, now: Any = None) -> Import:
    """Chooses how to write and has the worker write."""
    act(actor, "residents.choose_import", {"mode": mode}, f"choose-{row.pk}", target=row.pk, now=now or timezone.now())
    return work(row.pk, actor, now)
