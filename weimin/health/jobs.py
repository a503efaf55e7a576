"""What is done at night: visits that are late become steps, steps that are settled go,
visits that look odd become questions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.health.checking import scan
from weimin.health.missing import call_missed, settle_missed
from weimin.health.screening import settle_measured
from weimin.walls.actor import system_actor
from weimin.walls.periodic import every

LOOKED_BACK = timedelta(days=2)  # a night that was missed is made up for


@every("10 5 * * *", "health.call_missed", label=_("随访超期提醒"))
def call(jurisdiction: Any, now: datetime) -> None:
    today = timezone.localdate(now)
    settle_measured()
    settle_missed(today, now)
    call_missed(today, now)


@every("40 4 * * *", "health.scan_values", label=_("核对随访数值"))
def look(jurisdiction: Any, now: datetime) -> None:
    scan(system_actor(), timezone.localdate(now), now, now - LOOKED_BACK)
