"""Examinations and what is followed of them: read from and written into the tables of their room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.examinations.chasing import title_of
from weimin.examinations.flow import FOUND
from weimin.examinations.models import FOLLOW_MOVES, AbnormalFollowUp, Examination, FollowState
from weimin.examinations.rules_form import MEASURED, items
from weimin.exchange import rules_parts_examinations  # noqa: F401  (the FHIR side of these kinds)
from weimin.exchange.kinds import Kind, Naming, Work, plain, register_kind
from weimin.exchange.kinds_health import about_day, changed, day, facts, rows_of
from weimin.exchange.rules_lines import Item, compact
from weimin.exchange.rules_sound import LONGEST_FORM
from weimin.flows.steps import open_step
from weimin.health.models import HealthRecord
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken

EXAMINATION = ("on", *MEASURED, "bmi", "self_care", "findings", "abnormal", "complete", "doctor_name", "entered_at")
ABNORMAL = (
    "items", "rank", "refer", "found_on", "due_on", "state", "recalled_on", "recall_note", "rechecks", "closing", "closing_note", "closed_on",
)  # fmt: skip
FOUND_KEYS = frozenset({"item", "value", "why", "level", "within"})
MOST_SELF_CARE = 37


def follow_ups(actor: Actor, record: HealthRecord) -> list[AbnormalFollowUp]:
    return list(AbnormalFollowUp.objects.visible_to(actor).filter(record=record).select_related("examination").order_by("pk"))


def examination_item(row: Examination, naming: Naming) -> Item:
    corrects = naming.identity("examination", row.corrects)["key"] if row.corrects is not None else ""
    return naming.identity("examination", row) | plain(row, EXAMINATION) | {"corrects": corrects}


def abnormal_item(row: AbnormalFollowUp, naming: Naming) -> Item:
    return naming.identity("abnormal", row) | plain(row, ABNORMAL) | {"examination": naming.identity("examination", row.examination)["key"]}


def add_examination(work: Work, item: Item) -> Examination:
    corrects = work.row(item["corrects"]) if item["corrects"] else None
    return Examination.objects.create(region=work.record.region, record=work.record, corrects=corrects, **facts(item, EXAMINATION))


def change_examination(work: Work, row: Examination, values: Item, item: Item) -> Examination:
    """Theirs takes the place of ours as a correction does."""
    if Examination.objects.filter(corrects=row).exists():
        raise RuleBroken(_now("%(on)s 的体检已经更正过，不能再用来件的。") % {"on": row.on.isoformat()})
    return Examination.objects.create(region=row.region, record=work.record, corrects=row, **facts(item, EXAMINATION))


def add_abnormal(work: Work, item: Item) -> AbnormalFollowUp:
    """What is still open stands on the doctor's desk here."""
    examination = work.row(item["examination"])
    if not isinstance(examination, Examination):
        raise RuleBroken(_now("第 %(number)d 条（体检异常追踪）指向数据包里没有的体检。") % {"number": item["at"]})
    if item["state"] != FollowState.CLOSED and AbnormalFollowUp.objects.filter(~Q(state=FollowState.CLOSED), examination=examination).exists():
        raise RuleBroken(_now("%(on)s 的体检已经有一条在追踪，没有导入。") % {"on": examination.on.isoformat()})
    row = AbnormalFollowUp.objects.create(region=work.record.region, record=work.record, examination=examination, **facts(item, ABNORMAL))
    if row.state != FollowState.CLOSED:
        open_step(FOUND, row.state, row, title=title_of(work.record), region=row.region, now=work.now, due_on=row.due_on)
    return row


def change_abnormal(work: Work, row: AbnormalFollowUp, values: Item, item: Item) -> AbnormalFollowUp:
    """What is open here is closed by whoever follows it; only words and results are taken over."""
    if values.get("state", row.state) != row.state and ((row.state, values["state"]) not in FOLLOW_MOVES or values["state"] == FollowState.CLOSED):
        raise RuleBroken(_now("体检异常追踪现在是“%(state)s”，请在追踪里办理，不能按来件改。") % {"state": row.get_state_display()})
    return changed(row, values)  # type: ignore[no-any-return]


def examination_faults(item: Item, today: date) -> list[str]:
    found = [_now("体检日期晚于今天")] if item["on"] and item["on"] > today else []
    for name in MEASURED:
        one, value = items()[name], item[name]
        if value is not None and not ((one.low is None or value >= one.low) and (one.high is None or value <= one.high)):
            words = {"name": one.label, "value": value, "low": one.low, "high": one.high}
            found.append(_now("“%(name)s”是 %(value)s，应在 %(low)s 到 %(high)s 之间") % words)
    if not isinstance(item["findings"], dict) or len(compact(item["findings"])) > LONGEST_FORM:
        found.append(_now("体检内容读不懂"))
    return found + ([] if are_found(item["abnormal"]) and (item["self_care"] or 0) <= MOST_SELF_CARE else [_now("体检的异常项目读不懂")])


def are_found(rows: Any) -> bool:
    """Findings as `rules_abnormal.as_data` writes them."""
    return isinstance(rows, list) and len(rows) <= 100 and all(isinstance(row, dict) and set(row) == FOUND_KEYS and is_words(row) for row in rows)


def is_words(row: dict[str, Any]) -> bool:
    return all(isinstance(value, str) and len(value) <= 100 for value in row.values())


def abnormal_faults(item: Item, today: date) -> list[str]:
    found = (
        []
        if are_found(item["items"]) and isinstance(item["rechecks"], list) and len(compact(item["rechecks"])) <= LONGEST_FORM
        else [_now("体检的异常项目读不懂")]
    )
    if item["due_on"] and item["found_on"] and item["due_on"] < item["found_on"]:
        found.append(_now("止期早于起期"))
    if (item["state"] == FollowState.CLOSED) != bool(item["closed_on"] and item["closing"]) or (item["rank"] or 0) > 1:
        found.append(_now("完成日期和状态对不上"))
    return found


def about_found(item: Item) -> str:
    return day(item["found_on"])


register_kind(
    Kind(
        "examination", Examination, _("健康体检"), EXAMINATION, rows_of(Examination), examination_item, add_examination, change_examination, examination_faults,
        about_day,
    )
)  # fmt: skip
register_kind(
    Kind("abnormal", AbnormalFollowUp, _("体检异常追踪"), ABNORMAL, follow_ups, abnormal_item, add_abnormal, change_abnormal, abnormal_faults, about_found)
)
