"""An examination ↔ Encounter with Observations and the form; what is followed of it ↔ Task. Pure.

Both arms' blood pressure are two panels told apart by their body site. Two decimals of laboratory values come back as they were.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from weimin.examinations.rules_form import BLOOD, BODY, PRESSURE, items
from weimin.exchange.codes import coding, measure, own, table
from weimin.exchange.rules_bundle import Part, register_part
from weimin.exchange.rules_keys import Shelf, base, found_key, identifier
from weimin.exchange.rules_lines import ANY, CODE, DAY, FLAG, MOMENT, TEXT, WHOLE, Item, Line, Resource, address, extend, get, is_empty, read, write
from weimin.exchange.rules_mapping_care import care_key, quantity
from weimin.exchange.rules_mapping_record import parse_form, render_form
from weimin.exchange.rules_mapping_visit import decoded, encoded, loinc, observed
from weimin.exchange.rules_parts import twin_visit
from weimin.health.rules_personal import Asked

FOLLOWED = "体检异常追踪"  # text: data
SIDES = ("left", "right")
SINGLE = (*(name for name in (*BODY, *BLOOD) if name not in PRESSURE), "bmi")
COUNTED = frozenset({"pulse", "breath", "hemoglobin", "platelet", "alt", "ast"})  # whole numbers
KINDS = {"whole": "number", "decimal": "text"}
EXAMINATION = (
    Line("on", "actualPeriod.start", DAY), Line("doctor_name", "participant.0.actor.display", TEXT), Line("entered_at", "+", MOMENT), Line("self_care", "+", WHOLE),
    Line("complete", "+", FLAG), Line("abnormal", "+", ANY),
)  # fmt: skip
CORRECTS, OF = address("examination", "corrects"), address("abnormal", "examination")
ABNORMAL = (
    Line("state", "status", CODE), Line("found_on", "restriction.period.start", DAY), Line("due_on", "restriction.period.end", DAY),
    Line("closed_on", "executionPeriod.end", DAY), Line("items", "+", ANY), Line("rank", "+", WHOLE), Line("refer", "+", FLAG), Line("recalled_on", "+", DAY),
    Line("recall_note", "+", TEXT), Line("rechecks", "+", ANY), Line("closing", "+", CODE), Line("closing_note", "+", TEXT),
)  # fmt: skip
STATES = {"recall": "requested", "recheck": "in-progress", "closed": "completed"}
FIELDS = ("left_systolic", "left_diastolic", "right_systolic", "right_diastolic", *SINGLE, "self_care", "findings", "abnormal")
ABNORMAL_FIELDS = ("state", "due_on", "items", "rank", "refer", "recalled_on", "recall_note", "rechecks", "closing", "closing_note", "closed_on")


@cache
def form() -> tuple[Asked, ...]:
    """The form of the examination as forms are written here; its measured values are Observations."""
    known = {*BODY, *BLOOD}
    return tuple(Asked(one.key, one.label, KINDS.get(one.kind, one.kind), dict(one.codes)) for one in items().values() if one.key not in known)


def render_examination(item: Item, patient: str) -> list[Resource]:
    subject, kind = {"reference": patient}, {"class": [{"coding": [coding("act", "AMB", "健康体检")]}]}  # text: data
    encounter = base("Encounter", item["key"], status="completed", subject=subject) | kind
    if item.get("corrects"):
        extend(encounter, CORRECTS, "valueIdentifier", identifier(item["corrects"]))
    write("examination", EXAMINATION, item, encounter)
    facts = {"subject": subject, "encounter": {"reference": f"urn:uuid:{encounter['id']}"}}
    return [encounter, *pressures(item, facts), *singles(item, facts), *answers(item, facts)]


def pressures(item: Item, facts: dict[str, Any]) -> list[Resource]:
    rows = []
    for side in SIDES:
        known = [name for name in ("systolic", "diastolic") if item.get(f"{side}_{name}") is not None]
        if known:
            panel = table()["panels"]["pressure"]
            parts = [{"code": loinc(name), "valueQuantity": quantity(name, item[f"{side}_{name}"])} for name in known]
            code = {"coding": [coding("loinc", panel["code"], panel["words"])], "text": panel["words"]}
            row = observed(item["key"], f":{side}_pressure", item["on"], facts) | {"code": code, "component": parts}
            rows.append(row | {"bodySite": own("side", side, table()["sides"][side])})
    return rows


def singles(item: Item, facts: dict[str, Any]) -> list[Resource]:
    known = [name for name in SINGLE if item.get(name) is not None]
    return [
        observed(item["key"], f":{name}", item["on"], facts) | {"code": loinc(name), "valueQuantity": quantity(name, encoded(item[name]))} for name in known
    ]


def answers(item: Item, facts: dict[str, Any]) -> list[Resource]:
    if is_empty(item.get("findings")):
        return []
    resource = base("QuestionnaireResponse", item["key"], ":form", authored=item["on"].isoformat(), **facts)
    return [render_form("examination", form(), item["findings"], resource)]


def parse_examination(encounter: Resource, shelf: Shelf) -> Item:
    item: Item = {"key": found_key(encounter, "examination"), "corrects": care_key(encounter, CORRECTS)}
    item |= read("examination", EXAMINATION, encounter)
    item |= dict.fromkeys((*PRESSURE, *SINGLE))
    names = {measure(name)["code"]: name for name in (*SINGLE, "systolic", "diastolic")}
    for row in shelf.belonging("Observation", "encounter", encounter):
        side = get(row, "bodySite.coding.0.code")
        for part in [row, *(row.get("component") or [])]:
            name, value = names.get(get(part, "code.coding.0.code") or ""), get(part, "valueQuantity.value")
            if name and value is not None:
                column = f"{side}_{name}" if side in SIDES else name
                item[column] = decoded(name, value, get(part, "valueQuantity.code"), whole=name in COUNTED or column in PRESSURE)
    forms = shelf.belonging("QuestionnaireResponse", "encounter", encounter)
    item["findings"] = parse_form("examination", form(), forms[0]) if forms else {}
    return item | {"abnormal": item["abnormal"] or []}


def render_abnormal(item: Item, patient: str) -> list[Resource]:
    task = base("Task", item["key"], intent="plan", code=own("due", "abnormal", FOLLOWED), priority="urgent" if item["rank"] == 0 else "routine")
    task["for"] = {"reference": patient}
    extend(task, OF, "valueIdentifier", identifier(item["examination"]))
    return [write("abnormal", ABNORMAL, item | {"state": STATES[item["state"]]}, task)]


def parse_abnormal(task: Resource, shelf: Shelf) -> Item:
    item = {"key": found_key(task, "abnormal"), "examination": care_key(task, OF)} | read("abnormal", ABNORMAL, task)
    state = {theirs: ours for ours, theirs in STATES.items()}.get(item["state"], item["state"])
    return item | {"state": state, "items": item["items"] or [], "rechecks": item["rechecks"] or []}


def twin_abnormal(theirs: Item, ours: list[Item]) -> Item | None:
    """What is followed of the same day."""
    return next((row for row in ours if row["found_on"] == theirs["found_on"] and row["state"] != "closed"), None)


register_part(Part("examination", "健康体检", "Encounter", render_examination, parse_examination, 50, (FIELDS,), twin_visit))  # text: data
register_part(Part("abnormal", FOLLOWED, "Task", render_abnormal, parse_abnormal, 60, (ABNORMAL_FIELDS,), twin_abnormal))
