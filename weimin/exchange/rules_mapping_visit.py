"""A follow-up visit ↔ Encounter with Observations, the form, medicines and one ClinicalImpression for each programme. Pure."""

from __future__ import annotations

from typing import Any

from weimin.exchange.codes import coding, concept, measure, own, table
from weimin.exchange.rules_keys import Shelf, base, found_key, identifier
from weimin.exchange.rules_lines import (
    ANY,
    CODE,
    CODES,
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    Item,
    Line,
    Resource,
    Unreadable,
    address,
    extend,
    get,
    is_empty,
    read,
    read_one,
    write,
)
from weimin.exchange.rules_mapping_care import care_key, care_reference, problem, quantity
from weimin.exchange.rules_mapping_record import parse_form, render_form
from weimin.health.rules_visit import visit_form

WHOLES, TENTHS = ("systolic", "diastolic", "pulse"), ("weight", "fasting", "temperature")
PANELS = {"pressure": ("systolic", "diastolic")}
ALONE = ("pulse", "weight", "fasting", "temperature")
VISIT = (
    Line("on", "actualPeriod.start", DAY),
    Line("doctor_name", "participant.0.actor.display", TEXT),
    Line("programmes", "+", CODES),
    Line("entered_at", "+", MOMENT),
    Line("risk", "+", WHOLE),
)
MEDICINES = Line("medicines", "+", ANY)
OUTCOME = (
    Line("on", "effectiveDateTime", DAY), Line("outcome", "finding.0.item.concept.coding.0.code", CODE), Line("programme", "+", CODE),
    Line("refer", "+", FLAG), Line("emergency", "+", FLAG), Line("reasons", "+", CODES), Line("next_on", "+", DAY), Line("chosen_on", "+", DAY), Line("standard_from", "+", DAY),
)  # fmt: skip
CARE_OF, CORRECTS = address("outcome", "care"), address("visit", "corrects")


def render_visit(item: Item, patient: str) -> list[Resource]:
    subject = {"reference": patient}
    words = table()["ways"][item["way"]]
    kind = {"class": [{"coding": [coding("act", words["code"], words["words"])]}]}
    encounter = base("Encounter", item["key"], status="completed", subject=subject) | kind
    if item.get("corrects"):
        extend(encounter, CORRECTS, "valueIdentifier", identifier(item["corrects"]))
    tidy = all(is_medicine(row) for row in item["medication"])
    write("visit", (*VISIT, MEDICINES), item | {"medicines": None if tidy else item["medication"]}, encounter)
    facts = {"subject": subject, "encounter": {"reference": f"urn:uuid:{encounter['id']}"}}
    further = [*observations(item, facts), *findings(item, facts), *(medicines(item, facts) if tidy else []), *impressions(item, facts)]
    return [encounter, *further]


def observed(key: str, suffix: str, on: Any, facts: dict[str, Any]) -> Resource:
    category = [concept("category", "vital-signs")]
    return base("Observation", key, suffix, status="final", category=category, effectiveDateTime=on.isoformat(), **facts)


def observations(item: Item, facts: dict[str, Any]) -> list[Resource]:
    """What was measured, by LOINC and UCUM: blood pressure as a panel with two components."""
    rows = []
    for panel, names in PANELS.items():
        known = [name for name in names if item.get(name) is not None]
        if known:
            words = table()["panels"][panel]
            components = [{"code": loinc(name), "valueQuantity": quantity(name, encoded(item[name]))} for name in known]
            rows.append(
                observed(item["key"], f":{panel}", item["on"], facts) | {"code": concept("loinc", words["code"], words["words"]), "component": components}
            )
    for name in ALONE:
        if item.get(name) is not None:
            rows.append(observed(item["key"], f":{name}", item["on"], facts) | {"code": loinc(name), "valueQuantity": quantity(name, encoded(item[name]))})
    return rows


def loinc(name: str) -> dict[str, Any]:
    return concept("loinc", measure(name)["code"], measure(name)["words"])


def encoded(value: Any) -> Any:
    return value if isinstance(value, int) else float(value)


