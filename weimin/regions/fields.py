"""A place inside one's own range: a select with search on the page, a code or a name in a sheet."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.regions.models import Region
from weimin.regions.narrowing import place_of
from weimin.regions.queries import inside
from weimin.regions.rules import Level, level, township_of
from weimin.ui.widgets import RegionSelect
from weimin.walls.actor import Actor
from weimin.walls.prepared import preparing
from weimin.walls.tenancy import here


def range_top(actor: Actor) -> int:
    """The region whose inside is offered: the post's own, at most the jurisdiction's."""
    return max(actor.low, here().code)


def townships(actor: Actor) -> list[tuple[int, str]]:
    """The townships of the actor's range, for a filter; none for a post below the county."""
    return [(region.code, region.short) for region in inside(range_top(actor), Level.TOWNSHIP)] if actor.high - actor.low >= 10**4 else []


def villages(actor: Actor, chosen: dict[str, str]) -> list[tuple[int, str]]:
    """The villages of the township chosen, or of a township's own post; none for a post of one village."""
    top = place_of({"township": chosen.get("township", "")}) or range_top(actor)
    if not actor.covers(top) or level(top) != Level.TOWNSHIP:
        return []
    return [(region.code, region.short) for region in inside(top, Level.VILLAGE)]


class PlaceField(forms.CharField):
    """Cleans to a 12-digit code. Takes the code, or "乡镇 村" as a sheet has it (the township may be left out when one village has the name)."""

    widget = RegionSelect

    def __init__(self, *, levels: tuple[Level, ...] = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE), **named: Any) -> None:
        self.levels = levels
        self.actor: Actor | None = None
        named.setdefault("label", _("所在区划"))
        named.setdefault("help_text", _("在网页上选择；在表格里填 12 位区划代码，或“乡镇 村”。"))
        super().__init__(**named)

    def attach(self, actor: Actor | None) -> None:
        """Tells the field whose range is offered; the choices are read when the widget is drawn."""
        self.actor = actor
        if actor is not None:
            self.widget.choices = lambda: self.choices(actor)  # type: ignore[assignment]  # Django calls it when the widget is drawn

    def choices(self, actor: Actor) -> list[Any]:
        regions = [region for region in inside(range_top(actor)) if region.level in self.levels]
        self.widget.keys = {region.code: f"{region.pinyin} {region.initials}" for region in regions}
        known = {region.code: region.short for region in inside(range_top(actor), Level.TOWNSHIP)}
        groups = groupby(regions, lambda region: township_of(region.code))
        return [("", "---------"), *((known.get(code, ""), [(r.code, r.short) for r in rows]) for code, rows in groups)]

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]  # a text is typed, a code comes of it
        text = str(value or "").strip()
        if not text or self.actor is None:
            return None
        code = self.by_code(int(text)) if text.isascii() and text.isdigit() and len(text) == 12 else self.by_name(text)
        if level(code) not in self.levels:
            raise forms.ValidationError(_("这一层的区划不能选，请选到村（社区）或乡镇。"))
        return code

    def by_code(self, code: int) -> int:
        """A code outside one's range is let through: `act` answers it as it answers everything outside, like something missing."""
        with preparing():
            known = Region.objects.filter(pk=code).exists()
        if not known:
            raise forms.ValidationError(_("没有这个区划代码，请核对。"))
        return code

    def by_name(self, text: str) -> int:
        """The one region of the range with this name, or with this name in this township."""
        names = text.split()
        found = [region for region in self.known() if names[-1] in (region.name, region.short) and region.level in self.levels]
        if len(names) > 1:
            above = {region.code for region in self.known() if names[0] in (region.name, region.short)}
            found = [region for region in found if township_of(region.code) in above]
        if not found:
            raise forms.ValidationError(_("没有找到“%(name)s”，请核对乡镇和村的名称。"), params={"name": text})
        if len(found) > 1:
            raise forms.ValidationError(_("“%(name)s”不止一个，请在前面写上乡镇名。"), params={"name": text})
        return found[0].code

    def known(self) -> list[Region]:
        """The regions of the range; read once for each form, so a dry run of a whole sheet reads them once."""
        if not hasattr(self, "_known"):
            self._known = inside(range_top(self.actor)) if self.actor else []
        return self._known


def offer_places(form: ActionForm, name: str) -> None:
    """Tells a form's place field the range of who fills it in."""
    cast(PlaceField, form.fields[name]).attach(form.actor)
