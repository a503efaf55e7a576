"""Schools and their classes."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Post
from weimin.accounts.queries import in_force
from weimin.actions.forms import ActionForm
from weimin.epidemics.forms.parts import day, line
from weimin.epidemics.models import Place, PlaceKind
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import Level, level

CLASS = re.compile(r"(.{1,30}?)[\s，,：:]+(\d{1,3})\s*人?")  # text: data
MOST_CLASSES = 100


def read_classes(text: str) -> list[tuple[str, int]]:
    """(name, heads) for each line "一年级1班 45"; ValidationError names the line."""
    found: dict[str, int] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            continue
        match = CLASS.fullmatch(raw.strip())
        if match is None or not 1 <= int(match.group(2)) <= 500:
            raise forms.ValidationError(_now("第 %(line)d 行看不懂，请写成“一年级1班 45”。") % {"line": number})
        if match.group(1) in found:
            raise forms.ValidationError(_now("第 %(line)d 行的“%(name)s”写了两次。") % {"line": number, "name": match.group(1)})
        found[match.group(1)] = int(match.group(2))
    if len(found) > MOST_CLASSES:
        raise forms.ValidationError(_now("班级太多，最多 %(most)d 个。") % {"most": MOST_CLASSES})
    return list(found.items())


class PlaceFacts(ActionForm):
    """What a school is; the person who reports is chosen among the posts of schools in the village."""

    kind = forms.ChoiceField(label=_("类别"), choices=PlaceKind.choices)
    name = line(_("名称"), 60, required=True)
    address = line(_("地址"), 100)
    contact = line(_("联系人"), 40)
    phone = line(_("办公电话"), 20)
    classes = forms.CharField(
        label=_("班级和人数"), widget=forms.Textarea(attrs={"rows": "8"}), max_length=4000, help_text=_("一行一个班，例如：一年级1班 45。")
    )
    reporter = forms.TypedChoiceField(
        label=_("报告人"), coerce=int, empty_value=None, required=False, help_text=_("有“学校报告人”岗位的人；没有就由社区或医生代报。")
    )  # fmt: skip

    def people(self, region: int) -> list[tuple[str, str]]:
        posts = Post.objects.filter(in_force(timezone.localdate(self.now)), role="school", region__gte=region, region__lte=region).select_related("person")
        return [("", "---------"), *((str(post.person_id), post.person.name) for post in posts.order_by("pk"))]

    def clean_classes(self) -> list[tuple[str, int]]:
        return read_classes(self.cleaned_data["classes"])

    def taken(self, region: int, but: int = 0) -> bool:
        return Place.objects.filter(region=region, name=self.cleaned_data.get("name", ""), closed_on__isnull=True).exclude(pk=but).exists()


class RegisterPlace(PlaceFacts):
    place = PlaceField(label=_("所在村（社区）"), levels=(Level.VILLAGE,))
    field_order = ["place", "kind", "name"]

    def prepare(self) -> None:
        offer_places(self, "place")
        del self.fields["reporter"]
        if self.actor is not None and self.actor.low == self.actor.high and level(self.actor.low) == Level.VILLAGE:
            self.initial.setdefault("place", self.actor.low)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("place") and self.taken(cleaned["place"]):
            self.add_error("name", _now("这个村（社区）已经登记了同名的学校。"))
        return cleaned


class CorrectPlace(PlaceFacts):
    """Classes that are no longer in the list are closed; holidays need no reports."""

    away_from = day(_("放假起"), required=False)
    away_until = day(_("放假止"), required=False)
    closed_on = day(_("停办日期"), required=False, help_text=_("停办以后不再要求报告。"))

    def prepare(self) -> None:
        if not isinstance(self.target, Place):
            return
        self.offer("reporter", self.people(self.target.region))
        for name in ("kind", "name", "address", "contact", "phone", "reporter", "away_from", "away_until", "closed_on"):
            self.initial.setdefault(name, getattr(self.target, name))
        kept = self.target.groups.filter(closed=False).order_by("pk")
        self.initial.setdefault("classes", "\n".join(f"{group.name} {group.heads}" for group in kept))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if isinstance(self.target, Place) and self.taken(self.target.region, self.target.pk):
            self.add_error("name", _now("这个村（社区）已经登记了同名的学校。"))
        first, last = cleaned.get("away_from"), cleaned.get("away_until")
        if bool(first) != bool(last):
            self.add_error("away_until", _now("放假的起止日期要一起填。"))
        elif first and last and last < first:
            self.add_error("away_until", _now("放假止不能早于放假起。"))
        return cleaned
