"""Everything that one page says about one case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from weimin.accounts.roles import Role
from weimin.attachments.models import Attachment
from weimin.cases.items import stages_of
from weimin.cases.models import (
    Case,
    CaseMaterial,
    CaseNotice,
    CasePause,
    CaseState,
    Delivery,
    Extension,
    JointReview,
    PublicNotice,
    SiteCheck,
)  # fmt: skip
from weimin.flows.models import Step
from weimin.ui.components.status import Stage
from weimin.walls.actor import Actor

STATUS_KINDS = {"received": "ok", "missing": "bad", "deferred": "warn", "exempt": "info", "unneeded": "off"}
PARTS = (SiteCheck, JointReview, PublicNotice, Delivery, CasePause, CaseNotice, Extension)


def get_case(actor: Actor, number: int) -> Case:
    """Case.DoesNotExist when hidden or missing."""
    return Case.objects.visible_to(actor).select_related("item_version", "item_version__item", "applicant").get(pk=number)


@dataclass(frozen=True)
class Paper:
    row: CaseMaterial
    kind: str
    files: list[Attachment]


def papers_of(actor: Actor, case: Case) -> list[Paper]:
    """The checklist with its pictures; two queries."""
    rows = list(CaseMaterial.objects.visible_to(actor).filter(case=case).order_by("pk"))
    files = Attachment.objects.visible_to(actor).filter(subject_type="cases.casematerial", subject_id__in=[row.pk for row in rows], removed_at=None)
    by_row: dict[int, list[Attachment]] = {}
    for file in files.order_by("pk"):
        by_row.setdefault(file.subject_id, []).append(file)
    return [Paper(row, STATUS_KINDS[row.status], by_row.get(row.pk, [])) for row in rows]


def parts_of(actor: Actor, case: Case) -> dict[str, list[Any]]:
    """Model name → what happened of that kind, oldest first; one query for each kind."""
    parts: dict[str, list[Any]] = {str(model._meta.model_name): list(model.objects.visible_to(actor).filter(case=case).order_by("pk")) for model in PARTS}  # type: ignore[attr-defined]
    for row in parts["extension"]:
        row.unit = case.limit_unit or case.legal_unit
    show_evidence(actor, parts["delivery"])
    return parts


def show_evidence(actor: Actor, deliveries: list[Any]) -> None:
    """Signatures and photos of each delivery; asked only where there is one."""
    if not deliveries:
        return
    files = Attachment.objects.visible_to(actor).filter(subject_type="cases.delivery", subject_id__in=[row.pk for row in deliveries], removed_at=None)
    found = list(files.order_by("pk"))
    for row in deliveries:
        row.files = [file for file in found if file.subject_id == row.pk]


def life_line(case: Case) -> list[Stage]:
    """Intake, then the stages of the item's way with their desks; where it stands; what ended early says so."""
    way = stages_of(case)
    before = case.accepted_at is None
    ended_early = case.state in ("not_needed", "not_competent", "declined", "withdrawn")
    lines = [Stage(str(CaseState(case.state).label) if before else _("受理"), "now" if before and not ended_early else "done", str(Role(case.desk).label))]
    if before and ended_early:
        return [Stage(str(case.get_state_display()), "failed", str(Role(case.desk).label))]
    done = len(way) if case.state in ("delivered", "archived") else case.stage
    for number, stage in enumerate(way):
        state = "todo" if before else "done" if number < done else "now" if number == done and case.is_open else "todo"
        if ended_early and number == done:
            state = "stopped" if case.state == "withdrawn" else "failed"
        lines.append(Stage(str(CaseState(stage.key).label), state, str(Role(stage.desk).label)))
    return lines


def open_step_of(steps: list[Step]) -> Step | None:
    return next((step for step in steps if step.closed_at is None), None)


def bundle_of(actor: Actor, case: Case) -> list[Case]:
    """The other cases of the same "one thing"."""
    return list(Case.objects.visible_to(actor).filter(bundle=case.bundle).exclude(pk=case.pk).order_by("pk")) if case.bundle else []
