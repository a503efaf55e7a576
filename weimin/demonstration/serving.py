# text: data
"""The catalogue of service items: loaded as it is shipped, one item shortened since, one draft waiting to be published."""

from __future__ import annotations

import json
from typing import Any

from weimin.catalogue.content import ItemContent
from weimin.catalogue.files import shipped_texts
from weimin.catalogue.forms_item import as_sent
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import current
from weimin.demonstration.stage import Stage

LOADED_DAYS_AGO, SHORTENED_DAYS_AGO, DRAFTED_DAYS_AGO = 180, 30, 2


def serve(stage: Stage) -> None:
    """What the jurisdiction serves, by the hand of its lead office."""
    office = ("lead_office", stage.jurisdiction.code)
    data = {"several": json.dumps(shipped_texts(), ensure_ascii=False), "publish": "on", "note": "首批事项目录"}
    stage.act(office, "catalogue.import_items", data, LOADED_DAYS_AGO)
    revise(stage, "CV0101", {"promised_limit": {"value": 8, "unit": "workday"}}, "缩短承诺期限", SHORTENED_DAYS_AGO)
    draft = ItemVersion.objects.get(item__code="CV0101", state="draft")
    stage.act(office, "catalogue.publish", {"note": "缩短承诺期限"}, SHORTENED_DAYS_AGO, target=draft.pk)
    revise(stage, "LV0401", {"phone": "0000-00000000"}, "补上咨询电话（演示）", DRAFTED_DAYS_AGO)


def revise(stage: Stage, code: str, change: dict[str, Any], note: str, days_ago: int) -> None:
    """A draft of an item with some elements changed."""
    version = current(code)
    sent = as_sent(ItemContent.model_validate(version.content.model_dump(mode="json") | change)) | {"note": note}
    stage.act(("lead_office", stage.jurisdiction.code), "catalogue.edit_item", sent, days_ago, target=version.item_id)
