"""A family of a village with a group, a visit and a life event, records handed in and out, two that look like one; every word carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.residents.models import Duplicate, GroupMembership, LifeEvent, Resident, Visit
from weimin.residents.tests.builders import NOW, TODAY, make_family, make_resident
from weimin.residents.tests.examples import make_merge, make_transfer
from weimin.residents.tests.import_examples import make_import


def one_of_residents(village: int, mark: str) -> dict[str, Any]:
    """pk of each kind of record; `mark` goes into every name and remark."""
    household, members = make_family(village, mark or "冉", address=f"{mark}3组12号", number=f"{mark}88{village % 1000}")
    person = members[0]
    Resident.objects.filter(pk=person.pk).update(occupation=mark, source=mark, address=f"{mark}3组12号")
    facts = {"resident": person, "region": village}
    GroupMembership.objects.create(kind="disabled", detail=mark, since_on=TODAY, source=mark, **facts)
    Visit.objects.create(on=TODAY, found=f"{mark}身体好", needs=mark, visited_by=mark or "李四", recorded_at=NOW, **facts)
    LifeEvent.objects.create(kind="marriage", on=TODAY, facts={"lines": [mark]}, source=mark, recorded_by=mark or "李四", recorded_at=NOW, **facts)
    make_merge(village, reason=mark or "同一人", merged_by=mark or "李四")
    two = [make_resident(village, f"{mark}田小云", id_number=""), make_resident(village, f"{mark}田小云", id_number="")]
    Duplicate.objects.create(region=village, first=two[0], second=two[1], found_at=NOW)
    transfer = make_transfer(village, "in", name=f"{mark}杨小秀", reason=mark, sent_by=mark or "李四")
    make_transfer(village, "out", name=f"{mark}杨小秀", reason=mark, sent_by=mark or "李四")
    return {"resident": person.pk, "household": household.pk, "transfer": transfer.pk, "import": make_import(village, f"{mark}居民.xlsx", mark or "李四").pk}
