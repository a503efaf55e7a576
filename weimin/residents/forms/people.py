"""Who somebody is: one form for a new resident, a new member of a household and a correction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level
from weimin.residents.finding import likely_twins, registered_elsewhere, standing_household
from weimin.residents.forms.fields import address_field, clean_phone, line, one_place, phone_field, relation_field, today_of, words_field
from weimin.residents.models import Gender, Household, IdKind, Marital, Resident
from weimin.residents.rules import check_id_number, facts_of_id_number, tidy_number
from weimin.ui.widgets import DateParts

GENDERS = [("", "---------"), *Gender.choices]
MARITALS = [("", "---------"), *Marital.choices]
PLAIN = ("ethnicity", "marital", "education", "occupation", "address")
IDENTITY = ("id_kind", "id_number", "name", "gender", "birth_on")
CHECKED = {
    "hx-post": reverse_lazy("residents:check_id"), "hx-trigger": "change", "hx-target": "#id-check", "hx-include": "closest form",
    "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
}  # fmt: skip


class IdNumberInput(forms.TextInput):
    """A number that the server looks at as soon as it is typed; without script the form says the same when it is sent."""

    template_name = "residents/widgets/id_number.html"


class PersonFacts(ActionForm):
    """Who somebody is. What an 18-digit number says (gender, birth date) need not be typed and may not contradict it."""

    id_kind = forms.ChoiceField(label=_("证件类型"), choices=IdKind.choices, initial=IdKind.ID_CARD)
    id_number = forms.CharField(label=_("证件号码"), max_length=24, required=False, widget=IdNumberInput(CHECKED))
    name = forms.CharField(label=_("姓名"), max_length=60, validators=[LINE])
    gender = forms.ChoiceField(label=_("性别"), choices=GENDERS, required=False, help_text=_("有 18 位号码的不用填。"))
    birth_on = forms.DateField(label=_("出生日期"), required=False, widget=DateParts, help_text=_("有 18 位号码的不用填。"))
    phone = phone_field()
    ethnicity = words_field(_("民族"), 20, "ethnicities")
    marital = forms.ChoiceField(label=_("婚姻状况"), choices=MARITALS, required=False)
    education = words_field(_("文化程度"), 20, "education")
    occupation = line(_("职业"), 40)
    address = address_field(help_text=_("从村民小组或街路写起，例如“3组12号”。"))

    clean_phone = clean_phone

    @property
    def known(self) -> Resident | None:
        """The resident who is corrected; none when somebody is new."""
        return self.target if isinstance(self.target, Resident) else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, number = cleaned.get("id_kind", ""), tidy_number(cleaned.get("id_number", ""))
        if kind and "id_number" not in self.errors and (number or self.known is None):
            if wrong := check_id_number(number, kind, today_of(self)):
                self.add_error("id_number", wrong)
            else:
                cleaned["id_number"] = number
                self.compare(cleaned, number)
                self.check_alone(number)
        self.complete(cleaned)
        return cleaned

    def compare(self, cleaned: dict[str, Any], number: str) -> None:
        """Fills in what the number says; what was typed otherwise is refused."""
        facts = facts_of_id_number(number)
        for name in ("gender", "birth_on") if facts else ():
            said = getattr(facts, name)
            if cleaned.get(name) and cleaned[name] != said:
                self.add_error(name, _("和证件号码里的不一致，请核对。"))
            cleaned[name] = said

    def check_alone(self, number: str) -> None:
        """Nobody else in the jurisdiction has the number; where they live is not said."""
        if number and registered_elsewhere(number, self.known.pk if self.known else 0):
            self.add_error("id_number", _("这个证件号码在本辖区已经登记。请核对号码；人在别的村的，请办理迁居或档案交接。"))

    def complete(self, cleaned: dict[str, Any]) -> None:
        for name in ("gender", "birth_on"):
            if not cleaned.get(name) and name not in self.errors and "id_number" not in self.errors:
                self.add_error(name, _("没有 18 位号码的，请填写这一项。"))
        born = cleaned.get("birth_on")
        if isinstance(born, date) and born > today_of(self):
            self.add_error("birth_on", _("出生日期不能晚于今天。"))


class NewPerson(PersonFacts):
    """Somebody who is not in the register yet."""

    relation = relation_field()
    source = line(_("登记依据"), 40, help_text=_("例如户口簿、入户走访。"))
    not_twin = forms.BooleanField(label=_("已核对，和提示的人不是同一个人"), required=False)

    def check_twins(self, cleaned: dict[str, Any], region: int | None) -> None:
        """The same name and birth date in the village: asked about, not refused."""
        born = cleaned.get("birth_on")
        if region is None or self.actor is None or not born or cleaned.get("not_twin") or not cleaned.get("name"):
            return
        if twins := likely_twins(self.actor, region, cleaned["name"], born):
            self.add_error(
                "name",
                _now("本村已登记同名同生日的人（%(count)d 位）。请先核对是不是同一个人；不是的，勾选最下面“已核对”再提交。") % {"count": len(twins)},
            )


class EnterResident(NewPerson):
    """A new resident, into a household by its number, into a new one as its head, or for now without one."""

    place = PlaceField(levels=(Level.VILLAGE,), label=_("居住的村（社区）"), help_text="")
    registered_here = forms.BooleanField(label=_("户籍也在这里"), required=False, initial=True)
    registered_place = line(_("户籍地"), 60, help_text=_("户籍不在这里的，填县、乡镇或村的名称，或 12 位区划代码。"))
    household_number = line(_("户号"), 20, help_text=_("加入已登记的户，填它的户号。"))
    new_household = forms.BooleanField(label=_("新立一户，本人为户主"), required=False)

    field_order = ["place", *IDENTITY, "phone", "address", "registered_here", "registered_place", "new_household", "household_number", "relation"]

    def prepare(self) -> None:
        offer_places(self, "place")
        if self.actor is not None and self.actor.low == self.actor.high:
            self.initial.setdefault("place", self.actor.low)

    def clean_registered_place(self) -> int | None:
        text = self.cleaned_data["registered_place"]
        found = one_place(text) if text else None
        if text and found is None:
            raise forms.ValidationError(_("没有找到唯一的这个地方，请写完整的名称或 12 位区划代码。"))
        return found.code if found else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        place = cleaned.get("place")
        cleaned["household"] = self.household_in(place, cleaned) if place and self.actor and self.actor.covers(place) else None
        if place and self.actor and self.actor.covers(place):
            self.check_twins(cleaned, place)
        return cleaned

    def household_in(self, place: int, cleaned: dict[str, Any]) -> Household | None:
        number = cleaned.get("household_number", "")
        if not number or self.actor is None:
            return None
        if cleaned.get("new_household"):
            self.add_error("household_number", _("“新立一户”和“户号”只选一样。"))
            return None
        found = standing_household(self.actor, place, number)
        if found is None:
            self.add_error("household_number", _("这个村没有户号为“%(number)s”的在册户。") % {"number": number})
        return found


class EnterMember(NewPerson):
    """A new member of the household at hand."""

    field_order = [*IDENTITY, "relation", "phone", "address"]

    def prepare(self) -> None:
        if isinstance(self.target, Household):
            self.initial.setdefault("address", self.target.address)
        self.fields["relation"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_twins(cleaned, self.target.region if self.target else None)
        return cleaned


class CorrectResident(PersonFacts):
    """The same facts of somebody entered already; numbers that are not typed stay."""

    relation = relation_field()
    reason = line(_("更正依据"), 100)

    def prepare(self) -> None:
        for name in ("id_number", "phone"):
            self.fields[name].help_text = _("不改就不填；登记过的号码不在这里显示。")
        if self.known is not None:
            held = {name: getattr(self.known, name) for name in ("id_kind", "name", "gender", "birth_on", "relation", *PLAIN)}
            self.initial = held | self.initial

    def compare(self, cleaned: dict[str, Any], number: str) -> None:
        """A new number decides; without one the number on record does."""
        super().compare(cleaned, number or (self.known.id_number if self.known else "") or "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        held = self.known
        if held and not cleaned.get("id_number") and cleaned.get("id_kind") != held.id_kind and cleaned.get("id_kind") != IdKind.NONE:
            self.add_error("id_number", _("换了证件类型，请填写新的号码。"))
        elif held and not cleaned.get("id_number") and held.id_number and cleaned.get("id_kind") == held.id_kind:
            self.compare(cleaned, "")
        return cleaned
