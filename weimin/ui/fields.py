"""Form fields with the house's units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from weimin.ui import formats
from weimin.ui.widgets import YuanInput

YUAN = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?")


class YuanField(forms.Field):
    """Typed in yuan ("60,000" or "60000.50"), cleaned to integer fen. `smallest` and `largest` in fen, both allowed."""

    widget = YuanInput
    default_error_messages = {
        "invalid": _("金额请写成数字，最多两位小数，例如 60000 或 60000.50"),
        "small": _("金额不能少于 %(limit)s"),
        "large": _("金额不能多于 %(limit)s"),
    }

    def __init__(self, *, smallest: int | None = 0, largest: int | None = None, **named: Any) -> None:
        self.smallest, self.largest = smallest, largest
        super().__init__(**named)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = format(value, "f") if isinstance(value, Decimal) else str(value)
        found = YUAN.fullmatch(re.sub(r"[,，\s]", "", text).removesuffix("元"))  # text: data
        if not found or not found.group(2).isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        sign, whole, part = found.groups()
        fen = int(whole) * 100 + int((part or "0").ljust(2, "0"))
        return -fen if sign else fen

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.smallest is not None and value < self.smallest:
            raise ValidationError(self.error_messages["small"], code="small", params={"limit": formats.yuan(self.smallest)})
        if self.largest is not None and value > self.largest:
            raise ValidationError(self.error_messages["large"], code="large", params={"limit": formats.yuan(self.largest)})

    def prepare_value(self, value: Any) -> Any:
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True
