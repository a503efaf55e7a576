"""The systems of numbers in bundles for health's page of parameters: the provincial platform may want others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.exchange.codes import SYSTEM, SYSTEMS_FROM, table
from weimin.health.parameters import ADDRESS, Parameter, Version, declared

LABELS: dict[str, Any] = {"id_card": _("居民身份证号"), "record_number": _("健康档案编号")}


@declared
def systems() -> Iterator[Parameter]:
    fixed = _("FHIR 标准自身的编码系统，由标准规定，只能确认。")
    for name, row in table()["systems"].items():
        shipped = (Version(SYSTEMS_FROM, row["uri"], row["source"], row["sure"] == "standard"),)
        label, why = (LABELS[name], "") if name in LABELS else (name, fixed)
        yield Parameter(SYSTEM, name, _("档案交换"), _("FHIR 编码系统"), label, "", ADDRESS, shipped, fixed=why)
