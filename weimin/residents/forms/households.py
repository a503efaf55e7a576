"""Households: corrected, another head, split, joined, and somebody who goes from one into another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.residents.entering import HEAD
from weimin.residents.finding import standing_household
from weimin.residents.forms.fields import Touching, address_field, line, reason_field, relation_field
from weimin.residents.models import Household, Resident
from weimin.residents.queries import members_of


def offer_members(form: ActionForm, *names: str) -> None:
    """The members of the household at hand as choices of the form's fields."""
    if isinstance(form.target, Household) and form.actor is not None:
        people = [(row.pk, f"{row.name} {row.relation}".strip()) for row in members_of(form.actor, form.target.pk)]
        for name in names:
            form.offer(name, people)


class CorrectHousehold(ActionForm):
    number = line(_("户号"), 20)
    address = address_field()
    collective = forms.BooleanField(label=_("集体户"), required=False)

    def prepare(self) -> None:
        if self.target is not None:
            self.initial = {name: getattr(self.target, name) for name in ("number", "address", "collective")} | self.initial

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        household: Household | None = self.target
        found = standing_household(self.actor, household.region, number) if self.actor and household and number else None
        if found is not None and household is not None and found.pk != household.pk:
            raise forms.ValidationError(_("这个户号已经用于本村另一户。"))
        return number


class ChooseHead(ActionForm):
    head = forms.TypedChoiceField(label=_("新户主"), coerce=int)
    old_relation = relation_field(label=_("原户主与新户主的关系"), required=True)

    def prepare(self) -> None:
        offer_members(self, "head")


class SplitHousehold(Touching):
    """Who leaves, who of them is the head, where the new household lives."""

    event = "split"

    leaving = forms.TypedMultipleChoiceField(label=_("分出的人"), coerce=int, widget=forms.CheckboxSelectMultiple)
    head = forms.TypedChoiceField(label=_("新户的户主"), coerce=int)
    number = line(_("新户号"), 20)
    address = address_field(_("新户住址"))
    reason = reason_field(_("分户原因"))

    def prepare(self) -> None:
        offer_members(self, "leaving", "head")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        leaving, head = cleaned.get("leaving", []), cleaned.get("head")
        if leaving and head and head not in leaving:
            self.add_error("head", _("新户的户主要在分出的人里。"))
        if self.actor and self.target and len(leaving) == len(members_of(self.actor, self.target.pk)):
            self.add_error("leaving", _now("不能全部分出；全户搬走的，请办理“本地迁居”。"))
        return cleaned


class IntoHousehold(Touching):
    """Another household of the village, by its number."""

    number = forms.CharField(label=_("并入的户号"), max_length=20, validators=[LINE])
    reason = reason_field()

    def clean_number(self) -> str:
        number, target = str(self.cleaned_data["number"]), self.target
        found = standing_household(self.actor, target.region, number) if self.actor and target else None
        if found is None:
            raise forms.ValidationError(_("这个村没有户号为“%(number)s”的在册户。"), params={"number": number})
        own = target.pk if isinstance(target, Household) else target.household_id
        if found.pk == own:
            raise forms.ValidationError(_("这就是现在的户。"))
        self.found = found
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["household"] = getattr(self, "found", None)
        return cleaned

    def clean_relation(self) -> str:
        relation = str(self.cleaned_data["relation"])
        if relation == HEAD:
            raise forms.ValidationError(_("那一户已经有户主；要换户主，随后办理“变更户主”。"))
        return relation


class JoinHouseholds(IntoHousehold):
    event = "joined"
    relation = relation_field(label=_("并入后与户主的关系"), required=True, initial="其他亲属")  # text: data


class MoveMember(IntoHousehold):
    relation = relation_field(required=True)

    field_order = ["number", "relation", "reason"]


class FoundHousehold(ActionForm):
    """A household of one's own for somebody who has none."""

    number = line(_("户号"), 20)
    address = address_field()

    def prepare(self) -> None:
        if isinstance(self.target, Resident):
            self.initial.setdefault("address", self.target.address)
