"""An action through `act` against a bare Django view that writes the same rows in one transaction.

The peer reads the same form, locks the same record and inserts the same rows into the same tables, as the superuser whom no
wall holds up: no permission, no idempotency, no walls, no trail of its own making. Commits are durable on both sides.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import timezone

from bench.country import COUNTY, inside, plan_in_force, seated
from bench.installation import PEER
from bench.sizes import Sizes
from bench.table import Line
from bench.timing import rate
from weimin.actions.act import act, new_key
from weimin.actions.models import Receipt
from weimin.buildout.actions.planning import GoalReadingForm
from weimin.buildout.flow import SITE
from weimin.buildout.forms import ReasonForm
from weimin.buildout.models import Goal, GoalReading, Project
from weimin.flows.models import Step
from weimin.jurisdictions.models import Jurisdiction
from weimin.trail.models import Entry
from weimin.walls.actor import Actor
from weimin.walls.session import entered

MOVES = ("buildout.suspend", "buildout.resume")
_days = itertools.count()
Client = Callable[[int], Callable[[], object]]


def measure(sizes: Sizes) -> Iterator[Line]:
    now = timezone.now()
    with inside() as county:
        plan = plan_in_force(now)
        _post, office = seated("lead_office", COUNTY)
        with entered(office):
            goals = list(Goal.objects.filter(plan=plan, indicator="", dropped=False))
            projects = list(Project.objects.filter(plan=plan).order_by("pk")[:16])
        pairs: list[tuple[str, Client, Client]] = [
            ("record a goal's figure", recording(county, office, goals), bare_recording(county, goals)),
            ("move a step (suspend, resume)", moving(county, office, projects), bare_moving(county, projects)),
        ]
        for clients in (1, 8):
            for words, ours, peer in pairs:
                floor = rate(peer, clients, sizes.seconds)
                yield Line("actions", f"{words}, {clients} clients", rate(ours, clients, sizes.seconds), "/s", floor, "bare view", least=0.5)


def reading() -> dict[str, str]:
    """The next figure: another day each time, so that every one is a new row."""
    day = timezone.localdate() - timedelta(days=next(_days))
    return {"on": str(day), "value": "12", "source": "县电商办月报"}


def here(county: Jurisdiction, alias: str) -> None:
    connections[alias].set_tenant(county)  # type: ignore[attr-defined]


def recording(county: Jurisdiction, office: Actor, goals: list[Goal]) -> Client:
    def client(number: int) -> Callable[[], object]:
        here(county, "default")
        target = str(goals[number % len(goals)].pk)
        return lambda: act(office, "buildout.record_goal", reading(), new_key(), target=target)

    return client


def bare_recording(county: Jurisdiction, goals: list[Goal]) -> Client:
    def view(request: HttpRequest, number: int) -> HttpResponse:
        now = timezone.now()
        with transaction.atomic(using=PEER):
            goal = Goal.objects.using(PEER).select_for_update(of=("self",)).select_related("plan").get(pk=number)
            form = GoalReadingForm(request.POST, now=now)
            if not form.is_valid():
                raise ValueError(form.errors.as_json())
            GoalReading.objects.using(PEER).create(goal=goal, recorded_by="张三", recorded_at=now, **form.cleaned_data)
            after = {"on": str(form.cleaned_data["on"]), "value": str(form.cleaned_data["value"])}
            note("buildout.record_goal", "buildout.goal", goal.pk, goal.plan.region, {}, after)
        return HttpResponseRedirect("/")

    return viewing(county, view, reading, [goal.pk for goal in goals])


def moving(county: Jurisdiction, office: Actor, projects: list[Project]) -> Client:
    def client(number: int) -> Callable[[], object]:
        here(county, "default")
        with entered(office):
            resting = Project.objects.get(pk=projects[number].pk).state == "suspended"
        target, turns = str(projects[number].pk), itertools.cycle(MOVES[::-1] if resting else MOVES)
        return lambda: act(office, next(turns), {"reason": "等待场地"}, new_key(), target=target)

    return client


def bare_moving(county: Jurisdiction, projects: list[Project]) -> Client:
    """The peer moves other projects than ours, there and back, so that both find them as they left them."""

    def view(request: HttpRequest, number: int) -> HttpResponse:
        now = timezone.now()
        with transaction.atomic(using=PEER):
            project = Project.objects.using(PEER).select_for_update(of=("self",)).select_related("plan", "site").get(pk=number)
            form = ReasonForm(request.POST, now=now)
            if not form.is_valid():
                raise ValueError(form.errors.as_json())
            swap_step(project, now)
            note("buildout.suspend", "buildout.project", project.pk, project.region, {"state": project.state_before}, {"state": project.state})
        return HttpResponseRedirect("/")

    return viewing(county, view, lambda: {"reason": "等待场地"}, [project.pk for project in projects[8:]])


def swap_step(project: Project, now: Any) -> None:
    """Closes the open step, changes the state, opens the next step."""
    step = Step.objects.using(PEER).select_for_update().get(subject_type="buildout.project", subject_id=project.pk, flow=SITE, closed_at=None)
    step.closed_at, step.closed_by, step.closed_name, step.outcome = now, 1, "张三", "buildout.suspend"
    step.held_for = now - step.opened_at
    step.save(using=PEER, update_fields=["closed_at", "closed_by", "closed_name", "outcome", "held_for"])
    ahead = project.state != "suspended"
    project.state, project.state_before = ("suspended", project.state) if ahead else (project.state_before, "")
    project.save(using=PEER)
    Step.objects.using(PEER).create(
        subject_type="buildout.project", subject_id=project.pk, flow=SITE, state=project.state, title=project.name, role="lead_office",
        region=project.region, opened_at=now, due_on=step.due_on, due_at=step.due_at, warn_at=step.warn_at,
    )  # fmt: skip


def note(action: str, kind: str, number: int, region: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    """The row of the trail and the receipt that the action leaves too."""
    now = timezone.now()
    Entry.objects.using(PEER).create(
        at=now, person=1, person_name="张三", role="lead_office", channel="web", action=action, subject_type=kind, subject_id=number,
        region=region, before=before, after=after,
    )  # fmt: skip
    Receipt.objects.using(PEER).create(
        person=1, key=new_key(), action=action, content="0" * 64, region=region, subject_type=kind, subject_id=number, message="已登记。", at=now
    )


def viewing(county: Jurisdiction, view: Callable[..., HttpResponse], data: Callable[[], dict[str, str]], numbers: list[int]) -> Client:
    def client(number: int) -> Callable[[], object]:
        here(county, "default")
        here(county, PEER)
        factory = RequestFactory()
        return lambda: view(factory.post("/", data()), numbers[number % len(numbers)])

    return client
