"""A record goes to another place and is received there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level, level, range_of
from weimin.residents.finding import standing_household
from weimin.residents.forms.events import LifeEventForm
from weimin.residents.forms.fields import address_field, line, not_one_place, one_place, reason_field, relation_field
from weimin.residents.models import Transfer
from weimin.residents.transferring import jurisdiction_of


class SendTransfer(LifeEventForm):
    """Where to: a township or village of a jurisdiction that works with this system; other places by `MoveOut`."""

    event = "move_out"
    to = forms.CharField(label=_("迁往的乡镇或村（社区）"), max_length=60, help_text=_("填名称或 12 位区划代码；同名的请填代码。"))

    field_order = ["to", "on", "proof"]

    def prepare(self) -> None:
        self.fields["on"].label = _("迁出日期")
        self.fields["proof"].label = _("迁移原因")

    def clean_to(self) -> int:
        found = one_place(self.cleaned_data["to"], Level.TOWNSHIP)
        if found is None:
            raise forms.ValidationError(not_one_place(self.cleaned_data["to"], Level.TOWNSHIP))
        if jurisdiction_of(found.code) is None:
            raise forms.ValidationError(_("那个地方没有使用本系统，不能交出档案；请办理“登记迁出”，纸质档案另行移交。"))
        if self.target is not None and found.code == self.target.region:
            raise forms.ValidationError(_("这就是现在居住的地方。"))
        return int(found.code)


class MoveOut(LifeEventForm):
    """Away to a place without this system."""

    event = "move_out"
    to = line(_("迁往何处"), 60, required=True)

    def prepare(self) -> None:
        self.fields["on"].label = _("迁出日期")


class AcceptTransfer(ActionForm):
    """In which village and household the resident lives from now on."""

    place = PlaceField(levels=(Level.VILLAGE,), label=_("居住的村（社区）"), help_text="")
    address = address_field()
    household_number = line(_("户号"), 20, help_text=_("加入已登记的户，填它的户号；不填就另立一户。"))
    relation = relation_field()

    def prepare(self) -> None:
        offer_places(self, "place")
        transfer: Transfer | None = self.target
        if transfer is not None and level(transfer.region) == Level.VILLAGE:
            self.initial.setdefault("place", transfer.region)

    def clean_place(self) -> int:
        place, transfer = int(self.cleaned_data["place"]), self.target
        if transfer is not None:
            low, high = range_of(transfer.region)
            if self.actor is not None and self.actor.covers(place) and not low <= place <= high:
                raise forms.ValidationError(_("请选交接单写明的地方。"))
        return place

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number, place = cleaned.get("household_number", ""), cleaned.get("place")
        cleaned["household"] = standing_household(self.actor, place, number) if self.actor and place and number else None
        if number and place and cleaned["household"] is None:
            self.add_error("household_number", _("这个村没有户号为“%(number)s”的在册户。") % {"number": number})
        return cleaned


class Answer(ActionForm):
    reason = reason_field(_("退回原因"))


class Withdraw(ActionForm):
    reason = reason_field(_("撤回原因"))
