"""The parts of the health room's own rows: care, visits, what is due, self-care. Pure.

Twins: one open care of a programme, one visit a day, one open row of what is due; self-care once a day.
"""

from __future__ import annotations

from weimin.exchange.codes import own
from weimin.exchange.rules_bundle import Part, register_part
from weimin.exchange.rules_keys import Shelf, base, found_key
from weimin.exchange.rules_lines import ANY, CODE, DAY, TEXT, WHOLE, Item, Line, Resource, read, write
from weimin.exchange.rules_mapping_care import parse_care, parse_due, render_care, render_due
from weimin.exchange.rules_mapping_visit import parse_visit, render_visit

VISIT_FIELDS = (
    "way", "programmes", "systolic", "diastolic", "pulse", "weight", "fasting", "temperature", "risk", "findings", "medication",
)  # fmt: skip
SELF_CARE_TITLE = "老年人生活自理能力评估"  # text: data
SELF_CARE = (
    Line("on", "effectiveDateTime", DAY), Line("total", "valueInteger", WHOLE), Line("assessed_by", "performer.0.display", TEXT), Line("grade", "+", CODE),
    Line("scores", "+", ANY),
)  # fmt: skip


def twin_care(theirs: Item, ours: list[Item]) -> Item | None:
    """The same programme open on both sides, or ended with the same days."""
    same = [row for row in ours if row["programme"] == theirs["programme"]]
    if theirs["state"] != "ended":
        return next((row for row in same if row["state"] != "ended"), None)
    days = (theirs["since_on"], theirs["ended_on"])
    return next((row for row in same if (row["since_on"], row["ended_on"]) == days), None)


def twin_visit(theirs: Item, ours: list[Item]) -> Item | None:
    """Another correction of the same visit, else a visit of the same day that stands."""
    if theirs["corrects"] and (rival := next((row for row in ours if row["corrects"] == theirs["corrects"]), None)) is not None:
        return rival
    corrected = {row["corrects"] for row in ours}
    return next((row for row in ours if row["on"] == theirs["on"] and row["key"] not in corrected), None)


def twin_due(theirs: Item, ours: list[Item]) -> Item | None:
    same = [row for row in ours if row["kind"] == theirs["kind"]]
    if theirs["state"] == "open":
        return next((row for row in same if row["state"] == "open"), None)
    days = (theirs["state"], theirs["from_on"], theirs["due_on"], theirs["done_on"])
    return next((row for row in same if (row["state"], row["from_on"], row["due_on"], row["done_on"]) == days), None)


def twin_of_day(theirs: Item, ours: list[Item]) -> Item | None:
    return next((row for row in ours if row["on"] == theirs["on"]), None)


def render_self_care(item: Item, patient: str) -> list[Resource]:
    resource = base("Observation", item["key"], status="final", code=own("assessment", "self_care", SELF_CARE_TITLE), subject={"reference": patient})
    return [write("self_care", SELF_CARE, item, resource)]


def parse_self_care(resource: Resource, shelf: Shelf) -> Item:
    item = {"key": found_key(resource, "self_care")} | read("self_care", SELF_CARE, resource)
    return item | {"scores": item["scores"] if isinstance(item["scores"], dict) else {}}


CARE_GROUPS = (
    ("state", "since_on", "ended_on", "end_reason", "lost_on", "lost_reason"), ("grade",), ("found_on",), ("confirmed_on", "confirmed_at"), ("target",),
    ("ordered_on", "ordered_since", "ordered_from"),
)  # fmt: skip
DUE_GROUPS = (("state", "done_on", "on_time"), ("from_on", "due_on"), ("urgent",), ("programmes",), ("reason",))
register_part(Part("care", "重点管理", "EpisodeOfCare", render_care, parse_care, 10, CARE_GROUPS, twin_care))  # text: data
register_part(Part("visit", "随访", "Encounter", render_visit, parse_visit, 20, (VISIT_FIELDS,), twin_visit))  # text: data
register_part(Part("due", "应做服务", "Task", render_due, parse_due, 30, DUE_GROUPS, twin_due))  # text: data
register_part(Part("self_care", SELF_CARE_TITLE, "Observation", render_self_care, parse_self_care, 40, (("total", "grade", "scores"),), twin_of_day))
