"""The parameters of this room for health's page of parameters: clusters, hours of reports, days of observation, hours of measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from weimin.epidemics.diseases import DISEASE, REPORT, Law, laws
from weimin.epidemics.parameters import CLUSTER, MEASURE, MEASURES_FROM, every_measure, versions
from weimin.health.parameters import Parameter, Version, declared
from weimin.health.settable import DAYS, Figure, figure

ROOM, HOURS, PEOPLE = _("传染病"), _("小时"), _("人")
CLUSTERS: dict[str, Any] = {
    "day_in_class": _("同班当天同一症状"), "days_in_class": _("同班连续几天同一症状"), "rash_in_class": _("同班皮疹"), "rash_in_school": _("全校皮疹"),
    "fever_in_school": _("全校发热"), "vomiting_in_school": _("全校呕吐腹泻"), "ill_rate_class": _("班级因病缺勤率"), "ill_rate_school": _("全校因病缺勤率"),
    "families": _("同村（社区）多户同一症状"), "cases_in_class": _("同班同病病例"), "cases_in_school": _("全校同病病例"), "measles_in_school": _("全校麻疹、结核、肝炎、痢疾病例"),
    "severe": _("甲类和按甲类管理、原因不明的病例"),
}  # fmt: skip
FIGURES: dict[str, Figure] = {
    "count": (_("达到"), PEOPLE, "1", "200"), "days": (_("在多少天内"), DAYS, "1", "60"), "percent": (_("占应到人数的"), "%", "1", "100"),
    "verify_hours": (_("核实时限"), HOURS, "1", "72"),
}  # fmt: skip
REPORTS: dict[str, Figure] = {
    "hours_a": (_("甲类和按甲类管理的报告时限"), HOURS, "1", "24"),
    "hours_other": (_("其他病种的报告时限"), HOURS, "1", "48"),
}
SPANS: dict[str, Figure] = {
    "incubation_from": (_("最短潜伏期"), DAYS, "0", "365"), "incubation_to": (_("最长潜伏期"), DAYS, "1", "365"), "observation": (_("观察期"), DAYS, "1", "400"),
}  # fmt: skip


@declared
def clusters() -> Iterator[Parameter]:
    rows: dict[tuple[str, str], list[Version]] = {}
    for table in versions():
        for one in table.thresholds:
            for name in FIGURES if one.what == "rate" else ("count", "days", "verify_hours"):
                said = Version(table.effective_from, str(getattr(one, name)), table.source, not table.confirm)
                rows.setdefault((one.key, name), []).append(said)
    for (key, name), shipped in rows.items():
        yield figure(f"{CLUSTER}{key}", name, ROOM, format_lazy("{}{}", _("聚集预警："), CLUSTERS[key]), FIGURES[name], shipped)


@declared
def reports() -> Iterator[Parameter]:
    for name, said in REPORTS.items():
        shipped = [Version(law.effective_from, str(getattr(law.limits, name)), law.limits.basis, not law.confirm) for law in laws()]
        yield figure(REPORT, name, ROOM, _("传染病报告"), said, shipped, order=(("hours_a", "hours_other"),))


@declared
def diseases() -> Iterator[Parameter]:
    rows: dict[tuple[str, str, str], list[Version]] = {}
    for law in laws():
        for one in law.diseases:
            for name, value in zip(SPANS, (*one.incubation, one.observation), strict=True):
                rows.setdefault((one.key, one.name, name), []).append(Version(law.effective_from, str(value), source_of(law), one.confidence == "high"))
    for (key, words, name), shipped in rows.items():
        yield figure(f"{DISEASE}{key}", name, ROOM, words, SPANS[name], shipped, order=(("incubation_from", "incubation_to"),))


def source_of(law: Law) -> str:
    return f"{law.law}（{law.source}）"  # text: data


@declared
def measures() -> Iterator[Parameter]:
    source = "传染病防治法、学校卫生工作条例；时限是本系统的默认值"  # text: data
    for one in every_measure():
        shipped = [Version(MEASURES_FROM, str(one.hours), source, False)]
        yield figure(f"{MEASURE}{one.key}", "hours", ROOM, format_lazy("{}{}", _("防控措施："), one.text), (_("完成时限"), HOURS, "1", "720"), shipped)
