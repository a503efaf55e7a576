"""The parameters of this room for health's page of parameters: clusters, hours of reports, days of observation, hours of measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from weimin.epidemics.diseases import AS_A, DISEASE, REPORT, Law, disease_words, laws
from weimin.epidemics.models import Symptom
from weimin.epidemics.parameters import CLUSTER, HOURS, MEASURE, MEASURES_FROM, Threshold, every_measure, shipped_hours, versions
from weimin.health.parameters import Parameter, Version, declared
from weimin.health.settable import DAYS, YEARS, Figure, choice, figure
from weimin.health.standard_words import later_words

ROOM, HOUR, PEOPLE = _("传染病"), _("小时"), _("人")
CLUSTERS: dict[str, Any] = {
    "day_in_class": _("同班当天同一症状"), "days_in_class": _("同班连续几天同一症状"), "rash_in_class": _("同班皮疹"), "rash_in_school": _("全校皮疹"),
    "fever_in_school": _("全校发热"), "vomiting_in_school": _("全校呕吐腹泻"), "ill_rate_class": _("班级因病缺勤率"), "ill_rate_school": _("全校因病缺勤率"),
    "families": _("同村（社区）多户同一症状"), "cases_in_class": _("同班同病病例"), "cases_in_school": _("全校同病病例"), "measles_in_school": _("全校麻疹、结核、肝炎、痢疾病例"),
    "severe": _("甲类和按甲类管理、原因不明的病例"),
}  # fmt: skip
FIGURES: dict[str, Figure] = {
    "count": (_("达到"), PEOPLE, "1", "200"), "days": (_("在多少天内"), DAYS, "1", "60"), "percent": (_("占应到人数的"), "%", "1", "100"),
    "verify_hours": (_("核实时限"), HOUR, "1", "72"),
}  # fmt: skip
REPORTS: dict[str, Figure] = {
    "hours_a": (_("甲类和按甲类管理的报告时限"), HOUR, "1", "24"),
    "hours_other": (_("其他病种的报告时限"), HOUR, "1", "48"),
}
SPANS: dict[str, Figure] = {
    "incubation_from": (_("最短潜伏期"), DAYS, "0", "365"), "incubation_to": (_("最长潜伏期"), DAYS, "1", "365"), "observation": (_("观察期"), DAYS, "1", "400"),
}  # fmt: skip
FURTHER: dict[str, tuple[Any, Figure]] = {
    "hop": (_("突发公共卫生事件"), (_("逐级报告，每一环的时限"), HOUR, "1", "2")), "follow": (_("聚集预警"), (_("核实后处置的时限"), HOUR, "1", "72")),
    "closure": (_("防控措施"), (_("班级停课的落实时限"), HOUR, "1", "72")), "closure_days": (_("防控措施"), (_("一次停课最多"), DAYS, "7", "90")),
    "late_days": (_("每日报告"), (_("最多补报多少天以前的"), DAYS, "1", "60")),
    "guarded_under": (_("传染病报告"), (_("不满多少岁要填家长姓名"), YEARS, "6", "18")),
}  # fmt: skip
CLASSES: dict[str, Any] = {"a": _("甲类"), "b": _("乙类"), "c": _("丙类"), "other": _("法定以外，县里要求报告的")}


def every_disease() -> list[tuple[str, Any]]:
    """(key, words) by the newest law, in its order."""
    return [(one.key, disease_words(one.key)) for one in laws()[-1].diseases]


def watched(one: Threshold) -> list[tuple[str, Any]]:
    """What a rule of clusters may be of."""
    return [(key, words) for key, words in Symptom.choices if key != Symptom.OTHER] if one.what == "symptom" else every_disease()


def in_order(options: list[tuple[str, Any]], keys: tuple[str, ...]) -> str:
    """Keys as they are kept."""
    return ",".join(key for key, _words in options if key in keys)


@declared
def clusters() -> Iterator[Parameter]:
    for one in versions()[-1].thresholds:
        stem, group = f"{CLUSTER}{one.key}", format_lazy("{}{}", _("聚集预警："), CLUSTERS[one.key])
        held = [(table, table.find(one.key)) for table in versions()]
        if one.of:
            options = watched(one)
            shipped = [Version(table.effective_from, in_order(options, own.of), table.source, not table.confirm) for table, own in held]
            yield choice(stem, "of", ROOM, group, _("看哪些症状") if one.what == "symptom" else _("看哪些病种"), options, shipped)
        for name in FIGURES if one.what == "rate" else ("count", "days", "verify_hours"):
            shipped = [Version(table.effective_from, str(getattr(own, name)), table.source, not table.confirm) for table, own in held]
            yield figure(stem, name, ROOM, group, FIGURES[name], shipped)


@declared
def reports() -> Iterator[Parameter]:
    for name, said in REPORTS.items():
        shipped = [Version(law.effective_from, str(getattr(law.limits, name)), law.limits.basis, not law.confirm) for law in laws()]
        yield figure(REPORT, name, ROOM, _("传染病报告"), said, shipped, order=(("hours_a", "hours_other"),))
    options = every_disease()
    managed = [(key, words) for key, words in options if laws()[-1].find(key).klass != "a"]
    shipped = [
        Version(law.effective_from, in_order(managed, tuple(one.key for one in law.diseases if one.as_a)), source_of(law), not law.confirm) for law in laws()
    ]
    yield choice(REPORT, AS_A, ROOM, _("传染病报告"), _("不是甲类、按甲类报告和管理的病种"), managed, shipped, filled=False)
    for klass, words in CLASSES.items():
        shipped = [Version(law.effective_from, in_order(options, law.of_class(klass)), source_of(law), not law.confirm) for law in laws()]
        yield choice(REPORT, f"class_{klass}", ROOM, _("病种分类"), words, options, shipped, fixed=_("病种分类由法律规定，只能确认；法律修订由版本升级。"))


@declared
def further() -> Iterator[Parameter]:
    for key, row in shipped_hours().items():
        group, said = FURTHER[key]
        yield figure(HOURS, key, ROOM, group, said, [Version(row["effective_from"], str(row["value"]), row["source"], row["confidence"] == "high")])


@declared
def diseases() -> Iterator[Parameter]:
    rows: dict[tuple[str, str], list[Version]] = {}
    for law in laws():
        for one in law.diseases:
            for name, value in zip(SPANS, (*one.incubation, one.observation), strict=True):
                rows.setdefault((one.key, name), []).append(Version(law.effective_from, str(value), source_of(law), one.confidence == "high"))
    for (key, name), shipped in rows.items():
        yield figure(f"{DISEASE}{key}", name, ROOM, disease_words(key), SPANS[name], shipped, order=(("incubation_from", "incubation_to"),))


def source_of(law: Law) -> str:
    return f"{law.law}（{law.source}）"  # text: data


@declared
def measures() -> Iterator[Parameter]:
    source = "传染病防治法、学校卫生工作条例；时限是本系统的默认值"  # text: data
    for one in every_measure():
        shipped, group = [Version(MEASURES_FROM, str(one.hours), source, False)], format_lazy("{}{}", _("防控措施："), later_words(one.text))
        if one.diseases:
            kept = in_order(every_disease(), one.diseases)
            yield choice(f"{MEASURE}{one.key}", "diseases", ROOM, group, _("哪些病种要落实"), every_disease(), [Version(MEASURES_FROM, kept, source, False)])
        yield figure(f"{MEASURE}{one.key}", "hours", ROOM, group, (_("完成时限"), HOUR, "1", "720"), shipped)
