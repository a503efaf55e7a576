"""A record as a FHIR document, and a document as a record again. Pure; R5, see `rules_release` for R4.

Each kind of row is a `Part`: how it becomes resources and comes back. Rooms whose rows travel as well register theirs (`register_part`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from weimin.exchange.codes import concept, own
from weimin.exchange.rules_foreign import elsewhere_of, foreign_key, foreign_person, items_of
from weimin.exchange.rules_keys import START, Shelf, base, found_key, full_url, further_keys, identifier
from weimin.exchange.rules_lines import Item, Resource, Unreadable, address, extend, get
from weimin.exchange.rules_mapping_person import parse_person, render_person
from weimin.exchange.rules_mapping_record import parse_form, parse_record, patient_url, render_personal, render_record
from weimin.health.rules_personal import asked

BUNDLES = "urn:weimin:fhir:bundle"
TITLE = "居民健康档案"  # text: data
FRAME = frozenset({"Composition", "Patient", "Practitioner", "Organization", "Provenance", "PractitionerRole"})


@dataclass(frozen=True)
class Part:
    """One kind of row. `name` ends its keys and its identifiers; `primary` is the resource type that carries it; `order`: what comes first is written first.

    groups: fields that are compared, and taken or left together; what is in none is worked out anew or belongs to the place.
    twin: the row of ours that is theirs under another number (the same programme, the same day), or None.
    """

    name: str
    title: str
    primary: str
    render: Callable[[Item, str], list[Resource]]
    parse: Callable[[Resource, Shelf], Item]
    order: int
    groups: tuple[tuple[str, ...], ...]
    twin: Callable[[Item, list[Item]], Item | None]


@dataclass
class Content:
    """Everything of one record: the person, the record with its personal form, the rows of each part.

    foreign: nothing in it is of this software; elsewhere: what was read of it (`rules_foreign`).
    """

    person: Item = field(default_factory=dict)
    record: Item = field(default_factory=dict)
    rows: dict[str, list[Item]] = field(default_factory=dict)
    bundle: str = ""
    source: dict[str, str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    elsewhere: list[Item] = field(default_factory=list)
    foreign: bool = False


@dataclass(frozen=True)
class Sender:
    """Who sends, when, from which post and why: what Provenance says."""

    number: str
    at: datetime
    name: str
    post: str
    institution: str
    reason: str
    full: bool


PARTS: dict[str, Part] = {}


def register_part(part: Part) -> None:
    PARTS[part.name] = part


def in_order() -> list[Part]:
    return sorted(PARTS.values(), key=lambda part: (part.order, part.name))


def entry(resource: Resource) -> dict[str, Any]:
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def build(content: Content, sender: Sender) -> dict[str, Any]:
    """The document: Composition first, then who, then the rows part by part, at the end Provenance."""
    key, patient = content.record["key"], patient_url(content.record["key"])
    personal = render_personal(content.record, key, patient)
    sections = [("个人基本信息表", personal, personal)] if personal else []  # text: data
    for part in in_order():
        made = [with_further_keys(part.render(row, patient), row) for row in content.rows.get(part.name, [])]
        if made:
            sections.append((part.title, [resources[0] for resources in made], [one for resources in made for one in resources]))
    people = [*senders(sender), render_person(content.person, key, sender.full)]
    head = composition(content, sender, [(title, first) for title, first, _all in sections])
    resources = [head, *people, *(one for _title, _first, every in sections for one in every), provenance(head, sender)]
    return {
        "resourceType": "Bundle", "type": "document", "identifier": {"system": BUNDLES, "value": sender.number}, "timestamp": sender.at.isoformat(),
        "entry": [entry(resource) for resource in resources],
    }  # fmt: skip


def with_further_keys(resources: list[Resource], row: Item) -> list[Resource]:
    """The first resource carries the row, and so every key that it has."""
    resources[0]["identifier"] += [identifier(key) | {"use": "secondary"} for key in row.get("also", [])]
    return resources


def sender_key(sender: Sender) -> str:
    return f"{BUNDLES}|{sender.number}"


def senders(sender: Sender) -> list[Resource]:
    organization = {"resourceType": "Organization", "id": full_url(sender_key(sender), "organization")[9:], "name": sender.institution}
    return [{"resourceType": "Practitioner", "id": full_url(sender_key(sender), "person")[9:], "name": [{"text": sender.name}]}, organization]


def composition(content: Content, sender: Sender, sections: list[tuple[str, list[Resource]]]) -> Resource:
    key = content.record["key"]
    resource = base("Composition", key, status="final", type=concept("loinc", "11503-0", TITLE), date=sender.at.isoformat(), title=TITLE)
    resource |= {"subject": [{"reference": patient_url(key)}], "author": [{"reference": full_url(sender_key(sender), "person"), "display": sender.name}]}
    resource["custodian"] = {"reference": full_url(sender_key(sender), "organization"), "display": sender.institution}
    if sections:
        resource["section"] = [{"title": title, "entry": [{"reference": f"urn:uuid:{one['id']}"} for one in first]} for title, first in sections]
    return render_record(content.record, resource)


def provenance(head: Resource, sender: Sender) -> Resource:
    person, unit = full_url(sender_key(sender), "person"), full_url(sender_key(sender), "organization")
    agent = {"who": {"reference": person, "display": sender.name}, "onBehalfOf": {"reference": unit, "display": sender.institution}}
    resource = {
        "resourceType": "Provenance", "id": full_url(sender_key(sender), "provenance")[9:], "target": [{"reference": f"urn:uuid:{head['id']}"}],
        "recorded": sender.at.isoformat(), "activity": own("activity", "export", "导出"), "agent": [agent | {"role": [own("post", "post", sender.post)]}],  # text: data
    }  # fmt: skip
    extend(resource, address("provenance", "reason"), "valueString", sender.reason)
    return resource


def parse(bundle: dict[str, Any]) -> Content:
    """A bundle that was read and checked. Unreadable names the field; `place` on it is the resource's position in the bundle."""
    entries = [(row.get("fullUrl", ""), row["resource"]) for row in (bundle.get("entry") or []) if "resource" in row]
    shelf = Shelf(entries)
    if not any(is_ours(one) for one in shelf.resources):
        return foreign_content(bundle, shelf)
    content = Content(person=located(shelf, shelf.of("Patient")[0], lambda one: parse_person(one)))
    heads = shelf.of("Composition")
    if heads:
        content.record = located(shelf, heads[0], parse_record) | {"key": found_key(heads[0], "record")}
    forms = list(shelf.keyed("QuestionnaireResponse", "personal").values())
    content.record["personal"] = located(shelf, forms[0], lambda one: parse_form("personal", asked(), one)) if forms else {}
    for part in in_order():
        found = shelf.keyed(part.primary, part.name).values()
        content.rows[part.name] = [numbered(shelf, one, part) for one in found]
    content.bundle = bundle_key(bundle)
    content.source, content.left = source_of(shelf), left_over(shelf)
    return content


