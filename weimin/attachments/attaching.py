"""Take a file in: size, type by content, virus hook, one stored copy, one row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from weimin.attachments.models import Attachment
from weimin.attachments.pictures import PICTURES, thumbnail
from weimin.attachments.rules import KINDS, check_size, clean_name, recognise
from weimin.attachments.storage import digest, keep, path_of, thumbnail_path
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

Scanner = Callable[[bytes, str], str]  # (content, name) -> the threat's name, or "" when clean


def attach(actor: Actor, file: Any, *, subject_type: str, subject_id: int, region: int, kind: str, now: datetime) -> Attachment:
    """The row for `file` (name, size, read()) at a record; the same content at the same record again gives the first row.

    Call it inside an action: the caller has found the subject for the actor. Raises RuleBroken with the sentence.
    """
    if kind not in KINDS:
        raise RuleBroken(_("没有“%(kind)s”这一类附件。") % {"kind": kind})
    check_size(KINDS[kind], file.size, settings.UPLOAD_BYTES)
    data = file.read()
    found = recognise(data, KINDS[kind])
    scan(data, file.name)
    sm3 = digest(data)
    same = Attachment.objects.visible_to(actor).filter(subject_type=subject_type, subject_id=subject_id, kind=kind, sm3=sm3, removed_at=None)
    if first := same.first():
        return first
    is_picture = found.extension in PICTURES
    if is_picture and not thumbnail_path(sm3).exists():
        keep(thumbnail_path(sm3), thumbnail(data, found.extension))
    keep(path_of(sm3), data)
    return Attachment.objects.create(
        region=region, subject_type=subject_type, subject_id=subject_id, kind=kind, sm3=sm3, size=len(data),
        name=clean_name(file.name, found.extension), content_type=found.content_type, width=found.width, height=found.height,
        has_thumbnail=is_picture, uploaded_by_id=actor.person, uploaded_at=now,
    )  # fmt: skip


def scan(data: bytes, name: str) -> None:
    """Asks the scanner that the setting VIRUS_SCAN names; none is named by default. RuleBroken when it finds something."""
    if not settings.VIRUS_SCAN:
        return
    scanner: Scanner = import_string(settings.VIRUS_SCAN)
    if threat := scanner(data, name):
        raise RuleBroken(_("文件没有通过病毒检查（%(threat)s），不能上传。") % {"threat": threat})