def findings(item: Item, facts: dict[str, Any]) -> list[Resource]:
    if is_empty(item.get("findings")):
        return []
    resource = base("QuestionnaireResponse", item["key"], ":form", authored=item["on"].isoformat(), **facts)
    return [render_form("visit", visit_form(), item["findings"], resource)]


def is_medicine(row: Any) -> bool:
    """A line as the form makes it: a name, and how it is taken or nothing."""
    words = isinstance(row, dict) and set(row) == {"name", "use"} and all(isinstance(value, str) for value in row.values())
    return words and bool(row["name"].strip()) and (not row["use"] or bool(row["use"].strip()))


def medicines(item: Item, facts: dict[str, Any]) -> list[Resource]:
    """One statement a line of the form, in its order."""
    rows = []
    for place, row in enumerate(item["medication"]):
        statement = base("MedicationStatement", item["key"], f":medicine{place}", status="recorded", effectiveDateTime=item["on"].isoformat(), **facts)
        statement |= {"medication": {"concept": {"text": row["name"]}}} | ({"dosage": [{"text": row["use"]}]} if row["use"] else {})
        extend(statement, address("medicine", "place"), "valueInteger", place)
        rows.append(statement)
    return rows


def impressions(item: Item, facts: dict[str, Any]) -> list[Resource]:
    rows = []
    for said in item["outcomes"]:
        resource = base("ClinicalImpression", item["key"], f":{said['programme']}", status="completed", **facts)
        resource["finding"] = [{"item": {"concept": own("outcome", said["outcome"])}}]
        if ill := problem(said["care"], said["programme"]):
            resource["problem"] = ill
        extend(resource, CARE_OF, "valueIdentifier", care_reference(said["care"]))
        rows.append(write("outcome", OUTCOME, said, resource))
    return rows


def parse_visit(encounter: Resource, shelf: Shelf) -> Item:
    ways = {row["code"]: way for way, row in table()["ways"].items()}
    code = get(encounter, "class.0.coding.0.code")
    if code not in ways:
        raise Unreadable("way", code)
    item = {"key": found_key(encounter, "visit"), "way": ways[code], "corrects": care_key(encounter, CORRECTS)} | read("visit", VISIT, encounter)
    item |= parse_observations(shelf.belonging("Observation", "encounter", encounter))
    forms = shelf.belonging("QuestionnaireResponse", "encounter", encounter)
    item["findings"] = parse_form("visit", visit_form(), forms[0]) if forms else {}
    item["medication"] = parse_medicines(encounter, shelf)
    item["outcomes"] = sorted((parse_outcome(row) for row in shelf.belonging("ClinicalImpression", "encounter", encounter)), key=lambda row: row["care"])
    return item


def parse_observations(rows: list[Resource]) -> Item:
    names = {measure(name)["code"]: name for name in (*WHOLES, *TENTHS)}
    found: Item = dict.fromkeys((*WHOLES, *TENTHS))
    for row in rows:
        for part in [row, *(row.get("component") or [])]:
            name, value = names.get(get(part, "code.coding.0.code") or ""), get(part, "valueQuantity.value")
            if name and value is not None:
                found[name] = decoded(name, value, get(part, "valueQuantity.code"))
    return found


def decoded(name: str, value: Any, unit: Any, whole: bool | None = None) -> Any:
    """A measured value in the unit of the standard; another unit is not guessed at."""
    if unit != measure(name)["unit"]:
        raise Unreadable(name, f"{value} {unit}")
    try:
        return WHOLE.decode(value) if (name in WHOLES if whole is None else whole) else NUMBER.decode(value)
    except (ValueError, TypeError, ArithmeticError):
        raise Unreadable(name, value) from None


def parse_medicines(encounter: Resource, shelf: Shelf) -> list[Any]:
    kept = read_one("visit", MEDICINES, encounter)
    if isinstance(kept, list):
        return kept
    place = Line("place", "+", WHOLE)
    rows = sorted(shelf.belonging("MedicationStatement", "encounter", encounter), key=lambda row: read_one("medicine", place, row) or 0)
    return [{"name": get(row, "medication.concept.text") or "", "use": get(row, "dosage.0.text") or ""} for row in rows]


def parse_outcome(resource: Resource) -> Item:
    return {"care": care_key(resource, CARE_OF)} | read("outcome", OUTCOME, resource)
