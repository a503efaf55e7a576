"""Photos of a visit travel inside the bundle and arrive at the visit that they were of, whole or not at all (H9)."""

from __future__ import annotations

import base64
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from proofs.databases import TUPO, YOUYANG, inside

from weimin.accounts.models import Person
from weimin.actions.act import act
from weimin.attachments.attaching import attach
from weimin.attachments.models import Attachment
from weimin.attachments.storage import path_of
from weimin.exchange import kinds_files
from weimin.exchange.kinds_files import batches, files_of
from weimin.exchange.models import Exchange, Origin
from weimin.exchange.tests.builders import bring, file_of, make_full_record, take_in
from weimin.health.models import HealthRecord, Visit
from weimin.residents.tests.builders import NOW, make_resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("H9")]
HERE, THERE, NUMBER = 500242101200, 341221203200, "110105194912310021"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(colour: str = "red", side: int = 60) -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "JPEG")
    return out.getvalue()


def doctor(low: int) -> Actor:
    person = Person.objects.create(login=f"d{low}", name="杨医生")
    return Actor(person.pk, person.name, None, "doctor", low, low, frozenset({"residents", "health"}))


def photograph(who: Actor, record: HealthRecord, data: bytes, place: int = 0) -> Attachment:
    visit = Visit.objects.filter(record=record).order_by("pk")[place]
    upload = SimpleUploadedFile("随访表照片.jpg", data)
    return attach(who, upload, subject_type="health.visit", subject_id=visit.pk, region=visit.region, kind="photo", now=NOW)


def export(who: Actor, record: HealthRecord, **over: str) -> dict[str, Any]:
    data = {"reason": "迁往外县，随迁移交", "release": "R5", "full": "on", "attached": "1", **over}
    receipt = act(who, "exchange.export_record", data, f"out{over}", target=record.pk, now=NOW)
    return file_of(Exchange.objects.get(pk=receipt.subject_id))


@pytest.fixture
def record(db: None) -> Any:
    """A record of 酉阳 with two photos at one visit and one at another."""
    with inside(YOUYANG), entered(system_actor()):
        found = make_full_record(HERE, resident=make_resident(HERE, "冉桂兰", id_number=NUMBER))
        who = doctor(HERE)
        for colour, place in (("red", 0), ("green", 0), ("blue", 2)):
            photograph(who, found, picture(colour), place)
        yield found, who


