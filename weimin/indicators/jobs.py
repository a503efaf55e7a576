"""The figures of a day: at night for the day that ended, and during the day so that pages are at most ten minutes old."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.indicators.storing import store_day
from weimin.walls.periodic import every


@every("30 1 * * *", "indicators.nightly", label=_("计算昨日指标"))
def nightly(jurisdiction: Any, now: datetime) -> None:
    store_day(timezone.localdate(now) - timedelta(days=1), now)


@every("*/10 * * * *", "indicators.today", label=_("计算今日指标"))
def today(jurisdiction: Any, now: datetime) -> None:
    store_day(timezone.localdate(now), now)
