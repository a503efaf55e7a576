"""The parameters of this room for health's page of parameters: the unified standard, the star scheme, how institutions are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from weimin.health.parameters import TENTHS, Parameter, Version, declared
from weimin.health.settable import DAYS, SCORE, Figure, figure, written
from weimin.indicators.registry import INDICATORS
from weimin.institutions.rules_stars import Scheme
from weimin.institutions.rules_unified import Standard
from weimin.institutions.tables import FAIR, FAIR_FROM, FAIR_WEIGHT, LEVELS, STARS, UNIFIED, load, schemes, shipped_fair, standards

ROOM, UNIFIED_WORDS, WORKDAYS = _("机构"), _("统一标准检查"), _("个工作日")
RESULTS: dict[str, Any] = {"passed": _("检查合格"), "rectify": _("限期整改"), "failed": _("检查不合格")}
COMPARED: dict[str, Figure] = {
    "small": (_("少于多少人不比较"), _("人"), "5", "500"), "late_days": (_("超过几天算补录"), DAYS, "1", "90"),
    "licence_days": (_("执业许可到期前多少天提醒"), DAYS, "7", "365"),
}  # fmt: skip


def of(row: Standard | Scheme, value: Any) -> Version:
    return Version(row.effective_from, written(value), row.source, not row.confirm)


@declared
def unified() -> Iterator[Parameter]:
    last, rows = standards()[-1], standards()
    yield figure(UNIFIED, "pass_mark", ROOM, UNIFIED_WORDS, (_("单项达标线（占本项满分）"), "%", "50", "100"), [of(row, row.pass_mark) for row in rows])
    yield figure(UNIFIED, "recheck_days", ROOM, UNIFIED_WORDS, (_("整改后复查"), WORKDAYS, "1", "60"), [of(row, row.recheck_days) for row in rows])
    for one in last.outcomes:
        group = format_lazy("{}{}", _("统一标准检查："), RESULTS[one.result])
        if one.min_score:
            yield figure(f"{UNIFIED}.{one.result}", "min_score", ROOM, group, (_("最低分"), SCORE, "1", "100"), [of(last, one.min_score)], kind=TENTHS)
        if one.rectify_days is not None:
            yield figure(f"{UNIFIED}.{one.result}", "rectify_days", ROOM, group, (_("整改期限"), DAYS, "1", "180"), [of(last, one.rectify_days)])
    fixed = _("七项分值合计 100 分，改一项要同时改别的，只能确认；要改由版本升级换整张表。")
    for item in last.items:
        yield figure(f"{UNIFIED}.item_{item.key}", "weight", ROOM, UNIFIED_WORDS, (item.short, SCORE, "1", "100"), [of(last, item.weight)], fixed=fixed)


@declared
def stars() -> Iterator[Parameter]:
    last = schemes()[-1]
    for one in last.criteria:
        group, unit = format_lazy("{}{}", _("星级评定："), one.label), one.unit.strip()
        for name, label in (("zero", _("不得分的值")), ("full", _("得满分的值"))):
            made = figure(f"{STARS}{one.key}", name, ROOM, group, (label, unit, "0", "100"), [of(last, getattr(one, name))], kind=TENTHS)
            yield replace(made, apart="full" if name == "zero" else "zero")
        yield figure(f"{STARS}{one.key}", "weight", ROOM, group, (_("分值"), SCORE, "1", "50"), [of(last, one.weight)], kind=TENTHS)
    names = [f"level_{level.stars}" for level in reversed(last.levels)]
    order = tuple((lower, upper) for place, lower in enumerate(names) for upper in names[place + 1 :])
    for level in last.levels:
        group = format_lazy("{}{}", level.stars, _(" 星"))
        yield figure(LEVELS, f"level_{level.stars}", ROOM, group, (_("最低总分"), SCORE, "1", "100"), [of(last, level.points)], kind=TENTHS, order=order)


@declared
def comparison() -> Iterator[Parameter]:
    table, source = shipped_fair(), load("fair")["source"]
    for name, said in COMPARED.items():
        yield figure(FAIR, name, ROOM, _("机构比较"), said, [Version(FAIR_FROM, str(getattr(table, name)), source, not table.confirm)])
    for code, weight in (*table.shown, *table.quality):
        label = INDICATORS[code].label if code in INDICATORS else code
        group = format_lazy("{}{}", _("机构比较的分量："), label)
        yield figure(
            FAIR_WEIGHT, code.replace(".", "_"), ROOM, group, (_("分量"), SCORE, "1", "50"), [Version(FAIR_FROM, str(weight), source, not table.confirm)]
        )
