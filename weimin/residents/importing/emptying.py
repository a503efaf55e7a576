"""A month after an import ended nobody needs its files any more: they are emptied, what was counted stays (H-61)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from weimin.residents.models import Import, ImportFile, ImportPart, ImportState
from weimin.residents.models.imports import ENDED

KEPT = timedelta(days=30)


def empty_ended(now: datetime) -> int:
    """How many files were emptied. A set that nobody decided about for a month counts as given up.

    Inside a transaction of the system's in one jurisdiction. What is written is the rows' own end of life, so that a second run finds nothing.
    """
    before = now - KEPT
    Import.objects.filter(state=ImportState.CHECKED, moved_at__lte=before).update(state=ImportState.CANCELLED, sentence=_("一个月没有确认，已自动取消。"))
    ended = Import.objects.filter(state__in=ENDED, moved_at__lte=before)
    ImportPart.objects.filter(set__in=ended, written_at__isnull=True).delete()
    holding = ImportFile.objects.filter(set__in=ended).filter(Q(content__isnull=False) | Q(faults__isnull=False))
    return holding.update(content=None, faults=None)
