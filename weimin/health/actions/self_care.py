"""Self-care of elderly people is assessed (A-36)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.health.actions.base import KEEPERS, check_active, find_record, named, record_url, where
from weimin.health.forms_self_care import AssessSelfCare
from weimin.health.models import Care, CareState, HealthRecord, Programme, SelfCare
from weimin.health.rules_self_care import grade_of, items, total_of
from weimin.health.standards import standard
from weimin.residents.rules_groups import age_on
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def check_elderly(record: HealthRecord, actor: Actor, now: datetime) -> None:
    """From the age of the plan's key groups on, which is the lower one."""
    check_active(record, actor, now)
    today = timezone.localdate(now)
    wanted = standard("key_groups", today).days("from_age")
    if age_on(record.resident.birth_on, today) < wanted:
        raise RuleBroken(_now("满 %(age)d 岁的老年人才做生活自理能力评估。") % {"age": wanted})


@register("health.assess_self_care", label=_("自理能力评估"), form=AssessSelfCare, roles=KEEPERS, find=find_record, region=where, check=check_elderly)
def assess_self_care(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """按规范的五项评估老年人生活自理能力，总分和结果自动算出。"""
    scores = {item.key: int(data[item.key]) for item in items()}
    total = total_of(scores)
    grade = grade_of(total, standard("elderly", data["on"]))
    row = SelfCare.objects.create(
        region=record.region, record=record, on=data["on"], scores=scores, total=total, grade=grade, assessed_by=by.name or by.role
    )  # fmt: skip
    if not SelfCare.objects.visible_to(by).filter(record=record, on__gt=row.on).exists():
        grade_care(by, record, row)
    if record.touched_on is None or record.touched_on < row.on:
        record.touched_on = row.on
        record.save(update_fields=["touched_on"])
    message = _now("已评估：%(total)d 分，%(grade)s。") % {"total": total, "grade": row.get_grade_display()}
    return Outcome(row, after={"name": named(record.resident), "on": str(row.on)}, message=message, next_url=record_url(record.pk))


def grade_care(by: Actor, record: HealthRecord, row: SelfCare) -> None:
    """The latest result is the grade of the person among the elderly."""
    open_care = Care.objects.visible_to(by).filter(record=record, programme=Programme.ELDERLY).exclude(state=CareState.ENDED)
    open_care.update(grade=str(row.get_grade_display()))
