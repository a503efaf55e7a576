"""What the jurisdiction serves: an item with two versions and a draft, and what a bundle needs."""

from __future__ import annotations

from typing import Any

from weimin.catalogue.tests.builders import make_version


def catalogue() -> dict[str, Any]:
    """pk of an item and of its version in force; it belongs to all townships."""
    make_version()
    version = make_version(promised_limit={"value": 5, "unit": "workday"})
    make_version("draft", fee="免费")
    for code, name in (("FM0001", "生育登记服务"), ("FM0014", "新生儿户口登记协助")):
        make_version(code=code, name=name, window="family", theme="birth", life_events=["birth"])
    return {"item": version.item_id, "item_version": version.pk}
