"""What the state of a project and its plan allow. Pure: no query, clock or request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from weimin.buildout.plan.schedule import deadlines
from weimin.buildout.plan.schema import STATES, Batch, Evidence, Plan, Step
from weimin.walls.errors import RuleBroken

WANTED, PROPOSED, OPEN, ACCEPTED, SUBSIDISED = "wanted", "proposed", "open", "accepted", "subsidised"
DEFAULT_DESK: dict[str, str] = {
    "proposed": "township", "filed": "lead_office", "building": "township", "fitted": "township", "trained": "lead_office",
    "open": "township", "accepted": "lead_office", "subsidised": "finance",
}  # fmt: skip
AFTER_OPEN = ("applied", "rectifying", "failed")


@dataclass(frozen=True)
class Desk:
    """Who has to do what is next, until when, with which evidence, and why."""

    reaches: str
    label: str
    role: str
    due_on: date | None
    evidence: tuple[Evidence, ...] = ()
    basis: str = ""


def path_of(plan: Plan, tier: str) -> list[str]:
    """The states that a site of a tier goes through, in order. Opening always; acceptance and money when the plan has them."""
    wanted = {step.reaches for step in plan.tier(tier).steps if step.reaches} | {PROPOSED, OPEN}
    if plan.acceptance_of(tier):
        wanted.add(ACCEPTED)
    if plan.subsidies_of(tier):
        wanted.add(SUBSIDISED)
    return [state for state in STATES if state in wanted]


def next_state(path: list[str], state: str) -> str | None:
    """The state that comes next on a tier's path; after an application for acceptance it is the acceptance itself."""
    order: dict[str, int] = {name: position for position, name in enumerate(STATES)}
    here = order["open"] if state in AFTER_OPEN else order.get(state, -1)
    return next((name for name in path if order.get(name, -1) > here), None)


def step_reaching(plan: Plan, tier: str, state: str) -> Step | None:
    return next((step for step in plan.tier(tier).steps if step.reaches == state), None)


def desk_for(plan: Plan, tier: str, state: str, batch: Batch | None, due_on: date | None) -> Desk | None:
    """The desk that holds a project in `state`; None at the end of its path. Without a step of its own the batch's day counts."""
    reaches = next_state(path_of(plan, tier), state)
    if reaches is None:
        return None
    if reaches == ACCEPTED and state != ACCEPTED:
        return acceptance_desk(plan, tier, state, batch)
    for deadline in deadlines(plan, tier, batch):
        step = deadline.step
        if step.reaches is not None and step.reaches == reaches:
            role = plan.role(step.role).system_role
            return Desk(reaches, step.label, role, deadline.due_on or due_on, tuple(step.evidence), step.basis)
    return Desk(reaches, "", DEFAULT_DESK[reaches], due_on)


APPLY, INSPECT, MEND = _lazy("申请验收"), _lazy("现场验收"), _lazy("按要求整改")


def acceptance_desk(plan: Plan, tier: str, state: str, batch: Batch | None) -> Desk:
    """Acceptance goes between two desks: the applicant applies and mends, the acceptor inspects."""
    way = plan.acceptance_of(tier)
    step = step_reaching(plan, tier, ACCEPTED)
    due_on = next((item.due_on for item in deadlines(plan, tier, batch) if item.step.reaches == ACCEPTED), None)
    if way is None:
        return Desk(ACCEPTED, step.label if step else "", plan.role(step.role).system_role if step else DEFAULT_DESK[ACCEPTED], due_on)
    basis = step.basis if step else way.label
    if state == "applied":
        return Desk(ACCEPTED, str(INSPECT), plan.role(way.acceptor).system_role, due_on, basis=basis)
    return Desk(ACCEPTED, str(MEND if state == "rectifying" else APPLY), plan.role(way.applicant).system_role, due_on, tuple(way.dossier), basis)


def batch_named(plan: Plan, key: str) -> Batch | None:
    """The batch of a project by its key: named regions, the rest, or a list that the county chose itself."""
    return next((batch for batch in plan.batches if batch.key == key), None)


def site_due(plan: Plan, tier: str, batch: Batch | None) -> date | None:
    """The day a site shall stand: its batch's, else the last day of the steps up to opening."""
    if batch is not None and batch.due_on:
        return batch.due_on
    up_to = STATES.index(OPEN)
    days = [item.due_on for item in deadlines(plan, tier, batch) if item.due_on and item.step.reaches and STATES.index(item.step.reaches) <= up_to]
    return max(days, default=None)


def check_next(plan: Plan, tier: str, state: str, target: str) -> None:
    """RuleBroken with the reason when `target` is not what comes next."""
    wanted = next_state(path_of(plan, tier), state)
    if wanted != target:
        raise RuleBroken(_("这个站点现在的下一步不是这一步，请按顺序办理。") if wanted else _("这个站点的建设流程已经走完。"))


def check_desk(desk: Desk | None, role: str, role_names: Mapping[str, Any]) -> None:
    """Only the desk that holds the project moves it on; the lead office may act for a desk below it when that is empty."""
    if desk is not None and role not in (desk.role, "system"):
        raise RuleBroken(_("这一步由%(role)s办理。") % {"role": role_names.get(desk.role, desk.role)})


def share_out(wanted: int, villages: dict[int, int], at_least: dict[int, int]) -> dict[int, int]:
    """Splits `wanted` stations over townships by their number of villages (largest remainder), none below its own minimum.

    villages: township → how many villages; the result never exceeds them. Sum of the result = wanted when possible.
    """
    total = sum(villages.values())
    if not total:
        return {}
    exact = {code: wanted * number / total for code, number in villages.items()}
    shares = {code: min(max(int(part), at_least.get(code, 0)), villages[code]) for code, part in exact.items()}
    by_remainder = sorted(villages, key=lambda code: (int(exact[code]) - exact[code], code))
    while sum(shares.values()) < wanted:
        grown = next((code for code in by_remainder if shares[code] < villages[code] and shares[code] <= exact[code]), None)
        grown = grown or next((code for code in by_remainder if shares[code] < villages[code]), None)
        if grown is None:
            break
        shares[grown] += 1
    while sum(shares.values()) > wanted:
        shrunk = next((code for code in reversed(by_remainder) if shares[code] > at_least.get(code, 0)), None)
        if shrunk is None:
            break
        shares[shrunk] -= 1
    return shares
