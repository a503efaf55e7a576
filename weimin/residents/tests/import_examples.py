"""One valid use of each action of an import."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from django.core.files.uploadedfile import SimpleUploadedFile

from weimin.actions.examples import Build, Example
from weimin.residents.importing.faults import SHAPE, packed
from weimin.residents.models import Import, ImportFile, ImportPart
from weimin.residents.tests.import_builders import number_of, person, sheet

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
VILLAGE = 500242101200


def village(region: int) -> int:
    return 500242101200 if region % 10**6 == 0 else region + 200 if region % 1000 == 0 else region


def make_import(region: int, title: str = "居民.xlsx", name: str = "李四", state: str = "checked", mode: str = "", faulty: int = 1) -> Import:
    """A set of one file with one sound row and, unless it is 0, one faulty one."""
    place = village(region)
    facts = {"person": 0, "person_name": name, "uploaded_at": NOW, "moved_at": NOW}
    row = Import.objects.create(region=region, title=title, state=state, mode=mode, rows=1 + faulty, good=1, faulty=faulty, **facts)
    faults = pl.DataFrame([(3, "phone", "号码太短。")][:faulty], schema=SHAPE, orient="row")
    content = sheet([person(1, village=str(place)), person(2, village=str(place), phone="1")])
    ImportFile.objects.create(
        region=region, set=row, number=0, name=title, size=len(content), kind="xlsx", content=content, rows=1 + faulty, faulty=faulty, faults=packed(faults)
    )
    ImportPart.objects.create(region=region, set=row, number=0, rows=1, content=packed(part(place)))
    return row


def part(place: int) -> pl.DataFrame:
    plain = {"name": "张三", "relation": "户主", "household": "1", "gender": "m", "id_kind": "id_card", "id_number": number_of(7), "birth_on": date(1960, 3, 1)}
    return pl.DataFrame([{"row": 2, "file": 0, "region": place, **plain}])


def at(data: dict[str, Any], **facts: Any) -> Build:
    return lambda actor, region: (make_import(region, **facts).pk, dict(data))


def upload() -> dict[str, Any]:
    return {"sheets": SimpleUploadedFile("居民.xlsx", sheet([person(1)]))}


IMPORTS = {
    "residents.upload_import": Example("township", lambda actor, region: (None, {"place": str(region)}), files=upload),
    "residents.choose_import": Example("township", at({"mode": "good"}), wrong=at({"mode": "good"}, state="waiting")),
    "residents.cancel_import": Example("township", at({}), wrong=at({}, state="done", mode="good")),
    "residents.write_import": Example("township", at({"part": "0"}, state="writing", mode="good"), wrong=at({"part": "0"})),
}
