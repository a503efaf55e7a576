"""What life events of the register mean for health records. Whoever enters a death may not read them: it is done as the software itself,
and no word of what is in a record comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.health.carrying import carry
from weimin.health.flow import record_url
from weimin.health.missing import drop_call
from weimin.health.models import Care, CareState, EndReason, HealthRecord, InactiveReason, RecordState
from weimin.health.resting import rest, wake
from weimin.messages.sending import send
from weimin.residents.life_events import on_life_event
from weimin.residents.models import Resident
from weimin.ui.language import in_chinese
from weimin.walls.actor import Actor, system_actor
from weimin.walls.session import entered

SAID = _("健康档案按登记更新")


def said_of_everybody(actor: Actor, resident: Resident, on: date) -> list[str]:
    """The same of everybody: whether somebody has a record is not for every post."""
    return [str(SAID)]


def resting(reason: str) -> Callable[[Actor, Resident, date, datetime], list[str]]:
    def apply(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
        robot = system_actor()
        with entered(robot):
            record = HealthRecord.objects.select_for_update().filter(resident=resident).first()
            if record is not None and (record.state == RecordState.ACTIVE or record.inactive_reason != reason):
                rest(robot, record, reason, on)
                drop_call(record, robot, now, "health.rest_record")
                if reason == InactiveReason.MOVED:
                    hand_on(record, now)
        return [str(SAID)]

    return apply


@in_chinese
def hand_on(record: HealthRecord, now: datetime) -> None:
    """The institution is told to give the record to the place where the person lives now; the words name nobody."""
    text = _now("一位居民迁出，健康档案已转为非活动。请导出档案，交迁入地的机构接收。")
    send("institution", record.region, text, record_url(record.pk), now)


@in_chinese
def ask_whether(record: HealthRecord, now: datetime) -> None:
    """Care ended with the death or the move; whether it goes on is for the doctor to say, who is told. The words name nobody."""
    if Care.objects.filter(record=record, state=CareState.ENDED, end_reason__in=[EndReason.DEAD, EndReason.MOVED]).exists():
        text = _now("一份健康档案按居民登记恢复为活动，请看要不要恢复管理。")
        send("institution", record.region, text, record_url(record.pk), now)


def waking(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    with entered(system_actor()):
        record = HealthRecord.objects.select_for_update().filter(resident=resident, inactive_reason__in=[InactiveReason.DEAD, InactiveReason.MOVED]).first()
        if record is not None:
            wake(record)
            ask_whether(record, now)
    return [str(SAID)]


def moving(by: Actor, resident: Resident, on: date, now: datetime) -> list[str]:
    """The record goes where the person goes, with all that hangs on it."""
    with entered(system_actor()):
        record = HealthRecord.objects.filter(resident=resident).first()
        if record is not None and record.region != resident.region:
            carry(record, resident.region)
    return [str(SAID)]


on_life_event("death", preview=said_of_everybody, apply=resting(InactiveReason.DEAD))
on_life_event("move_out", preview=said_of_everybody, apply=resting(InactiveReason.MOVED))
on_life_event("restored", preview=said_of_everybody, apply=waking)
on_life_event("move_in", preview=said_of_everybody, apply=waking)
on_life_event("move_home", preview=said_of_everybody, apply=moving)
