"""The health record and its personal information form ↔ Composition and QuestionnaireResponse. Pure."""

from __future__ import annotations

from typing import Any

from weimin.exchange.rules_keys import base, full_url
from weimin.exchange.rules_lines import ANY, CODE, DAY, TEXT, Item, Line, Resource, is_empty, read, read_one, write
from weimin.health.rules_personal import Asked, asked

RECORD = (
    Line("opened_on", "+", DAY),
    Line("opened_by", "+", TEXT),
    Line("state", "+", CODE),
    Line("inactive_reason", "+", CODE),
    Line("inactive_on", "+", DAY),
    Line("inactive_note", "+", TEXT),
    Line("touched_on", "+", DAY),
    Line("personal_on", "+", DAY),
    Line("institution", "+", TEXT),
    Line("doctor", "+", TEXT),
)
REST = Line("rest", "+", ANY)
QUESTIONNAIRE = "urn:weimin:fhir:questionnaire:"


def answer_of(one: Asked, code: str) -> dict[str, Any]:
    """A code of the form with its words; an answer in words."""
    if one.kind in ("one", "many"):
        return {"valueCoding": {"system": f"{QUESTIONNAIRE}{one.key}", "code": code, "display": one.codes[code]}}
    return {"valueInteger": int(code)} if one.kind == "number" else {"valueString": code}


def fits(one: Asked, value: Any) -> bool:
    """Whether the form itself can hold the value; anything else travels as it is."""
    if one.kind == "one":
        return isinstance(value, str) and value in one.codes
    if one.kind == "many":
        return isinstance(value, list) and bool(value) and all(isinstance(code, str) and code in one.codes for code in value)
    if one.kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
    return isinstance(value, str) and bool(value.strip())


def render_form(name: str, fields: tuple[Asked, ...], content: dict[str, Any], resource: Resource) -> Resource:
    """Answers in the order of the form; what is not of the form, or not as the form has it, is kept beside them."""
    rows, rest = [], dict(content)
    for one in fields:
        if one.key in content and fits(one, content[one.key]):
            value = rest.pop(one.key)
            rows.append({"linkId": one.key, "text": one.label, "answer": [answer_of(one, code) for code in (value if isinstance(value, list) else [value])]})
    resource |= {"questionnaire": f"{QUESTIONNAIRE}{name}", "status": "completed"} | ({"item": rows} if rows else {})
    return write(name, (REST,), {"rest": rest}, resource)


def parse_form(name: str, fields: tuple[Asked, ...], resource: Resource) -> dict[str, Any]:
    known, content = {one.key: one for one in fields}, dict[str, Any]()
    for row in resource.get("item") or []:
        one = known.get(row.get("linkId", ""))
        values = [value for answer in (row.get("answer") or []) if (value := said(answer)) is not None]
        if one is not None and values:
            content[one.key] = values if one.kind == "many" else values[0]
    rest = read_one(name, REST, resource)
    return content | (rest if isinstance(rest, dict) else {})


def said(answer: dict[str, Any]) -> Any:
    if isinstance(answer.get("valueCoding"), dict):
        return answer["valueCoding"].get("code")
    return answer.get("valueInteger", answer.get("valueString"))


def render_personal(item: Item, key: str, patient: str) -> list[Resource]:
    """Nothing when nobody has filled it in."""
    if is_empty(item.get("personal")):
        return []
    resource = base("QuestionnaireResponse", key, ":personal", subject={"reference": patient})
    if item.get("personal_on"):
        resource["authored"] = item["personal_on"].isoformat()
    return [render_form("personal", asked(), item["personal"], resource)]


def render_record(item: Item, resource: Resource) -> Resource:
    return write("record", RECORD, item, resource)


def parse_record(resource: Resource) -> Item:
    return read("record", RECORD, resource)


def patient_url(key: str) -> str:
    return full_url(key, ":person")
