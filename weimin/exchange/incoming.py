"""A bundle that came in, looked at: read, checked against FHIR and against this house, compared with the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import JSONField
from django.utils.translation import gettext as _

from weimin.exchange.collecting import Collected, collect
from weimin.exchange.kinds import KINDS, Kind
from weimin.exchange.rules_bundle import Content, is_ours, parse
from weimin.exchange.rules_lines import Item, Unreadable, compact
from weimin.exchange.rules_plan import Plan, plan_of
from weimin.exchange.rules_reading import read_bundle
from weimin.exchange.rules_release import R4, R5, release_of, to_r5
from weimin.exchange.rules_sound import LONGEST_FORM
from weimin.health.models import CareState, DueState, HealthRecord, RecordState
from weimin.health.rules_number import LENGTH
from weimin.residents.models import Resident
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken
from weimin.walls.later import Later

validating = Later("weimin.exchange.validating")
MOST = 5
RECORD = ("opened_by", "state", "inactive_reason", "inactive_note")
LONGEST_CHAIN = 20  # corrections of corrections
LONGEST_KEY = 300


@dataclass(frozen=True)
class Compared:
    """`record` and `ours` are None when the person has no record here yet."""

    record: HealthRecord | None
    ours: Collected | None
    plan: Plan


def look(raw: bytes, today: date) -> tuple[Content, str]:
    """(content, release) of an upload. RuleBroken with what is wrong and where; nothing is kept then."""
    bundle = read_bundle(raw)
    release = release_that_fits(bundle)
    validating.check_valid(bundle, release)
    return checked(opened(bundle, release), today), release


def release_that_fits(bundle: dict[str, Any]) -> str:
    """As its resources look; a bundle of another system that is unsound so, and sound in the other release, is of that one."""
    release = release_of(bundle)
    if any(is_ours(row["resource"]) for row in bundle["entry"]) or not validating.faults_of(bundle, release):
        return release
    other = R4 if release == R5 else R5
    return release if validating.faults_of(bundle, other) else other


def opened(bundle: dict[str, Any], release: str) -> Content:
    try:
        content = parse(to_r5(bundle) if release == R4 else bundle)
    except Unreadable as unreadable:
        words = _("第 %(number)d 条内容的“%(field)s”读不懂：%(value)s。")
        raise RuleBroken(words % {"number": unreadable.at, "field": unreadable.field, "value": unreadable.value}) from None
    if not content.bundle or len(content.bundle) > LONGEST_KEY:
        raise RuleBroken(_("Bundle 没有编号（identifier），不能判断是不是已经导入过。"))
    return content


def checked(content: Content, today: date) -> Content:
    """RuleBroken with the first faults of rows that cannot be rows here."""
    found = [*record_faults(content.record, today), *number_faults(content.person)]
    found += [words for name, rows in content.rows.items() for row in rows for words in row_faults(KINDS[name], row, today)]
    found += list(loose_ends(content))
    if found:
        more = _("还有 %(count)d 处。") % {"count": len(found) - MOST} if len(found) > MOST else ""
        raise RuleBroken(" ".join([_("有的内容不能写进档案："), *found[:MOST], more]).strip())
    return content


def record_faults(record: Item, today: date) -> list[str]:
    faults = [words for name in RECORD for words in column_faults(HealthRecord, name, record.get(name)) if record.get(name)]
    rests = record.get("state") == RecordState.INACTIVE
    if rests != bool(record.get("inactive_reason") and record.get("inactive_on")):
        faults.append(_("档案的状态和非活动的日期、原因对不上。"))
    if record.get("opened_on") and record["opened_on"] > today:
        faults.append(_("建档日期晚于今天。"))
    if len(compact(record.get("personal") or {})) > LONGEST_FORM:
        faults.append(_("个人基本信息表过长。"))
    return faults


def number_faults(person: Item) -> list[str]:
    """Numbers of records are seventeen digits (A-03), here and elsewhere."""
    numbers = [person.get("number") or "", *(row["number"] for row in person.get("former", []))]
    return [_("档案编号“%(number)s”不是 17 位数字。") % {"number": str(number)[:20]} for number in numbers if number and not is_number(number)]


def is_number(text: Any) -> bool:
    return isinstance(text, str) and len(text) == LENGTH and text.isascii() and text.isdigit()


def row_faults(kind: Kind, row: Item, today: date) -> list[str]:
    found = [words for name in kind.columns for words in column_faults(kind.model, name, row[name])] or kind.faults(row, today)
    return [_("第 %(number)d 条（%(kind)s）：%(fault)s。") % {"number": row["at"], "kind": kind.label, "fault": words.rstrip("。.")} for words in found]


def column_faults(model: Any, name: str, value: Any) -> list[str]:
    """What the column itself says: choices, lengths, digits, missing."""
    column = model._meta.get_field(name)
    if isinstance(column, JSONField):
        return [] if value is not None else [_("缺少“%(name)s”") % {"name": column.verbose_name}]
    if value is None and column.has_default():
        return []
    try:
        column.clean(value, None)
    except ValidationError as error:
        return [f"{column.verbose_name}：{words}" for words in error.messages]  # text: data
    return []


def loose_ends(content: Content) -> Iterator[str]:
    """Rows that name others: those must be in the bundle, each once."""
    yield from doubles(content)
    cares = {row["key"] for row in content.rows.get("care", [])}
    for row in content.rows.get("visit", []):
        named = [one["care"] for one in row["outcomes"]]
        if not set(named) <= cares or len(set(named)) != len(named):
            yield _("第 %(number)d 条（随访）的分类指向数据包里没有的管理。") % {"number": row["at"]}
    visits = {row["key"] for row in content.rows.get("visit", [])}
    for row in content.rows.get("file", []):
        if row["of"] not in visits:
            yield _("第 %(number)d 条（照片和附件）所属的随访不在数据包里。") % {"number": row["at"]}
    for name, rows in content.rows.items():
        by_key, targets = {row["key"]: row for row in rows}, Counter(row.get("corrects") for row in rows)
        for row in rows:
            if row.get("corrects") and (targets[row["corrects"]] > 1 or not ends(row, by_key)):
                words = {"number": row["at"], "kind": KINDS[name].label}
                yield _("第 %(number)d 条（%(kind)s）更正的那一条不在数据包里，或者更正了两次。") % words


def doubles(content: Content) -> Iterator[str]:
    """What a record has once: an open care of a programme, an open row of what is due of a kind, self-care on a day."""
    cares = [(row["programme"], row) for row in content.rows.get("care", []) if row["state"] != CareState.ENDED]
    dues = [(row["kind"], row) for row in content.rows.get("due", []) if row["state"] == DueState.OPEN]
    days = [(row["on"], row) for row in content.rows.get("self_care", [])]
    for kind, rows in (("care", cares), ("due", dues), ("self_care", days)):
        seen = set[Any]()
        for once, row in rows:
            if once in seen:
                yield _("第 %(number)d 条（%(kind)s）和前面的一条重复，一份档案只能有一条。") % {"number": row["at"], "kind": KINDS[kind].label}
            seen.add(once)


def ends(row: Item, by_key: dict[str, Item]) -> bool:
    """Whether the rows that it corrects, one after the other, are all there and come to an end."""
    for _step in range(LONGEST_CHAIN):
        if not row["corrects"]:
            return True
        if row["corrects"] not in by_key:
            return False
        row = by_key[row["corrects"]]
    return False


def compare(actor: Actor, content: Content, resident: Resident, jurisdiction: int) -> Compared:
    """The record of a resident beside what came in."""
    record = HealthRecord.objects.visible_to(actor).select_related("resident").filter(resident=resident).first()
    ours = collect(actor, record, jurisdiction) if record is not None else None
    return Compared(record, ours, plan_of(content, ours.content if ours else None, jurisdiction))
