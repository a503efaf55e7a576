"""The parameters of this room for health's page of parameters: what an institution owes in a year, and how it is reminded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from weimin.education.models import ActivityKind
from weimin.education.parameters import TOPICS, TOPICS_FROM, table
from weimin.health.parameters import LINE, Parameter, Version, declared
from weimin.health.settable import DAYS, TIMES, Figure, choice, figure

ROOM, KINDS = _("健康教育"), _("种")
GROUPS: dict[str, Any] = {"centre": _("卫生院、社区卫生服务中心"), "station": _("村卫生室、社区卫生服务站"), "reminding": _("提醒")}
FIGURES: dict[str, Figure] = {
    "lectures": (_("每年健康知识讲座"), TIMES, "0", "60"), "consultations": (_("每年公众健康咨询"), TIMES, "0", "60"), "printed": (_("每年印刷资料"), KINDS, "0", "100"),
    "audio_visual": (_("每年音像资料"), KINDS, "0", "100"), "boards": (_("宣传栏"), _("个"), "0", "20"), "board_months": (_("宣传栏更换间隔"), _("个月"), "1", "12"),
    "board_area": (_("宣传栏面积至少"), "㎡", "1", "50"), "ahead_days": (_("活动前多少天提醒"), DAYS, "1", "60"), "record_days": (_("活动后登记"), _("个工作日"), "1", "30"),
}  # fmt: skip


COUNTED: dict[str, Any] = {"lectures": _("哪些活动算健康知识讲座"), "consultations": _("哪些活动算公众健康咨询")}


def in_order(counts: list[str]) -> str:
    return ",".join(kind for kind in ActivityKind.values if kind in counts)


@declared
def owed() -> Iterator[Parameter]:
    rows: dict[tuple[str, str], list[Version]] = {}
    for row in sorted(table("minimums"), key=lambda one: one["effective_from"]):
        for name in FIGURES:
            if name in row:
                value = row[name]["times"] if isinstance(row[name], dict) else row[name]
                rows.setdefault((row["key"], name), []).append(Version(row["effective_from"], str(value), row["source"], row["confidence"] == "high"))
    options = [(str(key), words) for key, words in ActivityKind.choices]
    for key in ("centre", "station"):
        for name, label in COUNTED.items():
            kinds = [(one, one[name]["counts"]) for one in table("minimums") if one["key"] == key]
            listed = [Version(one["effective_from"], in_order(counts), one["source"], one["confidence"] == "high") for one, counts in kinds]
            yield choice(f"education.{key}", f"counts_{name}", ROOM, GROUPS[key], label, options, listed)
    for (key, name), shipped in rows.items():
        yield figure(f"education.{key}", name, ROOM, GROUPS[key], FIGURES[name], shipped)


@declared
def topics() -> Iterator[Parameter]:
    """What the yearly plan proposes for each month; an office edits it in its own plan."""
    source = "健康教育服务规范的教育内容和全年卫生日；月份安排是本系统的默认值"  # text: data
    for row in table("topics"):
        for kind, label in (("lecture", _("健康知识讲座主题")), ("consultation", _("公众健康咨询主题"))):
            month = format_lazy("{} {}", _("月份"), row["month"])
            yield choice(TOPICS, f"{kind}_{row['month']}", ROOM, label, month, (), [Version(TOPICS_FROM, row[kind], source, False)], kind=LINE)
