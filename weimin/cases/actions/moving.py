"""From desk to desk: the state, the step and the clock of a case change together. Called by the actions of this room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.accounts.roles import Role
from weimin.actions.registry import Outcome
from weimin.calendars.clock import Limit
from weimin.cases.clocks import DEADLINE, promise, recompute, remaining_limit
from weimin.cases.flow import CASE, EXTENSION, OPINION, case_url
from weimin.cases.items import stages_of
from weimin.cases.models import CLOSED_STATES, STAGES, Case, CasePause, CaseState, Extension, JointReview
from weimin.flows.models import Step
from weimin.flows.steps import close_step, current_step, move, pause_step, resume_step
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

PLACE = ["state", "stage", "desk_now", "holder_now"]
FRONT = ("window", "village", "township")  # who meets residents
BACK = ("township", "county_office", "window", "village")  # who may hold a stage


def find_case(actor: Actor, pk: Any) -> Case:
    return Case.objects.visible_to(actor).select_for_update().get(pk=pk)


def where(target: Any, data: dict[str, Any]) -> int:
    return target.region


def check_state(case: Case, *states: str) -> None:
    if case.state not in states:
        raise RuleBroken(_("这件事现在是“%(state)s”，不能办理这一步。") % {"state": case.get_state_display()})


def check_desk(case: Case, actor: Actor) -> None:
    """Only the desk that has the case moves it; held in person, only that person."""
    if actor.is_system:
        return
    if case.desk_now and actor.role != case.desk_now:
        raise RuleBroken(_("这件事现在由“%(desk)s”办理。") % {"desk": Role(case.desk_now).label})
    if case.holder_now and case.holder_now != actor.person:
        raise RuleBroken(_("这件事已经交给同岗位的另一个人办理。"))


def check_running(case: Case) -> None:
    if case.paused_since is not None:
        raise RuleBroken(_("计时暂停中，先恢复计时再办。"))


def at(*states: str, running: bool = True) -> Any:
    """A check: the case is in one of the states, on the actor's desk and (unless told otherwise) its clock runs."""

    def check(case: Case, actor: Actor, now: datetime) -> None:
        check_state(case, *states)
        check_desk(case, actor)
        if running:
            check_running(case)

    return check


def title_of(case: Case, state: str) -> str:
    return f"{CaseState(state).label}：{case.item_name}（{case.applicant_name}）"  # text: data


def go(
    case: Case, action: str, end: str, by: Actor, now: datetime, *, role: str = "", limit: Limit | None = None, holder: int | None = None,
    after: Step | None = None,
) -> Step | None:  # fmt: skip
    """The case leaves its state for `end`; its step is closed and, where a desk takes over, the next one opened. Not saved."""
    start = case.state
    case.state, case.desk_now, case.holder_now = end, role, holder
    title = title_of(case, end)
    return move(case, CASE, action, start, end, by, now, title=title, region=case.region, limit=limit, role=role, holder=holder, after=after)


def enter_stage(case: Case, number: int, action: str, by: Actor, now: datetime, *, back: bool = False) -> Step | None:
    """The case goes to a stage of its item's way; the desk gets its own share of the limit, or what is left of the promise.
    back: it was there before and waited for papers, so that the desk's share goes on where it stopped."""
    stage = stages_of(case)[number]
    case.stage = number
    before = last_at(case, stage.key) if back and stage.limit else None
    return go(case, action, stage.key, by, now, role=stage.desk, **({"after": before} if before else time_of_desk(case, stage.limit, now)))


def time_of_desk(case: Case, own: Limit | None, now: datetime) -> dict[str, Any]:
    """A limit that begins now, or the clock of the promise as it stands, late or not."""
    limit = remaining_limit(case, own, now)
    if limit is not None or case.decided_at is not None:
        return {"limit": limit}
    return {"after": promise(case, pauses_of(case) if case.accepted_at != now else ())}


def last_at(case: Case, state: str) -> Step | None:
    """The desk's step when the case was last at it, with what was granted while papers were awaited; None when it had no deadline."""
    rows = Step.objects.filter(subject_type=Case._meta.label_lower, subject_id=case.pk, flow=CASE, state=state, closed_at__isnull=False)
    last, waiting = rows.order_by("-closed_at", "-pk").first(), current_step(case, CASE)
    if last is None or last.due_on is None:
        return None
    last.extended += waiting.extended if waiting is not None else 0
    return last


def leave_desks(case: Case, action: str, end: str, by: Actor, now: datetime) -> None:
    """The case is on no desk any more; once it is closed nobody is waited for beside it either."""
    go(case, action, end, by, now)
    if end in CLOSED_STATES:
        case.closed_at = now
        drop_asked(case, action, by, now)


def drop_asked(case: Case, action: str, by: Actor, now: datetime) -> None:
    """The steps of offices and heads who were asked and have not answered. What was asked stays on the page as it is."""
    asked: Any
    for model, flow in ((JointReview, OPINION), (Extension, EXTENSION)):
        for asked in model.objects.filter(case=case, state="asked"):
            if (step := current_step(asked, flow)) is not None:
                close_step(step, by, now, action)


def pauses_of(case: Case) -> list[CasePause]:
    return list(CasePause.objects.filter(case=case).order_by("pk"))


def stop_clock(case: Case, kind: str, reason: str, now: datetime, step: Step | None = None) -> None:
    """The case and its open step stop counting (X-05). Not saved."""
    held = step or current_step(case, CASE)
    pause = CasePause.objects.create(case=case, region=case.region, kind=kind, reason=reason[:200], since=now)
    case.paused_since = now
    if held is not None:
        pause_step(held, now, f"{pause.get_kind_display()} {reason}".strip()[:200])


def start_clock(case: Case, now: datetime, *, step: bool = True) -> None:
    """Counts again; the ends move by what was stopped. step: the open step goes on (off when it is about to be closed). Not saved."""
    if case.paused_since is None:
        return
    stops = pauses_of(case)
    for pause in stops:
        if pause.until is None:
            pause.until = now
            pause.save(update_fields=["until"])
    case.paused_since = None
    if case.accepted_at is not None:
        recompute(case, stops)
    held = current_step(case, CASE) if step else None
    if held is not None and held.paused_since is not None:
        resume_step(held, now)


def saved(case: Case, *fields: str) -> None:
    case.save(update_fields=[*PLACE, "paused_since", "closed_at", *DEADLINE, *fields])


def done(case: Case, before: str, message: Any, *, reason: str = "", next_url: str = "", **after: Any) -> Outcome:
    """What the trail and the person are told; the page of the case comes next."""
    summary = {"state": case.state, "number": case.number, **after}
    return Outcome(case, {"state": before} if before else {}, summary, message, next_url or case_url(case.pk), reason=reason[:200])


def on_stage(case: Case) -> bool:
    return case.state in STAGES
