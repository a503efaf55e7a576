"""Life events: when, by what; the page shows what each touches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm, not_later
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level
from weimin.residents.forms.fields import Touching, address_field, line, reason_field, relation_field, today_of
from weimin.residents.forms.people import EnterMember
from weimin.residents.models import Household, Marital, Resident, ResidentStatus
from weimin.residents.queries import find_by_id_number, members_of
from weimin.residents.rules import tidy_number
from weimin.ui.widgets import DateParts


class LifeEventForm(Touching):
    """Day and source of an event."""

    on = forms.DateField(label=_("发生日期"), widget=DateParts)
    proof = line(_("依据"), 100, help_text=_("例如死亡证明、结婚证、迁移证。"))

    def clean_on(self) -> Any:
        on: date = not_later(self, "on")
        resident = self.target
        if isinstance(resident, Resident) and on < resident.birth_on:
            raise forms.ValidationError(_("不能早于出生日期。"))
        return on


class Death(LifeEventForm):
    event = "death"

    def prepare(self) -> None:
        self.fields["on"].label = _("死亡日期")
        self.fields["proof"].required = True


class Restore(ActionForm):
    reason = reason_field(help_text=_("例如错登、死亡证明撤销。"))


class Birth(EnterMember):
    """A newborn of the household: usually without papers yet."""

    def prepare(self) -> None:
        super().prepare()
        self.initial |= {"id_kind": "none", "relation": self.initial.get("relation", "")}
        self.fields["source"].label = _("依据")
        self.fields["source"].help_text = _("例如出生医学证明。")
        for name in ("marital", "education", "occupation", "phone"):
            del self.fields[name]

    @property
    def touched(self) -> list[str]:
        if self.actor is None or not isinstance(self.target, Household):
            return []
        count = len(members_of(self.actor, self.target.pk))
        return [_now("户 %(household)s 由 %(count)d 人变为 %(next)d 人") % {"household": self.target, "count": count, "next": count + 1}]

    def clean_phone(self) -> str:
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        born = cleaned.get("birth_on")
        if born and (today_of(self) - born).days > 366 * 6:
            self.add_error("birth_on", _("出生登记用于六周岁以下的孩子；更大的请用“登记家庭成员”。"))
        return cleaned


class Marriage(LifeEventForm):
    """The other one is found by the number of a document when they are in the range; otherwise the name is enough."""

    event = "marriage"
    spouse_number = line(_("配偶的证件号码"), 24, help_text=_("配偶在本辖区登记过的，填号码后两人一起改；不填只改本人。"))
    spouse_name = line(_("配偶姓名"), 60, required=True)
    moves_in = forms.BooleanField(label=_("本人迁入配偶的户"), required=False)
    relation = relation_field(help_text=_("迁入后与户主的关系。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = tidy_number(cleaned.get("spouse_number", ""))
        spouse = find_by_id_number(self.actor, number) if self.actor and number else None
        resident: Resident | None = self.target
        if spouse is not None and resident is not None and spouse.pk == resident.pk:
            self.add_error("spouse_number", _("这是本人的号码。"))
        if spouse is not None and spouse.status == ResidentStatus.DEAD:
            self.add_error("spouse_number", _now("这个号码登记的人已经登记死亡，请核对。"))
        if spouse is not None and spouse.marital == Marital.MARRIED:
            self.add_error("spouse_number", _now("这个号码登记的人已经是已婚。和本人的婚姻已经登记在对方那里的，不填号码，只改本人；再婚的，先登记对方离婚。"))
        if spouse is not None and cleaned.get("spouse_name") and spouse.name != cleaned["spouse_name"]:
            self.add_error("spouse_name", _("和这个号码登记的姓名不一致，请核对。"))
        if cleaned.get("moves_in") and (spouse is None or spouse.household is None):
            self.add_error("moves_in", _now("没有找到配偶的户：请填配偶的证件号码，并先把配偶登记到户里。"))
        cleaned["spouse"] = spouse
        return cleaned


class Divorce(LifeEventForm):
    event = "divorce"
    leaves = forms.BooleanField(label=_("本人另立一户"), required=False)


class MoveHome(LifeEventForm):
    """Another village or address inside one's own range, alone or with the whole household."""

    event = "move_home"
    place = PlaceField(levels=(Level.VILLAGE,), label=_("迁到的村（社区）"), help_text="")
    address = address_field(_("新住址"))
    whole = forms.BooleanField(label=_("全户一起迁"), required=False, initial=True)

    field_order = ["place", "address", "whole", "on", "proof"]

    def prepare(self) -> None:
        offer_places(self, "place")
        self.fields["on"].label = _("迁居日期")


class MoveBack(LifeEventForm):
    """Somebody who moved out lives here again."""

    event = "move_in"
    address = address_field()

    def prepare(self) -> None:
        self.fields["on"].label = _("迁入日期")
