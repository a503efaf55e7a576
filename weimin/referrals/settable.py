"""The time limits of this room for health's page of parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.health.parameters import Parameter, Version, declared
from weimin.health.settable import DAYS, figure
from weimin.referrals.limits import STEM, rules

UNITS: dict[str, Any] = {"hour": _("小时"), "workday": _("个工作日"), "day": DAYS}
LABELS: dict[str, Any] = {
    "answer_emergency": _("医院答复紧急转诊"), "answer_ordinary": _("医院答复一般转诊"), "arrange_again": _("医院不能接收、病人没到的另行安排"),
    "receive": _("社区接收转回的病人"), "follow_up": _("转出后主动随访"), "recovery_visit": _("转回后康复随访"), "latest_recovery_visit": _("康复随访最晚"),
    "appointment": _("预约最晚在多少天之内"), "fresh_visit": _("多少天内的随访作为转诊依据"),
}  # fmt: skip


@declared
def limits() -> Iterator[Parameter]:
    for key, row in rules().items():
        shipped = [Version(row.effective_from, str(row.value), row.source, not row.confirm)]
        yield figure(STEM, key, _("双向转诊"), _("时限"), (LABELS[key], UNITS[row.unit], "1", "180"), shipped)
