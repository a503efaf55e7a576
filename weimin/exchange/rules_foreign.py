"""A bundle of another system: who it is about, and what was measured, found and visited there. Pure; read, never taken for rows of ours.

What is read: Patient, Observation (pressure, glucose, weight, height by LOINC), Condition (hypertension, diabetes), Encounter. Everything else stays in the
bundle that is kept, counted by its type.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from weimin.exchange.rules_keys import LONGEST, Shelf
from weimin.exchange.rules_lines import Item, Resource, get, to_day
from weimin.health.bounds import every_bound
from weimin.residents.rules import facts_of_id_number

VALUE, DISEASE, VISIT = "value", "disease", "visit"
LOINC = "http://loinc.org"
MEASURED = {
    "8480-6": "systolic", "8462-4": "diastolic", "14771-0": "fasting", "1558-6": "fasting", "76629-5": "fasting", "2339-0": "glucose", "2345-7": "glucose",
    "15074-8": "glucose", "14749-6": "glucose", "29463-7": "weight", "3141-9": "weight", "8302-2": "height",
}  # fmt: skip
PANELS = ("85354-9", "55284-4")
UNITS: dict[str, dict[str, Decimal]] = {
    "systolic": {"mm[Hg]": Decimal(1), "mmHg": Decimal(1), "kPa": Decimal("7.50062")},
    "diastolic": {"mm[Hg]": Decimal(1), "mmHg": Decimal(1), "kPa": Decimal("7.50062")},
    "fasting": {"mmol/L": Decimal(1), "mg/dL": Decimal(1) / Decimal("18.016")},
    "glucose": {"mmol/L": Decimal(1), "mg/dL": Decimal(1) / Decimal("18.016")},
    "weight": {"kg": Decimal(1), "g": Decimal("0.001"), "[lb_av]": Decimal("0.45359237")},
    "height": {"cm": Decimal(1), "m": Decimal(100), "[in_i]": Decimal("2.54")},
}
WHOLES = ("systolic", "diastolic")
BOUND = {"glucose": "fasting"}  # whose bounds a value has, where it is not its own
DISEASES = {"I10": "hypertension", "I11": "hypertension", "I12": "hypertension", "I13": "hypertension", "I15": "hypertension", "E11": "diabetes"}
SNOMED = {"38341003": "hypertension", "59621000": "hypertension", "44054006": "diabetes"}
NOT_SO = ("entered-in-error", "cancelled", "refuted", "not-done", "planned")
OVER = ("resolved", "inactive", "remission")


def foreign_key(bundle: dict[str, Any]) -> str:
    """Of a bundle without an identifier: the same content is the same bundle."""
    return f"urn:weimin:fhir:digest|{sha256(repr(bundle).encode()).hexdigest()}"


def foreign_person(resource: Resource) -> Item:
    """As `parse_person` gives it; the identity number is known by its shape and check digit, whatever system it has."""
    rows = [row for row in (resource.get("identifier") or []) if isinstance(row, dict)]
    numbers = [str(row.get("value") or "").strip().upper() for row in rows]
    phone = next((one.get("value") for one in (resource.get("telecom") or []) if isinstance(one, dict) and one.get("system") == "phone"), "")
    return {
        "name": name_of(resource), "gender": {"male": "m", "female": "f"}.get(str(resource.get("gender")), ""), "birth_on": day_of(resource.get("birthDate")),
        "address": get(resource, "address.0.text") or "", "id_kind": "id_card", "ethnicity": "", "marital": "", "education": "", "occupation": "", "registered": "",
        "number": "", "former": [], "phone": phone or "", "masked": False,
        "id_number": next((one for one in numbers if len(one) == 18 and facts_of_id_number(one) is not None), ""),
    }  # fmt: skip


def name_of(resource: Resource) -> str:
    """Family name first, as names are said here."""
    name: Any = get(resource, "name.0") or {}
    given = [str(one) for one in name.get("given") or []]
    return str(name.get("text") or f"{name.get('family') or ''}{''.join(given)}").replace(" ", "")


def day_of(value: Any) -> date | None:
    """A year or a month alone is no day."""
    try:
        return to_day(value) if isinstance(value, str) else None
    except ValueError:
        return None


def elsewhere_of(shelf: Shelf, bundle: str) -> list[Item]:
    """What is read of a bundle, in its order: kind, code, value, on, place, state, key."""
    return [item for resource in shelf.resources for item in items_of(resource, shelf, bundle)]


def items_of(resource: Resource, shelf: Shelf, bundle: str) -> list[Item]:
    reading = {"Observation": measured, "Condition": diseases, "Encounter": visits}.get(str(resource.get("resourceType")))
    if reading is None or {str(resource.get("status")), code_at(resource, "verificationStatus")} & set(NOT_SO):
        return []
    key, place = key_of(resource, shelf, bundle), place_of(resource, shelf)
    return [item | {"key": f"{key}#{item['code']}"[-LONGEST:], "place": place} for item in reading(resource)]


def code_at(resource: Resource, name: str) -> str:
    return str(get(resource, f"{name}.coding.0.code") or "")


def key_of(resource: Resource, shelf: Shelf, bundle: str) -> str:
    """Its identifier, else an address that is the same everywhere, else its place in this bundle; hashed, since others' may be of any length."""
    system, value = get(resource, "identifier.0.system"), get(resource, "identifier.0.value")
    urls = [name for name, one in shelf.names.items() if one is resource and name.startswith(("http://", "https://", "urn:uuid:", "urn:oid:"))]
    said = f"{system}|{value}" if system and value else next(iter(urls), f"{bundle}#{shelf.places[id(resource)]}")
    return sha256(said.encode()).hexdigest()


