"""Nobody forgets an activity or a board: a step is opened some days before, and goes when it is done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.calendars.clock import Limit, due
from weimin.calendars.queries import calendar_for
from weimin.education.flow import ACTIVITY, BOARD
from weimin.education.models import Activity, ActivityState, Board
from weimin.education.parameters import reminding
from weimin.flows.models import OPEN, Step
from weimin.flows.steps import close_step, current_step, new_step
from weimin.walls.actor import Actor


def horizon(now: datetime) -> datetime:
    return now + timedelta(days=reminding("ahead_days", timezone.localdate(now)))


def activity_step(activity: Activity, now: datetime) -> Step:
    """Ends some working days after the activity: until then what came of it is entered."""
    limit = Limit(reminding("record_days", timezone.localdate(now)), "workday")
    last = due(limit, activity.starts_at, calendar_for(activity.region)).on
    title = _("记录健康教育活动：%(subject)s") % {"subject": activity.subject}
    return new_step(ACTIVITY, "planned", activity, title=title, region=activity.region, now=now, due_on=last)


def board_step(board: Board, now: datetime) -> Step:
    title = _("更换宣传栏：%(name)s") % {"name": board.name}
    return new_step(BOARD, "standing", board, title=title, region=board.region, now=now, due_on=board.due_on)


def remind_of_activity(activity: Activity, now: datetime) -> None:
    if activity.starts_at <= horizon(now) and current_step(activity, ACTIVITY) is None:
        activity_step(activity, now).save(force_insert=True)


def remind_of_board(board: Board, now: datetime) -> None:
    if board.due_on <= timezone.localdate(horizon(now)) and current_step(board, BOARD) is None:
        board_step(board, now).save(force_insert=True)


def settle(subject: Activity | Board, by: Actor, now: datetime, action: str) -> None:
    """Closes the open step of a record, if there is one."""
    step = current_step(subject, ACTIVITY if isinstance(subject, Activity) else BOARD)
    if step is not None:
        close_step(step, by, now, action)


def remind_of_all(now: datetime, most: int = 5000) -> int:
    """Opens the steps that are not open yet; answers how many. Run by a job as the system."""
    called = {flow: Step.objects.filter(OPEN, flow=flow).values("subject_id") for flow in (ACTIVITY, BOARD)}
    activities = Activity.objects.filter(state=ActivityState.PLANNED, starts_at__lte=horizon(now)).exclude(pk__in=called[ACTIVITY])
    boards = Board.objects.filter(removed_on__isnull=True, due_on__lte=timezone.localdate(horizon(now))).exclude(pk__in=called[BOARD])
    steps = [activity_step(row, now) for row in activities.order_by("starts_at", "pk")[:most]]
    steps += [board_step(row, now) for row in boards.order_by("due_on", "pk")[:most]]
    Step.objects.bulk_create(steps, batch_size=500)
    return len(steps)
