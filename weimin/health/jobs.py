"""What is done at night: visits that are late become steps, steps that are settled go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weimin.health.missing import call_missed, settle_missed
from weimin.walls.periodic import every


@every("10 5 * * *", "health.call_missed", label=_("随访超期提醒"))
def call(jurisdiction: Any, now: datetime) -> None:
    today = timezone.localdate(now)
    settle_missed(today, now)
    call_missed(today, now)
