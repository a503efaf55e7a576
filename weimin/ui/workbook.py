"""Any list as an Excel file to download. The writer is `weimin.sheets.export`, lent from above: rooms below sheets use it too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Writer = Callable[..., bytes]
_lent: dict[str, Callable[..., Any]] = {}


def write_with(export: Writer, watermark: Callable[[str, str, datetime], str]) -> None:
    """Takes the writer (columns, rows, title=, watermark=) → bytes and the words of its watermark. Once, when the apps are ready."""
    _lent.update(export=export, watermark=watermark)


def workbook(
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    name: str,
    post: str,
    now: datetime,
) -> HttpResponse:
    """The rows under (key, label) columns as an attachment, with title and watermark (who, in which post, when)."""
    return attached(_lent["export"](columns, rows, title=title, watermark=_lent["watermark"](name, post, now)), title)


def attached(content: bytes, title: str) -> HttpResponse:
    """A workbook that is made already, as an attachment."""
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    answer["Cache-Control"] = "no-store"
    return answer
