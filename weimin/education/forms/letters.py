"""The shape of input for the letter to residents."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML

from weimin.actions.forms import ActionForm
from weimin.education.forms.fields import OnDay, day, line, text
from weimin.education.models import Letter, LetterWay
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level

DRAFT = Path(__file__).parents[1] / "data" / "letter.yaml"


@cache
def draft() -> dict[str, str]:
    return dict(YAML(typ="safe").load(DRAFT.read_text("utf-8")))


class WriteLetter(ActionForm):
    """A new version; it begins with the last one, the first with the draft of the house."""

    title = line(_("标题"), 60, required=True)
    greeting = line(_("称呼"), 60, required=True)
    text = text(_("正文"), 5000, rows=14, required=True, help_text=_("一行一段。"))
    signed_by = line(_("落款"), 60, required=True)
    signed_on = day(_("落款日期"))

    def prepare(self) -> None:
        last = Letter.objects.order_by("-number").first()
        known = {name: getattr(last, name) for name in ("title", "greeting", "text", "signed_by")} if last else draft()
        for name, value in known.items():
            self.initial.setdefault(name, value)
        self.initial.setdefault("signed_on", timezone.localdate(self.now))


class RecordLetters(OnDay):
    """How many copies of which version went where."""

    letter = forms.TypedChoiceField(label=_("版次"), coerce=int)
    place = PlaceField(levels=(Level.TOWNSHIP, Level.VILLAGE))
    way = forms.ChoiceField(label=_("方式"), choices=LetterWay.choices, widget=forms.RadioSelect)
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=1_000_000)
    venue = line(_("地点"), 100)

    field_order = ["letter", "place", "way", "copies", "on", "venue"]

    def prepare(self) -> None:
        super().prepare()
        offer_places(self, "place")
        self.offer("letter", [(row.pk, str(row.number)) for row in Letter.objects.order_by("-number")])

    def clean_letter(self) -> Any:
        return Letter.objects.get(pk=self.cleaned_data["letter"])
