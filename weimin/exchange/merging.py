"""Two entries of the register were one person: what was exchanged goes with the record that is kept, and back again.

Done as the software itself after health has done its part; what went along stands beside health's in `RecordMerge.moved`.
"""

from __future__ import annotations

from typing import Any

from weimin.examinations.merging import merge_of
from weimin.exchange.models import Elsewhere, Exchange, ExchangeState, FormerNumber, Origin
from weimin.health.models import HealthRecord
from weimin.residents.duplicates import on_merge
from weimin.residents.models import Resident
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

KEY = "exchange"
TABLES: dict[str, tuple[Any, str]] = {  # and what a record has once
    "exchanges": (Exchange, "bundle"), "origins": (Origin, "key"), "former": (FormerNumber, "number"), "elsewhere": (Elsewhere, "key"),
}  # fmt: skip


def join(gone: Resident, kept: Resident) -> list[int]:
    """Answers nothing, whatever there was."""
    with entered(system_actor()):
        merge = merge_of(gone, kept)
        if merge is not None and merge.into is not None:
            merge.moved[KEY] = bring(merge.record, merge.into)
            merge.save(update_fields=["moved"])
    return []


def bring(record: HealthRecord, own: HealthRecord) -> dict[str, list[int]]:
    """What both have stays behind."""
    moved = {}
    for name, (model, once) in TABLES.items():
        held = model.objects.filter(record=own)
        if model is Exchange:
            held = held.filter(way="in", state=ExchangeState.APPLIED)
        rows = model.objects.filter(record=record).exclude(**{f"{once}__in": list(held.values_list(once, flat=True))})
        moved[name] = list(rows.values_list("pk", flat=True))
        model.objects.filter(pk__in=moved[name]).update(record=own, region=own.region)
    return moved


def part(numbers: list[int], gone: Resident, kept: Resident) -> None:
    """What came goes back; what was exchanged since stays with the record that was kept."""
    with entered(system_actor()):
        merge = merge_of(gone, kept)
        if merge is None or merge.into is None:
            return
        for name, (model, _once) in TABLES.items():
            rows = model.objects.filter(pk__in=merge.moved.get(KEY, {}).get(name, []), record=merge.into)
            rows.update(record=merge.record, region=merge.record.region)


on_merge(KEY, move=join, back=part)
