"""Results out of a file, one row a person: a new examination, or what was missing of the one of that day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.examinations.actions.examining import consequences, examination_url, sentence
from weimin.examinations.forms_examination import SHEET, ImportResult
from weimin.examinations.judging import COLUMNS, Judged, content_of, fill, new_examination, whom_of
from weimin.examinations.models import Examination
from weimin.examinations.wording import label_of
from weimin.health.actions.base import KEEPERS, check_active, named
from weimin.health.models import HealthRecord
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def results_of(data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in SHEET if data.get(key) not in (None, "", [])}


def same(kept: Any, given: Any) -> bool:
    return str(kept) == str(given) or (not isinstance(kept, str) and not isinstance(kept, list) and float(kept) == float(given))


def differing(kept: dict[str, Any], given: dict[str, Any]) -> list[str]:
    """Fields that both have and that do not agree."""
    return [key for key, value in given.items() if kept.get(key) not in (None, "", []) and not same(kept[key], value)]


def refusal(keys: list[str]) -> str:
    """What is said of a row that contradicts what is written; empty when it does not."""
    if not keys:
        return ""
    words = "、".join(label_of(key) for key in keys[:5])  # text: data
    return _now("这一天的体检已有不同的结果：%(items)s。有误的请办理“补充或更正体检”。") % {"items": words}


def of_day(actor: Actor, record: HealthRecord, on: Any) -> Examination | None:
    return Examination.objects.visible_to(actor).filter(record=record, on=on, corrections__isnull=True).first()


def supplement(by: Actor, row: Examination, given: dict[str, Any]) -> tuple[Judged, list[str]]:
    """What was empty is filled and everything judged anew; answers what was new."""
    kept = content_of(row)
    new = [key for key in given if kept.get(key) in (None, "", [])]
    judged = fill(row, {**kept, **{key: given[key] for key in new}}, whom_of(by, row.record, row.on))
    if new:
        row.save(update_fields=COLUMNS)
    return judged, new


@register(
    "examinations.import_result", label=_("导入体检结果"), form=ImportResult, roles=KEEPERS, region=lambda target, data: data["record"].region, keeps_draft=False
)  # fmt: skip
def import_result(by: Actor, target: None, data: dict[str, Any], now: datetime) -> Outcome:
    """导入一个人的体检结果：当天没有体检的新建，已有的只补空着的项目；同样的内容再导一次不变。"""
    record: HealthRecord = data["record"]
    check_active(record, by, now)
    given, row = results_of(data), of_day(by, record, data["on"])
    if row is not None and (words := refusal(differing(content_of(row), given))):
        raise RuleBroken(words)
    if row is None:
        row, judged = new_examination(by, record, given, data["on"], now)
        new = sorted(given)
    else:
        row.record = record
        judged, new = supplement(by, row, given)
    suspects = consequences(by, row, judged, now, "examinations.record") if new else 0
    after = {"name": named(record.resident), "on": str(row.on), "fields": len(new)}
    return Outcome(row, after=after, message=sentence(judged, suspects), next_url=examination_url(row.pk))
