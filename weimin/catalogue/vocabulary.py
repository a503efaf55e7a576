"""The words of the catalogue in one place: windows, desks, places, units, themes, life events, groups. Pages of every room use these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML

DATA = Path(__file__).parent / "data"
WINDOWS = {
    "party": _("党群服务窗口"),
    "livelihood": _("民生服务窗口"),
    "family": _("计生与家庭窗口"),
    "agency": _("代办服务窗口"),
    "civil": _("民政事务窗口"),
}
DESKS = {"village": _("村（社区）"), "window": _("受理窗口"), "township": _("乡镇经办"), "county_office": _("县级部门")}
PLACES = {"village": _("村（社区）便民服务站"), "township": _("乡镇便民服务中心"), "county": _("县政务服务中心")}
STEPS = {
    "accept": _("受理"),
    "review": _("审核"),
    "site_check": _("入户核实"),
    "joint_review": _("联合审查"),
    "public_notice": _("公示"),
    "decide": _("审批"),
    "certificate": _("制证"),
    "deliver": _("送达"),
}
UNITS = {"workday": _("个工作日"), "day": _("日"), "hour": _("小时"), "month": _("个月")}
HANDLING = {"instant": _("即办件"), "promised": _("承诺件")}
KINDS = {"01": _("行政许可"), "05": _("行政给付"), "07": _("行政确认"), "08": _("行政奖励"), "10": _("其他行政权力"), "20": _("公共服务")}
AUDIENCES = {"person": _("个人"), "enterprise": _("企业"), "organisation": _("其他组织")}
ORIGINS = {"applicant": _("申请人自备"), "government": _("政府部门核发"), "third_party": _("其他单位出具")}
FORMS = {"original": _("原件"), "copy": _("复印件"), "original_and_copy": _("原件和复印件"), "electronic": _("电子件")}
POWERS = {"": _("没有注明"), "law": _("法定"), "authorised": _("授权"), "entrusted": _("委托")}
RESULTS = {"certificate": _("证照"), "approval": _("批文"), "payment": _("资金发放"), "registration": _("登记"), "answer": _("答复")}
REACH = {"county": _("全县通办"), "city": _("全市通办"), "province": _("全省通办"), "country": _("全国通办")}


@dataclass(frozen=True)
class Word:
    """An entry of a vocabulary: its key, and what it is called in both languages."""

    key: str
    name: str
    english: str

    @property
    def label(self) -> str:
        return self.english if (get_language() or "").startswith("en") else self.name


@cache
def entries(name: str) -> dict[str, Word]:
    """A vocabulary of `data/`, in the order of the file: themes, life_events, groups."""
    rows = YAML(typ="safe", pure=True).load(DATA / f"{name}.yaml")
    return {row["key"]: Word(**row) for row in rows}


def themes() -> dict[str, Word]:
    return entries("themes")


def life_events() -> dict[str, Word]:
    return entries("life_events")


def groups() -> dict[str, Word]:
    return entries("groups")
