"""The shape of input for materials and notice boards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import not_later
from weimin.education.forms.fields import OnDay, line
from weimin.education.models import Board, Material, Medium
from weimin.education.parameters import minimums
from weimin.education.rules import level_for
from weimin.sites.models import Site

MOST = 1_000_000


class EnterMaterial(OnDay):
    """A new kind of material with its first copies."""

    medium = forms.ChoiceField(label=_("类别"), choices=Medium.choices)
    title = line(_("资料名称"), 80, required=True)
    topic = line(_("主题"), 40)
    quantity = forms.IntegerField(label=_("份数"), min_value=1, max_value=MOST, help_text=_("音像资料填播放次数。"))

    field_order = ["medium", "title", "topic", "quantity", "on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if isinstance(self.target, Site) and cleaned.get("title"):
            same = Material.objects.filter(institution=self.target.pk, medium=cleaned.get("medium", ""), title=cleaned["title"])
            if same.exists():
                self.add_error("title", _now("这种资料已经登记，请在那一行登记收发。"))
        return cleaned


class MoveMaterial(OnDay):
    """More copies, copies given out, or a film played."""

    way = forms.ChoiceField(label=_("收发"), choices=[("in", _("增加")), ("out", _("发放"))], widget=forms.RadioSelect)
    quantity = forms.IntegerField(label=_("份数"), min_value=1, max_value=MOST)
    note = line(_("说明"), 100)

    field_order = ["way", "quantity", "on", "note"]

    def prepare(self) -> None:
        super().prepare()
        if isinstance(self.target, Material) and self.target.medium == Medium.AUDIO_VISUAL:
            self.fields["way"] = forms.ChoiceField(label=_("收发"), choices=[("play", _("播放"))], initial="play")
            self.fields["quantity"].label = _now("播放次数")
            self.fields["quantity"].max_value = 1000  # type: ignore[attr-defined]


class SetUpBoard(OnDay):
    """A board may have stood for years before it is entered."""

    name = line(_("名称"), 60, required=True, help_text=_("例如 1 号宣传栏。"))
    place = line(_("位置"), 100, required=True)
    area = forms.DecimalField(label=_("面积（㎡）"), max_digits=5, decimal_places=2, min_value=0)

    field_order = ["name", "place", "area", "on"]

    def clean_on(self) -> Any:
        return not_later(self, "on")

    def clean_area(self) -> Any:
        area = self.cleaned_data["area"]
        least = minimums(level_for(self.target.region), timezone.localdate(self.now)).board_area if self.target is not None else 0
        if area < least:
            raise forms.ValidationError(_now("宣传栏面积不小于 %(least)d ㎡。") % {"least": least})
        return area

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if isinstance(self.target, Site) and Board.objects.filter(institution=self.target.pk, name=cleaned.get("name", ""), removed_on__isnull=True).exists():
            self.add_error("name", _now("这个名称的宣传栏已经登记。"))
        return cleaned


class ChangeBoard(OnDay):
    subject = line(_("主题"), 100, required=True)

    field_order = ["subject", "on"]

    def clean_on(self) -> Any:
        on = super().clean_on()
        if isinstance(self.target, Board) and on < (self.target.last_on or self.target.set_up_on):
            raise forms.ValidationError(_now("不能早于上一次更换（%(day)s）。") % {"day": (self.target.last_on or self.target.set_up_on).isoformat()})
        return on
