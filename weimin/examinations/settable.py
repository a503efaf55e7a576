"""The parameters of this room for health's page of parameters: days and ages, reference ranges with the bounds of recall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from weimin.examinations.rules_abnormal import SUSPICIONS
from weimin.examinations.rules_form import ABNORMAL, FORM, SHIPPED_FROM, SUSPECTS, Range, bound_of, form_lists, items, ranges, shipped_days
from weimin.examinations.rules_form import DAYS as STEM
from weimin.health.parameters import TENTHS, Parameter, Version, declared
from weimin.health.settable import DAYS, FORM_FIXED, GROUPS, YEARS, Figure, bound_figures, choice, figure, written
from weimin.health.standard_words import later_words

ROOM, TABLE = _("健康体检"), "国家基本公共卫生服务规范（第三版）健康体检表"  # text: data
FIGURES: dict[str, Figure] = {
    "urgent_days": (_("危急结果追踪期限"), DAYS, "1", "14"), "recheck_days": (_("建议复查的期限"), DAYS, "3", "180"), "notice_days": (_("体检前多少天提醒"), DAYS, "1", "60"),
    "elderly_from": (_("老年人体检起始年龄"), YEARS, "50", "100"), "adult_from": (_("判定体质指数和腰围的起始年龄"), YEARS, "14", "25"),
    "sixty_from": (_("汇报口径的老年人起始年龄"), YEARS, "50", "100"),
}  # fmt: skip
BOUNDS: dict[str, Any] = {
    "urgent_low": _("危急（不高于）"), "recheck_low": _("复查（不高于）"), "low": _("参考下限"), "high": _("参考上限"), "recheck_high": _("复查（达到）"),
    "urgent_high": _("危急（达到）"),
}  # fmt: skip
ORDER = tuple((lower, upper) for place, lower in enumerate(BOUNDS) for upper in list(BOUNDS)[place + 1 :])
SEXES: dict[str, Any] = {"m": _("男"), "f": _("女")}
FURTHER: dict[str, tuple[Any, str]] = {
    "bmi": (_("体质指数"), "kg/m²"), "systolic": (_("收缩压"), "mmHg"), "diastolic": (_("舒张压"), "mmHg"), "arms": (_("两臂收缩压之差"), "mmHg"),
}  # fmt: skip


@declared
def days() -> Iterator[Parameter]:
    for key, row in shipped_days().items():
        yield figure(STEM, key, ROOM, ROOM, FIGURES[key], [Version(SHIPPED_FROM, str(row["value"]), row["source"], row["sure"] == "high")])


@declared
def reference() -> Iterator[Parameter]:
    for row in ranges():
        words, unit = FURTHER[row.item] if row.item in FURTHER else (later_words(items()[row.item].label), later_words(items()[row.item].unit))
        for name, label in BOUNDS.items():
            value = getattr(row, name)
            if value is not None:
                shipped = [Version(SHIPPED_FROM, written(value), row.source, row.sure == "high")]
                said = (label, unit, written(value / 4), written(value * 4))
                yield figure(row.stem, name, ROOM, group_of(row, words), said, shipped, kind=TENTHS, order=ORDER)


@declared
def input_bounds() -> Iterator[Parameter]:
    """Of the numbers that health has no bounds for."""
    for one in items().values():
        if one.kind in ("whole", "decimal") and not one.bounds:
            yield from bound_figures(bound_of(one.key), ROOM, later_words(one.label))


@declared
def findings() -> Iterator[Parameter]:
    """Which answers are a finding, which of them somebody is called back for, which fields a whole form has."""
    every: dict[str, Any] = {one.key: later_words(one.label) for one in items().values()}
    labels = {"need": _("完整的体检表必填的项目"), "recheck": _("异常要追踪复查的项目（其他的只告知）")}
    for name, keys in form_lists().items():
        options = [(key, words) for key, words in every.items() if name == "need" or items()[key].abnormal]
        yield choice(FORM, name, ROOM, _("健康体检表"), labels[name], options, [Version(SHIPPED_FROM, ",".join(keys), TABLE, False)])
    for one in items().values():
        if one.abnormal:
            codes: list[tuple[str, Any]] = [(code, later_words(words)) for code, words in one.codes.items()]
            kept = Version(SHIPPED_FROM, ",".join(code for code in one.codes if code in one.abnormal), TABLE, False)
            yield choice(ABNORMAL, one.key, ROOM, _("体检异常：哪些结果算异常"), every[one.key], codes, [kept], filled=False)
    measured = {"pressure": _("血压"), "fasting": every["fasting"], "hba1c": every["hba1c"]}
    for programme, causes in SUSPICIONS.items():
        shipped = [Version(SHIPPED_FROM, ",".join(causes), TABLE, False)]
        options = [(key, measured[key]) for key in causes]
        yield choice(SUSPECTS, programme, ROOM, GROUPS[programme], _("体检哪些指标偏高转为可疑"), options, shipped, fixed=FORM_FIXED)


def group_of(row: Range, words: Any) -> Any:
    parts = [words, *([SEXES[row.sex]] if row.sex else []), *([format_lazy("{} {}", row.from_age, _("岁以上"))] if row.from_age else [])]
    return format_lazy(" ".join(["{}"] * len(parts)), *parts)
