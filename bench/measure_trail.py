"""Sealing and verifying a million entries of the trail, made by COPY as an ordinary day would make them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from bench.country import COUNTY, TOWNSHIP, inside, peer
from bench.sizes import Sizes
from bench.table import Line
from bench.timing import seconds
from weimin.trail.models import Entry
from weimin.trail.sealing import seal
from weimin.trail.verification import verify

COLUMNS = (
    "at", "person", "person_name", "post", "role", "ip", "channel", "action", "subject_type", "subject_id", "before", "after", "reason", "region",
)  # fmt: skip
TABLE = Entry._meta.db_table


def measure(sizes: Sizes) -> Iterator[Line]:
    now = timezone.now()
    with inside() as county:
        write(sizes.entries, now)
        sealing = seconds(lambda: seal(now))
        checked: list[bool] = []
        verifying = seconds(lambda: checked.append(verify(county.schema_name).whole))
    if checked != [True]:
        raise RuntimeError("the trail that was just sealed does not verify")
    yield Line("trail", f"seal {sizes.entries:,} entries", sealing, "s")
    yield Line("trail", f"verify {sizes.entries:,} entries", verifying, "s", ceiling=10.0)


def write(count: int, now: datetime) -> None:
    with peer().cursor() as cursor:
        with cursor.copy(f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for number in range(count):
                at = now - timedelta(seconds=count - number)
                before, after = json.dumps({"state": "filed"}), json.dumps({"state": "building", "remark": f"第 {number} 号"}, ensure_ascii=False)
                who = (at, number % 400, "张三", number % 400, "township", "10.0.0.7", "web", "buildout.start_building")
                copy.write_row((*who, "buildout.project", number % 9000, before, after, "", TOWNSHIP + number % 3 if number % 5 else COUNTY))
        cursor.execute(f"ANALYZE {TABLE}")
