"""Urging (督办): a step's holder is told, then the level above. Called by the action, inside its transaction."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.calendars.clock import ZONE
from weimin.calendars.queries import calendar_for
from weimin.flows.ladder import AFTER_WORKDAYS, desk_above, goes_up
from weimin.flows.models import Step
from weimin.flows.registry import FLOWS
from weimin.flows.veil import kind_of, may_know
from weimin.messages.sending import send
from weimin.messages.wording import register_template
from weimin.regions.queries import names
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

LATE = "flows.late"
register_template(LATE, gettext_lazy("%(place)s有 %(count)d 件事项逾期超过 %(days)d 个工作日，已提醒承办岗位，请督促办理。"))


def late_workdays(step: Step, now: datetime) -> int:
    """Working days since the deadline; 0 when it is not past or there is none."""
    if step.due_at is None or step.due_on is None or now < step.due_at:
        return 0
    return calendar_for(step.region).workdays_between(step.due_on, now.astimezone(ZONE).date())


def check_urgeable(step: Step, actor: Actor, now: datetime) -> None:
    """Open, running, held by somebody else, and not urged today."""
    if step.closed_at is not None:
        raise RuleBroken(_("这一步已经办结，不用催办。"))
    if step.paused_since is not None:
        raise RuleBroken(_("计时已经暂停，恢复后才能催办。"))
    if step.role == actor.role and step.holder in (None, actor.person):
        raise RuleBroken(_("这一步由您自己的岗位承办，不用催办。"))
    if step.urged_at is not None and step.urged_at.astimezone(ZONE).date() == now.astimezone(ZONE).date():
        raise RuleBroken(_("今天已经催办过，明天可以再次催办。"))


def urge_step(step: Step, by: Actor, now: datetime, note: str = "") -> bool:
    """Tells the holder; the second time, or late by the ladder's days, the level above as well. True when it went up.

    The morning's job tells the level above itself, once for all steps of a township (`tell_above`).
    """
    upwards = goes_up(step.urged_count, late_workdays(step, now))
    tell(step, step.holder or step.role, words(step, by, note), now)
    if upwards:
        step.urged_up_at = step.urged_up_at or now
        if not by.is_system:
            tell_desk_above(step, by, note, now)
    step.urged_count, step.urged_at = step.urged_count + 1, now
    step.save(update_fields=["urged_count", "urged_at", "urged_up_at"])
    return upwards


def tell_desk_above(step: Step, by: Actor, note: str, now: datetime) -> None:
    """A desk that may not know whom it is about hears of what kind it is, without the remark, and is led to its own list."""
    above = desk_above(step.role)
    if may_know(above, step):
        tell(step, above, _("下级逾期未办，请督促：%(text)s") % {"text": words(step, by, note)}, now)
    else:
        send(above, step.region, _("下级逾期未办，请督促：%(text)s") % {"text": words(step, by, "", kind_of(step))}, "/?tab=team&lamp=red", now)


def words(step: Step, by: Actor, note: str, title: str = "") -> str:
    """The sentence of the message: what, until when, who asks, and their remark."""
    until = step.due_on.isoformat() if step.due_on else _("无时限")
    said = _("督办：%(title)s（%(until)s 到期），%(who)s请尽快办理。") % {
        "title": title or step.title, "until": until, "who": _("系统提醒") if by.is_system else by.name,
    }  # fmt: skip
    return f"{said}{note}" if note else said


def tell(step: Step, to: int | str, text: str, now: datetime) -> None:
    """A message at the step's own place: the person, or whoever has the role over that place, sees it."""
    flow = FLOWS.get(step.flow)
    send(to, step.region, text, flow.url(step.subject_id) if flow else "", now)


def tell_above(desk: str, township: int, count: int, now: datetime) -> None:
    """One message to the level above for all late steps of a township; the link shows them on the workbench."""
    about = {"place": names([township])[township], "count": count, "days": AFTER_WORKDAYS}
    send(desk, township, "", "/?tab=team&lamp=red", now, template=LATE, parameters=about)