def place_of(resource: Resource, shelf: Shelf) -> str:
    """The institution in words, as far as the bundle says."""
    for path in ("serviceProvider", "performer.0", "recorder", "asserter"):
        target = shelf.named(resource, path) or {}
        if words := get(resource, f"{path}.display") or (target.get("name") if isinstance(target.get("name"), str) else ""):
            return str(words)[:80]
    return next((str(one["name"])[:80] for one in shelf.of("Organization") if isinstance(one.get("name"), str)), "")


def measured(resource: Resource) -> Iterator[Item]:
    on = next((day for name in ("effectiveDateTime", "effectiveInstant", "effectivePeriod.start") if (day := day_of(get(resource, name))) is not None), None)
    for part in [resource, *(one for one in (resource.get("component") or []) if isinstance(one, dict))]:
        codes = [one.get("code") for one in (get(part, "code.coding") or []) if isinstance(one, dict) and one.get("system") == LOINC]
        name = next((MEASURED[code] for code in codes if code in MEASURED), "")
        value = amount(name, get(part, "valueQuantity") or {}) if name else None
        if on is not None and value is not None:
            yield {"kind": VALUE, "code": name, "value": value, "on": on, "state": ""}


def amount(name: str, quantity: dict[str, Any]) -> str | None:
    """In our unit, as text; None for another unit, or what cannot be a value of a person."""
    factor = UNITS[name].get(str(quantity.get("code") or quantity.get("unit") or ""))
    try:
        number = Decimal(str(quantity.get("value"))) * factor if factor is not None else None
    except InvalidOperation:
        return None
    bound = every_bound()[BOUND.get(name, name)]
    if number is None or not number.is_finite() or not (bound.least or bound.low) <= number <= (bound.most or bound.high):
        return None
    return str(number.quantize(Decimal(1) if name in WHOLES else Decimal("0.1"), ROUND_HALF_UP))


def diseases(resource: Resource) -> Iterator[Item]:
    codes = [str(one.get("code")) for one in (get(resource, "code.coding") or []) if isinstance(one, dict)]
    name = next((found for code in codes if (found := SNOMED.get(code) or DISEASES.get(code.split(".")[0]))), "")
    days = (day_of(get(resource, path)) for path in ("onsetDateTime", "onsetPeriod.start", "recordedDate"))
    on = next((day for day in days if day is not None), None)
    if name and on is not None:
        yield {"kind": DISEASE, "code": name, "value": "", "on": on, "state": "over" if code_at(resource, "clinicalStatus") in OVER else "active"}


def visits(resource: Resource) -> Iterator[Item]:
    on = day_of(get(resource, "actualPeriod.start")) or day_of(get(resource, "period.start"))
    if on is not None:
        code = str(get(resource, "class.0.coding.0.code") or get(resource, "class.code") or "")
        yield {"kind": VISIT, "code": code[:10] or "AMB", "value": str(get(resource, "reason.0.value.0.concept.text") or "")[:60], "on": on, "state": ""}
