"""Writes on files: upload to a record, withdraw with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role
from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.attachments.forms import RemoveFile, UploadFile
from weimin.attachments.models import Attachment
from weimin.attachments.rules import KINDS
from weimin.attachments.subjects import SUBJECTS, Subject, find_subject
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

UPLOADERS = tuple(role for role in Role.values if role not in (Role.AUDITOR, Role.ADMINISTRATOR))
MAY_REMOVE_OTHERS = (Role.LEAD_OFFICE,)


def check_takes_files(target: Subject, actor: Actor, now: datetime) -> None:
    """RuleBroken when the record takes no more files."""
    if target.type.check is not None:
        target.type.check(target.record, actor, now)


@register(
    "attachments.upload", label=_("上传附件"), form=UploadFile, roles=UPLOADERS, find=find_subject,
    region=lambda target, data: target.region, check=check_takes_files,
)  # fmt: skip
def upload(by: Actor, target: Subject, data: dict[str, Any], now: datetime) -> Outcome:
    """给一条记录附上照片或文件。"""
    row = attach(
        by,
        data["file"],
        subject_type=target.type.name,
        subject_id=target.id,
        region=target.region,
        kind=data["kind"],
        now=now,
    )
    after = {
        "subject": f"{row.subject_type}:{row.subject_id}",
        "name": row.name,
        "kind": row.kind,
        "size": row.size,
        "sm3": row.sm3,
    }
    return Outcome(row, after=after, message=_("已上传“%(name)s”（%(kind)s）") % {"name": row.name, "kind": KINDS[row.kind].label})


def find_attachment(actor: Actor, pk: Any) -> Attachment:
    """The locked row, when its record is still visible to the actor as well."""
    row = Attachment.objects.visible_to(actor).select_for_update().get(pk=pk)
    if row.subject_type in SUBJECTS:
        SUBJECTS[row.subject_type].find(actor, row.subject_id)
    return row


def check_removable(target: Attachment, actor: Actor, now: datetime) -> None:
    """Once, by the uploader or the lead office, while the record still takes files."""
    if target.removed_at:
        raise RuleBroken(_("这个附件已经作废。"))
    if actor.person != target.uploaded_by_id and actor.role not in MAY_REMOVE_OTHERS and not actor.is_system:
        raise RuleBroken(_("只有上传人或牵头部门可以作废这个附件。"))
    subject = SUBJECTS.get(target.subject_type)
    if subject and subject.check:
        check_takes_files(Subject(subject, target.subject_id, subject.find(actor, target.subject_id)), actor, now)


@register(
    "attachments.remove", label=_("作废附件"), form=RemoveFile, roles=UPLOADERS, find=find_attachment,
    region=lambda target, data: target.region, check=check_removable,
)  # fmt: skip
def remove(by: Actor, target: Attachment, data: dict[str, Any], now: datetime) -> Outcome:
    """写明理由作废一个附件；原件仍留存备查。"""
    target.removed_at, target.removed_by_id, target.removed_reason = now, by.person, data["reason"]
    target.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    before = {"name": target.name, "sm3": target.sm3}
    return Outcome(target, before=before, after={"removed": True}, message=_("已作废"), reason=data["reason"])
