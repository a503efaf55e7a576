"""One thing (一件事, C-25): several items over one set of papers; each becomes a case of its own, all with one number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.cases.actions.agency import file_under
from weimin.cases.actions.intake import accept_at_once, after_accept, after_tell, desk_of, new_case
from weimin.cases.actions.moving import FRONT, done
from weimin.cases.actions.papers import put_papers
from weimin.cases.forms_intake import ReceiveBundle
from weimin.cases.items import remember
from weimin.cases.models import Case
from weimin.cases.numbering import next_number
from weimin.cases.rules_papers import Paper, last_promise, missing
from weimin.catalogue.bundles import Offered, get_bundle
from weimin.catalogue.models import ItemVersion
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible, RuleBroken


def find_bundle(actor: Actor, key: Any) -> Offered:
    found = get_bundle(str(key))
    if found is None:
        raise NotVisible()
    return found


def check_together(found: Offered, actor: Actor, now: datetime) -> None:
    if len(found.versions) < 2:
        raise RuleBroken(_now("这件事现在开办的事项不到两项，请按单个事项受理。"))


@register(
    "cases.receive_bundle", label=_("一件事受理"), form=ReceiveBundle, roles=FRONT, find=find_bundle, region=lambda found, data: int(data["region"]),
    check=check_together, template="cases/bundle_intake.html",
)  # fmt: skip
def receive_bundle(by: Actor, found: Offered, data: dict[str, Any], now: datetime) -> Outcome:
    """一次收齐材料，几个事项一起受理；缺材料的事项一次告知补正。"""
    bundle = next_number(data["region"], now)
    chosen = [version for version in found.versions if version.item.code in data["items"]]
    cases = [one_of(version, bundle, by, data, now) for version in chosen]
    accepted = sum(case.accepted_at is not None for case in cases)
    message = _now("已收 %(whole)d 件，全部受理。") if accepted == len(cases) else _now("已收 %(whole)d 件，受理 %(accepted)d 件，其余已一次告知补正。")
    message %= {"whole": len(cases), "accepted": accepted}
    return done(cases[0], "", message, bundle=bundle, items=[case.item_name for case in cases])


def one_of(version: ItemVersion, bundle: str, by: Actor, data: dict[str, Any], now: datetime) -> Case:
    """The case of one item, with those papers of the set that it asks for: accepted when they are there, else told what is missing."""
    case = new_case(by, version, data, now, channel="agency" if data["under"] else "home" if by.role == "village" else "window", desk=desk_of(by, version))
    papers, photos = own_papers(version, data)
    case.bundle, case.lenient_due_on, complete = bundle, last_promise(papers), not missing(papers)
    if complete:
        accept_at_once(case, now)
    else:
        case.state = "supplement"
    case.save(force_insert=True)
    put_papers(case, papers, photos, by, now)
    finish = after_accept if complete else after_tell
    finish(case, by, {"papers": papers, "told_how": data.get("told_how")}, now)
    if data["under"]:
        file_under(data["under"], case, by, now)
    return case


def own_papers(version: ItemVersion, data: dict[str, Any]) -> tuple[list[Paper], dict[str, Any]]:
    """The item's own papers as they were ticked in the set, and the pictures by the item's own keys."""
    ticked = {paper.key: paper for paper in data["papers"]}
    papers, photos = [], {}
    for material in remember(version).materials:
        key = data["keys"][material.key, material.name]
        papers.append(Paper(material.key, material.name, material.required, ticked[key].status, ticked[key].due_on))
        if key in data["photos"]:
            photos[material.key] = data["photos"][key]
    return papers, photos
