"""What is no bundle of one person is refused with a sentence that says what and where; nothing of it is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from weimin.exchange.models import Exchange
from weimin.exchange.packing import to_json
from weimin.exchange.rules_bundle import build
from weimin.exchange.tests.builders import SENDER, bring, take_in
from weimin.exchange.tests.examples import BORN, KEYS, NUMBER, VISIT, a_bundle, content
from weimin.health.models import Visit
from weimin.health.tests.builders import make_record, make_visit
from weimin.residents.tests.builders import make_resident
from weimin.walls.actor import Actor, system_actor
from weimin.walls.errors import InputInvalid, RuleBroken
from weimin.walls.session import entered

pytestmark = [pytest.mark.django_db, pytest.mark.req("H9")]
VILLAGE = 500242101200
RAW = to_json(a_bundle())


@pytest.fixture
def doctor(everywhere: None, actor: Any) -> Actor:
    return actor("doctor", VILLAGE)


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    bundle = json.loads(RAW)
    change(bundle)
    return json.dumps(bundle, ensure_ascii=False).encode()


def resource(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind)


def deep(bundle: dict[str, Any]) -> None:
    inner: dict[str, Any] = {}
    bundle["extension"] = inner
    for _step in range(60):
        inner["x"] = {}
        inner = inner["x"]


def second_person(bundle: dict[str, Any]) -> None:
    bundle["entry"].append({"fullUrl": "urn:uuid:2", "resource": {"resourceType": "Patient", "id": "2", "name": [{"text": "杨大山"}]}})


HOSTILE: dict[str, tuple[bytes, str]] = {
    "truncated": (RAW[:2000], r"文件在第 1 行第 \d+ 列读不下去，可能没有传完整"),
    "empty": (b" ", "文件在第 1 行第 2 列读不下去"),
    "other_encoding": (RAW.decode().encode("gb18030"), r"不是 UTF-8 编码：第 \d+ 个字节"),
    "a_list": (b"[]", "这不是 FHIR 的 Bundle：最外层是“list”"),
    "a_patient": (b'{"resourceType": "Patient"}', "最外层是“Patient”"),
    "history": (altered(lambda bundle: bundle.update(type="history")), "Bundle 的类型是“history”，只收 document、collection、transaction"),
    "nothing_in_it": (altered(lambda bundle: bundle.update(entry=[])), "没有内容"),
    "no_resource": (altered(lambda bundle: bundle["entry"].append({"fullUrl": "x"})), "第 10 条内容里没有资源"),
    "twice": (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', "同一处写了两次“resourceType”"),
    "not_a_number": (b'{"resourceType": "Bundle", "total": NaN}', "不是数的数“NaN”"),
    "deep": (altered(deep), "嵌套超过 40 层"),
    "very_deep": (b'{"a":' * 100_000, "嵌套超过 40 层|读不下去"),
    "nul": (RAW.replace("王医生".encode(), b"a\\u0000b", 1), "有不能保存的字符"),
    "surrogate": (RAW.replace("王医生".encode(), b"\\ud800", 1), "有不能保存的字符"),
    "long_number": (b'{"resourceType": "Bundle", "total": ' + b"9" * 10_000 + b"}", "."),
    "two_people": (altered(second_person), "有 2 位居民（Patient），一次只收一位"),
    "nobody": (altered(lambda bundle: bundle["entry"].pop(3)), "有 0 位居民"),
    "about_another": (altered(lambda bundle: resource(bundle, "Encounter")["subject"].update(reference="Patient/999")), "的“subject”指向另一个人"),
    "unknown_field": (altered(lambda bundle: resource(bundle, "Encounter").update(sneaky=1)), r"第 \d 条（Encounter）的 sneaky：没有这个字段"),
    "wrong_date": (altered(lambda bundle: resource(bundle, "Patient").update(birthDate="8.3.1955")), r"第 \d 条（Patient）的 birthDate：值不对"),
    "unknown_type": (altered(lambda bundle: resource(bundle, "Encounter").update(resourceType="Malware")), "没有“Malware”这种资源"),
    "no_number": (altered(lambda bundle: bundle.pop("identifier")), "没有编号"),
    "future": (to_json(a_bundle(visits=[VISIT | {"on": date(2027, 1, 1)}])), "随访日期晚于今天"),
    "impossible": (to_json(a_bundle(visits=[VISIT | {"systolic": 999}])), "“收缩压”是 999，应在 50 到 300 之间"),
    "long_name": (to_json(a_bundle(visits=[VISIT | {"doctor_name": "王" * 50}])), "随访医生：确保该变量包含不超过 40 字符"),
    "loose_correction": (to_json(a_bundle(visits=[VISIT | {"corrects": "urn:weimin:1:visit|9"}])), "（随访）更正的那一条不在数据包里"),
    "circle": (to_json(a_bundle(visits=[VISIT | {"corrects": VISIT["key"]}])), "（随访）更正的那一条不在数据包里"),
    "wrong_record_number": (to_json(a_bundle(number="1")), "档案编号“1”不是 17 位数字"),
}


def with_two(part: str, row: dict[str, Any]) -> bytes:
    found = content()
    found.rows[part] = [row | {"key": f"{KEYS}{part}|{number}"} for number in (1, 2)]
    return to_json(build(found, SENDER))


CARE: dict[str, Any] = {
    "programme": "hypertension", "state": "managed", "grade": "", "since_on": date(2024, 1, 1), "target": {}, "found_on": None, "confirmed_on": None,
}  # fmt: skip
DUE: dict[str, Any] = {
    "kind": "visit", "programmes": ["hypertension"], "from_on": date(2026, 10, 1), "due_on": date(2026, 12, 1), "reason": "", "urgent": False, "state": "open",
    "done_on": None, "on_time": None,
}  # fmt: skip
SELF_CARE: dict[str, Any] = {"on": date(2026, 4, 1), "scores": {"eating": 0}, "total": 3, "grade": "independent", "assessed_by": "李医生"}
HOSTILE |= {
    "two_open_cares": (with_two("care", CARE), "（重点管理）和前面的一条重复"),
    "two_open_dues": (with_two("due", DUE), "（应做服务）和前面的一条重复"),
    "self_care_twice_a_day": (with_two("self_care", SELF_CARE), "和前面的一条重复"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_a_sentence(doctor: Actor, what: str) -> None:
    content, sentence = HOSTILE[what]
    with pytest.raises(RuleBroken, match=sentence):
        bring(doctor, content)
    assert Exchange.objects.count() == 0


def test_more_than_forty_megabytes_are_not_read(doctor: Actor) -> None:
    with pytest.raises(InputInvalid, match="文件超过 40 MB"):
        bring(doctor, b" " * (40 * 1024 * 1024 + 1))


def test_a_row_that_claims_to_be_ours_but_is_another_persons_stays_out(doctor: Actor) -> None:
    other = make_visit(make_record(VILLAGE, "杨大山"))
    make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER)
    mine = VISIT | {"key": f"urn:weimin:500242000000:visit|{other.pk}", "systolic": 199}
    exchange = bring(doctor, a_bundle(visits=[mine]))
    take_in(doctor, exchange)
    assert list(Visit.objects.values_list("pk", "systolic")) == [(other.pk, 132)]
    exchange.refresh_from_db()
    assert exchange.said["done"] == {"visit": {"refused": 1}}


def test_script_in_strings_is_text(doctor: Actor, client_as: Any) -> None:
    evil = "<script>alert(1)</script>"
    exchange = bring(doctor, a_bundle(name=evil, visits=[VISIT | {"doctor_name": evil, "findings": {"remark": evil}}], personal={"contact": evil}))
    page = client_as("doctor", VILLAGE).get(f"/exchange/{exchange.pk}/").content.decode()
    assert evil not in page
    assert "&lt;script&gt;" in page


def test_what_this_house_has_no_place_for_is_named_and_kept(doctor: Actor, client_as: Any) -> None:
    vaccine = {"resourceType": "Immunization", "id": "v", "status": "completed", "vaccineCode": {"text": "流感疫苗"}, "occurrenceDateTime": "2026-10-01"}
    make_resident(VILLAGE, "冉桂兰", birth_on=BORN, id_number=NUMBER)

    def add(bundle: dict[str, Any]) -> None:
        person = next(entry["fullUrl"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Patient")
        bundle["entry"].append({"fullUrl": "urn:uuid:7", "resource": vaccine | {"patient": {"reference": person}}})

    exchange = bring(doctor, altered(add))
    assert "Immunization 1" in client_as("doctor", VILLAGE).get(f"/exchange/{exchange.pk}/").content.decode()
    with entered(system_actor()):
        take_in(doctor, exchange)
        exchange.refresh_from_db()
    assert exchange.content is not None
