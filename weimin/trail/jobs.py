"""Every minute: close what was written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.trail.sealing import seal
from weimin.walls.periodic import every


@every("* * * * *", "trail.seal", label=_("封存留痕"), own_transactions=True, shared=True)
def seal_new(jurisdiction: Any, now: datetime) -> None:
    seal(now)
