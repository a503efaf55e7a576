"""Visits take photos of the paper form. Whoever may not see the visit sees no file of it either."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from weimin.attachments.models import Attachment
from weimin.attachments.subjects import register_subject
from weimin.health.models import HealthRecord, Visit
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

VISIT = Visit._meta.label_lower
PHOTOS = Question(
    Attachment,
    lambda rows, record: rows.filter(subject_type=VISIT, subject_id__in=Visit.objects.filter(record=record).values("pk"), removed_at=None).order_by(
        "-uploaded_at", "-pk"
    )[:12],
)


def find(actor: Actor, number: int) -> Any:
    return Visit.objects.visible_to(actor).get(pk=number)


def plainly_named(upload: UploadedFile) -> UploadedFile:
    """Names of files are read by posts without the purpose: a neutral one takes the place of what the phone or the person called it."""
    upload.name = _("随访表照片.jpg")
    return upload


def photos_of(actor: Actor, record: HealthRecord) -> list[Attachment]:
    """Photos of all visits of a record that the actor sees, the latest first."""
    return PHOTOS(actor, record.pk) if actor.has_purpose(Visit.purpose) else []


def photos_follow(visits: Any, region: int) -> None:
    """Where the visits go, so that the new doctor sees what the old one photographed; withdrawn ones too."""
    Attachment.objects.filter(subject_type=VISIT, subject_id__in=visits).update(region=region)


register_subject(VISIT, find=find, kinds=("photo", "scan"))
