"""What another system says of a person: kept once, in words, and where it does not agree with the record here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from weimin.exchange.kinds import Work
from weimin.exchange.models import Elsewhere
from weimin.exchange.rules_foreign import DISEASE, VALUE, VISIT
from weimin.exchange.rules_lines import Item
from weimin.health.models import Care, CareState, HealthRecord, Programme, Visit
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor
from weimin.walls.questions import Question

FIELDS = ("kind", "code", "value", "state", "on", "place", "key")
MOST = 200
UNITS = {"systolic": "mmHg", "diastolic": "mmHg", "fasting": "mmol/L", "glucose": "mmol/L", "weight": "kg", "height": "cm"}
ELSEWHERE = Question(Elsewhere, lambda rows, record: rows.filter(record=record).order_by("-on", "pk").values(*FIELDS)[:MOST])
Rows = Iterable[Mapping[str, Any]]


def keep(work: Work, items: list[Item]) -> int:
    """Those that are not here yet; how many. Two queries."""
    known = set(Elsewhere.objects.filter(record=work.record).values_list("key", flat=True))
    fresh = {item["key"]: item for item in items if item["key"] not in known}
    facts = {"region": work.record.region, "record": work.record, "exchange": work.exchange}
    Elsewhere.objects.bulk_create(Elsewhere(**facts, **{name: item[name] for name in FIELDS}) for item in fresh.values())
    return len(fresh)


def rows_of(actor: Actor, record: HealthRecord) -> list[dict[str, Any]]:
    return [dict(zip(FIELDS, row, strict=True)) for row in ELSEWHERE(actor, record.pk)]  # type: ignore[call-overload]  # tuples of values


def words_of(row: Mapping[str, Any]) -> str:
    """One thing as a doctor says it."""
    names = {
        "systolic": _("收缩压"), "diastolic": _("舒张压"), "fasting": _("空腹血糖"), "glucose": _("血糖"), "weight": _("体重"), "height": _("身高"),
        "hypertension": _("高血压"), "diabetes": _("2 型糖尿病"), "AMB": _("门诊"), "IMP": _("住院"), "EMER": _("急诊"), "HH": _("家庭"), "VR": _("电话"),
    }  # fmt: skip
    name = names.get(row["code"], row["code"])
    if row["kind"] == VALUE:
        return f"{name} {row['value']} {UNITS.get(row['code'], '')}".strip()
    if row["kind"] == DISEASE:
        return _("诊断%(name)s（已缓解）") % {"name": name} if row["state"] == "over" else _("诊断%(name)s") % {"name": name}
    return f"{_('就诊')}：{name} {row['value']}".strip()  # text: data


class Ours:
    """What stands in the record here, to compare with. Two queries."""

    def __init__(self, actor: Actor, record: HealthRecord | None) -> None:
        self.cares = set[str]()
        self.visits: dict[date, Visit] = {}
        if record is not None:
            self.cares = set(Care.objects.visible_to(actor).filter(record=record).exclude(state=CareState.ENDED).values_list("programme", flat=True))
            self.visits = {row.on: row for row in Visit.objects.visible_to(actor).filter(record=record, corrections__isnull=True).order_by("pk")}

    def against(self, row: Mapping[str, Any]) -> str:
        """What does not agree, as a sentence; empty when nothing does."""
        if row["kind"] == DISEASE:
            return self.against_disease(row)
        visit = self.visits.get(row["on"])
        if visit is None or row["kind"] == VISIT:
            return _("同一天本地也有一次随访。") if visit is not None else ""
        mine = getattr(visit, row["code"], None)
        said = f"{mine:f}" if hasattr(mine, "quantize") else str(mine)
        return _("与本地同日的 %(mine)s 不同。") % {"mine": said} if mine is not None and float(mine) != float(row["value"]) else ""

    def against_disease(self, row: Mapping[str, Any]) -> str:
        managed = row["code"] in self.cares
        if row["state"] == "over":
            return _("本地仍在管理，请核对。") if managed else ""
        return "" if managed else _("本地没有登记“%(name)s”，请核对是否要筛查、确诊。") % {"name": Programme(row["code"]).label}


def lines_of(actor: Actor, record: HealthRecord | None, rows: Rows) -> list[dict[str, Any]]:
    """For the page where somebody decides: words, day, place, what does not agree."""
    ours = Ours(actor, record)
    return [{"words": words_of(row), "on": row["on"], "place": row["place"], "against": ours.against(row)} for row in rows]


def events_of(actor: Actor, record: HealthRecord) -> list[Event]:
    """One event for each day and place on the time line, marked as from elsewhere."""
    rows = rows_of(actor, record)
    if not rows:
        return []
    ours, days = Ours(actor, record), dict[tuple[date, str], list[dict[str, Any]]]()
    for row in rows:
        days.setdefault((row["on"], row["place"]), []).append(row)
    return [event(on, place, part, ours) for (on, place), part in days.items()]


def event(on: date, place: str, rows: list[dict[str, Any]], ours: Ours) -> Event:
    said = "、".join(dict.fromkeys(words_of(row) for row in rows))  # text: data
    against = dict.fromkeys(filter(None, (ours.against(row) for row in rows)))
    return Event(on, _("来自外系统"), place, " ".join([said, *against]), kind="bad" if against else "")
