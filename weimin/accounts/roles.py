"""The system's roles: codes and duties from data/roles.yaml, names for people here (translated)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("系统管理员")
    LEAD_OFFICE = "lead_office", _("牵头部门")
    FINANCE = "finance", _("财政")
    LEADER = "leader", _("领导小组")
    TOWNSHIP = "township", _("乡镇经办")
    VILLAGE = "village", _("村（社区）干部")
    PARTNER = "partner", _("电商合伙人")
    OPERATOR = "operator", _("站点人员")
    SUPERVISOR = "supervisor", _("督查纪检")
    AUDITOR = "auditor", _("审计管理员")
    WINDOW = "window", _("窗口人员")
    COUNTY_OFFICE = "county_office", _("县级业务部门")
    DOCTOR = "doctor", _("基层医生")
    INSTITUTION = "institution", _("基层医疗卫生机构")
    HOSPITAL = "hospital", _("医院医生")
    HEALTH_BUREAU = "health_bureau", _("卫生健康部门")
    SCHOOL = "school", _("学校报告人")


@dataclass(frozen=True)
class Duty:
    """What comes with a role: where it sits, whether a second factor is required, which purposes it opens."""

    code: str
    scope: str
    second_factor: bool
    purposes: frozenset[str]


def read_duties() -> dict[str, Duty]:
    rows = YAML(typ="safe").load(Path(__file__).with_name("data") / "roles.yaml")
    return {row["code"]: Duty(row["code"], row["scope"], row["second_factor"], frozenset(row["purposes"])) for row in rows}


DUTIES = read_duties()
