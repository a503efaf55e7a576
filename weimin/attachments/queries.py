from __future__ import annotations

from django.db.models import QuerySet

from weimin.attachments.models import Attachment
from weimin.attachments.subjects import SUBJECTS
from weimin.walls.actor import Actor


def attachments_of(actor: Actor, subject_type: str, subject_id: int, kind: str = "") -> QuerySet[Attachment]:
    """The files of a record that are in force, oldest first, with who uploaded them; `kind` narrows."""
    found = Attachment.objects.visible_to(actor).filter(subject_type=subject_type, subject_id=subject_id, removed_at=None)
    return (found.filter(kind=kind) if kind else found).select_related("uploaded_by").order_by("uploaded_at", "id")


def get_attachment(actor: Actor, pk: int) -> Attachment:
    """A file in force whose record the actor sees too. Raises DoesNotExist of either."""
    row = Attachment.objects.visible_to(actor).get(pk=pk, removed_at=None)
    if row.subject_type in SUBJECTS:
        SUBJECTS[row.subject_type].find(actor, row.subject_id)
    return row


def other_uses(actor: Actor, attachment: Attachment) -> QuerySet[Attachment]:
    """The same content at other records: an invoice handed in twice."""
    same = Attachment.objects.visible_to(actor).filter(sm3=attachment.sm3, removed_at=None)
    return same.exclude(subject_type=attachment.subject_type, subject_id=attachment.subject_id)
