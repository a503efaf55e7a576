"""What the portal does at night."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.portal.guessing import forget
from weimin.walls.periodic import every


@every("20 3 * * *", "portal.forget_attempts", label=_("清理查询失败记录"))
def forget_attempts(jurisdiction: Any, now: datetime) -> None:
    forget(now)
