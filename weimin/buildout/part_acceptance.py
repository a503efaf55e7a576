"""The acceptance of one project for its page: dossier, rounds with photos, papers, fit-out against the standard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from weimin.buildout.forms_acceptance import way_of
from weimin.buildout.models import Project
from weimin.buildout.parts import part
from weimin.buildout.queries.acceptance import fit_lines, latest_score, rounds_of
from weimin.buildout.rules_acceptance import missing_dossier
from weimin.buildout.rules_standard import MISSING
from weimin.walls.actor import Actor


@part("acceptance")
def acceptance_of(actor: Actor, project: Project, now: datetime) -> dict[str, Any]:
    """way, dossier (label, there), rounds, fit, entered (something of the standard is there), score, standard, papers."""
    way, rounds = way_of(project), rounds_of(actor, project)
    missing = missing_dossier(way, project.evidence) if way else []
    papers = []
    for found in rounds:
        if found.row.outcome:
            for ending, words in (("docx", "Word"), ("pdf", "PDF")):  # text: data
                label = _("第 %(round)d 次验收记录（%(form)s）") % {"round": found.row.round, "form": words}
                papers.append({"label": label, "url": reverse("buildout:acceptance_file", args=[found.row.pk, ending])})
    fit = fit_lines(actor, project)
    return {
        "way": way, "dossier": [(item, item.key not in missing) for item in way.dossier] if way else [], "rounds": rounds, "papers": papers,
        "fit": fit, "entered": any(line.state != MISSING for line in fit), "score": latest_score(actor, project), "standard": project.plan.content.standard_of(project.tier), "project": project,
    }  # fmt: skip
