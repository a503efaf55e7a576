"""What is done in the morning: whoever has not reported is told so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.epidemics.queries.board import board
from weimin.messages.sending import send
from weimin.walls.actor import system_actor
from weimin.walls.periodic import every


@every("30 10 * * *", "epidemics.remind_missing", label=_("学校每日报告提醒"))
def remind(jurisdiction: Any, now: datetime) -> None:
    remind_missing(timezone.localdate(now), now)


def remind_missing(on: date, now: datetime) -> int:
    """A message to the reporter of each school that misses classes, else to the institution of its township. Answers how many."""
    late = [line for line in board(system_actor(), on) if line.missing]
    for line in late:
        text = _now("%(place)s今天还有 %(n)d 个班没有报告，没有人生病也要报。") % {"place": line.place.name, "n": line.missing}
        send(line.place.reporter or "institution", line.place.region, text, line.url, now)
    return len(late)
