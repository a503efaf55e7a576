"""The flows of the build-out: a site's way from the wanted place to the paid subsidy, and a township's choice of villages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from weimin.buildout.models.project import ProjectState
from weimin.flows.registry import Flow, Move, State, register_flow

SITE, QUOTA = "site_build", "site_selection"
DESKS = {
    "wanted": "township", "proposed": "lead_office", "filed": "township", "building": "township", "fitted": "lead_office",
    "trained": "township", "open": "township", "applied": "lead_office", "rectifying": "township", "failed": "township",
    "accepted": "finance", "suspended": "lead_office",
}  # fmt: skip
ORDER = ["wanted", "proposed", "filed", "building", "fitted", "trained", "open"]
FORWARD = {
    "proposed": "buildout.propose_site", "filed": "buildout.file_project", "building": "buildout.start_building",
    "fitted": "buildout.finish_fitting", "trained": "buildout.confirm_training", "open": "buildout.open_site",
}  # fmt: skip
ACTION_TO_STATE = {action: state for state, action in FORWARD.items()}
ACTIVE = [*ORDER, "applied", "rectifying", "failed", "accepted"]


def forward_moves() -> list[Move]:
    """Each step forward, also over states that a plan leaves out (plan 5 has no training)."""
    return [Move(start, FORWARD[end], end) for position, start in enumerate(ORDER) for end in ORDER[position + 1 :] if end in FORWARD]


MOVES = (
    Move("", "buildout.propose_station", "proposed"),
    Move("", "buildout.register_existing", "open"),
    *forward_moves(),
    Move("proposed", "buildout.return_proposal", "wanted"),
    Move("open", "buildout.apply_acceptance", "applied"),
    Move("failed", "buildout.apply_acceptance", "applied"),
    Move("applied", "buildout.inspect", "accepted"),
    Move("applied", "buildout.inspect", "rectifying"),
    Move("applied", "buildout.inspect", "failed"),
    Move("rectifying", "buildout.report_rectified", "applied"),
    Move("accepted", "buildout.disburse", "subsidised"),
    *(Move(state, "buildout.suspend", "suspended") for state in ACTIVE if state != "accepted"),
    *(Move("suspended", "buildout.resume", state) for state in ACTIVE if state != "accepted"),
    *(Move(state, "buildout.close", "closed") for state in [*ACTIVE, "suspended"] if state != "accepted"),
)
STATES = tuple(State(str(state.value), state.label, DESKS.get(str(state.value), "")) for state in ProjectState)


def project_url(number: int) -> str:
    return reverse("buildout:project", args=[number])


def quota_url(number: int) -> str:
    return reverse("buildout:quota", args=[number])


def register() -> None:
    """Called once by AppConfig.ready()."""
    register_flow(Flow(SITE, _("站点建设"), "buildout.project", project_url, STATES, MOVES))
    register_flow(
        Flow(
            QUOTA, _("村级站点选址"), "buildout.quota", quota_url,
            (State("selecting", _("选址中"), "township"), State("selected", _("已选定"))),
            (Move("selecting", "buildout.propose_station", "selected"), Move("selecting", "buildout.apply_plan", "selected")),
        )
    )  # fmt: skip
