"""Photos and scans of a visit ↔ DocumentReference with the content inside, its SHA-1 as FHIR has it and our SM3. Pure."""

from __future__ import annotations

import base64
import binascii
from hashlib import sha1

from weimin.exchange.rules_bundle import Part, register_part
from weimin.exchange.rules_keys import Shelf, base, found_key, identifier
from weimin.exchange.rules_lines import CODE, MOMENT, TEXT, Item, Line, Resource, Unreadable, address, extend, get, read, write
from weimin.exchange.rules_mapping_care import care_key

FILE = (
    Line("name", "content.0.attachment.title", TEXT), Line("content_type", "content.0.attachment.contentType", TEXT),
    Line("uploaded_at", "content.0.attachment.creation", MOMENT), Line("kind", "+", CODE), Line("sm3", "+", TEXT), Line("doctor", "+", TEXT),
)  # fmt: skip
OF = address("file", "of")


def sum_of(data: bytes) -> str:
    """As Attachment.hash has it."""
    return base64.b64encode(sha1(data, usedforsecurity=False).digest()).decode()


def render_file(item: Item, patient: str) -> list[Resource]:
    """`data`: the content; without it the place is there and the reader says that it is empty."""
    resource = write("file", FILE, item, base("DocumentReference", item["key"], status="current", subject={"reference": patient}))
    extend(resource, OF, "valueIdentifier", identifier(item["of"]))
    if item.get("data"):
        resource["content"][0]["attachment"] |= {"data": base64.b64encode(item["data"]).decode(), "hash": sum_of(item["data"])}
    return [resource]


def parse_file(resource: Resource, shelf: Shelf) -> Item:
    text, said = get(resource, "content.0.attachment.data") or "", get(resource, "content.0.attachment.hash") or ""
    try:
        data = base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("data", f"{len(str(text))} bytes") from None
    whole = bool(data) and (not said or said == sum_of(data))
    return {"key": found_key(resource, "file"), "of": care_key(resource, OF), "data": data, "whole": whole} | read("file", FILE, resource)


def twin_file(theirs: Item, ours: list[Item]) -> Item | None:
    """The same content."""
    return next((row for row in ours if (row["sm3"], row["kind"]) == (theirs["sm3"], theirs["kind"])), None)


register_part(Part("file", "照片和附件", "DocumentReference", render_file, parse_file, 90, (), twin_file))  # text: data
