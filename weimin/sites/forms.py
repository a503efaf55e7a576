"""The shape of input for sites and what is in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, not_later
from weimin.regions.fields import PlaceField, offer_places
from weimin.regions.rules import level
from weimin.sites.catalogue import catalogue_of
from weimin.sites.models import Equipment, PlaceKind, Room, Site, Tier
from weimin.sites.rules import fits_tier, unique, words
from weimin.ui.widgets import DateParts, Suggest

PHONE = RegexValidator(r"^[0-9+\-() ]{5,30}$", _("电话只写数字、空格、短横线和括号。"))
LONGITUDE: dict[str, Any] = {"max_digits": 9, "decimal_places": 6, "min_value": 73, "max_value": 136}
LATITUDE: dict[str, Any] = {"max_digits": 8, "decimal_places": 6, "min_value": 3, "max_value": 54}
FACTS = (
    "name", "place_kind", "address", "longitude", "latitude", "area", "opening_hours", "phone", "rent_free", "parcel_delivery",
)  # fmt: skip


class SiteFacts(ActionForm):
    """What is known of a place, for new and old sites alike."""

    name = forms.CharField(label=_("站点名称"), max_length=100, validators=[LINE])
    place_kind = forms.ChoiceField(label=_("场所类型"), choices=PlaceKind.choices)
    address = forms.CharField(label=_("地址"), max_length=200, required=False, validators=[LINE])
    longitude = forms.DecimalField(label=_("经度"), required=False, help_text=_("度，例如 108.767；和纬度一起填。"), **LONGITUDE)
    latitude = forms.DecimalField(label=_("纬度"), required=False, help_text=_("度，例如 28.841。"), **LATITUDE)
    area = forms.DecimalField(label=_("建筑面积（㎡）"), required=False, max_digits=8, decimal_places=2, min_value=1)
    opening_hours = forms.CharField(label=_("开放时间"), max_length=100, required=False, validators=[LINE])
    phone = forms.CharField(label=_("对外电话"), max_length=30, required=False, validators=[PHONE])
    rent_free = forms.BooleanField(label=_("免租金"), required=False)
    parcel_delivery = forms.BooleanField(label=_("通物流配送"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("longitude") is None) != (cleaned.get("latitude") is None) and not {"longitude", "latitude"} & set(self.errors):
            self.add_error("longitude", _("经度和纬度要一起填写，或者都不填。"))
        return cleaned


class EnterSite(SiteFacts):
    """A site that is there already, entered by hand or by sheet."""

    tier = forms.ChoiceField(label=_("层级"), choices=Tier.choices)
    place = PlaceField()
    opened_on = forms.DateField(label=_("开放日期"), widget=DateParts)
    purposes = forms.CharField(label=_("用途"), max_length=200, required=False, help_text=_("几种用途用顿号隔开。"), validators=[LINE])

    field_order = ["tier", "place", *FACTS, "opened_on", "purposes"]

    def prepare(self) -> None:
        offer_places(self, "place")

    def clean_opened_on(self) -> Any:
        return not_later(self, "opened_on")

    def clean_purposes(self) -> list[str]:
        return words(self.cleaned_data["purposes"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        tier, place = cleaned.get("tier"), cleaned.get("place")
        if tier and place and not fits_tier(tier, level(place)):
            self.add_error("place", _("这一层级的站点不能设在这一级区划，请改选。"))
        return cleaned


class CorrectSite(SiteFacts):
    """The same facts of a site that is entered already."""

    def prepare(self) -> None:
        if self.target is not None:
            self.initial = {name: getattr(self.target, name) for name in FACTS} | self.initial


class RoomForm(ActionForm):
    """A room and every purpose it serves; the standard's words are offered."""

    name = forms.CharField(label=_("房间名称"), max_length=60, validators=[LINE])
    uses = forms.MultipleChoiceField(label=_("承担的功能"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("一室多用的，几项都选。"))
    other_uses = forms.CharField(label=_("其他功能"), required=False, max_length=200, help_text=_("几项用顿号隔开。"))
    area = forms.DecimalField(label=_("面积（㎡）"), required=False, max_digits=7, decimal_places=2, min_value=1)
    boards = forms.MultipleChoiceField(label=_("上墙制度"), required=False, widget=forms.CheckboxSelectMultiple)
    other_boards = forms.CharField(label=_("其他上墙制度"), required=False, max_length=200, help_text=_("几项用顿号隔开。"))

    @property
    def site(self) -> Site | None:
        return self.target.site if isinstance(self.target, Room) else self.target

    @property
    def room(self) -> Room | None:
        return self.target if isinstance(self.target, Room) else None

    def prepare(self) -> None:
        if self.site is None:
            del self.fields["uses"], self.fields["boards"]
            return
        known = catalogue_of(self.site)
        self.offer_words("uses", known.rooms)
        self.offer_words("boards", known.boards)
        self.fields["name"].widget = Suggest({"class": "in", "maxlength": 60}, known.rooms)
        if self.room is not None:
            self.recall(self.room, known.rooms, known.boards)

    def offer_words(self, name: str, offered: tuple[str, ...]) -> None:
        if offered:
            self.offer(name, [(word, word) for word in offered])
        else:
            del self.fields[name]

    def recall(self, room: Room, rooms: tuple[str, ...], boards: tuple[str, ...]) -> None:
        self.initial = {
            "name": room.name, "area": room.area,
            "uses": [use for use in room.uses if use in rooms], "other_uses": "、".join(use for use in room.uses if use not in rooms),  # text: data
            "boards": [board for board in room.boards if board in boards],
            "other_boards": "、".join(board for board in room.boards if board not in boards),  # text: data
        } | self.initial  # fmt: skip

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = Room.objects.filter(site=self.site, name=name)
        if (same.exclude(pk=self.room.pk) if self.room else same).exists():
            raise forms.ValidationError(_("这个站点已经有同名的房间。"))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("uses", "boards"):
            cleaned[name] = unique([*cleaned.get(name, []), *words(cleaned.get(f"other_{name}", ""))])
        return cleaned


class EquipmentForm(ActionForm):
    """Things of one kind; `working` off means they are there and out of order."""

    kind = forms.CharField(label=_("设备名称"), max_length=60, validators=[LINE])
    quantity = forms.IntegerField(label=_("数量"), min_value=1, max_value=9999, initial=1)
    room = forms.TypedChoiceField(label=_("所在房间"), required=False, coerce=int, empty_value=None)
    asset_number = forms.CharField(label=_("资产编号"), max_length=40, required=False, validators=[LINE])
    bought_on = forms.DateField(label=_("购置日期"), required=False, widget=DateParts)
    working = forms.BooleanField(label=_("能正常使用"), required=False, initial=True)

    def prepare(self) -> None:
        site = self.target.site if isinstance(self.target, Equipment) else self.target
        if site is None:
            return
        rooms = Room.objects.filter(site=site).order_by("pk").values_list("pk", "name")
        self.offer("room", [("", _("不在某个房间")), *rooms])
        self.fields["kind"].widget = Suggest({"class": "in", "maxlength": 60}, catalogue_of(site).equipment)
        if isinstance(self.target, Equipment):
            held = {name: getattr(self.target, name) for name in ("kind", "quantity", "asset_number", "bought_on", "working")}
            self.initial = {**held, "room": self.target.room_id} | self.initial

    def clean_bought_on(self) -> Any:
        return not_later(self, "bought_on")


class SignForm(ActionForm):
    kind = forms.CharField(label=_("标识种类"), max_length=40, validators=[LINE])
    text = forms.CharField(label=_("上面的文字"), max_length=100, required=False, validators=[LINE])
    put_up_on = forms.DateField(label=_("设置日期"), required=False, widget=DateParts)

    def prepare(self) -> None:
        if self.target is not None:
            self.fields["kind"].widget = Suggest({"class": "in", "maxlength": 40}, catalogue_of(self.target).signs)

    def clean_put_up_on(self) -> Any:
        return not_later(self, "put_up_on")


class StateForm(ActionForm):
    """From which day and why."""

    on = forms.DateField(label=_("从哪一天起"), widget=DateParts)
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_on(self) -> Any:
        return not_later(self, "on")


class Import(ActionForm):
    """A filled template; it is tried first and nothing is written until it is confirmed."""

    file = forms.FileField(label=_("填好的表格"), help_text=_("先试导入：逐行检查，有错会指出是哪一格，不写入任何内容。"))
