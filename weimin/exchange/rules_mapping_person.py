"""The person of a record ↔ Patient. Pure.

Numbers leave in full only when the export says so; else FHIR's own word for it stands there: data-absent-reason `masked`.
"""

from __future__ import annotations

from typing import Any

from weimin.exchange.codes import every_system, system
from weimin.exchange.rules_keys import base
from weimin.exchange.rules_lines import CODE, DAY, TEXT, Item, Line, Resource, get, one_of, read, write

PERSON = (
    Line("name", "name.0.text", TEXT),
    Line("gender", "gender", one_of({"m": "male", "f": "female"})),
    Line("birth_on", "birthDate", DAY),
    Line("address", "address.0.text", TEXT),
    Line("id_kind", "+", CODE),
    Line("ethnicity", "+", TEXT),
    Line("marital", "+", CODE),
    Line("education", "+", TEXT),
    Line("occupation", "+", TEXT),
    Line("registered", "+", TEXT),
)
FORMER = (
    Line("number", "value", TEXT), Line("until_on", "period.end", DAY), Line("place", "assigner.display", TEXT), Line("state", "+", CODE), Line("why", "+", CODE)
)  # fmt: skip
MARITAL = {"single": "S", "married": "M", "widowed": "W", "divorced": "D"}
MARITAL_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus"


def number_system(kind: str) -> str:
    return system("id_card") if kind == "id_card" else f"urn:weimin:fhir:document:{kind}"


def number_systems(kind: str) -> frozenset[str]:
    return every_system("id_card") if kind == "id_card" else frozenset({number_system(kind)})


def shown(number: str, full: bool) -> dict[str, Any]:
    return {"value": number} if full else {"_value": {"extension": [{"url": system("absent"), "valueCode": "masked"}]}}


def render_person(item: Item, key: str, full: bool) -> Resource:
    """The Patient. `item`: facts of the register, `number` of the record, `former` numbers."""
    resource = write("person", PERSON, item, base("Patient", key, ":person", active=True))
    identifiers = [{"system": system("record_number"), "value": item["number"], "use": "official"}] if item.get("number") else []
    if item.get("id_number"):
        identifiers.append({"system": number_system(item.get("id_kind", "")), **shown(item["id_number"], full)})
    for row in item.get("former") or []:
        identifiers.append(write("former", FORMER, row, {"system": system("record_number"), "use": "old"}))
    resource["identifier"] += identifiers
    if item.get("phone"):
        resource["telecom"] = [{"system": "phone", **shown(item["phone"], full)}]
    if item.get("marital") in MARITAL:
        resource["maritalStatus"] = {"coding": [{"system": MARITAL_SYSTEM, "code": MARITAL[item["marital"]]}]}
    return resource


def parse_person(resource: Resource) -> Item:
    item = read("person", PERSON, resource)
    rows = [row for row in resource.get("identifier") or [] if isinstance(row, dict)]
    numbers = [row for row in rows if row.get("system") in every_system("record_number")]
    documents = number_systems(item["id_kind"])
    item["number"] = next((row.get("value", "") for row in numbers if row.get("use") != "old"), "")
    item["former"] = [read("former", FORMER, row) for row in numbers if row.get("use") == "old"]
    item["id_number"] = next((row.get("value", "") for row in rows if row.get("system") in documents), "")
    item["phone"] = get(resource, "telecom.0.value") or ""
    item["masked"] = any("_value" in row and "value" not in row for row in rows)
    return item
