"""Photos and scans of visits: which travel in one bundle, and how they come to the visits of another record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.attachments.attaching import attach
from weimin.attachments.models import Attachment
from weimin.attachments.rules import KINDS as FILE_KINDS
from weimin.attachments.rules import check_size, recognise
from weimin.attachments.storage import digest, path_of
from weimin.exchange import rules_parts_files  # noqa: F401  (the FHIR side of this kind)
from weimin.exchange.kinds import Kind, Naming, Work, plain, register_kind
from weimin.exchange.rules_lines import Item
from weimin.health.files import VISIT, plainly_named
from weimin.health.models import HealthRecord, Visit
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

COLUMNS = ("kind", "name", "content_type", "uploaded_at")
TAKEN = ("photo", "scan")
MOST_AT_ONCE = 24 * 1024 * 1024  # of one bundle; written as text it is a third more


@dataclass(frozen=True)
class Batch:
    """Files that go out in one bundle."""

    number: int
    rows: tuple[Attachment, ...]

    @property
    def size(self) -> int:
        return sum(row.size for row in self.rows)


def files_of(actor: Actor, record: HealthRecord) -> list[Any]:
    """Files in force of the visits of a record, each with its visit."""
    visits = {row.pk: row for row in Visit.objects.visible_to(actor).filter(record=record)}
    rows = Attachment.objects.visible_to(actor).filter(subject_type=VISIT, subject_id__in=list(visits), removed_at=None, kind__in=TAKEN)
    found = list(rows.select_related("uploaded_by").order_by("pk"))
    for row in found:
        row.visit = visits[row.subject_id]  # type: ignore[attr-defined]
    return found


def batches(rows: Iterable[Attachment]) -> list[Batch]:
    """In their order, as many as fit into one bundle; every bundle holds the whole record, so what is taken in twice adds nothing."""
    found: list[list[Attachment]] = []
    for row in rows:
        if not found or sum(one.size for one in found[-1]) + row.size > MOST_AT_ONCE:
            found.append([])
        found[-1].append(row)
    return [Batch(number, tuple(part)) for number, part in enumerate(found, start=1)]


def with_contents(items: list[Item], batch: Batch | None) -> list[Item]:
    """The files of a batch with what is in them. RuleBroken when one cannot be read any more, or is no longer what was uploaded."""
    chosen = {row.pk: row for row in batch.rows} if batch else {}
    return [item | {"data": content_of(chosen[item["pk"]])} for item in items if item["pk"] in chosen]


def content_of(row: Attachment) -> bytes:
    path = path_of(row.sm3)
    data = path.read_bytes() if path.exists() else b""
    if digest(data) != row.sm3:
        words = _now("“%(name)s”（%(on)s）在存储里找不到或者已经损坏，没有导出。请告诉管理员，或者先不带照片导出。")
        raise RuleBroken(words % {"name": row.name, "on": timezone.localdate(row.uploaded_at).isoformat()})
    return data


def file_item(row: Any, naming: Naming) -> Item:
    doctor = row.uploaded_by.name if row.uploaded_by is not None else ""
    said = naming.said(row, "doctor") or doctor
    return naming.identity("file", row) | plain(row, (*COLUMNS, "sm3")) | {"of": naming.identity("visit", row.visit)["key"], "doctor": said}


def add_file(work: Work, item: Item) -> Attachment:
    """At the visit that it was of, when it was taken in there; brought into this house by whoever takes the bundle in."""
    visit, upload = work.row(item["of"]), plainly_named(SimpleUploadedFile(item["name"], item["data"]))
    when = item["uploaded_at"] or work.now
    return attach(work.by, upload, subject_type=VISIT, subject_id=visit.pk, region=visit.region, kind=item["kind"], now=when)


def change_file(work: Work, row: Attachment, values: Item, item: Item) -> Attachment:
    """The same content needs no change."""
    return row


def file_faults(item: Item, today: date) -> list[str]:
    """Size, content and type by our own rules for uploads."""
    if item["kind"] not in TAKEN:
        return [_now("“%(kind)s”不是随访能带的附件") % {"kind": item["kind"]}]
    if not item["data"]:
        return [_now("“%(name)s”没有内容，可能没有传完整") % {"name": item["name"]}]
    if not item["whole"] or digest(item["data"]) != item["sm3"]:
        return [_now("“%(name)s”的内容和摘要对不上，在路上损坏了，请对方重新导出") % {"name": item["name"]}]
    try:
        check_size(FILE_KINDS[item["kind"]], len(item["data"]), settings.UPLOAD_BYTES)
        recognise(item["data"], FILE_KINDS[item["kind"]])
    except RuleBroken as broken:
        return [f"“{item['name']}”：{broken}"]  # text: data
    return []


def about_file(item: Item) -> str:
    return f"{item['name']} {item['uploaded_at']:%Y-%m-%d}" if item["uploaded_at"] else str(item["name"])


register_kind(Kind("file", Attachment, _("照片和附件"), COLUMNS, files_of, file_item, add_file, change_file, file_faults, about_file))
