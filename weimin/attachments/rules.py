"""Which files are taken: the kinds, the type by content, the name. Pure: bytes in, a finding or a refusal out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ruamel.yaml import YAML

from weimin.attachments.pictures import PICTURES, measure
from weimin.walls.errors import RuleBroken

MEGABYTE = 1024 * 1024
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
UNPACKED_LIMIT, ENTRIES_LIMIT, RATIO_LIMIT = 300 * MEGABYTE, 5_000, 200
ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|RichMedia)[\s/(<\[]")
NAME_LIMIT = 120
LABELS = {
    "photo": gettext_lazy("照片"),
    "document": gettext_lazy("文件"),
    "invoice": gettext_lazy("发票"),
    "scan": gettext_lazy("扫描件"),
    "table": gettext_lazy("表格"),
}


@dataclass(frozen=True)
class FileKind:
    """A kind of evidence: the types it may have and its largest size in bytes."""

    code: str
    label: Any
    types: tuple[str, ...]
    largest: int


@dataclass(frozen=True)
class Found:
    """What a file is by its content: extension, media type and, for pictures, the upright size in pixels."""

    extension: str
    content_type: str
    width: int | None = None
    height: int | None = None


KINDS: dict[str, FileKind] = {}


def register_kind(code: str, label: Any, types: Iterable[str], megabytes: int) -> None:
    """A room's own kind of evidence; a code is registered once."""
    if code in KINDS:
        raise ValueError(f"attachment kind {code} is registered twice")
    KINDS[code] = FileKind(code, label, tuple(types), megabytes * MEGABYTE)


for row in YAML(typ="safe").load(Path(__file__).with_name("data") / "kinds.yaml"):
    register_kind(row["code"], LABELS[row["code"]], row["types"], row["megabytes"])


def check_size(kind: FileKind, size: int, cap: int) -> None:
    """Raises RuleBroken for an empty file and one above the kind's limit or the installation's."""
    largest = min(kind.largest, cap)
    if size <= 0:
        raise RuleBroken(_("文件是空的，请重新选择。"))
    if size > largest:
        words = _("文件有 %(size)s MB，“%(kind)s”最大 %(largest)s MB。请压缩或拍小一些再上传。")
        sizes = {"size": f"{size / MEGABYTE:.1f}", "largest": largest // MEGABYTE}
        raise RuleBroken(words % {"kind": kind.label, **sizes})


def recognise(data: bytes, kind: FileKind) -> Found:
    """What the bytes are, whatever the name says. RuleBroken when it is damaged, dangerous or not of this kind."""
    extension = _signature(data)
    if extension not in kind.types:
        words = _("这不是可以上传的文件。“%(kind)s”只收：%(types)s（按文件内容判断，改后缀名没有用）。")
        raise RuleBroken(words % {"kind": kind.label, "types": "、".join(kind.types)})
    if extension in PICTURES:
        return Found(extension, TYPES[extension], *measure(data, extension))
    if extension == "pdf":
        _check_pdf(data)
    return Found(extension, TYPES[extension])


def clean_name(name: str, extension: str) -> str:
    """The name without folders and control characters, with the extension that the content has."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = base.rsplit(".", 1)[0] if "." in base else base
    stem = "".join(mark for mark in stem if mark.isprintable() and mark not in '<>:"|?*').strip(" .")
    return f"{(stem or _('附件'))[: NAME_LIMIT - len(extension) - 1]}.{extension}"


def _signature(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"%PDF-"):
        return "pdf"
    return _office(data) if data.startswith(b"PK\x03\x04") else ""


def _office(data: bytes) -> str:
    """docx or xlsx by the parts inside; "" for any other archive. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise RuleBroken(_("文件已损坏，打不开。请重新保存后再上传。")) from None
    names = {part.filename for part in parts}
    extension = next((kind for kind, part in OFFICE_PARTS.items() if part in names and "[Content_Types].xml" in names), "")
    if not extension:
        return ""
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > ENTRIES_LIMIT or unpacked > UNPACKED_LIMIT or unpacked > RATIO_LIMIT * len(data):
        raise RuleBroken(_("文件展开后过大，可能是压缩炸弹，不能上传。"))
    if any(name.rsplit("/", 1)[-1].lower().startswith("vbaproject") for name in names):
        raise RuleBroken(_("文件里有宏，不能上传。请另存为不含宏的 docx 或 xlsx。"))
    if any(part.flag_bits & 1 for part in parts):
        raise RuleBroken(_("文件有密码，不能上传。请去掉密码后再上传。"))
    return extension


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-2048:]:
        raise RuleBroken(_("文件已损坏，打不开。请重新保存后再上传。"))
    if ACTIVE_PDF.search(data):
        raise RuleBroken(_("PDF 里有脚本或可启动的程序，不能上传。请打印成普通 PDF 再上传。"))
