"""Items and versions for tests of every room: a small list that is right, with whatever is to be otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from weimin.catalogue.models import Item, ItemVersion

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def content(**over: Any) -> dict[str, Any]:
    """A whole implementation list as data: 高龄津贴, three papers, decided by the township in ten working days."""
    facts: dict[str, Any] = {
        "code": "CV0001",
        "name": "高龄津贴申领",
        "kind": "05",
        "subject": "县民政局",
        "legal_basis": ["《中华人民共和国老年人权益保障法》第三十三条"],
        "who_may": "本县户籍、年满 80 周岁的老年人",
        "conditions": ["年满 80 周岁", "本县户籍"],
        "materials": [
            {"key": "id_card", "name": "居民身份证", "origin": "government", "shared": "公安人口信息"},
            {"key": "household_book", "name": "居民户口簿", "origin": "government", "shared": "公安人口信息"},
            {"key": "bank_card", "name": "本人银行账户", "form": "copy", "deferrable": True},
        ],
        "steps": [{"key": "accept", "desk": "village"}, {"key": "decide", "desk": "township"}, {"key": "deliver", "desk": "village"}],
        "legal_limit": {"value": 20, "unit": "workday"},
        "promised_limit": {"value": 10, "unit": "workday"},
        "result": "高龄津贴按月发放到账",
        "result_kind": "payment",
        "window": "civil",
        "theme": "elderly",
        "words": ["老人钱", "长寿钱"],
        "life_events": ["old_age"],
        "groups": ["elderly"],
    }
    return facts | over


def make_version(state: str = "published", item: Item | None = None, **over: Any) -> ItemVersion:
    """A version of an item (a new item when none is given); a published one is in force at once, what was before is replaced."""
    facts = content(**over)
    item = item or Item.objects.filter(code=facts["code"]).first() or Item.objects.create(code=facts["code"], name=facts["name"], window=facts["window"])
    number = (item.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    if state == "published":
        item.versions.filter(state="published").update(state="replaced")
    published = {"published_at": NOW, "published_by": "李四"} if state in ("published", "replaced") else {}
    version = ItemVersion.objects.create(item=item, number=number, state=state, data=facts, created_by="李四", created_at=NOW, **published)
    if state == "published":
        item.current, item.name, item.window = version, facts["name"], facts["window"]
        item.save()
    return version
