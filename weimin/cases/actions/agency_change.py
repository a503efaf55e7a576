"""An agent leaves or is on leave: the clients, the errands and the open steps go to another one, with a list to sign (S4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.accounts.queries import people_in_range
from weimin.actions.registry import Outcome, register
from weimin.cases.actions.agency import next_mandate_number
from weimin.cases.forms_agency import ChangeAgent
from weimin.cases.models import AgentChange, AgentChangeLine, Case, Errand, HeldPaper, Mandate, MandateCase
from weimin.cases.queries.agency import active_of
from weimin.cases.rules_mandate import check_new_agent
from weimin.flows.models import OPEN, Step
from weimin.messages.sending import send
from weimin.regions.fields import range_top
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_agent(actor: Actor, pk: Any) -> Person:
    return people_in_range(actor).get(pk=pk)


def check_has_clients(person: Person, actor: Actor, now: datetime) -> None:
    if not active_of(actor, person.pk):
        raise RuleBroken(_now("没有可以移交的委托。"))


@register(
    "cases.change_agent", label=_("移交代办"), form=ChangeAgent, roles=("township",), find=find_agent, check=check_has_clients,
    region=lambda target, data: data["region"], keeps_draft=False,
)  # fmt: skip
def change_agent(by: Actor, person: Person, data: dict[str, Any], now: datetime) -> Outcome:
    """代办员调离或请假，把手里的委托、跑腿和待办成批交给另一名代办员，生成移交单。"""
    check_new_agent(person.pk, data["after"])
    successor = Person.objects.get(pk=data["after"])
    mandates = list(Mandate.objects.visible_to(by).select_for_update().filter(pk__in=data["mandates"], agent=person.pk, state="active").order_by("pk"))
    lines = lines_of(by, mandates)
    steps = move_open_work(by, mandates, person.pk, successor.pk)
    change = AgentChange.objects.create(
        region=range_top(by), number=next_mandate_number("YJ", range_top(by), now), before=person, after=successor, reason=data["reason"], lines=lines,
        steps=steps, by=by.name, at=now,
    )  # fmt: skip
    AgentChangeLine.objects.bulk_create(AgentChangeLine(change=change, mandate=row, region=row.region) for row in mandates)
    Mandate.objects.visible_to(by).filter(pk__in=[row.pk for row in mandates]).update(agent=successor, agent_name=successor.name)
    text = _now("%(before)s把 %(count)d 份代办委托移交给您，请核对移交单。") % {"before": person.name, "count": len(mandates)}
    send(successor, range_top(by), text, reverse("cases:agent_change", args=[change.pk]), now)
    after = {"before": person.name, "after": successor.name, "mandates": [row.number for row in mandates]}
    return Outcome(change, after=after, message=_now("已移交 %(count)d 份委托。") % {"count": len(mandates)}, reason=data["reason"],
                   next_url=reverse("cases:agent_change", args=[change.pk]), pressing=True)  # fmt: skip


def lines_of(by: Actor, mandates: list[Mandate]) -> list[dict[str, Any]]:
    """What stands in the list: each client with what is open and which papers the agent holds."""
    papers: dict[int, list[str]] = {}
    for paper in HeldPaper.objects.visible_to(by).filter(mandate__in=mandates).order_by("pk"):
        if paper.left:
            papers.setdefault(paper.mandate_id, []).append(f"{paper.name}×{paper.left}")
    errands: dict[int, list[str]] = {}
    for errand in Errand.objects.visible_to(by).filter(mandate__in=mandates, done_at__isnull=True).order_by("pk"):
        errands.setdefault(errand.mandate_id, []).append(errand.what)
    return [
        {
            "mandate": row.number, "client": row.principal_name, "items": list(row.items.values()), "until": row.until_on.isoformat(),
            "papers": papers.get(row.pk, []), "errands": errands.get(row.pk, []),
        }
        for row in mandates
    ]  # fmt: skip


def move_open_work(by: Actor, mandates: list[Mandate], before: int, after: int) -> int:
    """Open errands and the steps that the agent holds in person go to the successor; how many steps."""
    Errand.objects.visible_to(by).filter(mandate__in=mandates, done_at__isnull=True).update(agent=after)
    cases = list(MandateCase.objects.visible_to(by).filter(mandate__in=mandates).values_list("case_id", flat=True))
    Case.objects.visible_to(by).filter(pk__in=cases, holder_now=before).update(holder_now=after)
    steps = Step.objects.visible_to(by).filter(OPEN, subject_type=Case._meta.label_lower, subject_id__in=cases, holder=before)
    return steps.update(holder=after)
