"""Forms: a field with label, hint and error tied together; the summary on top; whole forms; the five-level cascade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template import Library
from django.utils.safestring import SafeString

register = Library()

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
INPUT_MODES = {"NumberInput": "numeric", "EmailInput": "email", "URLInput": "url"}


@dataclass(frozen=True)
class Level:
    """One select of a cascade: parameter name, label, (code, name) choices and the code chosen."""

    name: str
    label: str
    choices: Sequence[tuple[int, str]]
    value: int | None = None


@dataclass(frozen=True)
class Family:
    """Choices that stand together, folded under their heading; without a heading they stand open."""

    heading: str
    choices: list[Any]

    @property
    def chosen(self) -> int:
        return sum(bool(one.data["selected"]) for one in self.choices)


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, hint: str = "", label: str = "") -> dict[str, Any]:
    """One field of a form. Group widgets (radio, check boxes, date parts) become a fieldset; the hint is the field's help text.

    A long group is folded: `headings` on its widget says under which heading each value stands, values of one heading one after the other.
    """
    hint = hint or str(bound.help_text)
    described = [f"{bound.auto_id}_hint"] * bool(hint) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    return {
        "bound": bound,
        "shape": _shape(bound),
        "families": _families(bound),
        "label": label or bound.label,
        "hint": hint,
        "required": bound.field.required,
        "described": " ".join(described),
        "control": _control(bound, " ".join(described)),
    }


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, GROUPS):
        return "group"
    return "fieldset" if widget.use_fieldset else "plain"


def _families(bound: BoundField) -> list[Family]:
    if _shape(bound) != "group":
        return []
    headings = getattr(bound.field.widget, "headings", {})
    return [Family(heading, list(found)) for heading, found in groupby(bound, lambda one: str(headings.get(str(one.data["value"]), "")))]


def _control(bound: BoundField, described: str) -> SafeString:
    """The widget with class, aria and input mode; attributes that the form set itself win."""
    widget, attrs = bound.field.widget, dict[str, Any]()
    if described:
        attrs["aria-describedby"] = described
    if not isinstance(widget, (*GROUPS, forms.CheckboxInput, forms.ClearableFileInput, forms.MultiWidget)):
        attrs["class"] = f"{widget.attrs.get('class', '')} in".strip()
    if type(widget) is forms.DateInput and "type" not in widget.attrs:
        widget.input_type = "date"
        widget.format = widget.format or "%Y-%m-%d"
    if mode := INPUT_MODES.get(type(widget).__name__):
        attrs.setdefault("inputmode", widget.attrs.get("inputmode", mode))
    if isinstance(widget, forms.Textarea):
        attrs["rows"] = 3 if widget.attrs.get("rows") in (None, "10") else widget.attrs["rows"]
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """Every error of a bound form, each a link to its field; nothing when there is none."""
    found = [(bound.id_for_label or bound.auto_id, bound.label, error) for bound in form if not bound.is_hidden for error in bound.errors]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    whole = [*form.non_field_errors(), *hidden]
    return {"found": found, "whole": whole, "count": len(found) + len(whole)}


@register.inclusion_tag("ui/components/form_fields.html")
def form_fields(form: forms.BaseForm, summary: bool = True) -> dict[str, Any]:
    """The error summary, then every field in order, hidden ones too: a whole form in one tag."""
    return {"form": form, "summary": summary}


@register.inclusion_tag("ui/components/cascade.html")
def cascade(levels: Sequence[Level], url: str, label: str, hint: str = "", required: bool = False) -> dict[str, Any]:
    """Selects from province to village. htmx asks `url` (GET, all parameters) for the same fragment when one changes; without
    JavaScript a button does (`name="expand"`), and the view answers the whole page."""
    return {
        "levels": levels,
        "url": url,
        "label": label,
        "hint": hint,
        "required": required,
        "id": f"cascade_{levels[0].name}",
    }
