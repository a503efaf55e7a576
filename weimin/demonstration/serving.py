# text: data
"""What residents are served with: the catalogue as it is shipped, one item shortened since, one draft waiting; then the town at work."""

from __future__ import annotations

import json
from typing import Any

from weimin.catalogue.content import ItemContent
from weimin.catalogue.files import shipped_texts
from weimin.catalogue.forms_item import as_sent
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.queries import current
from weimin.demonstration.casework import Work
from weimin.demonstration.casework_ends import work_on_cases
from weimin.demonstration.manning import man
from weimin.demonstration.receiving import enter_centre, receive
from weimin.demonstration.settling import care, settle
from weimin.demonstration.stage import Stage, Who
from weimin.demonstration.town import Town

LOADED_DAYS_AGO, SHORTENED_DAYS_AGO, DRAFTED_DAYS_AGO = 180, 30, 2


def serve_residents(stage: Stage, town: Town, centre: dict[str, Any] | int) -> None:
    """The whole network of one township. centre: the number of a site that stands, or the facts of one to enter."""
    serve(stage, town.office)
    settle(stage, town)
    care(stage, town)
    if isinstance(centre, int):
        town.site = centre
    else:
        enter_centre(stage, town, centre)
    receive(stage, town)
    man(stage, town)
    work_on_cases(Work(stage, town))


def serve(stage: Stage, office: Who) -> None:
    """What the jurisdiction serves, by the hand of its service office."""
    data = {"several": json.dumps(shipped_texts(), ensure_ascii=False), "publish": "on", "note": "首批事项目录"}
    stage.act(office, "catalogue.import_items", data, LOADED_DAYS_AGO)
    revise(stage, office, "CV0101", {"promised_limit": {"value": 8, "unit": "workday"}}, "缩短承诺期限", SHORTENED_DAYS_AGO)
    draft = ItemVersion.objects.get(item__code="CV0101", state="draft")
    stage.act(office, "catalogue.publish", {"note": "缩短承诺期限"}, SHORTENED_DAYS_AGO, target=draft.pk)
    revise(stage, office, "LV0401", {"phone": "0000-00000000"}, "补上咨询电话（演示）", DRAFTED_DAYS_AGO)


def revise(stage: Stage, office: Who, code: str, change: dict[str, Any], note: str, days_ago: int) -> None:
    """A draft of an item with some elements changed."""
    version = current(code)
    sent = as_sent(ItemContent.model_validate(version.content.model_dump(mode="json") | change)) | {"note": note}
    stage.act(office, "catalogue.edit_item", sent, days_ago, target=version.item_id)
