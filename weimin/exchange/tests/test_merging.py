"""Two entries of the register were one person: what was exchanged is found at the record that is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from weimin.exchange.kinds_referrals import about_referral
from weimin.exchange.models import Elsewhere, Exchange, FormerNumber, Origin
from weimin.exchange.tests.builders import bring, take_in
from weimin.exchange.tests.examples import BORN, NUMBER, a_bundle
from weimin.health.models import HealthRecord
from weimin.health.tests.builders import act_now, make_record
from weimin.residents.models import Merge
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.req("H1", "H9")]
VILLAGE, NEXT, TOWNSHIP = 500242101200, 500242101201, 500242101000
TABLES: tuple[Any, ...] = (Exchange, Origin, FormerNumber, Elsewhere)


@pytest.fixture
def two(everywhere: None, actor: Any) -> tuple[HealthRecord, HealthRecord]:
    """The record of the one merged away, with what came from elsewhere; the record that is kept."""
    doctor: Actor = actor("doctor", VILLAGE)
    make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER)
    exchange = bring(doctor, a_bundle())
    take_in(doctor, exchange)
    gone = HealthRecord.objects.get()
    facts = {"kind": "value", "code": "systolic", "value": "150 mmHg", "on": date(2026, 5, 1)}
    for key in ("theirs", "both"):
        Elsewhere.objects.create(region=gone.region, record=gone, exchange_id=exchange.pk, key=key, **facts)
    kept = make_record(NEXT, resident=make_resident(NEXT, "冉桂兰", birth_on=BORN, id_number=""))
    Elsewhere.objects.create(region=kept.region, record=kept, exchange_id=exchange.pk, key="both", **facts)
    return gone, kept


def where() -> list[set[tuple[int, int, int]]]:
    return [set(model.objects.values_list("pk", "record", "region")) for model in TABLES]


def test_what_was_exchanged_goes_with_the_record_that_is_kept_and_back(two: Any, actor: Any) -> None:
    (gone, kept), office, before = two, actor("township", TOWNSHIP), where()
    act_now(office, "residents.merge", {"into": str(kept.resident_id), "reason": "同一人登记两次"}, "m", target=gone.resident_id)
    homes = [{(record, region) for _pk, record, region in rows} for rows in where()]
    assert homes[:3] == [{(kept.pk, kept.region)}] * 3
    assert sorted(Elsewhere.objects.values_list("key", "record")) == sorted([("theirs", kept.pk), ("both", kept.pk), ("both", gone.pk)])
    act_now(office, "residents.unmerge", {"reason": "不是同一人"}, "u", target=Merge.objects.get().pk)
    assert where() == before


def test_a_referral_is_named_by_the_day_here() -> None:
    item = {"direction": "up", "hospital": "县医院", "sent_at": datetime(2026, 11, 22, 17, 30, tzinfo=UTC)}
    assert about_referral(item).endswith("2026-11-23")
    assert str(Exchange(way="out", at=item["sent_at"])).endswith("2026-11-23")
