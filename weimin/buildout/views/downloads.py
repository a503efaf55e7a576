"""Filters out of the address, and rows as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from weimin.papers.answers import file_answer
from weimin.sheets.export import export, watermark
from weimin.walls.request import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filters_of(request: Request) -> dict[str, str]:
    """The filters in the address; PostgreSQL takes no NUL in a text."""
    return {name: value.replace("\x00", "") for name, value in request.GET.dict().items()}


def workbook(request: Request, columns: list[Any], rows: Iterable[Mapping[str, Any]], title: str, name: str) -> HttpResponse:
    mark = watermark(request.actor.name, request.seat.label, timezone.now())
    return file_answer(export(columns, rows, title=title, watermark=mark), XLSX, f"{name}.xlsx")
