"""What is measured of community health, as the standard defines it, per village; sources A-05, A-19, A-29, A-37, A-45 and plan 3 二（四）.

Yearly figures judge the year up to the day, quarter by quarter as they end; before the first quarter is over they judge the year before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from weimin.health import lines
from weimin.health.gathering import counted_from
from weimin.health.lines import Lines
from weimin.health.periods import years_before
from weimin.health.standards import standard
from weimin.indicators.registry import Measured, indicator

Counted = Callable[[int, int, date], Lines]
BEHIND: dict[str, Counted] = {}
"""Indicator → the persons counted in it."""
RECORDS, VISITS, EXAMS = _("健康档案"), _("随访记录"), _("随访记录、体检")
FOUND = _("年内已管理的患者（至少管满一个季度）")


def total(counted: Counted, low: int, high: int, on: date) -> Measured:
    """Sums of the lines by village. One query."""
    asked = counted(low, high, on)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT region, count(*) FILTER (WHERE reached), count(*) FROM ({asked.sql}) lines GROUP BY region", asked.params)
        return {region: (reached, whole) for region, reached, whole in cursor.fetchall()}


def managed(low: int, high: int, on: date, programme: str) -> Measured:
    """年内已管理 of the patients there must be: people from 35 on by the prevalence (A-19), rounded for each village. One query."""
    asked = lines.under_care(low, high, on, programme)
    share = standard("prevalence", on).figure(programme) / 100
    born = years_before(on, standard(programme, on).days("screen_from"))
    sql = f"""SELECT region, sum(cared), round(sum(people) * %(share)s) FROM (
      SELECT region, 1 AS cared, 0 AS people FROM ({asked.sql}) cares
      UNION ALL SELECT p.region, 0, 1 FROM people p WHERE p.birth_on <= %(born)s) both_of GROUP BY region"""
    with connection.cursor() as cursor:
        cursor.execute(counted_from(sql, "people"), asked.params | {"share": share, "born": born})
        return {region: (int(cared), int(patients)) for region, cared, patients in cursor.fetchall()}


def define(code: str, label: Any, source: Any, numerator: Any, denominator: Any, counted: Counted, measure: Any = None) -> None:
    BEHIND[code] = counted
    found = indicator(code, label=label, unit="%", direction="up", source=source, numerator=numerator, denominator=denominator)
    found(measure or partial(total, counted))


define("health.record_rate", _("健康档案建档率"), RECORDS, _("已建立健康档案的居民"), _("在册居民"), lines.recorded)
define("health.electronic_rate", _("电子健康档案建档率"), RECORDS, _("已录入个人基本信息表的居民"), _("在册居民"), lines.electronic)
define("health.usage_rate", _("健康档案使用率"), RECORDS, _("一年内有动态记录的档案"), _("全部档案"), lines.used)
DISEASES = {
    "hypertension": (_("高血压患者健康管理率"), _("高血压患者规范管理率"), _("管理人群血压控制率"), "pressure_high"),
    "diabetes": (_("糖尿病患者健康管理率"), _("糖尿病患者规范管理率"), _("管理人群血糖控制率"), "glucose_high"),
}
for disease, (share_managed, share_regular, share_controlled, reason) in DISEASES.items():
    cared, kept = partial(lines.under_care, programme=disease), partial(lines.regular, programme=disease)
    latest = partial(lines.controlled, programme=disease, high_reason=reason)
    define(
        f"health.{disease}_managed", share_managed, VISITS, _("年内已管理的患者"), _("按 35 岁以上居民和患病率估算的患者数"), cared,
        partial(managed, programme=disease),
    )  # fmt: skip
    define(f"health.{disease}_regular", share_regular, EXAMS, _("按规范随访和体检的患者"), FOUND, kept)
    define(f"health.{disease}_control", share_controlled, VISITS, _("年内最近一次随访达标的患者，失访算未达标"), _("年内已管理的患者"), latest)
define(
    "health.pressure_measured",
    _("35 岁以上居民年度测血压率"),
    EXAMS,
    _("年内随访或体检测过血压的居民"),
    _("35 岁以上、没有纳入高血压管理的居民"),
    lines.measured,
)
define("health.elderly_managed", _("老年人健康管理率"), EXAMS, _("建档并在年内体检、体检表填写完整的 65 岁以上居民"), _("65 岁以上居民"), lines.elderly)
define("health.elderly_sixty", _("60 岁以上老年人随访体检率"), EXAMS, _("按季随访并体检的 60 岁以上居民"), _("60 岁以上居民"), lines.sixty)
define("health.mental_regular", _("严重精神障碍患者规范管理率"), EXAMS, _("按规范随访和体检的患者"), FOUND, partial(lines.regular, programme="mental"))
define(
    "health.disabled_regular", _("残疾人随访体检率"), EXAMS, _("按季随访并体检的残疾人"), _("年内已管理的残疾人（至少管满一个季度）"),
    partial(lines.regular, programme="disabled", key="key_groups"),
)  # fmt: skip
