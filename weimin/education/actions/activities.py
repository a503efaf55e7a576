"""Activities: planned, changed, held or cancelled, with the sign-in list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.attachments.attaching import attach
from weimin.education.actions.base import KEEPERS, check_open, find_institution, where, who
from weimin.education.flow import activity_url
from weimin.education.forms.activities import ChangeActivity, CorrectActivity, PlanActivity, RecordActivity, SignInList
from weimin.education.forms.fields import Reason
from weimin.education.models import Activity, ActivityState, Material, MaterialMove, Quiz, QuizCount, SignIn
from weimin.education.reminding import remind_of_activity, settle
from weimin.sites.models import Site
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

FACTS = ("kind", "subject", "starts_at", "venue", "place_kind", "speaker", "audience")
FOUND = ("attendance", "content", "evaluation", "archives", "leader")


def find_activity(actor: Actor, pk: Any) -> Activity:
    return Activity.objects.visible_to(actor).select_for_update().get(pk=pk)


def at_site(site: Site, data: dict[str, Any]) -> int:
    return data.get("place") or site.region


def at_place(activity: Activity, data: dict[str, Any]) -> int:
    """The community that was chosen, else where the institution is; one whose site is not seen from here leaves the place as it is."""
    home = Site.objects.filter(pk=activity.institution).values_list("region", flat=True).first()
    return data.get("place") or home or activity.region


def move_to(activity: Activity, region: int) -> None:
    """The activity with what hangs on it."""
    activity.region = region
    SignIn.objects.filter(activity=activity).update(region=region)
    Quiz.objects.filter(activity=activity).update(region=region)
    QuizCount.objects.filter(quiz__activity=activity).update(region=region)


def check_planned(activity: Activity, actor: Actor, now: datetime) -> None:
    if activity.state != ActivityState.PLANNED:
        raise RuleBroken(_now("这次活动%(state)s，不能再办理这一步。") % {"state": activity.get_state_display()})


def check_begun(activity: Activity, actor: Actor, now: datetime) -> None:
    check_planned(activity, actor, now)
    if activity.starts_at > now:
        raise RuleBroken(_now("活动还没有开始（%(at)s），开展以后再记录。") % {"at": f"{timezone.localtime(activity.starts_at):%Y-%m-%d %H:%M}"})


def check_held(activity: Activity, actor: Actor, now: datetime) -> None:
    if activity.state != ActivityState.HELD:
        raise RuleBroken(_now("这次活动还没有记录，直接填写活动记录就行。"))


def check_not_cancelled(activity: Activity, actor: Actor, now: datetime) -> None:
    if activity.state == ActivityState.CANCELLED:
        raise RuleBroken(_now("这次活动%(state)s，不能再办理这一步。") % {"state": activity.get_state_display()})


@register("education.plan_activity", label=_("安排活动"), form=PlanActivity, roles=KEEPERS, find=find_institution, region=at_site, check=check_open)
def plan_activity(by: Actor, site: Site, data: dict[str, Any], now: datetime) -> Outcome:
    """安排一次讲座、义诊、健康课堂、讲坛、“五进”宣传、竞猜或发放一封信；已经开展的也先在这里登记。"""
    row = Activity.objects.create(
        region=at_site(site, data), institution=site.pk, institution_name=site.name, planned_by=who(by), planned_at=now, **{name: data[name] for name in FACTS}
    )
    remind_of_activity(row, now)
    after = {"subject": row.subject, "kind": row.kind, "starts_at": str(row.starts_at)}
    return Outcome(row, after=after, message=_now("已安排，开展后请填活动记录。"), next_url=activity_url(row.pk))


@register("education.change_activity", label=_("更改活动安排"), form=ChangeActivity, roles=KEEPERS, find=find_activity, region=at_place, check=check_planned)
def change_activity(by: Actor, activity: Activity, data: dict[str, Any], now: datetime) -> Outcome:
    """更改还没有开展的活动：时间、地点、主题、主讲人。"""
    before = {"subject": activity.subject, "starts_at": str(activity.starts_at)}
    for name in FACTS:
        setattr(activity, name, data[name])
    move_to(activity, at_place(activity, data))
    activity.save()
    settle(activity, by, now, "education.change_activity")
    remind_of_activity(activity, now)
    after = {"subject": activity.subject, "starts_at": str(activity.starts_at)}
    return Outcome(activity, before=before, after=after, message=_now("已更改。"), next_url=activity_url(activity.pk))


def keep_found(activity: Activity, data: dict[str, Any], by: Actor, now: datetime) -> None:
    """What came of it, with its photos."""
    for name in FOUND:
        setattr(activity, name, data[name])
    for photo in data["photos"]:
        attach(by, photo, subject_type=Activity._meta.label_lower, subject_id=activity.pk, region=activity.region, kind="photo", now=now)


def give_out(activity: Activity, given: list[tuple[Material, int]], by: Actor, now: datetime) -> int:
    """Takes what was given out from the stock of its kind; how many in all."""
    on = timezone.localdate(activity.starts_at)
    for material, quantity in given:
        row = Material.objects.select_for_update().get(pk=material.pk)
        if row.stock < quantity:
            raise RuleBroken(_now("“%(title)s”只剩 %(stock)d 份，请核对。") % {"title": row.title, "stock": row.stock})
        row.stock -= quantity
        row.save(update_fields=["stock"])
        facts = {"on": on, "quantity": -quantity, "activity": activity.pk, "entered_by": who(by), "entered_at": now}
        MaterialMove.objects.create(region=row.region, material=row, note=activity.subject[:100], **facts)
    return sum(quantity for _row, quantity in given)


@register("education.record_activity", label=_("填活动记录"), form=RecordActivity, roles=KEEPERS, find=find_activity, region=where, check=check_begun)
def record_activity(by: Actor, activity: Activity, data: dict[str, Any], now: datetime) -> Outcome:
    """活动开展后记录人数、内容、评价和发放的资料，拍照上传；照片也可以以后在活动页补传。"""
    keep_found(activity, data, by, now)
    activity.state, activity.recorded_by, activity.recorded_at = ActivityState.HELD, who(by), now
    activity.save()
    given = give_out(activity, data["given"], by, now)
    settle(activity, by, now, "education.record_activity")
    after = {"attendance": activity.attendance, "given": given}
    return Outcome(activity, after=after, message=_now("已记录。"), next_url=activity_url(activity.pk))


@register("education.correct_activity", label=_("更正活动记录"), form=CorrectActivity, roles=KEEPERS, find=find_activity, region=where, check=check_held)
def correct_activity(by: Actor, activity: Activity, data: dict[str, Any], now: datetime) -> Outcome:
    """人数、内容或评价记错了，写明原因更正；发放的资料在资料里更正。"""
    before = {"attendance": activity.attendance}
    keep_found(activity, data, by, now)
    activity.save(update_fields=[*FOUND])
    after = {"attendance": activity.attendance}
    return Outcome(activity, before=before, after=after, reason=data["reason"], message=_now("已更正。"), next_url=activity_url(activity.pk))


@register("education.cancel_activity", label=_("取消活动"), form=Reason, roles=KEEPERS, find=find_activity, region=where, check=check_planned)
def cancel_activity(by: Actor, activity: Activity, data: dict[str, Any], now: datetime) -> Outcome:
    """没有开展的活动写明原因取消，不计入完成。"""
    activity.state, activity.reason = ActivityState.CANCELLED, data["reason"]
    activity.save(update_fields=["state", "reason"])
    settle(activity, by, now, "education.cancel_activity")
    return Outcome(activity, after={"state": activity.state}, reason=data["reason"], message=_now("已取消。"), next_url=activity_url(activity.pk))


@register("education.sign_in", label=_("登记签到"), form=SignInList, roles=KEEPERS, find=find_activity, region=where, check=check_not_cancelled)
def sign_in(by: Actor, activity: Activity, data: dict[str, Any], now: datetime) -> Outcome:
    """登记到场的人；填活动记录时人数照此带出。"""
    SignIn.objects.bulk_create([SignIn(region=activity.region, activity=activity, name=name, entered_at=now) for name in data["names"]])
    message = _now("已登记 %(people)d 人。") % {"people": len(data["names"])}
    return Outcome(activity, after={"people": len(data["names"])}, message=message, next_url=activity_url(activity.pk))
