"""The list of a plan, derived from the records and what people are under care for; drawn again, it takes in who is new and lets go who left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from weimin.examinations.calling import call, call_again, uncall, waiting
from weimin.examinations.models import WAITING, Examination, ExaminationPlan, Invitation, InvitationState
from weimin.examinations.rules_plan import ELDERLY, groups_of
from weimin.health.models import Care, CareState, Due, DueKind, DueState, HealthRecord, RecordState
from weimin.regions.rules import range_of
from weimin.residents.models import ResidentStatus
from weimin.residents.rules_groups import age_on, born_by
from weimin.walls.actor import Actor

AT_ONCE = 2000


@dataclass(frozen=True)
class Drawn:
    """How many came onto the list, left it, and how many are examined already."""

    added: int
    withdrawn: int
    examined: int


def draw(by: Actor, plan: ExaminationPlan, today: date) -> Drawn:
    """A fixed number of queries for each two thousand people."""
    wanted = targets(by, plan)
    known = {row.record_id: row for row in Invitation.objects.visible_to(by).filter(plan=plan)}
    others = Invitation.objects.visible_to(by).filter(year=plan.year, record__in=wanted.keys() - known.keys())
    elsewhere = {row.record_id: row for row in others}
    done = examined_in(by, plan.year, [pk for pk in wanted if pk not in elsewhere])
    new = [fresh(plan, record, groups, done.get(pk), today) for pk, (record, groups) in wanted.items() if pk not in known and pk not in elsewhere]
    Invitation.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)
    created = list(Invitation.objects.visible_to(by).filter(plan=plan, record__in=[row.record_id for row in new]).select_related("record"))
    back = come_back(plan, [row for row in (*known.values(), *elsewhere.values()) if row.state == InvitationState.WITHDRAWN and row.record_id in wanted])
    call([row for row in created if row.state in WAITING] + back, plan.starts_on, plan.ends_on)
    call_again(unowed([row for row in known.values() if row.state in WAITING and row.record_id in wanted]))
    gone = [row for row in known.values() if row.state in WAITING and row.record_id not in wanted]
    withdraw(gone, today)
    return Drawn(len(created) + len(back), len(gone), sum(row.state == InvitationState.EXAMINED for row in created))


def targets(by: Actor, plan: ExaminationPlan) -> dict[int, tuple[HealthRecord, list[str]]]:
    """record → (record, groups) of everybody whom the plan concerns; ages on the last day of the year."""
    low, high = range_of(plan.region)
    records = HealthRecord.objects.visible_to(by).filter(region__gte=low, region__lte=high, state=RecordState.ACTIVE, resident__status=ResidentStatus.LIVING)
    held: dict[int, set[str]] = {}
    cares = Care.objects.visible_to(by).filter(region__gte=low, region__lte=high, programme__in=plan.groups, state__in=(CareState.MANAGED, CareState.LOST))
    for record, programme in cares.values_list("record_id", "programme"):
        held.setdefault(record, set()).add(programme)
    last, found = date(plan.year, 12, 31), {}
    for row in records.select_related("resident").order_by("region", "resident__household_id", "pk").iterator(AT_ONCE):
        groups = groups_of(age_on(row.resident.birth_on, last), held.get(row.pk, set()), plan.groups, plan.from_age)
        if groups:
            found[row.pk] = (row, groups)
    return found


def examined_in(by: Actor, year: int, records: Iterable[int]) -> dict[int, date]:
    """record → the day on which it was examined in the year."""
    rows = Examination.objects.visible_to(by).filter(record__in=list(records), on__year=year, corrections__isnull=True).order_by("-on")
    return dict(rows.values_list("record_id", "on"))


def fresh(plan: ExaminationPlan, record: HealthRecord, groups: list[str], done: date | None, today: date) -> Invitation:
    state: dict[str, Any] = {"state": InvitationState.EXAMINED, "settled_on": done} if done else {}
    return Invitation(region=record.region, plan=plan, record=record, year=plan.year, groups=groups, listed_on=today, **state)


def come_back(plan: ExaminationPlan, rows: list[Invitation]) -> list[Invitation]:
    """Who had left, this list or that of the place where they lived before, is waited for again."""
    for row in rows:
        row.plan, row.state, row.settled_on = plan, InvitationState.LISTED, None
    Invitation.objects.bulk_update(rows, ["plan", "state", "settled_on"], batch_size=AT_ONCE)
    return rows


def unowed(rows: list[Invitation]) -> list[Invitation]:
    """Who is waited for and owes nothing any more, since the record rested in between."""
    owing = set(waiting(row.record_id for row in rows).values_list("record_id", flat=True))
    without = [row.pk for row in rows if row.record_id not in owing]
    return list(Invitation.objects.filter(pk__in=without).select_related("batch__plan", "plan", "record"))


def behind(by: Actor, plan: ExaminationPlan) -> bool:
    """Whether somebody belongs to the plan who is neither owed an examination nor examined, nor refused: new, under care since, or back. One query."""
    low, high = range_of(plan.region)
    cares = Care.objects.filter(record=OuterRef("pk"), programme__in=plan.groups, state__in=(CareState.MANAGED, CareState.LOST))
    wanted = Q(Exists(cares))
    if ELDERLY in plan.groups:
        wanted |= Q(resident__birth_on__lte=born_by(plan.from_age, date(plan.year, 12, 31)))
    settled = Invitation.objects.filter(record=OuterRef("pk"), year=plan.year, state__in=(InvitationState.EXAMINED, InvitationState.REFUSED))
    owed = Due.objects.filter(record=OuterRef("pk"), kind=DueKind.EXAMINATION, state=DueState.OPEN)
    records = HealthRecord.objects.visible_to(by).filter(region__gte=low, region__lte=high, state=RecordState.ACTIVE, resident__status=ResidentStatus.LIVING)
    return records.filter(wanted).exclude(Exists(settled)).exclude(Exists(owed)).exists()


def withdraw(rows: list[Invitation], on: date) -> None:
    """Nobody waits for these any more: they died, moved away or are in none of the groups now."""
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(state=InvitationState.WITHDRAWN, settled_on=on, batch=None)
    uncall([row.record_id for row in rows])
