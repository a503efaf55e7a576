"""What the build-out tells `sites`, which knows no plan: who holds a state, the words of the standard, the project on the site's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.buildout.models import DONE
from weimin.buildout.operators import project_of
from weimin.buildout.queries.acceptance import fit_lines, latest_score
from weimin.buildout.queries.projects import life_line
from weimin.sites.catalogue import Catalogue, register_catalogue
from weimin.sites.models import Site
from weimin.sites.panels import register_panel
from weimin.sites.state_checks import on_state_check
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


@on_state_check
def check_not_under_construction(site: Site, state: str) -> None:
    """Until it is accepted, a site of a plan is suspended, resumed and closed through its project."""
    project = project_of(site)
    if project is not None and not site.existing and project.state not in (*DONE, "closed"):
        raise RuleBroken(_("这个站点正在按方案建设，请在它的建设任务页办理。"))


@register_catalogue
def words_of_standard(site: Site) -> Catalogue | None:
    project = project_of(site)
    standard = project.plan.content.standard_of(project.tier) if project is not None else None
    if standard is None:
        return None
    fittings = [*standard.fittings, *standard.unified]
    things = [*(item for room in standard.rooms for item in room.equipment), *(item for fitting in fittings for item in fitting.equipment)]
    return Catalogue(
        rooms=tuple(dict.fromkeys(name for room in standard.rooms for name in (room.label, *room.also))),
        boards=tuple(dict.fromkeys(board for room in standard.rooms for board in room.boards)),
        equipment=tuple(dict.fromkeys(item.name for item in things)),
        signs=tuple(fitting.label for fitting in fittings),
    )


@register_panel("buildout/_site_project.html", order=10)
def project_panel(actor: Actor, site: Site, now: datetime) -> dict[str, Any] | None:
    project = project_of(site)
    if project is None:
        return None
    return {"project": project, "plan": project.plan, "stages": life_line(project), "fit": fit_lines(actor, project), "score": latest_score(actor, project)}
