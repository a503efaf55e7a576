"""The money of one project for its page: standard, what its township has, invoices with scans, the payment, rewards."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from weimin.attachments.models import Attachment
from weimin.buildout.models import Consequence, Disbursement, Invoice, Project
from weimin.buildout.parts import part
from weimin.buildout.queries.money import facts_for
from weimin.walls.actor import Actor


def invoices_of(actor: Actor, project: Project) -> list[tuple[Invoice, list[Attachment]]]:
    """Every invoice of a project with its scans, voided ones too."""
    rows = list(Invoice.objects.visible_to(actor).filter(project=project))
    scans: dict[int, list[Attachment]] = defaultdict(list)
    files = Attachment.objects.visible_to(actor).filter(subject_type="buildout.invoice", subject_id__in=[row.pk for row in rows], removed_at=None)
    for file in files:
        scans[file.subject_id].append(file)
    return [(row, scans[row.pk]) for row in rows]


@part("money")
def money_of(actor: Actor, project: Project, now: datetime) -> dict[str, Any]:
    """subsidy, given, left_fen, invoices, invoiced_fen, payment, consequences, papers."""
    facts = facts_for(project) if actor.covers(project.township) else {**facts_for(project), "given": []}
    invoices = invoices_of(actor, project)
    payment = Disbursement.objects.visible_to(actor).select_related("allocation__budget", "acceptance").filter(project=project).first()
    papers = []
    if payment is not None:
        address = reverse("buildout:payments_file", args=[project.plan_id, "pdf"])
        papers = [{"label": _("补助资金拨付情况（PDF）"), "url": f"{address}?text={payment.voucher}"}]
    return {
        **facts, "left_fen": sum(row.left_fen for row in facts["given"]), "allocated_fen": sum(row.net_fen for row in facts["given"]), "invoices": invoices,
        "invoiced_fen": sum(row.amount_fen for row, _files in invoices if row.voided_at is None), "payment": payment,
        "existing": project.site is not None and project.site.existing, "consequences": list(Consequence.objects.visible_to(actor).filter(project=project)),
        "papers": papers,
    }  # fmt: skip
