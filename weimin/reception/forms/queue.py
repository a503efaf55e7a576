"""The shape of input for tickets and bookings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm, PlainField
from weimin.reception.figures import PRIORITIES
from weimin.reception.models import Half, Window, WindowKind
from weimin.reception.queries import offered_items
from weimin.reception.slots import Slot, open_slots, open_windows

MOBILE = RegexValidator(r"^1[3-9]\d{9}$", _("手机号是 11 位数字，以 1 开头。"))
LAST_FOUR = RegexValidator(r"^\d{3}[\dXx]$", _("证件号后四位是数字，最后一位可以是 X。"))
PRIORITY_WORDS = {
    "elderly": _("老年人"), "disabled": _("残疾人"), "soldier": _("军人"), "veteran": _("退役军人"), "pregnant": _("孕妇或抱婴者"), "booked": _("已预约"),
}  # fmt: skip


class TicketForm(ActionForm):
    """What somebody comes for, and whether they go first."""

    group = forms.ChoiceField(label=_("办什么业务"), choices=WindowKind.choices, widget=forms.RadioSelect)
    priority = forms.ChoiceField(label=_("优先"), required=False, choices=[("", _("不是")), *((key, PRIORITY_WORDS[key]) for key in PRIORITIES)])

    def prepare(self) -> None:
        if self.target is not None and self.actor is not None:
            kinds = dict.fromkeys(kind for window in open_windows(self.actor, self.target) for kind in window.kinds)
            labels = dict(WindowKind.choices)
            self.offer("group", [(kind, labels[kind]) for kind in kinds])


class SlotField(forms.CharField):
    """`Slot.key` ("window:day:half"); cleans to (window number, day, half)."""

    def clean(self, value: Any) -> tuple[int, date, str]:  # type: ignore[override]  # a key is sent, its parts come of it
        parts = str(super().clean(value)).split(":")
        try:
            window, on, half = int(parts[0]), date.fromisoformat(parts[1]), Half(parts[2]).value
        except (ValueError, IndexError):
            raise forms.ValidationError(_("请选择一个时间。")) from None
        if not 0 < window < 2**63:
            raise forms.ValidationError(_("请选择一个时间。"))
        return window, on, half


def slot_words(slot: Slot) -> str:
    """2026-12-01 星期二 上午 · 1号窗口 民政事务窗口 · 还有 6 个名额"""
    day = f"{slot.on.isoformat()} {WEEKDAYS[slot.on.weekday()]}"
    words = {"day": day, "half": slot.half_label, "window": str(slot.window), "free": slot.free}
    return _("%(day)s %(half)s · %(window)s · 还有 %(free)d 个名额") % words if slot.free else _("%(day)s %(half)s · %(window)s · 已约满") % words


class BookForm(ActionForm):
    """A half-day at a window for somebody with name, phone and the last four of the ID number. The portal sends the same fields."""

    slot = SlotField(label=_("时间和窗口"), max_length=60)
    item_code = forms.ChoiceField(label=_("办理事项"), required=False)
    name = forms.CharField(label=_("姓名"), max_length=40, validators=[LINE])
    phone = PlainField(label=_("手机号"), max_length=11, validators=[MOBILE], widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}))
    id_last_four = PlainField(
        label=_("证件号后四位"),
        max_length=4,
        validators=[LAST_FOUR],
        help_text=_("到窗口时核对用，不收完整号码。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    by_phone = forms.BooleanField(label=_("电话预约"), required=False)

    def prepare(self) -> None:
        offered = offered_items()
        self.items, self.kinds = {code: name for code, name, _kind in offered}, {code: kind for code, _name, kind in offered}
        self.offer("item_code", [("", _("不指定")), *self.items.items()])
        if self.target is not None and self.actor is not None and self.now is not None:
            slots = open_slots(self.actor, self.target, None, None, self.now, online=self.actor.channel == "portal")
            wanted = str(self.data.get("item_code") or self.initial.get("item_code") or "")
            slots = [slot for slot in slots if self.takes(slot.window, wanted)]
            self.fields["slot"].widget = forms.Select(choices=[("", "---------"), *((slot.key, slot_words(slot)) for slot in slots)])

    def takes(self, window: Window, code: str) -> bool:
        """Whether somebody who comes for this item is served there; who names no item is sent on by the window."""
        return code not in self.kinds or window.takes(code, self.kinds[code])

    def clean_id_last_four(self) -> str:
        return str(self.cleaned_data["id_last_four"]).upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "slot" not in cleaned or self.target is None:
            return cleaned
        window = Window.objects.filter(pk=cleaned["slot"][0], site=self.target).first()
        if window is None:
            self.add_error("slot", _("没有这个窗口，请重新选择。"))
        elif not self.takes(window, code := cleaned.get("item_code", "")):
            self.add_error("slot", self.elsewhere(window, code))
        return cleaned

    def elsewhere(self, window: Window, code: str) -> str:
        """Which windows of the centre take the item that this one does not."""
        assert self.actor is not None
        others = [str(row) for row in open_windows(self.actor, window.site) if self.takes(row, code)]
        words = {"window": window, "item": self.items[code], "others": "、".join(others)}  # text: data
        if not others:
            return _("这里的窗口不办“%(item)s”，请到别的服务中心预约。") % words
        return _("%(window)s不办“%(item)s”，请约%(others)s的时间。") % words


class CancelForm(ActionForm):
    reason = forms.CharField(label=_("取消原因"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CheckInForm(ActionForm):
    """The last four of the ID number, to compare with what was given."""

    id_last_four = PlainField(label=_("证件号后四位"), max_length=4, validators=[LAST_FOUR], widget=forms.TextInput(attrs={"autocomplete": "off"}))
    priority = forms.ChoiceField(label=_("优先"), required=False, choices=[("", _("不是")), *((key, PRIORITY_WORDS[key]) for key in PRIORITIES)])


class ShowForm(ActionForm):
    reason = forms.CharField(label=_("查看原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
