"""A field of a form that takes a number within its bounds and says both of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.health.bounds import Bound

ODD = _("应在 %(low)s 到 %(high)s 之间，请核对有没有写错。")


class Within:
    """Refuses what is outside, with both bounds in the sentence."""

    def __init__(self, low: Decimal, high: Decimal) -> None:
        self.low, self.high = low, high

    def __call__(self, value: Any) -> None:
        if not self.low <= value <= self.high:
            raise forms.ValidationError(ODD, code="odd", params={"low": self.low, "high": self.high})


within = lru_cache(maxsize=512)(Within)


def hold(field: forms.Field, bound: Bound, on: date) -> None:
    """Holds a number field to what may be entered on a day; the page and the interface say it too."""
    low, high = bound.on(on)
    exact: Any = Decimal if isinstance(field, forms.DecimalField) else int
    field.min_value, field.max_value = exact(low), exact(high)  # type: ignore[attr-defined]
    field.validators.append(within(low, high))
    field.widget.attrs.update(field.widget_attrs(field.widget))


def number_field(bound: Bound, *, digits: int = 6, **given: Any) -> forms.Field:
    """Whole or with places, as the value has them; not held to anything yet."""
    if bound.places:
        return forms.DecimalField(max_digits=digits, decimal_places=bound.places, **given)
    return forms.IntegerField(**given)


def held_number(bound: Bound, on: date, **given: Any) -> forms.Field:
    field = number_field(bound, **given)
    hold(field, bound, on)
    return field
