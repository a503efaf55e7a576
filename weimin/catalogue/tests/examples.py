"""One valid use of each action of this room."""

from weimin.actions.examples import Example, nothing_needed
from weimin.catalogue.content import ItemContent
from weimin.catalogue.files import to_yaml
from weimin.catalogue.forms_item import as_sent
from weimin.catalogue.tests.builders import content, make_version


def listed(**over) -> ItemContent:
    return ItemContent.model_validate(content(**over))


def sent(**over) -> dict:
    return {**as_sent(listed(**over)), "note": "缩短期限"}


def stopped(actor, region):
    item = make_version().item
    item.offered = False
    item.save()
    return item.pk, {"reason": "系统已修好"}


FILE = to_yaml([listed(), listed(code="CV0002", name="老年人优待证办理", kind="20")])

EXAMPLES = {
    "catalogue.import_items": Example("lead_office", nothing_needed(text=FILE, note="首批", publish="on")),
    "catalogue.add_item": Example("lead_office", lambda actor, region: (None, sent())),
    "catalogue.edit_item": Example("lead_office", lambda actor, region: (make_version().item_id, sent(promised_limit={"value": 5, "unit": "workday"}))),
    "catalogue.publish": Example("lead_office", lambda actor, region: (make_version("draft").pk, {"note": "现在起执行"})),
    "catalogue.drop_draft": Example("lead_office", lambda actor, region: (make_version("draft").pk, {})),
    "catalogue.stop_item": Example("lead_office", lambda actor, region: (make_version().item_id, {"reason": "系统升级"})),
    "catalogue.resume_item": Example("lead_office", stopped),
}
