"""A health record is opened from the register, kept up to date, rests and comes back (A-01 to A-07)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.health.actions.base import KEEPERS, check_active, find_record, named, record_url, where
from weimin.health.actions.care import ask_for, replan
from weimin.health.actions.returning import see_soon
from weimin.health.assigning import answer_for
from weimin.health.forms_record import AssignDoctor, OpenRecord, RestRecord, UpdatePersonal, WakeRecord
from weimin.health.missing import drop_call
from weimin.health.models import Care, CareState, HealthRecord, RecordState
from weimin.health.numbering import next_number
from weimin.health.queries.institutions import institution_for
from weimin.health.resting import rest, wake
from weimin.health.rules_personal import asked, from_register
from weimin.health.rules_visit import VISITED
from weimin.residents.models import Resident, ResidentStatus
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def find_resident(actor: Actor, pk: Any) -> Resident:
    return Resident.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=pk)


def check_without_record(resident: Resident, actor: Actor, now: datetime) -> None:
    if resident.status != ResidentStatus.LIVING:
        raise RuleBroken(_now("这位居民现在是“%(status)s”，不能建档。") % {"status": resident.get_status_display()})
    if HealthRecord.objects.visible_to(actor).filter(resident=resident).exists():
        raise RuleBroken(_now("这位居民已经有健康档案，一人一档。"))


@register("health.open_record", label=_("建立健康档案"), form=OpenRecord, roles=KEEPERS, find=find_resident, region=where, check=check_without_record)
def open_record(by: Actor, resident: Resident, data: dict[str, Any], now: datetime) -> Outcome:
    """从居民登记建立健康档案，自动编号，登记过的不再填。"""
    known = from_register(resident.marital, resident.education, resident.region, resident.registered_region)
    record = HealthRecord.objects.create(
        region=resident.region, resident=resident, number=next_number(resident.region), opened_on=data["opened_on"], opened_by=by.name or by.role,
        doctor=by.person if by.role == "doctor" else None, institution=institution_for(resident.region), personal=known,
    )  # fmt: skip
    message = _now("已建档，编号 %(number)s。请把个人基本信息表填完整。") % {"number": record.number}
    next_url = f"{reverse('actions:act', args=['health.update_personal', record.pk])}?next={record_url(record.pk)}"
    return Outcome(record, after={"number": record.number, "name": named(resident)}, message=message, next_url=next_url)


@register("health.update_personal", label=_("填写个人基本信息表"), form=UpdatePersonal, roles=KEEPERS, find=find_record, region=where, check=check_active)
def update_personal(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """填写或更新个人基本信息表；姓名、证件、住址等在居民登记里改。"""
    today = timezone.localdate(now)
    answered = {one.key: data[one.key] for one in asked() if data.get(one.key)}
    kept = {key: value for key, value in record.personal.items() if key not in {one.key for one in asked()}}
    changed = sorted(key for key in {*answered, *record.personal} if answered.get(key, kept.get(key)) != record.personal.get(key))
    record.personal, record.personal_on = kept | answered, today
    record.save(update_fields=["personal", "personal_on"])
    return Outcome(record, after={"fields": changed}, message=_now("个人基本信息表已更新。"), next_url=record_url(record.pk))


@register("health.rest_record", label=_("转为非活动"), form=RestRecord, roles=KEEPERS, find=find_record, region=where, check=check_active)
def rest_record(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """死亡、失踪、迁出等原因，档案转为非活动，不再安排随访；内容照样保存。"""
    ended = rest(by, record, data["why"], data["on"], data["note"])
    drop_call(record, by, now, "health.rest_record")
    after = {"state": record.state, "on": str(data["on"]), "ended": ended}
    return Outcome(record, before={"state": "active"}, after=after, message=_now("档案已转为非活动。"), next_url=record_url(record.pk))


def check_inactive(record: HealthRecord, actor: Actor, now: datetime) -> None:
    if record.state == RecordState.ACTIVE:
        raise RuleBroken(_now("这份档案是活动的，不用恢复。"))
    if record.resident.status == ResidentStatus.DEAD:
        raise RuleBroken(_now("居民登记里是死亡。登记有误的，先撤销死亡登记。"))


@register("health.wake_record", label=_("恢复为活动"), form=WakeRecord, roles=KEEPERS, find=find_record, region=where, check=check_inactive)
def wake_record(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """人找到了、迁回来了，档案恢复为活动：还在管理的两周内随访，待确诊的接着追踪；已结案的要不要管理由医生决定。"""
    before = {"state": record.state, "reason": record.inactive_reason}
    wake(record)
    wait_again(by, record, now)
    return Outcome(record, before=before, after={"state": record.state}, reason=data["reason"], message=_now("档案已恢复。"), next_url=record_url(record.pk))


def wait_again(by: Actor, record: HealthRecord, now: datetime) -> None:
    """What was owed ended when the record began to rest: who is still under care is seen, and a suspicion asked about, within two weeks."""
    today = timezone.localdate(now)
    for care in Care.objects.visible_to(by).select_for_update().filter(record=record, state__in=(CareState.MANAGED, CareState.SUSPECTED)):
        if care.state == CareState.SUSPECTED:
            ask_for(record, care, today)
        elif care.programme in VISITED:
            care.next_on = None  # that day was cancelled with what was owed
            see_soon(care, today)
    replan(by, record, now)


@register("health.assign", label=_("指定责任医生"), form=AssignDoctor, roles=("institution",), find=find_record, region=where, check=check_active)
def assign(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """指定谁负责这份档案，管理和待办的随访一起转过去。"""
    before = {"doctor": record.doctor, "institution": record.institution}
    record.institution = data["institution"]
    record.save(update_fields=["institution"])
    Care.objects.visible_to(by).filter(record=record).exclude(state=CareState.ENDED).update(institution=record.institution)
    answer_for(record, data["doctor"])
    after = {"doctor": record.doctor, "institution": record.institution}
    return Outcome(record, before=before, after=after, message=_now("责任医生已更新。"), next_url=record_url(record.pk))
