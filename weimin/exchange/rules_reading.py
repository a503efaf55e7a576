"""Bytes that somebody uploaded as a bundle: what they are, and whether they may be looked at any further. Pure.

Every refusal is a sentence with the place. What a bundle must be for FHIR is asked afterwards (`validating`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from weimin.exchange.rules_keys import Shelf
from weimin.walls.errors import RuleBroken

MOST_BYTES = 40 * 1024 * 1024  # with photos (`kinds_files.MOST_AT_ONCE`)
MOST_ENTRIES = 20_000
DEEPEST = 40
TYPES = ("document", "collection", "transaction", "searchset", "batch")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
SUBJECTS = ("subject", "patient", "for", "subject.0")


def read_bundle(content: bytes) -> dict[str, Any]:
    """The bundle of one person. RuleBroken with what is wrong and where."""
    if len(content) > MOST_BYTES:
        raise RuleBroken(_("文件超过 %(most)d MB，没有读取。照片多的请对方分批导出。") % {"most": MOST_BYTES // 1024 // 1024})
    bundle = decoded(content)
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        found = bundle.get("resourceType") if isinstance(bundle, dict) else type(bundle).__name__
        raise RuleBroken(_("这不是 FHIR 的 Bundle：最外层是“%(found)s”。") % {"found": str(found)[:40]})
    if bundle.get("type") not in TYPES:
        raise RuleBroken(_("Bundle 的类型是“%(found)s”，只收 %(types)s。") % {"found": str(bundle.get("type"))[:40], "types": "、".join(TYPES)})
    check_entries(bundle)
    check_one_person(bundle)
    return bundle


def decoded(content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleBroken(_("文件不是 UTF-8 编码：第 %(at)d 个字节读不出来。") % {"at": error.start + 1}) from None
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=refuse_constant, object_pairs_hook=once)
        check_values(found)
    except json.JSONDecodeError as error:
        raise RuleBroken(_("文件在第 %(line)d 行第 %(column)d 列读不下去，可能没有传完整。") % {"line": error.lineno, "column": error.colno}) from None
    except RecursionError:
        raise RuleBroken(too_deep()) from None
    except ValueError as error:
        raise RuleBroken(str(error)) from None
    return found


def too_deep() -> str:
    return _("文件的嵌套超过 %(most)d 层，没有读取。") % {"most": DEEPEST}


def refuse_constant(word: str) -> Any:
    raise ValueError(_("文件里有不是数的数“%(word)s”。") % {"word": word})


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The same name twice in one object: which one counts would depend on the reader."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise ValueError(_("同一处写了两次“%(name)s”。") % {"name": next(name for name in names if names.count(name) > 1)[:40]})
    return found


def check_values(value: Any) -> None:
    """Depth, and texts that no database takes."""
    for depth, place, one in walk(value):
        if depth > DEEPEST:
            raise ValueError(too_deep())
        if isinstance(one, str) and UNSTORABLE.search(one):
            raise ValueError(_("“%(place)s”里有不能保存的字符。") % {"place": place})


def walk(value: Any) -> Iterator[tuple[int, str, Any]]:
    """(depth, place, value) of everything inside, without recursion."""
    waiting: list[tuple[int, str, Any]] = [(0, "", value)]
    while waiting:
        depth, place, one = waiting.pop()
        yield depth, place, one
        if depth > DEEPEST:
            return
        if isinstance(one, dict):
            waiting += [(depth + 1, f"{place}.{name}".lstrip("."), inner) for name, inner in one.items()]
        elif isinstance(one, list):
            waiting += [(depth + 1, f"{place}[{number}]", inner) for number, inner in enumerate(one)]


def check_entries(bundle: dict[str, Any]) -> None:
    entries = bundle.get("entry") or []
    if not isinstance(entries, list) or not entries:
        raise RuleBroken(_("Bundle 里没有内容（entry 是空的）。"))
    if len(entries) > MOST_ENTRIES:
        raise RuleBroken(_("Bundle 里有 %(count)d 条内容，一次最多 %(most)d 条。") % {"count": len(entries), "most": MOST_ENTRIES})
    for number, row in enumerate(entries, start=1):
        resource = row.get("resource") if isinstance(row, dict) else None
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            raise RuleBroken(_("第 %(number)d 条内容里没有资源（resource）。") % {"number": number})


def check_one_person(bundle: dict[str, Any]) -> None:
    """One Patient, and everything about this one."""
    shelf = Shelf((str(row.get("fullUrl", "")), row["resource"]) for row in bundle["entry"])
    people = shelf.of("Patient")
    if len(people) != 1:
        raise RuleBroken(_("Bundle 里有 %(count)d 位居民（Patient），一次只收一位。") % {"count": len(people)})
    for number, resource in enumerate(shelf.resources, start=1):
        for place in SUBJECTS:
            about = shelf.named(resource, place)
            if is_reference(resource, place) and about is not people[0]:
                words = _("第 %(number)d 条内容（%(kind)s）的“%(place)s”指向另一个人，没有收。")
                raise RuleBroken(words % {"number": number, "kind": resource["resourceType"][:40], "place": place})


def is_reference(resource: dict[str, Any], place: str) -> bool:
    """Whether somebody is named there at all."""
    name, _dot, first = place.partition(".")
    value = resource.get(name)
    if first:
        value = value[0] if isinstance(value, list) and value else None
    return isinstance(value, dict) and isinstance(value.get("reference"), str)
