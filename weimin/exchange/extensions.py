"""Every extension of ours, from the tables that write them: for `docs/fhir.md` and the test that compares the two."""

from __future__ import annotations

from weimin.exchange import (
    rules_mapping_care,
    rules_mapping_person,
    rules_mapping_record,
    rules_mapping_visit,
    rules_parts,
    rules_parts_examinations,
    rules_parts_files,
    rules_parts_referrals,
)
from weimin.exchange.rules_lines import ANY, Line, address

CARE, VISIT, EXAMINATION, REFERRAL = rules_mapping_care, rules_mapping_visit, rules_parts_examinations, rules_parts_referrals
TABLES: dict[str, tuple[Line, ...]] = {
    "person": rules_mapping_person.PERSON,
    "former": rules_mapping_person.FORMER,
    "record": rules_mapping_record.RECORD,
    "care": (*CARE.CARE, *CARE.FOUND, *(line for line in CARE.FOUND_PLAIN if line.name in ("grade", "found_on")), CARE.REST),
    "due": CARE.DUE,
    "visit": (*VISIT.VISIT, VISIT.MEDICINES),
    "outcome": VISIT.OUTCOME,
    "self_care": rules_parts.SELF_CARE,
    "examination": EXAMINATION.EXAMINATION,
    "abnormal": EXAMINATION.ABNORMAL,
    "referral": REFERRAL.REFERRAL,
    "summary": REFERRAL.SUMMARY,
    "file": rules_parts_files.FILE,
}
# Written by hand, beside the tables.
FURTHER = {
    CARE.ORDERED_BY: "valueIdentifier",
    VISIT.CARE_OF: "valueIdentifier",
    VISIT.CORRECTS: "valueIdentifier",
    EXAMINATION.CORRECTS: "valueIdentifier",
    EXAMINATION.OF: "valueIdentifier",
    rules_parts_files.OF: "valueIdentifier",
    address("medicine", "place"): "valueInteger",
    address("provenance", "reason"): "valueString",
    **{address(form, "rest"): ANY.slot for form in ("personal", "visit", "examination")},
}


def extensions() -> dict[str, str]:
    """URL → the `value[x]` that it has."""
    found = {address(kind, line.name): line.codec.slot for kind, lines in TABLES.items() for line in lines if line.path == "+"}
    return dict(sorted((found | FURTHER).items()))


def places() -> dict[str, list[tuple[str, str]]]:
    """Kind → (field, element of FHIR) of what has a place there."""
    return {kind: [(line.name, line.path) for line in lines if line.path != "+"] for kind, lines in TABLES.items()}
