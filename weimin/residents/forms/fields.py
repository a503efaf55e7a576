"""Fields that several forms of this room share."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML

from weimin.actions.forms import LINE, ActionForm, PlainField
from weimin.regions.models import Region
from weimin.regions.queries import names
from weimin.regions.queries import search as find_regions
from weimin.regions.rules import Level
from weimin.residents.life_events import touched_by
from weimin.residents.models import GroupKind, GroupMembership, Household, Resident
from weimin.residents.queries import members_of
from weimin.residents.rules import check_phone, tidy_number
from weimin.ui.widgets import Suggest

ADDRESS = _("住址")


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Words that are offered, by field; any other word is taken too."""
    path = Path(__file__).parent.parent / "data" / "words.yaml"
    return {name: tuple(row) for name, row in YAML(typ="safe").load(path.read_text("utf-8")).items()}


def today_of(form: ActionForm) -> date:
    return timezone.localdate(form.now)


def relation_field(**over: Any) -> forms.CharField:
    return forms.CharField(
        **{"label": _("与户主关系"), "max_length": 20, "required": False, "validators": [LINE], "widget": Suggest(suggestions=words()["relations"]), **over}
    )


def phone_field(**over: Any) -> forms.CharField:
    attrs = {"inputmode": "tel", "autocomplete": "off"}
    return forms.CharField(**{"label": _("联系电话"), "max_length": 20, "required": False, "widget": forms.TextInput(attrs=attrs), **over})


def line(label: Any, length: int, **over: Any) -> forms.CharField:
    """One line of text that need not be there."""
    return forms.CharField(**{"label": label, "max_length": length, "required": False, "validators": [LINE], **over})


def address_field(label: Any = ADDRESS, **over: Any) -> PlainField:
    """One line; full-width digits become plain ones, or who looks for the house with plain ones would not find it."""
    return PlainField(**{"label": label, "max_length": 200, "required": False, "validators": [LINE], **over})


def words_field(label: Any, length: int, name: str) -> forms.CharField:
    return line(label, length, widget=Suggest(suggestions=words()[name]))


def clean_phone(form: ActionForm) -> str:
    """The digits of a phone, or the sentence that says what is wrong."""
    typed = str(form.cleaned_data["phone"])
    if wrong := check_phone(typed):
        raise forms.ValidationError(wrong)
    return tidy_number(typed)


def reason_field(label: Any = "", **over: Any) -> forms.CharField:
    return forms.CharField(**{"label": label or _("理由"), "max_length": 200, "widget": forms.Textarea(attrs={"rows": 2}), **over})


def one_place(text: str, least: Level = Level.PROVINCE) -> Region | None:
    """The one region of the country that a text means, by code or name, at least as small as a level; None when there is none or several."""
    found = [row for row in find_regions(text, limit=20) if row.level >= least]
    exact = [row for row in found if text.strip() in (row.name, row.short)]
    meant = exact or found
    return meant[0] if len(meant) == 1 else None


def not_one_place(text: str, least: Level) -> str:
    """What to type instead of a name that several places have: the first few, each with its code and the county it is in."""
    found = [row for row in find_regions(text, limit=20) if row.level >= least][:5]
    if not found:
        return str(_("没有找到这个乡镇或村，请填完整的名称或 12 位区划代码。"))
    counties = {row.code: row.code - row.code % 10**6 for row in found}
    above = names(counties.values())
    listed = "、".join(f"{above[counties[row.code]]}{row.short} {row.code}" for row in found)  # text: data
    return str(_("同名或相近的不止一个，请填其中一个的代码：%(places)s。")) % {"places": listed}


class Touching(ActionForm):
    """A form of a life event: `touched` are the sentences of every room about what it touches, for each of the people at hand."""

    event = ""

    def people(self) -> list[Resident]:
        target, actor = self.target, self.actor
        if isinstance(target, Household) and actor is not None:
            return members_of(actor, target.pk)
        return [target] if isinstance(target, Resident) else [target.resident] if isinstance(target, GroupMembership) else []

    @property
    def touched(self) -> list[str]:
        """What several people have in common is said once."""
        if self.actor is None:
            return []
        return list(dict.fromkeys(line for person in self.people() for line in touched_by(self.event, self.actor, person, today_of(self))))


class Reason(ActionForm):
    """Why something is done or looked at; it stands in the trail."""

    reason = reason_field()


GROUPS = [("", "---------"), *GroupKind.choices]
