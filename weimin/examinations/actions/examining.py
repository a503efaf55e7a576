"""An examination is written down by the standard's form; a wrong one is corrected by a new one (A-08)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.examinations.chasing import follow, hand_over, warn
from weimin.examinations.flow import follow_up_url
from weimin.examinations.forms_examination import CorrectExamination, RecordExamination
from weimin.examinations.judging import Judged, answered, measured_since, new_examination
from weimin.examinations.models import Examination
from weimin.examinations.rules_abnormal import URGENT
from weimin.health.actions.base import KEEPERS, check_active, find_record, named, where
from weimin.health.models import HealthRecord
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def examination_url(number: int) -> str:
    return reverse("examinations:examination", args=[number])


def consequences(by: Actor, row: Examination, judged: Judged, now: datetime, action: str) -> int:
    """What is found is followed and suspicions go to screening, but for what was looked at again since. Answers how many were handed over."""
    since = measured_since(by, row)
    warned = follow(row, judged.listed, by, now, action, since)
    if warned is not None:
        warn(warned, follow_up_url(warned.pk), now)
    return hand_over(by, row.record, row, replace(judged, listed=[one for one in judged.listed if one.item not in since]), now)


def is_urgent(judged: Judged) -> bool:
    """The page of the examination, with the way to the hospital, comes before the next person on the list."""
    return any(one.level == URGENT for one in judged.listed)


def sentence(judged: Judged, suspects: int) -> str:
    levels = {one.level for one in judged.listed}
    if is_urgent(judged):
        return _now("体检已保存。有危急结果：马上联系本人，处理后转诊。")
    if suspects:
        return _now("体检已保存。有新发现的可疑患者，已登记筛查，请两周内问清确诊结果。")
    if "recheck" in levels:
        return _now("体检已保存。有结果要复查，已列入异常追踪。")
    return _now("体检已保存。")


@register(
    "examinations.record", label=_("登记体检"), form=RecordExamination, roles=KEEPERS, find=find_record, region=where, check=check_active,
    template="examinations/form.html",
)  # fmt: skip
def record_examination(by: Actor, record: HealthRecord, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一次健康体检：按规范自动判断异常，补录的按体检当天算。"""
    row, judged = new_examination(by, record, answered(data), data["on"], now)
    suspects = consequences(by, row, judged, now, "examinations.record")
    after = {"name": named(record.resident), "on": str(row.on), "complete": row.complete}
    return Outcome(row, after=after, message=sentence(judged, suspects), next_url=examination_url(row.pk), pressing=is_urgent(judged))


def find_examination(actor: Actor, pk: Any) -> Examination:
    rows = Examination.objects.visible_to(actor).select_for_update(of=("self",)).select_related("record__resident", "due")
    return rows.get(pk=pk)


def check_correctable(row: Examination, actor: Actor, now: datetime) -> None:
    check_active(row.record, actor, now)
    if Examination.objects.visible_to(actor).filter(corrects=row).exists():
        raise RuleBroken(_now("这次体检已经更正过，请更正最新的那一次。"))


@register(
    "examinations.correct", label=_("补充或更正体检"), form=CorrectExamination, roles=KEEPERS, find=find_examination, region=where, check=check_correctable,
    template="examinations/form.html",
)  # fmt: skip
def correct_examination(by: Actor, old: Examination, data: dict[str, Any], now: datetime) -> Outcome:
    """补充或更正一次体检：写明理由，重新判断；原来的内容保留备查。"""
    row, judged = new_examination(by, old.record, answered(data), data["on"], now, corrects=old)
    suspects = consequences(by, row, judged, now, "examinations.correct")
    return Outcome(
        row, before={"on": str(old.on)}, after={"name": named(old.record.resident), "on": str(row.on)}, reason=data["reason"],
        message=sentence(judged, suspects), next_url=examination_url(row.pk), pressing=is_urgent(judged),
    )  # fmt: skip
