"""A sheet of residents brought in: what a person and the worker do together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from weimin.actions.act import act
from weimin.residents.importing.running import work_off
from weimin.residents.models import Import
from weimin.sheets.export import export
from weimin.walls.actor import Actor
from weimin.walls.session import entered

COLUMNS = [
    ("region", "村（社区）"), ("household", "户号"), ("relation", "与户主关系"), ("name", "姓名"), ("id_kind", "证件类型"), ("id_number", "证件号码"),
    ("gender", "性别"), ("birth_on", "出生日期"), ("ethnicity", "民族"), ("phone", "联系电话"), ("address", "住址"), ("education", "文化程度"),
]  # fmt: skip
SHOWN = {"gender": {"m": "男", "f": "女"}, "id_kind": {"id_card": "居民身份证"}}


def sheet(rows: pl.DataFrame) -> bytes:
    shown = rows.with_columns(pl.col(name).replace_strict(words) for name, words in SHOWN.items())
    return export(COLUMNS, shown.select(name for name, _label in COLUMNS).iter_rows(), title="居民登记表", watermark="模板版本：2026-1")


def bring(clerk: Actor, books: list[bytes], *, faults: int = 0) -> Import:
    """Upload, check, choose, write: what a person and the worker do together."""
    now = timezone.now()
    uploads = [SimpleUploadedFile(f"{number}.xlsx", book) for number, book in enumerate(books)]
    receipt = act(clerk, "residents.upload_import", {}, f"bench-{now.timestamp()}", files=MultiValueDict({"sheets": uploads}), now=now)
    row = work(clerk, receipt.subject_id, now)
    if row.faulty != faults:
        raise RuntimeError(f"{row.faulty} faults found instead of {faults}: {row.state} {row.sentence}")
    act(clerk, "residents.choose_import", {"mode": "good" if faults else "all"}, f"choose-{row.pk}", target=row.pk, now=now + timedelta(seconds=1))
    row = work(clerk, row.pk, now)
    if (row.state, row.written) != ("done", row.good):
        raise RuntimeError(f"{row.state}, {row.written} of {row.good} written: {row.sentence}")
    return row


def work(clerk: Actor, number: Any, now: Any) -> Import:
    with entered(clerk):
        row = Import.objects.get(pk=number)
    work_off(row, now)
    with entered(clerk):
        row.refresh_from_db()
    return row
