"""What one may look for on the trail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

REGION_DIGITS = 12


def range_of_digits(typed: str) -> tuple[int, int]:
    """Inclusive range of codes below a whole code (500242000000), or of codes that begin with the digits (500242)."""
    low = int(typed.ljust(REGION_DIGITS, "0"))
    spans = (10**10, 10**8, 10**6, 10**3, 1)
    span = next(span for span in spans if low % span == 0) if len(typed) == REGION_DIGITS else 10 ** (REGION_DIGITS - len(typed))
    return low, low + span - 1


class SearchForm(forms.Form):
    """Every field is optional; together they narrow. `subject` reads "type:number", as a record's own history links here."""

    person = forms.CharField(label=_("姓名"), required=False, max_length=40, help_text=_("从姓开始"))
    action = forms.CharField(label=_("操作代号"), required=False, max_length=60, help_text=_("例如 sites.rename，可只写前半"))
    subject = forms.RegexField(r"^[a-z_]+\.[a-z_.]+(:\d{1,18})?$", label=_("对象"), required=False, help_text=_("例如 sites.site:12"))
    region = forms.RegexField(r"^\d{6,12}$", label=_("区划代码"), required=False, help_text=_("6 至 12 位数字，含下级"))
    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("理由"), required=False, max_length=200, help_text=_("从第一个字开始"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "label_suffix": ""})

    def clean_region(self) -> tuple[int, int] | None:
        typed = self.cleaned_data["region"]
        return range_of_digits(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("结束日期早于开始日期，请改正其中一个。"))
        return cleaned
