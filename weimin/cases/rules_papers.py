"""What the papers of a case amount to: what is missing, what may follow, what cannot be chosen. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from weimin.cases.models.states import MaterialStatus
from weimin.catalogue.content import Material

SETTLED = (MaterialStatus.RECEIVED, MaterialStatus.EXEMPT, MaterialStatus.UNNEEDED)


@dataclass(frozen=True)
class Paper:
    """How one paper stands, as it was ticked. `due_on`: until when it may follow."""

    key: str
    name: str
    required: bool
    status: str
    due_on: date | None = None


def choices_for(material: Material) -> list[str]:
    """What may be ticked for a paper: it follows later only where the list allows it, it is not asked for where data replace it."""
    found = [MaterialStatus.RECEIVED, MaterialStatus.MISSING]
    if material.deferrable:
        found.append(MaterialStatus.DEFERRED)
    if material.shared:
        found.append(MaterialStatus.EXEMPT)
    if material.condition or not material.required:
        found.append(MaterialStatus.UNNEEDED)
    return [str(status.value) for status in found]


def begins_as(material: Material) -> str:
    """How a paper stands before anybody looked: replaced by shared data where the list says so (C-09); one that only some applicants need
    does not apply until somebody says so; else missing."""
    if material.shared:
        return str(MaterialStatus.EXEMPT.value)
    return str((MaterialStatus.MISSING if material.required else MaterialStatus.UNNEEDED).value)


def missing(papers: Iterable[Paper]) -> list[Paper]:
    """What the applicant must still bring before the case can be accepted. A paper that only some need and that was ticked as missing is
    one of them: everything is told at once (C-15)."""
    return [paper for paper in papers if paper.status == MaterialStatus.MISSING]


def deferred(papers: Iterable[Paper]) -> list[Paper]:
    return [paper for paper in papers if paper.status == MaterialStatus.DEFERRED]


def last_promise(papers: Iterable[Paper]) -> date | None:
    """The last day on which a promised paper may come; None when nothing was promised (C-18)."""
    return max((paper.due_on for paper in deferred(papers) if paper.due_on), default=None)