def papers(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [row["resource"] for row in bundle["entry"] if row["resource"]["resourceType"] == "DocumentReference"]


@pytest.mark.parametrize("release", ["R5", "R4"])
def test_every_photo_arrives_at_its_visit_byte_for_byte(record: Any, release: str) -> None:
    bundle = export(record[1], record[0], release=release)
    sums = sorted(Attachment.objects.values_list("sm3", flat=True))
    assert len(papers(bundle)) == 3
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", id_number=NUMBER)
        who = doctor(THERE)
        take_in(who, bring(who, bundle))
        rows = Attachment.objects.order_by("pk")
        assert sorted(row.sm3 for row in rows) == sums
        assert all(path_of(row.sm3).exists() and row.has_thumbnail for row in rows)
        days = {row.sm3: Visit.objects.get(pk=row.subject_id).on.isoformat() for row in rows}
        assert sorted(days.values()) == ["2026-08-01", "2026-08-01", "2026-11-01"]
        assert {(row.name, row.kind, row.uploaded_at, row.region, row.uploaded_by_id) for row in rows} == {("随访表照片.jpg", "photo", NOW, THERE, who.person)}
        assert [one.names["doctor"] for one in Origin.objects.filter(subject_type="attachments.attachment")] == ["杨医生"] * 3


def test_a_second_time_no_photo_is_there_twice(record: Any) -> None:
    first, second = export(record[1], record[0]), export(record[1], record[0], reason="再次移交")
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", id_number=NUMBER)
        who = doctor(THERE)
        take_in(who, bring(who, first))
        take_in(who, bring(who, second, "up2"), "in2")
        assert Attachment.objects.count() == 3


def test_too_many_for_one_bundle_go_in_batches_and_come_together_again(record: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(kinds_files, "MOST_AT_ONCE", 2 * len(picture()) + 20)
    found = batches(files_of(record[1], record[0]))
    assert [len(one.rows) for one in found] == [2, 1]
    parts = [export(record[1], record[0], attached=number) for number in ("1", "2")]
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", id_number=NUMBER)
        who = doctor(THERE)
        for number, part in enumerate(parts):
            take_in(who, bring(who, part, f"up{number}"), f"in{number}")
        assert (Attachment.objects.count(), Visit.objects.count()) == (3, 3)


def test_without_the_tick_none_goes_out_and_a_withdrawn_one_never_does(record: Any) -> None:
    assert papers(export(record[1], record[0], attached="")) == []
    Attachment.objects.filter(pk=Attachment.objects.order_by("pk")[0].pk).update(removed_at=NOW, removed_reason="拍错")
    assert len(papers(export(record[1], record[0], reason="再次移交"))) == 2


def spoiled(bundle: dict[str, Any], change: Any) -> dict[str, Any]:
    change(papers(bundle)[0])
    return bundle


def other_content(resource: dict[str, Any]) -> None:
    resource["content"][0]["attachment"]["data"] = base64.b64encode(picture("black")).decode()


def no_picture(resource: dict[str, Any]) -> None:
    attachment = resource["content"][0]["attachment"]
    attachment.pop("hash")
    attachment["data"] = base64.b64encode(b"<html>").decode()


def empty(resource: dict[str, Any]) -> None:
    resource["content"][0]["attachment"].pop("data")


def of_nothing(resource: dict[str, Any]) -> None:
    next(one for one in resource["extension"] if one["url"].endswith("file:of"))["valueIdentifier"]["value"] = "999"


@pytest.mark.parametrize(
    ("change", "sentence"), [(other_content, "在路上损坏了"), (no_picture, "对不上"), (empty, "没有内容"), (of_nothing, "所属的随访不在数据包里")]
)
def test_what_is_broken_is_refused_with_its_place_and_nothing_is_written(record: Any, change: Any, sentence: str) -> None:
    bundle = spoiled(export(record[1], record[0]), change)
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", id_number=NUMBER)
        with pytest.raises(RuleBroken, match=sentence):
            bring(doctor(THERE), bundle)
        assert (Exchange.objects.count(), Attachment.objects.count()) == (0, 0)


def test_one_that_is_larger_than_this_place_takes_is_refused_with_the_size(record: Any, settings: Any) -> None:
    bundle = export(record[1], record[0])
    settings.UPLOAD_BYTES = 300
    with inside(TUPO), entered(system_actor()):
        make_resident(THERE, "冉桂兰", id_number=NUMBER)
        with pytest.raises(RuleBroken, match="随访表照片.jpg"):
            bring(doctor(THERE), bundle)


def test_a_file_that_the_store_has_lost_stops_the_export_with_its_name(record: Any) -> None:
    path_of(Attachment.objects.order_by("pk")[0].sm3).write_bytes(b"x")
    with pytest.raises(RuleBroken, match=r"随访表照片.jpg.*损坏"):
        export(record[1], record[0])
    assert Exchange.objects.count() == 0


def test_a_photo_of_a_visit_that_stays_out_stays_out_with_it(record: Any) -> None:
    bundle = export(record[1], record[0])
    Origin.objects.all().delete()
    other = make_resident(HERE, "冉桂英", birth_on=date(1950, 1, 1))
    patient = next(row["resource"] for row in bundle["entry"] if row["resource"]["resourceType"] == "Patient")
    patient["identifier"] = []
    patient["name"], patient["birthDate"] = [{"text": "冉桂英"}], "1950-01-01"
    take_in(record[1], bring(record[1], bundle), resident=other.pk)
    assert Attachment.objects.count() == 3
