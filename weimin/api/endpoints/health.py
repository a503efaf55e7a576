"""Health records as FHIR bundles, out and in. Both are actions of `exchange`; what a bundle would do is read before it is taken in."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Router, Status

from weimin.actions.act import act
from weimin.api.bodies import JSON, read_body
from weimin.api.endpoints.actions import DONE, KEY, receipt_of
from weimin.api.scopes import HEALTH_EXCHANGE
from weimin.api.service import Bearer, UnsupportedMedia, problems
from weimin.api.shapes_health import Bundle
from weimin.exchange.models import Exchange, ExchangeState
from weimin.exchange.packing import unpacked
from weimin.exchange.queries import get_exchange, latest_export
from weimin.exchange.reviewing import review
from weimin.exchange.rules_plan import DIFFERS, NEW, REFUSED, SAME
from weimin.exchange.rules_reading import MOST_BYTES
from weimin.exchange.showing import words_of
from weimin.trail.record import record
from weimin.walls.errors import NotVisible

router = Router(tags=["health"])
RECORD = Path(description="Number of the health record.", ge=1, le=2**63 - 1, examples=[12])
NUMBER = Path(description="Number of the exchange.", ge=1, le=2**63 - 1, examples=[12])
FHIR = "application/fhir+json"
WHY = {
    "type": "object", "additionalProperties": True, "required": ["reason"], "description": "Why, in which release, and whether numbers go out in full.",
    "properties": {"reason": {"type": "string", "minLength": 4, "maxLength": 200}, "release": {"type": "string", "enum": ["R5", "R4"]}, "full": {"type": "boolean"}, "attached": {"type": "string", "description": "Number of the batch of photos that goes along, from 1; empty for none."}},
    "examples": [{"reason": "迁往外县，随迁移交", "release": "R5", "full": True}],  # text: data
}  # fmt: skip
ANY_BUNDLE = {
    "type": "object", "additionalProperties": True, "required": ["resourceType"], "properties": {"resourceType": {"const": "Bundle"}},
    "description": "A FHIR R5 or R4 Bundle of one person.", "examples": [{"resourceType": "Bundle", "type": "document"}],
}  # fmt: skip
EXPORT = {"requestBody": {"required": True, "content": {JSON: {"schema": WHY}}}}
UPLOAD = {"requestBody": {"required": True, "content": {JSON: {"schema": ANY_BUNDLE}, FHIR: {"schema": ANY_BUNDLE}}}}


@router.post(
    "/health/records/{int:number}/bundle", response={201: dict[str, Any], 200: dict[str, Any], **problems(400, 404, 409, 415, 422)}, auth=Bearer(HEALTH_EXCHANGE),
    summary="Export a health record", operation_id="export_record", openapi_extra=EXPORT,
)  # fmt: skip
def export_record(request: HttpRequest, number: int = RECORD, key: str = KEY) -> Any:
    """The action `exchange.export_record`; the answer is the Bundle. 201: made now; 200: made before with this key."""
    data, _files = read_body(request)
    receipt = act(request.actor, "exchange.export_record", {"release": "R5", **data.dict()}, key, target=number)  # type: ignore[attr-defined]
    return Status(200 if receipt.replayed else 201, file_of(found(request, receipt.subject_id or 0)))


@router.get(
    "/health/records/{int:number}/bundle", response={200: dict[str, Any], **problems(404, 422)}, auth=Bearer(HEALTH_EXCHANGE),
    summary="Read the latest export", operation_id="read_export",
)  # fmt: skip
def read_export(request: HttpRequest, number: int = RECORD) -> Any:
    """The Bundle that this post's person exported last, as long as it is kept; that it was taken is on the trail."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    row = latest_export(actor, number)
    if row is None:
        raise NotVisible()
    record(
        actor, "exchange.download", subject_type="exchange.exchange", subject_id=row.pk, region=row.region, now=now, after={"full": row.full}, reason=row.reason
    )
    return file_of(row)


@router.post("/health/bundles", response=DONE, auth=Bearer(HEALTH_EXCHANGE), summary="Bring in a bundle", operation_id="upload_bundle", openapi_extra=UPLOAD)
def upload_bundle(request: HttpRequest, key: str = KEY) -> Any:
    """The action `exchange.upload_bundle`: the Bundle is checked and waits; nothing is written. `subject.id` is the number of the exchange."""
    if request.content_type not in (JSON, FHIR):
        raise UnsupportedMedia(_("请求的内容要用 JSON，带文件时用 multipart/form-data。"))
    files = {"bundle": SimpleUploadedFile("bundle.json", request.read(MOST_BYTES + 1), JSON)}
    receipt = act(request.actor, "exchange.upload_bundle", {}, key, files=files)  # type: ignore[attr-defined]
    return Status(200 if receipt.replayed else 201, receipt_of(receipt))


@router.get(
    "/health/bundles/{int:number}", response={200: Bundle, **problems(404, 422)}, auth=Bearer(HEALTH_EXCHANGE),
    summary="Read what a bundle would do", operation_id="read_bundle",
)  # fmt: skip
def read_bundle(request: HttpRequest, number: int = NUMBER) -> Any:
    """One exchange; while it waits, what is new, what is here already, and where the two sides differ. It is taken in by the action `exchange.apply_bundle`."""
    row = found(request, number)
    facts = {"id": row.pk, "counts": [], "differences": [], "resident": None}
    facts |= {name: getattr(row, name) for name in ("way", "state", "bundle", "release", "at")} | {"record": row.record_id}
    if row.state != ExchangeState.WAITING:
        return facts
    seen = review(request.actor, row, None)  # type: ignore[attr-defined]
    if seen is None or seen.compared is None or seen.resident is None:
        return facts
    plan = seen.compared.plan
    counts = [{"kind": part, **{status: said.get(status, 0) for status in (NEW, SAME, DIFFERS, REFUSED)}} for part, said in plan.counts.items()]
    differences = [dict(zip(("about", "ours", "theirs"), map(str, words_of(one)), strict=True), name=one.name) for one in plan.conflicts]
    return facts | {"resident": seen.resident.pk, "counts": counts, "differences": differences}


def found(request: HttpRequest, number: int) -> Exchange:
    try:
        return get_exchange(request.actor, number)  # type: ignore[attr-defined]
    except Exchange.DoesNotExist:
        raise NotVisible() from None


def file_of(row: Exchange) -> dict[str, Any]:
    """The bundle of an export. NotVisible when it is kept no longer."""
    if row.content is None:
        raise NotVisible()
    return dict(json.loads(unpacked(row.content)))