def foreign_content(bundle: dict[str, Any], shelf: Shelf) -> Content:
    """A bundle of another system: who, and what is read; no row of ours."""
    key = bundle_key(bundle) or foreign_key(bundle)
    found = elsewhere_of(shelf, key)
    source = source_of(shelf)
    source["institution"] = source["institution"] or next((row["place"] for row in found if row["place"]), "")
    read_of = {str(one.get("resourceType")) for one in shelf.resources if items_of(one, shelf, key)}
    unread = {kind: count for kind, count in left_over(shelf).items() if kind not in read_of}
    return Content(foreign_person(shelf.of("Patient")[0]), {"personal": {}}, {}, key, source, unread, found, True)


def numbered(shelf: Shelf, resource: Resource, part: Part) -> Item:
    """The row with `also` (further keys of it) and `at` (its position in the bundle, for sentences)."""
    item = located(shelf, resource, lambda one: part.parse(one, shelf))
    return item | {"also": further_keys(resource, part.name, item["key"]), "at": position(shelf, resource)}


def position(shelf: Shelf, resource: Resource) -> int:
    return shelf.places[id(resource)]


def located(shelf: Shelf, resource: Resource, how: Callable[[Resource], Item]) -> Item:
    try:
        return how(resource)
    except Unreadable as unreadable:
        unreadable.at = position(shelf, resource)
        raise


def bundle_key(bundle: dict[str, Any]) -> str:
    system, value = get(bundle, "identifier.system") or "", get(bundle, "identifier.value") or ""
    return f"{system}|{value}" if value else ""


def source_of(shelf: Shelf) -> dict[str, str]:
    """Who sent it, in words, as far as the bundle says."""
    head, proof = (shelf.of("Composition") or [{}])[0], (shelf.of("Provenance") or [{}])[0]
    who = get(proof, "agent.0.who.display") or get(head, "author.0.display") or ""
    unit = get(head, "custodian.display") or get(proof, "agent.0.onBehalfOf.display") or ""
    return {"name": who, "institution": unit, "post": get(proof, "agent.0.role.0.text") or "", "at": get(proof, "recorded") or get(head, "date") or ""}


def left_over(shelf: Shelf) -> dict[str, int]:
    """Resources that are none of ours, by type: they stay in the bundle that is kept."""
    rows = Counter(str(one.get("resourceType")) for one in shelf.resources if one.get("resourceType") not in FRAME and not is_ours(one))
    return dict(sorted(rows.items()))


def is_ours(resource: Resource) -> bool:
    rows = resource.get("identifier")
    return any(str(get(row, "system") or "").startswith(START) for row in (rows if isinstance(rows, list) else [rows]))
