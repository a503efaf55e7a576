"""Plans and their figures: who is on the list, who came, what was found and what of it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from weimin.examinations.models import AbnormalFollowUp, Batch, ExaminationPlan, FollowState, Invitation, InvitationState
from weimin.regions.queries import names
from weimin.ui.paging import Page, page_of
from weimin.walls.actor import Actor

CLOSED = Q(state=FollowState.CLOSED)
S = InvitationState


@dataclass
class Figures:
    """People of a plan or a village by state, and findings with those that are closed."""

    name: str = ""
    by_state: dict[str, int] = field(default_factory=dict)
    abnormal: int = 0
    closed: int = 0

    def count(self, *states: str) -> int:
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def target(self) -> int:
        return sum(number for state, number in self.by_state.items() if state != S.WITHDRAWN)

    @property
    def invited(self) -> int:
        return self.count(S.INVITED, S.CAME, S.ABSENT, S.EXAMINED, S.REFUSED)

    @property
    def examined(self) -> int:
        return self.count(S.EXAMINED)

    @property
    def came(self) -> int:
        return self.count(S.CAME, S.EXAMINED)

    @property
    def refused(self) -> int:
        return self.count(S.REFUSED)

    @property
    def absent(self) -> int:
        return self.count(S.ABSENT)

    @property
    def listed(self) -> int:
        return self.count(S.LISTED)


def list_plans(actor: Actor, cursor: str = "", size: int = 10) -> Page:
    """Newest year first."""
    return page_of(ExaminationPlan.objects.visible_to(actor), ["-year", "region", "id"], cursor, size)


def get_plan(actor: Actor, pk: int) -> ExaminationPlan:
    """ExaminationPlan.DoesNotExist when hidden or missing."""
    return ExaminationPlan.objects.visible_to(actor).get(pk=pk)


def figures(actor: Actor, plans: Iterable[ExaminationPlan]) -> dict[int, Figures]:
    """Figures of some plans. Two queries."""
    found = {plan.pk: Figures(plan.title) for plan in plans}
    for plan, state, count in Invitation.objects.visible_to(actor).filter(plan__in=found).values_list("plan", "state").annotate(Count("pk")):
        found[plan].by_state[state] = count
    rows = AbnormalFollowUp.objects.visible_to(actor).filter(examination__invitation__plan__in=found)
    for plan, whole, closed in rows.values_list("examination__invitation__plan").annotate(found=Count("pk"), ended=Count("pk", filter=CLOSED)):
        found[plan].abnormal, found[plan].closed = whole, closed
    return found


def by_village(actor: Actor, plan: ExaminationPlan) -> list[tuple[int, Figures]]:
    """Figures of a plan for each village where somebody is on the list. Three queries."""
    found: dict[int, Figures] = {}
    for place, state, count in Invitation.objects.visible_to(actor).filter(plan=plan).values_list("place", "state").annotate(Count("pk")):
        found.setdefault(place, Figures()).by_state[state] = count
    rows = AbnormalFollowUp.objects.visible_to(actor).filter(examination__invitation__plan=plan)
    for place, whole, closed in rows.values_list("place").annotate(found=Count("pk"), ended=Count("pk", filter=CLOSED)):
        one = found.setdefault(place, Figures())
        one.abnormal, one.closed = whole, closed
    known = names(found)
    for place, one in found.items():
        one.name = known[place]
    return sorted(found.items())


def batches_of(actor: Actor, plan: ExaminationPlan) -> list[Batch]:
    """In the order of their days, with `people` (seats taken) and `done` (examined) that the actor may see, and the village's name. Two queries."""
    seen = Q(invitations__region__gte=actor.low, invitations__region__lte=actor.high)
    taken = Count("invitations", filter=seen & ~Q(invitations__state=S.REFUSED))
    done = Count("invitations", filter=seen & Q(invitations__state=S.EXAMINED))
    rows: list[Any] = list(Batch.objects.visible_to(actor).filter(plan=plan).annotate(people=taken, done=done).order_by("on", "pk"))
    known = names({row.region for row in rows})
    for row in rows:
        row.village, row.plan = known[row.region], plan
    return rows


def get_batch(actor: Actor, pk: int) -> Batch:
    """Batch.DoesNotExist when hidden or missing."""
    return Batch.objects.visible_to(actor).select_related("plan").get(pk=pk)


def people_of_batch(actor: Actor, batch: Batch) -> list[Invitation]:
    """Everybody of a batch, by village; at most as many as it has seats."""
    rows = Invitation.objects.visible_to(actor).filter(batch=batch).select_related("record__resident").order_by("place", "record__resident__household_id", "pk")
    found = list(rows)
    for row in found:
        row.batch, row.plan = batch, batch.plan
    return found


def people_of_plan(actor: Actor, plan: ExaminationPlan, chosen: dict[str, Any], size: int = 50) -> Page:
    """The list of a plan by keyset, narrowed to a state and a village."""
    rows = Invitation.objects.visible_to(actor).filter(plan=plan).select_related("record__resident", "batch")
    if chosen.get("state", "") in InvitationState.values:
        rows = rows.filter(state=chosen["state"])
    village = chosen.get("village", "")
    if len(village) == 12 and village.isascii() and village.isdigit():
        rows = rows.filter(place=int(village))
    return page_of(rows, ["place", "id"], chosen.get("cursor", ""), size)
