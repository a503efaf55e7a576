"""A month after an export nobody needs its file any more, and a bundle that nobody decided about is given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.exchange.models import Exchange, ExchangeState
from weimin.walls.periodic import every

KEPT = timedelta(days=30)


@every("40 2 * * *", "exchange.empty", label=_("清空过期的档案数据包"))
def empty(jurisdiction: Any, now: datetime) -> int:
    """How many were emptied; a second run finds none."""
    before = now - KEPT
    Exchange.objects.filter(state=ExchangeState.WAITING, at__lte=before).update(state=ExchangeState.DROPPED)
    over = Exchange.objects.filter(state__in=[ExchangeState.MADE, ExchangeState.DROPPED], at__lte=before, content__isnull=False)
    return over.update(content=None)
