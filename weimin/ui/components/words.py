"""Filters: money, figures, dates and masked personal data."""

from collections.abc import Callable

from django.template import Library

from weimin.ui import formats, masks

register = Library()
FILTERS: dict[str, Callable[..., str]] = {
    "yuan": formats.yuan,
    "yuan_figure": formats.yuan_figure,
    "wan": formats.wan,
    "figure": formats.figure,
    "day": formats.day,
    "short_day": formats.short_day,
    "iso_day": formats.iso_day,
    "moment": formats.moment,
    "mask_name": masks.mask_name,
    "mask_identity": masks.mask_identity,
    "mask_phone": masks.mask_phone,
    "mask_account": masks.mask_account,
}
for name, function in FILTERS.items():
    register.filter(name, function)


@register.filter
def percent_of(numerator: int | None, denominator: int | None) -> str:
    """{{ open|percent_of:all }} → 84.9%."""
    return formats.percent(numerator, denominator)
