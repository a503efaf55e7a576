"""Sentences for findings, for the doctor and for the resident."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.examinations.rules_abnormal import Abnormal
from weimin.examinations.rules_form import items
from weimin.health.models import SelfCareGrade
from weimin.health.standard_words import in_words, listed_in_words

MADE: dict[str, Any] = {"pressure": _("血压"), "bmi": _("体质指数"), "self_care": _("生活自理能力")}  # what is computed and no field of the form
WHY: dict[str, Any] = {
    "low": _("偏低"), "high": _("偏高"), "pressure_high": _("血压偏高"), "pressure_crisis": _("血压达到危急值"), "pressure_low": _("血压偏低"),
    "arms": _("两侧高压相差过大"), "code": _("异常"), "thin": _("体重过轻"), "overweight": _("超重"), "obese": _("肥胖"), "waist": _("腰围超标"),
    **{one.value: one.label for one in (SelfCareGrade.MODERATE, SelfCareGrade.DEPENDENT)},
}  # fmt: skip
BODY: dict[str, Any] = {"thin": _("体重过轻"), "normal": _("正常"), "overweight": _("超重"), "obese": _("肥胖")}
LEVELS: dict[str, tuple[Any, str]] = {"urgent": (_("危急"), "bad"), "recheck": (_("要复查"), "warn"), "watch": (_("注意"), "info")}
ADVICE: dict[str, Any] = {
    "hospital_now": _("有结果很危险。今天就去医院，不要等，家里人陪着去。"), "come_back": _("标了“要复查”的项目，请在通知的日子前到卫生室或卫生院复查。"),
    "pressure": _("在家每天量血压，记下来。盐要少吃，一天不超过一啤酒瓶盖。"), "glucose": _("甜的、米面少吃一些，先吃菜再吃饭。复查时空腹来。"),
    "lipids": _("肥肉、动物内脏、油炸的少吃，多吃菜和豆制品。"), "weight": _("饭吃七八分饱，每天走路半小时。"), "thin": _("吃得太少或瘦得快，请告诉医生。"),
    "liver": _("先不要喝酒，不要自己乱吃药和保健品。"), "kidney": _("不要自己吃止痛药和来路不明的草药，多请医生看化验单。"), "smoking": _("烟要戒掉，一支也会让血管变差。"),
    "drinking": _("酒能不喝就不喝。"), "exercise": _("每周至少走路锻炼 3 次，每次半小时。"), "family": _("家里人多陪着，防跌倒，按时吃药。"),
    "good": _("这次查的都在正常范围，继续保持。"), "next_year": _("明年这个时候再来体检，免费。"),
}  # fmt: skip


def label_of(item: str) -> str:
    """What is measured, in the words of the form."""
    known = items().get(item)
    return in_words(known.label) if known else str(MADE.get(item, item))


def unit_of(item: str) -> str:
    return "mmHg" if item == "pressure" else items()[item].unit if item in items() else ""


def lines(listed: Iterable[Abnormal]) -> list[dict[str, Any]]:
    """Findings as pages and papers show them: item, value with unit, why, the reference range, the level as a tag."""
    return [
        {
            "item": label_of(one.item), "value": listed_in_words(f"{one.value} {unit_of(one.item)}".strip()), "why": str(WHY.get(one.why, one.why)), "within": one.within,
            "level": str(LEVELS[one.level][0]), "kind": LEVELS[one.level][1],
        }
        for one in listed
    ]  # fmt: skip


def short(listed: Iterable[Abnormal], most: int = 4) -> str:
    """The first findings in a line: 血压 182/92、空腹血糖 17.2."""
    found = list(listed)
    words = "、".join(f"{label_of(one.item)} {listed_in_words(one.value)}" for one in found[:most])  # text: data
    return words + ("…" if len(found) > most else "")


def sentences(keys: Iterable[str]) -> list[str]:
    return [str(ADVICE[key]) for key in keys]
