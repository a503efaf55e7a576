"""Every minute, and at once when something was ordered: the sets that the worker has to check or to write, one after the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.residents.importing.waking import DUTY
from weimin.residents.models import Import
from weimin.residents.models.imports import WORKING
from weimin.walls.actor import system_actor
from weimin.walls.later import Later
from weimin.walls.periodic import every
from weimin.walls.session import entered

running = Later("weimin.residents.importing.running")


@every("* * * * *", DUTY, label=_("办理居民导入"), own_transactions=True)
def work_imports(jurisdiction: Any, now: datetime) -> None:
    """Each set once; what fails with a fault of ours stays as it is and is tried again with the next call."""
    seen: set[int] = set()
    while (row := next_import(seen)) is not None:
        seen.add(row.pk)
        running.work_off(row, now)


def next_import(seen: set[int]) -> Import | None:
    actor = system_actor(name=DUTY)
    with entered(actor):
        return Import.objects.visible_to(actor).filter(state__in=WORKING).exclude(pk__in=seen).order_by("moved_at").first()
