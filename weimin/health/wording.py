"""Sentences for the reasons of a verdict and for danger signs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

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
    "not_yet_stable": _("还没有稳定"), **{f"sign_{name}": words for name, words in SIGNS.items()},
}  # fmt: skip


def sentences(reasons: Any) -> list[str]:
    """The reasons of a verdict in words; an unknown key of an older version is shown as it is."""
    return [str(REASONS.get(reason, reason)) for reason in reasons]
