"""One valid use of each action of this room."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from weimin.actions.examples import Example
from weimin.residents.models import Duplicate, GroupMembership, Merge, Resident, Transfer
from weimin.residents.tests.builders import NOW, id_number, make_family, make_household, make_resident
from weimin.residents.tests.import_examples import IMPORTS
from weimin.residents.transferring import TRAVELS
from weimin.walls.actor import Actor

Build = Callable[[Actor, int], tuple[Any, dict[str, Any]]]
WHY = {"reason": "办理低保需要核对"}
PERSON = {"name": "冉大山", "id_kind": "id_card", "phone": "13912345678", "address": "3组8号"}
EVENT = {"on": "2026-11-20", "proof": "证明"}


def village(region: int) -> int:
    """A village of the township, or of the first township of the county."""
    return region + 200 if region % 1000 == 0 and region % 10**6 else region if region % 1000 else region + 100200


def somebody(data: dict[str, Any], **over: Any) -> Build:
    """A resident with a household of three, as the target."""

    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        _household, members = make_family(village(region))
        person = members[0]
        if over:
            Resident.objects.filter(pk=person.pk).update(**over)
        return person.pk, dict(data)

    return build


def alone(data: dict[str, Any], **over: Any) -> Build:
    return lambda actor, region: (make_resident(village(region), **over).pk, dict(data))


def enter(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return None, {**PERSON, "place": str(village(region)), "id_number": id_number(male=True), "new_household": "on"}


def entered_already(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    number = id_number()
    make_resident(village(region), id_number=number)
    return None, {**PERSON, "place": str(village(region)), "id_number": number}


def in_household(data: dict[str, Any], ended: bool = False) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        household, members = make_family(village(region))
        if ended:
            household.status, household.ended_on = "ended", date(2026, 1, 1)
            household.save()
        numbers = {"{head}": str(members[1].pk), "{child}": str(members[2].pk)}
        return household.pk, {name: [numbers[one] for one in value] if isinstance(value, list) else numbers.get(value, value) for name, value in data.items()}

    return build


def member(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    household, _members = make_family(village(region))
    return household.pk, {**PERSON, "name": "冉小海", "id_number": id_number(date(2012, 1, 2), male=True), "relation": "子"}


def into_another(data: dict[str, Any], household: bool = False) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        other = make_household(village(region))
        own, members = make_family(village(region))
        return (own.pk if household else members[2].pk), {**data, "number": other.number}

    return build


def lone_household(data: dict[str, Any]) -> Build:
    return lambda actor, region: (make_household(village(region)).pk, dict(data))


def in_group(ended: date | None = None) -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        person = make_resident(village(region))
        facts = {"kind": "disabled", "since_on": date(2026, 1, 1), "until_on": ended, "source": "残疾人证"}
        return GroupMembership.objects.create(resident=person, region=person.region, **facts).pk, {"until_on": "2026-11-20", "proof": "评定"}

    return build


def married(data: dict[str, Any], marital: str = "married") -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        _household, members = make_family(village(region))
        Resident.objects.filter(pk__in=[row.pk for row in members[:2]]).update(marital=marital)
        return members[1].pk, dict(data)

    return build


def move_home(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    _household, members = make_family(village(region))
    return members[0].pk, {**EVENT, "place": str(village(region) + 1), "address": "5组1号", "whole": "on"}


def make_transfer(region: int, way: str, state: str = "sent", **over: Any) -> Transfer:
    person = make_resident(region, over.pop("name", "田小云")) if way == "out" else None
    facts: dict[str, Any] = {
        "number": uuid.uuid4(), "way": way, "state": state, "region": region, "other_region": 341221203201, "name": "田小云", "moved_on": date(2026, 11, 1),
        "reason": "务工", "sent_by": "李四", "sent_at": NOW, "resident": person, "posted_at": NOW,
    }  # fmt: skip
    if state != "sent":
        facts |= {"answered_by": "王五", "answered_at": NOW}
    if way == "in":
        number = id_number(date(1980, 1, 1), male=False)
        facts["content"] = json.dumps(
            dict.fromkeys(TRAVELS, "") | {"name": "田小云", "gender": "f", "id_kind": "id_card", "id_number": number, "birth_on": "1980-01-01", "groups": []}
        )
    return Transfer.objects.create(**{**facts, **over})


def handed(way: str, data: dict[str, Any], state: str = "sent") -> Build:
    def build(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
        place = village(region)
        return make_transfer(place, way, state).pk, {name: str(place) if value == "{place}" else value for name, value in data.items()}

    return build


def twice(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    kept, gone = make_resident(village(region), phone=""), make_resident(village(region), id_number="")
    return gone.pk, {"into": str(kept.pk), "reason": "入户核对是同一人"}


def gone_into_another(actor: Actor, region: int) -> tuple[Any, dict[str, Any]]:
    return make_merge(village(region)).gone_id, {**PERSON, "gender": "f", "birth_on": "1975-06-15"}


def make_merge(region: int, **over: Any) -> Merge:
    kept, gone = make_resident(region), make_resident(region, id_number="")
    Resident.objects.filter(pk=gone.pk).update(status="merged", merged_into=kept)
    facts = {"kept": kept, "gone": gone, "status_before": "living", "reason": "同一人", "merged_by": "李四", "merged_at": NOW}
    return Merge.objects.create(**{"region": region, **facts, **over})


def merged(undone: bool = False) -> Build:
    over = {"undone_at": NOW} if undone else {}
    return lambda actor, region: (make_merge(village(region), **over).pk, dict(WHY))


def make_pair(region: int, **over: Any) -> Duplicate:
    first, second = make_resident(region), make_resident(region, id_number="")
    return Duplicate.objects.create(**{"region": region, "first": first, "second": second, "found_at": NOW, **over})


def pair(decided: str = "") -> Build:
    return lambda actor, region: (make_pair(village(region), decided=decided).pk, dict(WHY))


GROUP = {"kind": "disabled", "since_on": "2026-11-01", "proof": "残疾人证", "detail": "二级"}
VISIT = {"on": "2026-11-20", "way": "home", "found": "身体好，柴火够过冬"}
BORN = {"name": "冉小雨", "id_kind": "none", "gender": "f", "birth_on": "2026-11-01", "relation": "女", "source": "出生医学证明"}
EXAMPLES = {
    "residents.enter": Example("village", enter, wrong=entered_already),
    "residents.enter_member": Example("village", member, wrong=in_household({**PERSON, "relation": "子"}, ended=True)),
    "residents.correct": Example("village", alone({**PERSON, "name": "冉小虹", "gender": "f", "birth_on": "1975-06-15"}), wrong=gone_into_another),
    "residents.show_id_number": Example("window", alone(WHY), wrong=alone(WHY, id_number="")),
    "residents.show_phone": Example("window", alone(WHY), wrong=alone(WHY, phone="")),
    "residents.add_group": Example("village", alone(GROUP)),
    "residents.end_group": Example("village", in_group()),
    "residents.record_visit": Example("village", alone(VISIT), wrong=somebody(VISIT, status="dead")),
    "residents.found_household": Example("village", alone({"address": "5组1号"})),
    "residents.correct_household": Example("village", in_household({"number": "77", "address": "6组"}), wrong=in_household({}, ended=True)),
    "residents.choose_head": Example("village", in_household({"head": "{head}", "old_relation": "配偶"}), wrong=lone_household({"head": "1"})),
    "residents.split_household": Example(
        "village", in_household({"leaving": ["{child}"], "head": "{child}", "reason": "成家"}), wrong=lone_household({"leaving": ["1"], "head": "1"})
    ),
    "residents.join_households": Example("village", into_another({"relation": "其他亲属", "reason": "合住"}, household=True)),
    "residents.move_member": Example(
        "village", into_another({"relation": "外孙子", "reason": "随外婆生活"}), wrong=somebody({"relation": "子", "reason": "住"}, status="dead")
    ),
    "residents.record_birth": Example("village", in_household(BORN), wrong=in_household(BORN, ended=True)),
    "residents.record_death": Example("village", somebody(EVENT)),
    "residents.restore": Example("township", somebody(WHY, status="dead")),
    "residents.record_marriage": Example("village", alone({**EVENT, "spouse_name": "田大勇"}), wrong=somebody(EVENT, status="dead")),
    "residents.record_divorce": Example("village", married({**EVENT, "leaves": "on"})),
    "residents.move_home": Example("township", move_home, wrong=somebody(EVENT, status="dead")),
    "residents.move_back": Example("village", somebody(EVENT, status="moved_out")),
    "residents.send_transfer": Example("village", somebody({**EVENT, "to": "341221203201"})),
    "residents.record_move_out": Example("village", somebody({**EVENT, "to": "北京市"})),
    "residents.withdraw_transfer": Example("village", handed("out", WHY)),
    "residents.accept_transfer": Example("township", handed("in", {"place": "{place}", "address": "1组"})),
    "residents.return_transfer": Example("township", handed("in", WHY)),
    "residents.merge": Example("township", twice),
    "residents.unmerge": Example("township", merged(), wrong=merged(undone=True)),
    "residents.keep_two": Example("township", pair(), wrong=pair("two")),
    **IMPORTS,
}
