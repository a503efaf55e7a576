"""Reward and accountability lists, stage bulletins: what the running data say of a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from weimin.buildout.models import Bulletin, Consequence, Plan, Project, Quota
from weimin.buildout.plan.schema import Bulletin as BulletinPlan
from weimin.buildout.rules_bulletin import Owed, Standing, days_of, figures_of, next_deadlines, subject_of
from weimin.buildout.rules_consequence import Follows, LateStep, Progress, consequences_of
from weimin.flows.models import Step
from weimin.regions.queries import names
from weimin.walls.actor import Actor


def local_day(at: datetime) -> date:
    return timezone.localtime(at).date()


def end_of(on: date) -> datetime:
    """The first moment after a day."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))


def steps_until(projects: Iterable[int], end: datetime) -> dict[int, list[Step]]:
    """Project → its steps that were opened before a moment, in order."""
    found: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(subject_type="buildout.project", subject_id__in=list(projects), opened_at__lt=end).order_by("pk"):
        found[step.subject_id].append(step)
    return found


def follows_now(plan: Plan, now: datetime) -> tuple[dict[int, Project], list[Follows]]:
    """Every project of the plan and what follows from the dates today; two queries, three when the plan looks at steps."""
    content, today = plan.content, local_day(now)
    rows = {row.pk: row for row in Project.objects.filter(plan=plan).select_related("site").order_by("region", "pk")}
    looks_at_steps = any(rule.trigger == "step_late" for rule in content.accountability)
    steps = steps_until(rows, end_of(today)) if looks_at_steps else {}
    found = [one for row in rows.values() for one in consequences_of(content, progress_of(row, steps.get(row.pk, [])), today)]
    return rows, found


def progress_of(row: Project, steps: list[Step]) -> Progress:
    dated = tuple(LateStep(step.title, step.due_on, local_day(step.closed_at) if step.closed_at else None) for step in steps if step.due_on)
    existing = row.site is not None and row.site.existing
    return Progress(row.pk, row.tier, row.state, row.due_on, row.opened_on, row.accepted_on, dated, existing)


