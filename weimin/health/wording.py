"""Sentences for the reasons of a verdict and for danger signs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.ui import formats

SIGNS: dict[str, Any] = {
    "consciousness": _("意识或行为改变"), "headache": _("剧烈头痛或头晕"), "vomiting": _("恶心呕吐"), "blurred": _("视力模糊"), "eye_pain": _("眼痛"),
    "palpitation": _("心悸"), "chest": _("胸闷"), "breath": _("喘憋不能平卧"), "acetone": _("呼气有烂苹果味"), "sweating": _("出汗"),
    "thirst": _("多饮多尿突然加重"), "abdominal_pain": _("腹痛"), "deep_breath": _("深大呼吸"), "flushed": _("皮肤潮红"), "sight_loss": _("视力骤降"),
}  # fmt: skip
REASONS: dict[str, Any] = {
    "pressure_crisis": _("血压达到危急值"), "glucose_crisis": _("血糖过高，达到危急值"), "glucose_low": _("血糖过低，达到危急值"), "pulse_fast": _("心率过快"),
    "fever": _("体温过高"), "pregnant_high": _("妊娠或哺乳期指标高于正常"), "complication": _("出现新的并发症或原有并发症加重"),
    "adverse": _("出现药物不良反应"), "pressure_high": _("血压没有达到目标"), "glucose_high": _("空腹血糖没有达到目标"), "second_time": _("连续两次没有控制好"),
    "risk_high": _("危险性评估 3 级以上"), "symptoms_marked": _("精神症状明显"), "insight_absent": _("自知力缺乏"), "severe_illness": _("有严重躯体疾病"),
    "not_yet_stable": _("还没有稳定"), "screen_pressure": _("血压偏高，请约另外两天复查，三次都高的要确诊"), **{f"sign_{name}": words for name, words in SIGNS.items()},
}  # fmt: skip


def sentences(reasons: Any) -> list[str]:
    """The reasons of a verdict in words; an unknown key of an older version is shown as it is."""
    return [str(REASONS.get(reason, reason)) for reason in reasons]


ADVICE: dict[str, Any] = {
    "hospital_now": _("情况紧急，现在就去医院，不要等。"), "take_medicine": _("药要天天按时吃，不能感觉好了就停。"),
    "report_adverse": _("吃药后不舒服，先来找医生调药，不要自己停药。"), "measure_daily": _("每天在差不多的时间量血压，记下来，下次带来。"),
    "less_staple": _("米面和甜食少吃一些，先吃菜再吃饭。"), "carry_sugar": _("身上带几块糖，心慌、出冷汗时马上吃。"),
    "watch_feet": _("每天看看脚，穿宽松的鞋，有破皮马上来。"), "less_salt": _("一天的盐不超过一啤酒瓶盖（约 5 克），少吃咸菜。"),
    "stop_smoking": _("烟要戒掉，一支也会让血管变差。"), "less_alcohol": _("酒能不喝就不喝。"), "more_sport": _("每周至少走路锻炼 3 次，每次半小时。"),
    "good_mood": _("心里有事多和家里人说，睡好觉。"), "family_watches": _("家里人多陪着，看着吃药，有异常马上打电话给医生。"),
}  # fmt: skip
HINTS: dict[str, Any] = {
    "repeated": _("连续几次随访的数值完全一样，请核对是不是当场测量的。"), "after_death": _("登记的死亡日期之后还有随访，请核对日期。"),
    "while_resting": _("档案非活动期间还有随访，请核对。"), "in_hospital": _("随访那天登记为住院，请核对日期和方式。"),
    "jump": _("体重或血压和上次相差很大，请核对有没有写错。"),
}  # fmt: skip
NEXT: dict[str, Any] = {
    "plan": _("纳入管理后首次随访"), "rule": _("按规范"), "doctor": _("医生约定%(day)s前随访"), "hospital": _("医院要求%(day)s前复诊"),
    "returned": _("恢复管理，%(day)s前随访"),
}  # fmt: skip


def hint_sentences(hints: Any) -> list[str]:
    return [str(HINTS.get(hint, hint)) for hint in hints]


def source_words(source: str, on: date) -> str:
    """Where the day of the next visit comes from, with the day itself where somebody gave it; nothing when that is not known."""
    return str(NEXT.get(source, "")) % {"day": formats.day(on)}
