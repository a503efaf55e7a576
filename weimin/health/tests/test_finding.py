"""A record is found by its number (H1)."""

from __future__ import annotations

import pytest

from weimin.health.queries.records import list_records
from weimin.health.searching import find
from weimin.health.tests.builders import make_record

VILLAGE, OTHER = 500242101200, 500242102200
FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


@pytest.mark.req("H1")
def test_a_record_is_found_by_its_number_however_it_is_typed(everywhere, actor):
    doctor = actor("doctor", VILLAGE)
    record = make_record(VILLAGE)
    make_record(VILLAGE, "冉外")
    whole, short = record.number, record.number[9:]
    for text in (whole, whole.translate(FULL_WIDTH), f"{whole[:9]}-{whole[9:12]} {whole[12:]}", short, f"{short[:3]}－{short[3:]}"):
        assert (list_records(doctor, {"text": text}).rows, [hit.url for hit in find(doctor, text, 5)]) == ([record], [f"/health/{record.pk}/"])
    county = actor("hospital", 500242000000)
    assert (len(list_records(county, {"text": whole}).rows), len(list_records(county, {"text": short}).rows)) == (1, 0)
    assert list_records(actor("doctor", OTHER), {"text": whole}).rows == []
