"""Care ↔ EpisodeOfCare with Condition and Goal; what is due ↔ Task. Pure.

A programme is an EpisodeOfCare; the disease behind it is a Condition (an elderly person is not one: there its fields are extensions of the
episode), an individual target is a Goal.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from weimin.exchange.codes import concept, measure, own, system, table
from weimin.exchange.rules_keys import Shelf, base, found_key, identifier, reference
from weimin.exchange.rules_lines import (
    ANY,
    CODE,
    CODES,
    DAY,
    FLAG,
    TEXT,
    Item,
    Line,
    Resource,
    Unreadable,
    address,
    extend,
    extensions,
    get,
    one_of,
    read,
    read_one,
    write,
)

STATES = {"suspected": "waitlist", "managed": "active", "lost": "onhold", "ended": "finished"}
CLINICAL = {"suspected": "active", "managed": "active", "lost": "active", "ended": "inactive"}
CARE = (
    Line("state", "status", one_of(STATES)),
    Line("since_on", "period.start", DAY),
    Line("ended_on", "period.end", DAY),
    Line("doctor", "careManager.display", TEXT),
    Line("institution", "managingOrganization.display", TEXT),
    Line("end_reason", "+", CODE),
    Line("lost_on", "+", DAY),
    Line("lost_reason", "+", CODE),
    Line("last_on", "+", DAY),
    Line("last_outcome", "+", CODE),
    Line("next_on", "+", DAY),
    Line("next_from", "+", CODE),
    Line("ordered_on", "+", DAY),
    Line("ordered_since", "+", DAY),
    Line("ordered_from", "+", CODE),
    Line("anew_on", "+", DAY),
)
FOUND = (
    Line("grade", "stage.0.summary.text", TEXT), Line("found_on", "recordedDate", DAY), Line("confirmed_on", "+", DAY), Line("confirmed_at", "+", TEXT)
)  # fmt: skip
FOUND_PLAIN = tuple(Line(line.name, "+", line.codec) for line in FOUND)
TARGETS = ("systolic", "diastolic", "fasting")
REST = Line("target_rest", "+", ANY)
DUE = (
    Line("kind", "code.coding.0.code", CODE),
    Line("state", "status", one_of({"open": "requested", "done": "completed", "cancelled": "cancelled"})),
    Line("from_on", "restriction.period.start", DAY),
    Line("due_on", "restriction.period.end", DAY),
    Line("done_on", "executionPeriod.end", DAY),
    Line("reason", "description", TEXT),
    Line("doctor", "owner.display", TEXT),
    Line("programmes", "+", CODES),
    Line("on_time", "+", FLAG),
    Line("source", "+", CODE),
)
ORDERED_BY = address("care", "ordered_by")


def programme(code: str) -> dict[str, Any]:
    return dict(table()["programmes"].get(code, {}))


def disease(code: str) -> dict[str, Any] | None:
    words = programme(code)
    return concept("icd10", words["icd10"], words["disease"]) if words.get("icd10") else None


def render_care(item: Item, patient: str) -> list[Resource]:
    key = item["key"]
    episode = base("EpisodeOfCare", key, type=[own("programme", item["programme"], programme(item["programme"]).get("words", ""))])
    episode = write("care", CARE, item, episode | {"patient": {"reference": patient}})
    if item.get("ordered_by"):
        extend(episode, ORDERED_BY, "valueIdentifier", identifier(item["ordered_by"]))
    sick = disease(item["programme"])
    if sick is None:
        write("care", FOUND_PLAIN, item, episode)
    goal = render_goal(item, patient, episode)
    return [episode, *([condition(item, patient, sick)] if sick else []), *goal]


def condition(item: Item, patient: str, sick: dict[str, Any]) -> Resource:
    verified = {"suspected": "provisional", "ended": "refuted" if item.get("end_reason") == "excluded" else "confirmed"}.get(item["state"], "confirmed")
    facts = {"clinicalStatus": concept("clinical", CLINICAL[item["state"]]), "verificationStatus": concept("verified", verified)}
    resource = base("Condition", item["key"], ":condition", **facts, code=sick, subject={"reference": patient})
    return write("care", FOUND, item, resource)


def render_goal(item: Item, patient: str, episode: Resource) -> list[Resource]:
    """The targets as FHIR has them; a target that is none of ours stays beside the episode as it is."""
    rest, rows = dict(item.get("target") or {}), []
    for name in TARGETS:
        if name in rest and (value := exact(rest[name], name)) is not None:
            rest.pop(name)
            rows.append({"measure": concept("loinc", measure(name)["code"], measure(name)["words"]), "detailQuantity": quantity(name, value)})
    write("care", (REST,), {"target_rest": rest}, episode)
    if not rows:
        return []
    words = "、".join(measure(row)["words"] for row in TARGETS if row in (item.get("target") or {}))  # text: data
    return [base("Goal", item["key"], ":goal", lifecycleStatus="active", description={"text": words}, subject={"reference": patient}, target=rows)]


def exact(value: Any, name: str) -> Any:
    """A target as the rules take it (whole mmHg; glucose as text of one decimal); None for anything else."""
    if name != "fasting":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    try:
        return float(value) if isinstance(value, str) and str(Decimal(value)) == value and str(float(value)) == value else None
    except (InvalidOperation, ValueError):
        return None


def quantity(name: str, value: Any) -> dict[str, Any]:
    unit = measure(name)["unit"]
    return {"value": value, "unit": unit, "system": system("ucum"), "code": unit}


def parse_care(episode: Resource, shelf: Shelf) -> Item:
    code = get(episode, "type.0.coding.0.code")
    if code not in table()["programmes"]:
        raise Unreadable("programme", code)
    key = found_key(episode, "care")
    item = {"key": key, "programme": code, "ordered_by": care_key(episode, ORDERED_BY)} | read("care", CARE, episode)
    ill = one_keyed(shelf, "Condition", key, ":condition")
    item |= read("care", FOUND, ill) if ill is not None else read("care", FOUND_PLAIN, episode)
    rest = read_one("care", REST, episode)
    item["target"] = parse_goal(one_keyed(shelf, "Goal", key, ":goal")) | (rest if isinstance(rest, dict) else {})
    return item


def one_keyed(shelf: Shelf, kind: str, key: str, suffix: str) -> Resource | None:
    system_part, _bar, value = key.partition("|")
    return shelf.keyed(kind, suffix[1:]).get(f"{system_part}{suffix}|{value}")


def parse_goal(goal: Resource | None) -> dict[str, Any]:
    names = {measure(name)["code"]: name for name in TARGETS}
    found: dict[str, Any] = {}
    for row in (goal or {}).get("target") or []:
        name, value = names.get(get(row, "measure.coding.0.code") or ""), get(row, "detailQuantity.value")
        if name and value is not None:
            found[name] = str(float(value)) if name == "fasting" else int(value)
    return found


def render_due(item: Item, patient: str) -> list[Resource]:
    task = base("Task", item["key"], intent="plan", priority="urgent" if item["urgent"] else "routine")
    task |= {"for": {"reference": patient}, "code": own("due", item["kind"], table()["dues"].get(item["kind"], ""))}
    return [write("due", DUE, item, task)]


def parse_due(task: Resource, shelf: Shelf) -> Item:
    return {"key": found_key(task, "due"), "urgent": task.get("priority") in ("urgent", "asap", "stat")} | read("due", DUE, task)


def care_reference(key: str) -> dict[str, Any]:
    """The identifier of a care, by which outcomes name it wherever they go."""
    system_part, _bar, value = key.partition("|")
    return {"system": system_part, "value": value}


def care_key(resource: Resource, url: str) -> str:
    rows = extensions(resource, url, "valueIdentifier")
    found = rows[0] if rows and isinstance(rows[0], dict) else {}
    return f"{found.get('system', '')}|{found.get('value', '')}" if found.get("value") else ""


def problem(item_key: str, code: str) -> list[dict[str, str]]:
    return [reference(item_key, ":condition")] if disease(code) else []
