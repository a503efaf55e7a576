"""Files go out as they came in, as downloads that no browser runs."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from weimin.attachments.models import Attachment
from weimin.attachments.queries import get_attachment
from weimin.attachments.storage import path_of, thumbnail_path
from weimin.trail.record import record
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible
from weimin.walls.request import Request

SAFE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}


@require_safe
def file_page(request: Request, number: int) -> HttpResponseBase:
    """The original; pictures show with ?show, everything else is a download. Each look is on the trail."""
    actor: Actor = request.actor
    row = _visible(actor, number)
    answer = _send(path_of(row.sm3), row, row.content_type, download=not (row.is_picture and "show" in request.GET))
    record(
        actor, "attachments.open", subject_type="attachments.attachment", subject_id=row.pk, region=row.region,
        now=timezone.now(), after={"name": row.name},
    )  # fmt: skip
    return answer


@require_safe
def thumbnail_page(request: Request, number: int) -> HttpResponseBase:
    row = _visible(request.actor, number)
    if not row.has_thumbnail:
        raise NotVisible()
    return _send(thumbnail_path(row.sm3), row, "image/jpeg", download=False)


def _visible(actor: Actor, number: int) -> Attachment:
    try:
        return get_attachment(actor, number)
    except ObjectDoesNotExist:
        raise NotVisible() from None


def _send(path: Path, row: Attachment, content_type: str, *, download: bool) -> FileResponse:
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        raise NotVisible() from None
    return FileResponse(handle, as_attachment=download, filename=row.name, content_type=content_type, headers=SAFE)
