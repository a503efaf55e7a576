"""A referral ↔ ServiceRequest, with what the hospital wrote back ↔ ClinicalImpression. Pure."""

from __future__ import annotations

from weimin.exchange.codes import own
from weimin.exchange.rules_bundle import Part, register_part
from weimin.exchange.rules_keys import Shelf, base, found_key
from weimin.exchange.rules_lines import CODE, CODES, DAY, MOMENT, TEXT, Item, Line, Resource, read, write
from weimin.exchange.rules_mapping_care import one_keyed

DAYS = (
    "appointment_on", "arrived_on", "admitted_on", "follow_by", "followed_on", "returned_on", "received_on", "visited_on", "closed_on",
)  # fmt: skip
WORDS = (
    "doctor_phone", "department", "reason", "impression", "present", "past", "treatment", "hospital_doctor", "declined_reason", "hospital_number", "follow_note",
    "end_note",
)  # fmt: skip
REFERRAL = (
    Line("sent_at", "authoredOn", MOMENT), Line("doctor_name", "requester.display", TEXT), Line("hospital", "performer.0.display", TEXT),
    Line("direction", "+", CODE), Line("urgency", "+", CODE), Line("state", "+", CODE), Line("unit", "+", TEXT), Line("grounds", "+", CODES),
    Line("answered_at", "+", MOMENT), Line("follow_result", "+", CODE), Line("end_reason", "+", CODE),
    *(Line(name, "+", DAY) for name in DAYS), *(Line(name, "+", TEXT) for name in WORDS),
)  # fmt: skip
SUMMARY = (
    Line("diagnosis", "summary", TEXT), Line("written_at", "date", MOMENT),
    *(Line(name, "+", TEXT) for name in ("results", "treatment", "drugs", "rehabilitation", "next_steps", "doctor_name", "doctor_phone", "written_by")),
    Line("visit_by", "+", DAY),
)  # fmt: skip
STATUS = {"closed": "completed", "cancelled": "revoked"}
FIELDS = tuple(line.name for line in REFERRAL)


def render_referral(item: Item, patient: str) -> list[Resource]:
    code = {"concept": own("referral", item["direction"], "上转" if item["direction"] == "up" else "下转")}  # text: data
    priority = "urgent" if item["urgency"] == "emergency" else "routine"
    request = base("ServiceRequest", item["key"], status=STATUS.get(item["state"], "active"), intent="order", priority=priority, code=code)
    request = write("referral", REFERRAL, item, request | {"subject": {"reference": patient}})
    if not item.get("summary"):
        return [request]
    answer = base("ClinicalImpression", item["key"], ":summary", status="completed", subject={"reference": patient})
    return [request, write("summary", SUMMARY, item["summary"], answer)]


def parse_referral(request: Resource, shelf: Shelf) -> Item:
    item = {"key": found_key(request, "referral")} | read("referral", REFERRAL, request)
    answer = one_keyed(shelf, "ClinicalImpression", item["key"], ":summary")
    return item | {"summary": read("summary", SUMMARY, answer) if answer is not None else None}


def twin_referral(theirs: Item, ours: list[Item]) -> Item | None:
    """Sent the same way at the same moment."""
    return next((row for row in ours if (row["direction"], row["sent_at"]) == (theirs["direction"], theirs["sent_at"])), None)


register_part(Part("referral", "双向转诊", "ServiceRequest", render_referral, parse_referral, 70, (FIELDS,), twin_referral))  # text: data
