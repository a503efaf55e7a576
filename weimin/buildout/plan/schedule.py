"""When each step of a site is due: fixed days of the plan, or counted back from the day its batch is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from weimin.buildout.plan.schema import Batch, Plan, Step


@dataclass(frozen=True)
class Deadline:
    """A step and its days for one batch; None where the plan sets none."""

    step: Step
    starts_on: date | None
    due_on: date | None


def deadlines(plan: Plan, tier: str, batch: Batch | None) -> list[Deadline]:
    """The steps of a tier with their days for sites of a batch. Steps that name batches are due for those only."""
    return [_deadline(step, batch) for step in plan.tier(tier).steps]


def _deadline(step: Step, batch: Batch | None) -> Deadline:
    if step.batches and (batch is None or batch.key not in step.batches):
        return Deadline(step, None, None)
    if step.days_before_batch is not None:
        end = batch.due_on if batch else None
        return Deadline(step, step.starts_on, end - timedelta(days=step.days_before_batch) if end else None)
    return Deadline(step, step.starts_on, step.due_on)


def batch_of(plan: Plan, tier: str, region: int) -> Batch | None:
    """The batch of a region: the one that names it, else the rest; None when neither. Batches known only by number
    (`count`) take nobody until the county names their regions."""
    batches = plan.batches_of(tier)
    named = next((batch for batch in batches if region in batch.regions), None)
    return named or next((batch for batch in batches if batch.rest), None)
