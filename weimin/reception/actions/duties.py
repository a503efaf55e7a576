"""The duty roster: the pattern of a week, the days made from it, one seat, leave with a stand-in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.reception.actions.finding import KEEPERS, check_site_in_use, find_site, find_window, where
from weimin.reception.actions.telling import tell_stand_in
from weimin.reception.actions.windows import check_window_kept
from weimin.reception.forms.duties import BackForm, LeaveForm, PatternForm, RosterForm, SeatForm
from weimin.reception.hours import timetable_of
from weimin.reception.models import Duty, DutyLeave, DutyPattern, DutySwap, Half, Window
from weimin.reception.queries import windows_of
from weimin.reception.roster import monday_of, on_leave, pattern_of, sits_elsewhere
from weimin.reception.rules import days_between
from weimin.sites.models import Site
from weimin.staffing.models import Worker
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def roster_url(site: int, on: date | None = None) -> str:
    return reverse("reception:roster", args=[site]) + (f"?week={monday_of(on).isoformat()}" if on else "")


@register("reception.set_pattern", label=_("安排一周值班"), form=PatternForm, roles=KEEPERS, find=find_window, region=where, check=check_window_kept)
def set_pattern(by: Actor, window: Window, data: dict[str, Any], now: datetime) -> Outcome:
    """安排窗口每个半天平时由谁值班；排班时照这个生成。"""
    DutyPattern.objects.filter(window=window).delete()
    rows = [
        DutyPattern(window=window, region=window.region, weekday=day, half=half, worker_id=worker)
        for day in range(7)
        for half in Half.values
        if (worker := data[f"d{day}_{half}"])
    ]
    DutyPattern.objects.bulk_create(rows)
    return Outcome(window, after={"half_days": len(rows)}, message=_now("已安排。"), next_url=roster_url(window.site_id))


def check_has_pattern(site: Site, actor: Actor, now: datetime) -> None:
    check_site_in_use(site, actor, now)
    if not DutyPattern.objects.filter(window__site=site).exists():
        raise RuleBroken(_now("还没有安排一周的值班，请先在窗口上安排。"))


@register("reception.make_roster", label=_("排班"), form=RosterForm, roles=KEEPERS, find=find_site, region=where, check=check_has_pattern)
def make_roster(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """照一周的安排排出几周的值班；不开放的日子不排，已经排好和换过的班不动。"""
    first, last = data["first_on"], data["first_on"] + timedelta(days=7 * data["weeks"] - 1)
    windows = windows_of(by, site)
    held = set(Duty.objects.visible_to(by).filter(window__in=windows, on__range=(first, last)).values_list("window_id", "on", "half"))
    patterns = pattern_of(by, windows)
    leaves = on_leave(by, {row.worker_id for row in patterns}, first, last)
    leaves += on_leave(by, {row.stand_in_id for row in leaves if row.stand_in_id} - {row.worker_id for row in patterns}, first, last)
    timetable = timetable_of(by, site, first, last)
    rows = [
        planned(row, day, leaves)
        for day in days_between(first, last)
        for row in patterns
        if row.weekday == day.weekday() and row.half in timetable.on(day).halves and (row.window_id, day, row.half) not in held
    ]
    if not rows:
        raise RuleBroken(_now("这几周已经排好，没有要补的班。"))
    Duty.objects.bulk_create(rows)
    after = {"first_on": str(first), "last_on": str(last), "half_days": len(rows)}
    return Outcome(site, after=after, message=_now("已排 %(number)d 个班。") % {"number": len(rows)}, next_url=roster_url(site.pk, first))


def planned(pattern: DutyPattern, on: date, leaves: list[DutyLeave]) -> Duty:
    """The duty of a day from the pattern; somebody on leave is replaced by the stand-in, or, without one who is there that day, the seat is vacant."""
    facts = {"window_id": pattern.window_id, "region": pattern.region, "on": on, "half": pattern.half}
    away = {row.worker_id: row.stand_in_id for row in leaves if row.starts_on <= on <= row.ends_on}
    if pattern.worker_id not in away:
        return Duty(**facts, worker_id=pattern.worker_id)
    stand_in = away[pattern.worker_id]
    return Duty(**facts, worker_id=None if stand_in in away else stand_in, instead_of_id=pattern.worker_id)


def check_free(by: Actor, worker: Worker, site: Site, on: date, half: str) -> None:
    """Somebody who is not on leave that day and sits at no other site in that half."""
    if on_leave(by, [worker.pk], on, on):
        raise RuleBroken(_now("%(name)s这一天请假。") % {"name": worker.name})
    if elsewhere := sits_elsewhere(by, worker, site, on, half):
        raise RuleBroken(_now("%(name)s这半天在%(site)s值班，不能同时排两处。") % {"name": worker.name, "site": elsewhere})


def drop_swaps(duties: list[int], by: Actor, now: datetime, but: int | None = None) -> None:
    """Open swaps about seats that changed otherwise are over."""
    rows = DutySwap.objects.filter(state__in=["proposed", "agreed"]).exclude(pk=but or 0)
    facts = {"state": "withdrawn", "decided_by": by.name, "decided_at": now, "decision": _now("班次已经变动")}
    rows.filter(mine__in=duties).update(**facts)
    rows.filter(theirs__in=duties).update(**facts)


@register("reception.assign_duty", label=_("指定值班人"), form=SeatForm, roles=KEEPERS, find=find_window, region=where, check=check_window_kept)
def assign_duty(by: Actor, window: Window, data: dict[str, Any], now: datetime) -> Outcome:
    """指定某个半天由谁在窗口值班；代替原来排的人。"""
    worker = Worker.objects.visible_to(by).get(pk=data["worker"])
    check_free(by, worker, window.site, data["on"], data["half"])
    found = Duty.objects.visible_to(by).select_for_update(of=("self",)).filter(window=window, on=data["on"], half=data["half"]).first()
    before = {"worker": found.worker_id} if found else {}
    duty = found or Duty(window=window, region=window.region, on=data["on"], half=data["half"])
    duty.worker, duty.instead_of = worker, None
    duty.save()
    drop_swaps([duty.pk], by, now)
    after = {"on": str(duty.on), "half": duty.half, "name": worker.name}
    return Outcome(duty, before=before, after=after, message=_now("已指定%(name)s。") % {"name": worker.name}, next_url=roster_url(window.site_id, duty.on))


@register("reception.record_leave", label=_("登记请假"), form=LeaveForm, roles=(*KEEPERS, "window"), find=find_site, region=where, check=check_site_in_use)
def record_leave(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """登记请假；请假期间的班由顶班人接，没有顶班人的显示空岗。"""
    worker = Worker.objects.visible_to(by).get(pk=data["worker"])
    stand_in = Worker.objects.visible_to(by).get(pk=data["stand_in"]) if data["stand_in"] else None
    if on_leave(by, [worker.pk], data["starts_on"], data["ends_on"]):
        raise RuleBroken(_now("%(name)s这段时间已经请假。") % {"name": worker.name})
    if stand_in and on_leave(by, [stand_in.pk], data["starts_on"], data["ends_on"]):
        raise RuleBroken(_now("顶班人这段时间也请假，请另选一人。"))
    leave = DutyLeave.objects.create(
        region=site.region, worker=worker, stand_in=stand_in, starts_on=data["starts_on"], ends_on=data["ends_on"], reason=data["reason"],
        recorded_by=by.name, recorded_at=now,
    )  # fmt: skip
    changed = hand_over(by, site, leave, now)
    tell_stand_in(leave, changed, roster_url(site.pk, leave.starts_on), now)
    after = {"name": worker.name, "stand_in": stand_in.name if stand_in else "", "days": f"{leave.starts_on}—{leave.ends_on}", "half_days": changed}
    return Outcome(leave, after=after, reason=leave.reason, message=_now("已登记请假。"), next_url=roster_url(site.pk, leave.starts_on))


def hand_over(by: Actor, site: Site, leave: DutyLeave, now: datetime) -> int:
    """The duties during the leave go to the stand-in; how many there were."""
    rows = Duty.objects.visible_to(by).select_for_update(of=("self",)).filter(worker=leave.worker, on__range=(leave.starts_on, leave.ends_on))
    duties = list(rows.select_related("window"))
    for duty in duties:
        if leave.stand_in is not None:
            check_free(by, leave.stand_in, site, duty.on, duty.half)
        duty.instead_of_id = duty.instead_of_id or duty.worker_id
        duty.worker = leave.stand_in
    Duty.objects.bulk_update(duties, ["worker", "instead_of"])
    drop_swaps([duty.pk for duty in duties], by, now)
    return len(duties)


def find_leave(actor: Actor, pk: Any) -> DutyLeave:
    return DutyLeave.objects.visible_to(actor).select_for_update(of=("self",)).select_related("worker", "stand_in").get(pk=pk)


def check_on_leave(leave: DutyLeave, actor: Actor, now: datetime) -> None:
    if leave.ends_on < timezone.localdate(now):
        raise RuleBroken(_now("假期已经结束，不用销假。"))


@register("reception.end_leave", label=_("销假"), form=BackForm, roles=(*KEEPERS, "window"), find=find_leave, region=where, check=check_on_leave)
def end_leave(by: Actor, leave: DutyLeave, data: dict[str, Any], now: datetime) -> Outcome:
    """提前回来或者取消请假；从那天起顶班的、空着的班还给本人，已经另作安排的不动。"""
    back, before, worker = data["back_on"], f"{leave.starts_on}—{leave.ends_on}", leave.worker
    rows = Duty.objects.visible_to(by).select_for_update(of=("self",)).filter(instead_of=worker, worker=leave.stand_in_id, on__range=(back, leave.ends_on))
    duties = list(rows.select_related("window"))
    if back > leave.starts_on:
        leave.ends_on = back - timedelta(days=1)
        leave.save(update_fields=["ends_on"])
    else:
        leave.delete()
    for duty in duties:
        duty.worker, duty.instead_of = worker, None
    Duty.objects.bulk_update(duties, ["worker", "instead_of"])
    drop_swaps([duty.pk for duty in duties], by, now)
    after = {"name": worker.name, "back_on": str(back), "half_days": len(duties)}
    message = _now("已销假，还给%(name)s %(number)d 个班。") % {"name": worker.name, "number": len(duties)}
    # A leave that was taken back whole is gone; the trail then hangs on the person.
    return Outcome(leave if leave.pk else worker, before={"days": before}, after=after, message=message, next_url=leave_url(duties, back))


def leave_url(duties: list[Duty], back: date) -> str:
    return roster_url(duties[0].window.site_id, back) if duties else reverse("reception:centres")
