"""A valid use of each action of the room, on a kind of record of the tests' own: the place whose code is its number."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from weimin.actions.examples import Example
from weimin.attachments.models import Attachment
from weimin.attachments.subjects import register_subject
from weimin.attachments.tests.builders import picture, upload
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken

PLACE, FULL = "tests.place", "tests.full"


def find_place(actor: Actor, pk: int) -> Any:
    if not actor.covers(pk):
        raise NotVisible()
    return SimpleNamespace(pk=pk, region=pk)


def takes_no_more(record: Any, actor: Actor, now: Any) -> None:
    raise RuleBroken("已经归档，不再收附件。")


register_subject(PLACE, find=find_place)
register_subject(FULL, find=find_place, check=takes_no_more)


def uploading(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return f"{PLACE}:{region}", {"kind": "photo"}


def uploading_too_late(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return f"{FULL}:{region}", {"kind": "photo"}


def removing(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    row = Attachment.objects.create(
        region=region, subject_type=PLACE, subject_id=region, kind="photo", name="现场.jpg", content_type="image/jpeg",
        size=1, sm3="0" * 64, uploaded_by_id=actor.person, uploaded_at=timezone.now(),
    )  # fmt: skip
    return row.pk, {"reason": "照片不清楚"}


EXAMPLES = {
    "attachments.upload": Example("township", uploading, files=lambda: {"file": upload(picture())}, wrong=uploading_too_late),
    "attachments.remove": Example("township", removing),
}
