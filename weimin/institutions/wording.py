"""What the rules found, as plain JSON that is kept and as sentences that people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from weimin.health.standard_words import in_words
from weimin.institutions.rules_fair import AHEAD, BEHIND, SAME, SMALL, UNKNOWN, Reason, Share
from weimin.institutions.rules_stars import Judged, Rated, cut

NEEDS = {"unified": _("统一标准检查合格"), "insured": _("纳入医保定点"), "informed": _("接入省级协同系统")}
STANDING = {
    AHEAD: (_("明显好于全区"), "ok"), SAME: (_("和全区没有明显差别"), "info"), BEHIND: (_("明显落后于全区"), "bad"), SMALL: (_("人数少，不比较"), "off"),
    UNKNOWN: (_("没有数据"), "off"),
}  # fmt: skip


def account_of(rated: Rated) -> dict[str, Any]:
    """A rating as the row keeps it; numbers as text, so that 7.5 stays 7.5."""
    return {
        "lines": [line_of(one) for one in rated.lines], "next": rated.next, "missing": str(rated.missing), "unmet": list(rated.unmet),
    }  # fmt: skip


def line_of(one: Judged) -> dict[str, Any]:
    criterion = one.criterion
    return {
        "key": criterion.key, "label": criterion.label, "unit": criterion.unit, "zero": f"{criterion.zero:f}", "full": f"{criterion.full:f}",
        "weight": f"{criterion.weight:f}", "value": None if one.value is None else f"{cut(one.value):f}",
        "points": None if one.points is None else f"{one.points:f}", "lost": f"{one.lost:f}",
    }  # fmt: skip


def line_words(line: Mapping[str, Any]) -> str:
    """Why a criterion earned what it did."""
    if line["points"] is None:
        return _now("没有机构填报或统计，不计入，其余项目折算为 100 分。")
    if line["value"] is None:
        return _now("没有数据，不得分。")
    words = {"value": line["value"], "unit": in_words(line["unit"]), "full": line["full"], "zero": line["zero"], "lost": line["lost"]}
    if float(line["lost"]) == 0:
        return _now("%(value)s%(unit)s，得满分。") % words
    if float(line["points"]) == 0:
        return _now("%(value)s%(unit)s，不得分；%(zero)s%(unit)s 起得分，%(full)s%(unit)s 得满分。") % words
    return _now("%(value)s%(unit)s，失 %(lost)s 分；%(full)s%(unit)s 得满分。") % words


def way_up(account: Mapping[str, Any]) -> list[str]:
    """What stands between the institution and the next star: points, conditions, and where most points are lost."""
    if account["next"] is None:
        return [_now("已经是最高星级。")]
    said = []
    if float(account["missing"]) > 0:
        said.append(_now("离 %(stars)d 星还差 %(points)s 分。") % {"stars": account["next"], "points": account["missing"]})
    if account["unmet"]:
        names = "、".join(str(NEEDS[need]) for need in account["unmet"])  # text: data
        said.append(_now("%(stars)d 星还要求：%(needs)s。") % {"stars": account["next"], "needs": names})
    lost = sorted((line for line in account["lines"] if float(line["lost"]) > 0), key=lambda line: (-float(line["lost"]), line["key"]))[:3]
    said += [_now("%(label)s失 %(points)s 分。") % {"label": in_words(line["label"]), "points": line["lost"]} for line in lost]
    return said


def place_words(one: Share) -> str:
    """The place among those that can be ranked; a span where the intervals overlap."""
    if one.best == 0:
        return ""
    if one.is_certain:
        return _now("第 %(place)d 名") % {"place": one.best}
    return _now("第 %(best)d—%(worst)d 名，分不出先后") % {"best": one.best, "worst": one.worst}


def reason_words(reason: Reason, label: Any, down: bool) -> str:
    words = {"label": label, "gap": reason.gap}
    return _now("%(label)s比全区高 %(gap)s 个百分点") % words if down else _now("%(label)s比全区低 %(gap)s 个百分点") % words


def stars_words(stars: int) -> str:
    return ngettext("%(number)d 星", "%(number)d 星", stars) % {"number": stars} if stars else _now("未达到星级")
