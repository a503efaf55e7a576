"""Rows and values of a bundle in words, for the page where somebody decides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from weimin.exchange.kinds import KINDS
from weimin.exchange.rules_plan import Conflict
from weimin.health.models import HealthRecord
from weimin.health.rules_personal import Asked, asked
from weimin.health.rules_visit import visit_form

NOTHING = "—"


def words_of(one: Conflict) -> tuple[str, str, str]:
    """(what it is about, ours, theirs)."""
    if one.part == "personal":
        field = next((field for field in asked() if field.key == one.fields[0]), None)
        label = field.label if field else one.fields[0]
        return _("个人基本信息表 · %(field)s") % {"field": label}, answer(field, one.ours[one.fields[0]]), answer(field, one.theirs[one.fields[0]])
    names = "、".join(str(title(one.part, name)) for name in one.fields)  # text: data
    label = _("%(kind)s %(about)s · %(fields)s") % {"kind": KINDS[one.part].label, "about": KINDS[one.part].about(one.row), "fields": names}
    return label, line(one.part, one.ours), line(one.part, one.theirs)


def title(part: str, name: str) -> Any:
    return KINDS[part].model._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def line(part: str, values: dict[str, Any]) -> str:
    return "；".join(value_words(part, name, value) for name, value in values.items())  # text: data


def value_words(part: str, name: str, value: Any) -> str:
    column = KINDS[part].model._meta.get_field(name)
    choices = dict(getattr(column, "choices", None) or [])
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if name == "findings":
        return "；".join(f"{label} {answer(field, value[key])}" for key, label, field in answered(value))  # text: data
    if isinstance(value, list):
        return "、".join(str(choices.get(one, " ".join(one.values()) if isinstance(one, dict) else one)) for one in value)  # text: data
    if isinstance(value, dict):
        return "、".join(f"{key} {inner}" for key, inner in value.items())  # text: data
    return str(choices.get(value, value))


def answered(values: dict[str, Any]) -> list[tuple[str, str, Asked | None]]:
    fields = {field.key: field for field in visit_form()}
    return [(key, fields[key].label if key in fields else key, fields.get(key)) for key in values]


def answer(field: Asked | None, value: Any) -> str:
    """A code of a form in its words."""
    codes = value if isinstance(value, list) else [value]
    return "、".join((field.codes.get(str(code), str(code)) if field else str(code)) for code in codes)  # text: data


def register_label(name: str) -> Any:
    """A fact of the register by its name."""
    return HealthRecord._meta.get_field("resident").related_model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
