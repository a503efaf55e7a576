"""Lamps of moments: green while a fifth of the hours is left, then yellow, red when they are over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.calendars.clock import HOUR, ZONE, Due, Lamp, lamp
from weimin.calendars.queries import calendar_for


def hour_lamp(due_at: datetime, hours: int, region: int, now: datetime) -> Lamp:
    """Of something that still has to be done."""
    return lamp(Due(due_at, timezone.localtime(due_at, ZONE).date(), False, HOUR, hours), now, calendar_for(region))


def done_lamp(done_at: datetime, due_at: datetime) -> dict[str, Any]:
    """Of something that was done: in time or not."""
    return {"colour": "green", "words": _("按时")} if done_at <= due_at else {"colour": "red", "words": _("超过时限")}
