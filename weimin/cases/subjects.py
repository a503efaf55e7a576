"""What photos and files may be attached to here, and until when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.attachments.subjects import register_subject
from weimin.cases.models import CLOSED_STATES, Case, CaseMaterial, Delivery, Errand, HandOver, Mandate, PublicNotice, SiteCheck
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def check_takes_files(case: Case) -> None:
    if case.state in CLOSED_STATES:
        raise RuleBroken(_("办件已经归档，不能再传文件。"))


def find_case(actor: Actor, number: int) -> Case:
    return Case.objects.visible_to(actor).get(pk=number)


def register_parts() -> None:
    """Called once by AppConfig.ready()."""
    register_subject("cases.case", find=find_case, check=lambda case, actor, now: check_takes_files(case))
    for model in (CaseMaterial, SiteCheck, PublicNotice, Delivery):
        register_subject(model._meta.label_lower, find=finder(model), kinds=("photo", "scan", "document"), check=check_part)
    for agency in (Mandate, Errand, HandOver):
        register_subject(agency._meta.label_lower, find=plain_finder(agency), kinds=("photo", "scan"))


def plain_finder(model: Any) -> Any:
    return lambda actor, number: model.objects.visible_to(actor).get(pk=number)


def finder(model: Any) -> Any:
    def find(actor: Actor, number: int) -> Any:
        return model.objects.visible_to(actor).select_related("case").get(pk=number)

    return find


def check_part(part: Any, actor: Actor, now: datetime) -> None:
    check_takes_files(part.case)
