"""The shape of input for oil pots and salt spoons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.education.forms.fields import OnDay, line
from weimin.education.models import KitHandout, KitKind
from weimin.education.stocks import serving
from weimin.residents.models import Household


class ReceiveKits(OnDay):
    kind = forms.ChoiceField(label=_("物品"), choices=KitKind.choices)
    quantity = forms.IntegerField(label=_("数量"), min_value=1, max_value=1_000_000)
    source = line(_("来源"), 80, help_text=_("例如区卫生局配发。"))

    field_order = ["kind", "quantity", "on", "source"]


class HandOut(OnDay):
    """The kit of a household, out of the stock of an institution that serves the community. Empty receiver = the head of the household."""

    institution = forms.TypedChoiceField(label=_("发放机构"), coerce=int)
    oil_pot = forms.BooleanField(label=_("控油壶"), required=False)
    salt_spoon = forms.BooleanField(label=_("限盐勺"), required=False)
    received_by = line(_("领取人"), 60, help_text=_("不填就是户主。"))
    explained = forms.BooleanField(label=_("已讲解用法和合理饮食"), required=False)
    names: dict[int, str] = {}  # noqa: RUF012  (each form sets its own)

    field_order = ["institution", "oil_pot", "salt_spoon", "received_by", "explained", "on"]

    def prepare(self) -> None:
        super().prepare()
        for name in ("oil_pot", "salt_spoon", "explained"):
            self.initial.setdefault(name, True)
        if isinstance(self.target, Household):
            self.initial.setdefault("received_by", self.target.head_name)
            self.offer_institutions(self.target.region)

    def offer_institutions(self, region: int) -> None:
        found = serving(region)
        self.offer("institution", [(site.pk, site.name) for site in found])
        if found:
            self.initial.setdefault("institution", found[0].pk)
        self.names = {site.pk: site.name for site in found}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["institution_name"] = self.names.get(cleaned.get("institution", 0), "")
        if not cleaned.get("oil_pot") and not cleaned.get("salt_spoon"):
            self.add_error("oil_pot", _now("控油壶和限盐勺至少勾一样。"))
        return cleaned


class CompleteKit(OnDay):
    """What was short the first time, from the same institution."""

    def clean_on(self) -> Any:
        on = super().clean_on()
        if isinstance(self.target, KitHandout) and on < self.target.on:
            raise forms.ValidationError(_now("不能早于第一次发放（%(day)s）。") % {"day": self.target.on.isoformat()})
        return on
