"""The parameters of this room as the page of parameters shows and takes them: labels, units, what a value may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from weimin.health.bounds import SHIPPED_FROM as BOUNDS_FROM
from weimin.health.bounds import Bound, every_bound
from weimin.health.parameters import LIST, TENTHS, WHOLE, Parameter, Version, declared
from weimin.health.rules_advice import FEW_TIMES
from weimin.health.rules_self_care import items
from weimin.health.rules_visit import SIGNS
from weimin.health.standard_words import later_words
from weimin.health.standards import Standard, versions
from weimin.health.wording import SIGNS as SIGN_WORDS

Figure = tuple[Any, Any, str, str]  # label, unit, least, most
ROOM = _("随访和筛查")
DAYS, TIMES, YEARS, PRESSURE, GLUCOSE, SCORE = _("天"), _("次"), _("岁"), "mmHg", "mmol/L", _("分")
GROUPS: dict[str, Any] = {
    "hypertension": _("高血压"), "diabetes": _("2 型糖尿病"), "mental": _("严重精神障碍"), "elderly": _("老年人"), "adult_body": _("成人体重"),
    "prevalence": _("患病率（估算应有患者）"), "key_groups": _("重点人群"), "plausible": _("数值核对提示"),
    "calendar": _("随访排期"), "screening": _("血压筛查"),
}  # fmt: skip
FIGURES: dict[str, Figure] = {
    "crisis_systolic": (_("危急收缩压（达到）"), PRESSURE, "160", "260"), "crisis_diastolic": (_("危急舒张压（达到）"), PRESSURE, "100", "160"),
    "target_systolic": (_("收缩压目标（低于）"), PRESSURE, "100", "159"), "target_diastolic": (_("舒张压目标（低于）"), PRESSURE, "60", "99"),
    "elderly_from": (_("按老年人目标的起始年龄"), YEARS, "50", "100"), "elderly_systolic": (_("老年人收缩压目标（低于）"), PRESSURE, "110", "159"),
    "screen_from": (_("筛查起始年龄"), YEARS, "15", "80"), "screen_times": (_("几天偏高转为待确诊"), DAYS, "2", "10"),
    "screen_span": (_("几天偏高要在多少天内"), DAYS, "14", "365"), "visits_a_year": (_("每年随访"), TIMES, "1", "24"),
    "next_days": (_("控制满意后下次随访"), DAYS, "7", "180"), "soon_days": (_("要尽快随访的期限"), DAYS, "1", "60"),
    "merge_days": (_("合并为一次随访：到期日相差不超过"), DAYS, "0", "60"), "early_days": (_("到期前多少天起可以随访"), DAYS, "0", "14"),
    "referral_days": (_("转诊确诊结果的追踪期限"), DAYS, "1", "30"), "returned_days": (_("失访找到、恢复管理后随访期限"), DAYS, "1", "30"),
    "recheck_days": (_("血压偏高后复查期限"), DAYS, "1", "60"), "risk_systolic": (_("高危收缩压（达到）"), PRESSURE, "110", "139"),
    "risk_diastolic": (_("高危舒张压（达到）"), PRESSURE, "70", "89"), "risk_age": (_("高危起始年龄"), YEARS, "35", "100"),
    "risk_months": (_("高危人群测血压间隔"), _("个月"), "1", "12"),
    "yellow_days": (_("到期前多少天转黄"), DAYS, "1", "30"),
    "crisis_high": (_("危急高血糖（达到）"), GLUCOSE, "10", "40"), "crisis_low": (_("危急低血糖（不高于）"), GLUCOSE, "1", "6"),
    "crisis_pulse": (_("危急心率（超过）"), _("次/分"), "80", "200"), "crisis_temperature": (_("危急体温（超过）"), "℃", "37.5", "42"),
    "target_fasting": (_("空腹血糖目标（低于）"), GLUCOSE, "4", "9.9"), "unstable_risk": (_("病情不稳定的危险性等级（达到）"), _("级"), "1", "5"),
    "stable_days": (_("病情稳定后下次随访"), DAYS, "7", "180"), "guided_days": (_("专科指导后下次随访"), DAYS, "7", "90"),
    "from_age": (_("起始年龄"), YEARS, "45", "100"), "examinations_a_year": (_("每年体检"), TIMES, "1", "12"),
    "independent_up_to": (_("可自理最高分"), SCORE, "0", "36"), "light_up_to": (_("轻度依赖最高分"), SCORE, "0", "36"),
    "moderate_up_to": (_("中度依赖最高分"), SCORE, "0", "36"), "overweight_bmi": (_("超重（达到）"), "kg/m²", "20", "30"),
    "obese_bmi": (_("肥胖（达到）"), "kg/m²", "22", "40"), "waist_male": (_("男性腹型肥胖腰围（达到）"), "cm", "60", "130"),
    "waist_female": (_("女性腹型肥胖腰围（达到）"), "cm", "60", "130"), "hypertension": (_("高血压患病率"), "%", "1", "90"),
    "diabetes": (_("糖尿病患病率"), "%", "1", "90"), "repeated": (_("连续相同的随访次数"), TIMES, "2", "20"),
    "jump_days": (_("两次比较的间隔"), DAYS, "7", "730"), "weight_percent": (_("体重变化超过"), "%", "1", "90"), "systolic": (_("收缩压变化达到"), PRESSURE, "10", "200"),
}  # fmt: skip
ORDER = (
    ("target_systolic", "elderly_systolic"), ("elderly_systolic", "crisis_systolic"), ("target_systolic", "crisis_systolic"), ("target_diastolic", "crisis_diastolic"),
    ("crisis_low", "target_fasting"), ("target_fasting", "crisis_high"), ("soon_days", "next_days"), ("soon_days", "stable_days"),
    ("independent_up_to", "light_up_to"), ("light_up_to", "moderate_up_to"), ("overweight_bmi", "obese_bmi"), ("screen_times", "screen_span"),
)  # fmt: skip
DECIMALS = {"crisis_high", "crisis_low", "crisis_temperature", "target_fasting", "overweight_bmi", "obese_bmi", "hypertension", "diabetes"}
FORM_FIXED = _("这一项在随访表和判定里是固定的，只能确认；要改由版本升级。")
FORM_FROM = date(2017, 2, 28)
BOUNDS_SOURCE = "规范没有规定，本系统取值：超出的按笔误处理，可按本地情况设定"  # text: data


def written(value: Any) -> str:
    """A figure as it is kept and shown: no zeros behind the point."""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(
    stem: str, name: str, room: Any, group: Any, said: Figure, shipped: Iterable[Version], *, kind: str = WHOLE, order: tuple[tuple[str, str], ...] = (), fixed: Any = "",
) -> Parameter:  # fmt: skip
    """A parameter that is a number."""
    label, unit, least, most = said
    return Parameter(
        stem, name, room, group, label, unit, kind, tuple(shipped), Decimal(least), Decimal(most), tuple(pair for pair in order if name in pair), "", fixed
    )


def choice(
    stem: str, name: str, room: Any, group: Any, label: Any, options: Iterable[tuple[str, Any]], shipped: Iterable[Version], *, kind: str = LIST,
    filled: bool = True, fixed: Any = "",
) -> Parameter:  # fmt: skip
    """A parameter that is a list: of what the options offer, or of words."""
    return Parameter(stem, name, room, group, label, "", kind, tuple(shipped), fixed=fixed, options=tuple(options), filled=filled)


def of_standard(row: Standard, name: str) -> Version:
    return Version(row.effective_from, written(row.figure(name)), row.source, name not in row.unsure)


@declared
def standards() -> Iterator[Parameter]:
    rows: dict[tuple[str, str], list[Version]] = {}
    for row in versions():
        for name, _value in row.values:
            rows.setdefault((row.key, name), []).append(of_standard(row, name))
    for (key, name), shipped in rows.items():
        yield figure(f"health.{key}", name, ROOM, GROUPS[key], FIGURES[name], shipped, kind=TENTHS if name in DECIMALS else WHOLE, order=ORDER)


def bound_figures(bound: Bound, room: Any, label: Any) -> Iterator[Parameter]:
    """The lower and the upper bound of a value, as far as they may be set."""
    group, unit, kind = format_lazy(_("录入范围：{item}"), item=label), later_words(bound.unit) if bound.unit else "", TENTHS if bound.places else WHOLE
    said = {"low": (_("下限"), bound.low, bound.least, bound.high), "high": (_("上限"), bound.high, bound.low, bound.most)}
    for name, (words, value, least, most) in said.items():
        if least is not None and most is not None:
            shipped = [Version(BOUNDS_FROM, written(value), BOUNDS_SOURCE, False)]
            yield figure(bound.row, name, room, group, (words, unit, written(least), written(most)), shipped, kind=kind, order=(("low", "high"),))


@declared
def input_bounds() -> Iterator[Parameter]:
    for bound in every_bound().values():
        yield from bound_figures(bound, ROOM, later_words(bound.label))


@declared
def signs() -> Iterator[Parameter]:
    """What sends somebody to the hospital at once, and what is advised: fields of the form and rules of the code, so they are confirmed here."""
    source = "国家基本公共卫生服务规范（第三版）随访服务流程图的危急情况"  # text: data
    for programme, keys in SIGNS.items():
        shipped = [Version(FORM_FROM, ",".join(keys), source, False)]
        options = [(key, SIGN_WORDS[key]) for key in keys]
        yield choice("health.signs", programme, ROOM, GROUPS[programme], _("要紧急转诊的危险情况"), options, shipped, fixed=FORM_FIXED)
    shipped = [Version(FORM_FROM, str(FEW_TIMES), "国家基本公共卫生服务规范（第三版）：每周运动 3—5 次", False)]  # text: data
    yield figure("health.advice", "few_times", ROOM, _("健康建议"), (_("每周运动少于多少次提醒"), TIMES, "1", "7"), shipped, fixed=FORM_FIXED)


@declared
def self_care() -> Iterator[Parameter]:
    """The scores of the form: stored answers name them, so they are confirmed here and changed by a release."""
    source = "国家基本公共卫生服务规范（第三版）老年人生活自理能力评估表"  # text: data
    for item in items():
        for place, (score, words) in enumerate(item.levels.items()):
            shipped = Version(FORM_FROM, str(score), source, False)
            made = figure(f"health.self_care.{item.key}", f"level_{place}", ROOM, _("生活自理能力评估"), (words, SCORE, "0", "37"), [shipped])
            yield replace(
                made,
                label=format_lazy(_("{item}：{words}"), item=later_words(item.label), words=later_words(words)),
                fixed=_("评估表的分值已存在历次评估里，只能确认；要改由版本升级换新表。"),
            )  # text: data