def filter_consequences(actor: Actor, plan: Plan, chosen: dict[str, str]) -> QuerySet[Consequence]:
    """Entries of a plan; `chosen` has kind, state, township (all optional)."""
    rows = Consequence.objects.visible_to(actor).filter(project__plan=plan).select_related("project")
    for name in ("kind", "state"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    return rows.filter(project__township=int(chosen["township"])) if chosen.get("township", "").isdecimal() else rows


def get_consequence(actor: Actor, pk: Any) -> Consequence:
    return Consequence.objects.visible_to(actor).select_for_update(of=("self",)).select_related("project__plan").get(pk=pk)


def place_of(plan: Plan, region: int, township: int) -> int:
    """Bulletins compare townships in a county and villages in a township."""
    return township if plan.region % 10**6 == 0 else region


def figures(actor: Actor, plan: Plan, item: BulletinPlan, on: date) -> dict[str, Any]:
    """The figures of one bulletin on a day, in the actor's range, as plain JSON (`rules_bulletin.figures_of`) with what it speaks of."""
    content, batch = plan.content, subject_of(plan.content, item)
    rows = Project.objects.visible_to(actor).filter(plan=plan, tier=item.tier)
    named = batch is not None and rows.filter(batch=batch.key).exists()
    chosen = list((rows.filter(batch=batch.key) if named and batch else rows).order_by("region", "pk"))
    quotas = list(Quota.objects.visible_to(actor).filter(plan=plan, tier=item.tier))
    steps = steps_until([row.pk for row in chosen], end_of(on))
    standings = [standing for row in chosen if (standing := standing_of(plan, row, steps.get(row.pk, []), on))]
    wanted = wanted_by_place(plan, standings, quotas)
    found = figures_of(standings, owed_of(standings, quotas, on), wanted, names(wanted), on)
    about = {
        "tier": content.tier(item.tier).label, "batch": batch.label if batch else "", "due_on": batch.due_on.isoformat() if batch and batch.due_on else "",
        "whole_tier": not named, "count": batch.count if batch and not named else None, "level": "township" if plan.region % 10**6 == 0 else "village",
        "next": next_deadlines(content, item.tier, on), "names": list(item.names),
    }  # fmt: skip
    return {**about, **found}


def standing_of(plan: Plan, row: Project, steps: list[Step], on: date) -> Standing | None:
    """A project as it stood on a day, by the steps that were open until then; None when it was not there or was given up."""
    if not steps:
        return before_running(plan, row, on)
    if steps[-1].outcome in ("buildout.close", "buildout.apply_plan") and closed_by(steps[-1], on):
        return None
    last = steps[-1]
    before = next((step.state for step in reversed(steps) if step.state != "suspended"), last.state)
    done = closed_by(last, on)
    state = ("subsidised" if row.subsidised_on and row.subsidised_on <= on else "accepted") if done else before
    waits = not done and last.state != "suspended"
    return Standing(
        place_of(plan, row.region, row.township), row.name, state, row.opened_on, row.accepted_on,
        last.title.partition("：")[2] if waits else "", last.due_on if waits else None,
    )  # fmt: skip


def before_running(plan: Plan, row: Project, on: date) -> Standing | None:
    """A project on a day before the plan ran here: wanted since the plan was issued, its dates as recorded later. Stations of a
    coverage rule were nobody's yet."""
    if plan.content.tier(row.tier).where.rule == "coverage":
        return None
    opened = row.opened_on is not None and row.opened_on <= on
    return Standing(place_of(plan, row.region, row.township), row.name, "wanted", row.opened_on, row.accepted_on, "", None if opened else row.due_on)


def closed_by(step: Step, on: date) -> bool:
    return step.closed_at is not None and step.closed_at < end_of(on)


def wanted_by_place(plan: Plan, rows: list[Standing], quotas: list[Quota]) -> dict[int, int]:
    """Place → how many sites it shall have: what is there, or its quota when that is more."""
    there = Counter(row.place for row in rows)
    asked = Counter({place_of(plan, row.region, row.region): row.wanted for row in quotas})
    return {place: max(there[place], asked[place]) for place in sorted({*there, *asked})}


def owed_of(rows: list[Standing], quotas: list[Quota], on: date) -> list[Owed]:
    """Townships whose step of choosing villages was open on the day."""
    if not quotas:
        return []
    by_id = {row.pk: row for row in quotas}
    proposed = Counter(row.place for row in rows if row.state != "wanted")
    steps = Step.objects.filter(subject_type="buildout.quota", subject_id__in=list(by_id), opened_at__lt=end_of(on), due_on__isnull=False)
    open_then = [step for step in steps if not closed_by(step, on)]
    return [
        Owed(
            by_id[step.subject_id].region,
            max(0, by_id[step.subject_id].wanted - proposed[by_id[step.subject_id].region]),
            step.title.partition("：")[2],
            step.due_on,
        )
        for step in open_then
        if step.due_on
    ]


def list_bulletins(plan: Plan) -> list[Bulletin]:
    """Issued bulletins, newest first; every post reads them."""
    return list(Bulletin.objects.filter(plan=plan).defer("figures"))


def due_bulletins(plan: Plan, today: date, back: int = 14) -> list[tuple[BulletinPlan, date]]:
    """Bulletins whose day came within the last days and that were not issued on or after it."""
    issued: dict[str, date] = {}
    for key, on in Bulletin.objects.filter(plan=plan).order_by("on").values_list("key", "on"):
        issued[key] = on
    found = [(item, day) for item in plan.content.bulletins for day in days_of(plan.content, item, today)[-1:]]
    return [(item, day) for item, day in found if day > today - timedelta(days=back) and issued.get(item.key, date.min) < day]
