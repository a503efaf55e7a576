"""A site waits for its candidates: a step on the nominator's workbench from the proposal of the site until enough are put forward (N5)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from weimin.flows.steps import close_step, current_step, open_step
from weimin.sites.models import Site
from weimin.staffing.flow import CALL
from weimin.staffing.requirements import requirements_for
from weimin.staffing.rules import Candidates
from weimin.walls.actor import Actor


def call_for_people(site: Site, now: datetime, standing: Candidates | None = None) -> None:
    """Opens the nominator's step when the plan wants people here, fewer than enough are put forward and no step is open."""
    asks = requirements_for(site)
    found = standing or Candidates()
    if asks is None or found_enough(found, asks.least) or current_step(site, CALL) is not None:
        return
    title = _("%(site)s：推荐%(job)s人选") % {"site": site.name, "job": asks.job}
    open_step(CALL, "wanted", site, title=title, region=site.region, now=now, due_on=asks.decide_by, role=asks.nominator, basis=asks.basis)


def answer_call(site: Site, standing: Candidates, by: Actor, now: datetime) -> None:
    """Closes the step once as many are put forward as the plan asks for, or somebody is chosen."""
    asks = requirements_for(site)
    step = current_step(site, CALL) if asks is None or found_enough(standing, asks.least) else None
    if step is not None:
        close_step(step, by, now, "staffing.nominate")


def found_enough(standing: Candidates, least: int) -> bool:
    return bool(standing.chosen) or standing.put_forward >= least


def drop_call(site: Site, by: Actor, now: datetime) -> None:
    """The site is not built after all: nobody is needed."""
    step = current_step(site, CALL)
    if step is not None:
        close_step(step, by, now, "buildout.close")
