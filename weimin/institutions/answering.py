"""Which institution answers for a village: told to health, which gives new records to it."""

from __future__ import annotations

from collections.abc import Iterable

from weimin.health.joining import answering
from weimin.institutions.models import Catchment
from weimin.walls.actor import system_actor
from weimin.walls.session import entered


def by_catchment(regions: Iterable[int]) -> dict[int, int]:
    """Village → site. Read as the software: whoever opens a record sees the village and not the whole township. One query."""
    with entered(system_actor()):
        rows = Catchment.objects.filter(region__in=list(regions)).exclude(institution__site__state="closed")
        return dict(rows.values_list("region", "institution__site_id"))


answering(by_catchment)
