"""What is done at night: activities and boards that come near become steps of their institution."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.education.reminding import remind_of_all
from weimin.walls.periodic import every


@every("20 5 * * *", "education.remind", label=_("健康教育提醒"))
def remind(jurisdiction: Any, now: datetime) -> None:
    remind_of_all(now)
