"""A bundle that waits and one that was taken in, with where it is from; every word carries the mark."""

from __future__ import annotations

from typing import Any

from weimin.exchange.models import FormerNumber, Origin
from weimin.exchange.tests.builders import make_waiting
from weimin.exchange.tests.examples import VISIT, a_bundle
from weimin.health.models import HealthRecord
from weimin.residents.tests.builders import NOW


def one_of_exchange(record: HealthRecord, mark: str) -> dict[str, Any]:
    """pk of each kind of row; `mark` goes into every name and remark."""
    who = mark or "李医生"
    words = {"doctor_name": who, "findings": {"remark": mark or "好"}}
    bundle = a_bundle(name=record.resident.name, id_number=record.resident.id_number, visits=[VISIT | words], personal={"contact": who})
    waiting = make_waiting(record.region, bundle, institution=mark or "板溪镇卫生院", person_name=who, post_label=mark)
    done = {"state": "applied", "record": record, "applied_at": NOW, "applied_by": who, "bundle": f"urn:x|{record.pk}"}
    applied = make_waiting(record.region, bundle, institution=mark or "板溪镇卫生院", person_name=who, **done)
    facts = {"region": record.region, "record": record, "exchange": applied}
    Origin.objects.create(subject_type="health.healthrecord", subject_id=record.pk, key=f"urn:weimin:1:record|{record.pk}", names={"doctor": mark}, **facts)
    FormerNumber.objects.create(number="37140200100100001", place=mark or "板溪镇卫生院", **facts)
    return {"exchange": waiting.pk}
