"""Activities take photos and sign-in sheets, boards the photos of their contents."""

from __future__ import annotations

from typing import Any

from weimin.attachments.subjects import register_subject
from weimin.education.models import Activity, BoardIssue
from weimin.walls.actor import Actor


def find_activity(actor: Actor, number: int) -> Any:
    return Activity.objects.visible_to(actor).get(pk=number)


def find_issue(actor: Actor, number: int) -> Any:
    return BoardIssue.objects.visible_to(actor).get(pk=number)


register_subject(Activity._meta.label_lower, find=find_activity, kinds=("photo", "document"))
register_subject(BoardIssue._meta.label_lower, find=find_issue, kinds=("photo",))
