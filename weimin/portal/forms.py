"""What residents type on the public pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import PlainField


def last_four(typed: str) -> str:
    text = typed.strip().upper()
    if len(text) != 4 or not text.isascii() or not text.isalnum():
        raise forms.ValidationError(_("请输入身份证号的最后 4 位，例如 1234 或 123X。"))
    return text


class ProgressForm(forms.Form):
    """The number on the receipt and the last four of the ID card."""

    required_css_class = "req"
    number = PlainField(label=_("办件编号"), max_length=30, help_text=_("印在回执上，21 位数字"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    last_four = PlainField(
        label=_("身份证号后四位"), max_length=10, help_text=_("最后一位是 X 的，也要输入 X"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_number(self) -> str:
        return "".join(sign for sign in self.cleaned_data["number"] if sign.isalnum()).upper()[:21]

    def clean_last_four(self) -> str:
        return last_four(self.cleaned_data["last_four"])


class BookingForm(forms.Form):
    """The code of a booking and the last four of the ID card."""

    required_css_class = "req"
    code = PlainField(label=_("预约码"), max_length=12, help_text=_("预约成功时显示的 8 位码"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    last_four = PlainField(label=_("证件号后四位"), max_length=10, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_code(self) -> str:
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isalnum()).upper()

    def clean_last_four(self) -> str:
        return last_four(self.cleaned_data["last_four"])
