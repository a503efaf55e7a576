"""The parameters of this room for health's page of parameters: the unified standard, the star scheme, how institutions are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from weimin.health.parameters import TENTHS, WORDS, Parameter, Version, declared
from weimin.health.rules_visit import visit_form
from weimin.health.settable import DAYS, GROUPS, SCORE, Figure, choice, figure, written
from weimin.health.standard_words import later_words
from weimin.indicators.registry import INDICATORS
from weimin.institutions.models import PostKind
from weimin.institutions.rules_stars import Scheme
from weimin.institutions.rules_unified import Standard
from weimin.institutions.tables import (
    FAIR,
    FAIR_FROM,
    FAIR_WEIGHT,
    LEVELS,
    POSTS,
    RATING,
    STARS,
    UNIFIED,
    load,
    schemes,
    shipped_fair,
    shipped_posts,
    shipped_rating,
    standards,
)
from weimin.institutions.wording import NEEDS

ROOM, UNIFIED_WORDS, WORKDAYS = _("机构"), _("统一标准检查"), _("个工作日")
RESULTS: dict[str, Any] = {"passed": _("检查合格"), "rectify": _("限期整改"), "failed": _("检查不合格")}
COMPARED: dict[str, Figure] = {
    "small": (_("少于多少人不比较"), _("人"), "5", "500"), "late_days": (_("超过几天算补录"), DAYS, "1", "90"),
    "licence_days": (_("执业许可到期前多少天提醒"), DAYS, "7", "365"),
}  # fmt: skip

MEASURED: dict[str, Any] = {
    "systolic": _("收缩压"), "diastolic": _("舒张压"), "pulse": _("心率"), "weight": _("体重"), "fasting": _("空腹血糖"), "temperature": _("体温"),
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
        yield figure(
            f"{UNIFIED}.item_{item.key}", "weight", ROOM, UNIFIED_WORDS, (later_words(item.short), SCORE, "1", "100"), [of(last, item.weight)], fixed=fixed
        )
    options = [(item.key, later_words(item.short)) for item in last.items]
    shipped = [replace(of(row, 0), value=",".join(item.key for item in row.items if item.photo)) for row in rows]
    yield choice(UNIFIED, "photos", ROOM, UNIFIED_WORDS, _("检查时必须拍照的项目"), options, shipped, filled=False)


@declared
def stars() -> Iterator[Parameter]:
    last = schemes()[-1]
    for one in last.criteria:
        group, unit = format_lazy("{}{}", _("星级评定："), later_words(one.label)), later_words(one.unit.strip())
        for name, label in (("zero", _("不得分的值")), ("full", _("得满分的值"))):
            made = figure(f"{STARS}{one.key}", name, ROOM, group, (label, unit, "0", "100"), [of(last, getattr(one, name))], kind=TENTHS)
            yield replace(made, apart="full" if name == "zero" else "zero")
        yield figure(f"{STARS}{one.key}", "weight", ROOM, group, (_("分值"), SCORE, "1", "50"), [of(last, one.weight)], kind=TENTHS)
    names = [f"level_{level.stars}" for level in reversed(last.levels)]
    order = tuple((lower, upper) for place, lower in enumerate(names) for upper in names[place + 1 :])
    for level in last.levels:
        group = format_lazy("{}{}", _("星级："), level.stars)
        yield figure(LEVELS, f"level_{level.stars}", ROOM, group, (_("最低总分"), SCORE, "1", "100"), [of(last, level.points)], kind=TENTHS, order=order)
        shipped = [replace(of(last, 0), value=",".join(need for need in NEEDS if need in level.needs))]
        yield choice(LEVELS, f"needs_{level.stars}", ROOM, group, _("还要具备的条件"), NEEDS.items(), shipped, filled=False)
    options = [(one.key, later_words(one.label)) for one in last.criteria]
    shipped = [replace(of(last, 0), value=",".join(one.key for one in last.criteria if one.needed))]
    yield choice(LEVELS, "needed", ROOM, _("星级评定"), _("没有数据按零分算的指标（其他的不计入）"), options, shipped, filled=False)


@declared
def rating() -> Iterator[Parameter]:
    labels = {"applied": _("申报后评定"), "confirmed": _("评定后公布")}
    for key, row in shipped_rating().items():
        said = (labels[key], WORKDAYS, "1", "90")
        yield figure(RATING, key, ROOM, _("星级评定时限"), said, [Version(FAIR_FROM, str(row["value"]), row["source"], False)])


@declared
def posts() -> Iterator[Parameter]:
    """By which words in the duty of an appointment somebody counts in a kind of post."""
    source = "本系统的默认值；按岗位名称里的字归类"  # text: data
    for kind, row in shipped_posts().items():
        shipped = [Version(FAIR_FROM, ",".join(row["words"]), source, False)]
        yield choice(POSTS, kind, ROOM, _("岗位归类：岗位名称里有这些字"), PostKind(kind).label, (), shipped, kind=WORDS)


@declared
def comparison() -> Iterator[Parameter]:
    table, source = shipped_fair(), load("fair")["source"]
    for name, said in COMPARED.items():
        yield figure(FAIR, name, ROOM, _("机构比较"), said, [Version(FAIR_FROM, str(getattr(table, name)), source, not table.confirm)])
    asked = {one.key: later_words(one.label) for one in visit_form()}
    for programme, (measured, findings) in table.fields.items():
        group, own = format_lazy("{}{}", _("空项率："), GROUPS[programme]), [one.key for one in visit_form() if programme in one.programmes]
        for name, keys, options in (("measured", measured, MEASURED.items()), ("findings", findings, [(key, asked[key]) for key in own])):
            kept = ",".join(key for key, _words in options if key in keys)
            words = _("应有的测量值") if name == "measured" else _("应填的项目")
            yield choice(FAIR, f"{programme}_{name}", ROOM, group, words, options, [Version(FAIR_FROM, kept, source, not table.confirm)])
    for code, weight in (*table.shown, *table.quality):
        label = INDICATORS[code].label if code in INDICATORS else code
        group = format_lazy("{}{}", _("机构比较的分量："), label)
        yield figure(
            FAIR_WEIGHT, code.replace(".", "_"), ROOM, group, (_("分量"), SCORE, "1", "50"), [Version(FAIR_FROM, str(weight), source, not table.confirm)]
        )
