"""JSON Schema of a form, and form data of a JSON body: one form is the schema of an action for pages and programs alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from weimin.ui.fields import YuanField

LONGEST_CHOICE = 300  # longer lists (every village of a county) are said in words only
FORMATS: list[tuple[type[forms.Field], dict[str, Any]]] = [
    (forms.FileField, {"type": "string", "format": "binary"}),
    (YuanField, {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$"}),
    (forms.DateTimeField, {"type": "string", "format": "date-time"}),
    (forms.DateField, {"type": "string", "format": "date"}),
    (forms.TimeField, {"type": "string", "format": "time"}),
    (forms.BooleanField, {"type": "boolean"}),
    (forms.ModelMultipleChoiceField, {"type": "array", "items": {"type": "integer"}}),
    (forms.ModelChoiceField, {"type": "integer"}),
    (forms.MultipleChoiceField, {"type": "array", "items": {"type": "string"}}),
    (forms.FloatField, {"type": "number"}),
    (forms.DecimalField, {"type": "number"}),
    (forms.IntegerField, {"type": "integer"}),
    (forms.JSONField, {}),
    (forms.EmailField, {"type": "string", "format": "email"}),
    (forms.URLField, {"type": "string", "format": "uri"}),
]
LIMITS = {"max_length": "maxLength", "min_length": "minLength", "min_value": "minimum", "max_value": "maximum"}


def schema_of(fields: Mapping[str, forms.Field]) -> dict[str, Any]:
    """JSON Schema (2020-12) of an object with these fields."""
    required = [name for name, field in fields.items() if field.required]
    return {"type": "object", "properties": {name: property_of(field) for name, field in fields.items()}, "required": required}


def property_of(field: forms.Field) -> dict[str, Any]:
    found: dict[str, Any] = next((dict(shape) for kind, shape in FORMATS if isinstance(field, kind)), {"type": "string"})
    found |= {"title": str(field.label or ""), "description": str(field.help_text or "")}
    if found.get("type") in ("string", "integer", "number"):
        found |= {word: getattr(field, name) for name, word in LIMITS.items() if isinstance(getattr(field, name, None), int | float)}
    if choices := choices_of(field):
        if found.get("type") == "array":
            found["items"] = {**found["items"], "oneOf": choices}
        else:
            found["oneOf"] = choices
    return {word: value for word, value in found.items() if value != ""}


def choices_of(field: forms.Field) -> list[dict[str, Any]]:
    """The choices of a field with their words; none for choices out of a table or too many."""
    if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
        return []
    offered: Any = field.choices
    flat = [pair for value, label in offered for pair in (label if isinstance(label, list | tuple) else [(value, label)])]
    pairs = [(value, label) for value, label in flat if value not in ("", None)]
    return [{"const": str(value), "title": str(label)} for value, label in pairs] if len(pairs) <= LONGEST_CHOICE else []


def as_typed(body: Mapping[str, Any]) -> QueryDict:
    """A JSON object as the same form would come from a page: texts; lists as several values; null and missing alike."""
    typed = QueryDict(mutable=True)
    for name, value in body.items():
        if value is not None:
            typed.setlist(name, [text_of(part) for part in value if part is not None] if isinstance(value, list) else [text_of(value)])
    return typed


def text_of(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
