"""How pages of cases word a length of working time."""

from __future__ import annotations

from datetime import timedelta

from django.template import Library
from django.utils.translation import ngettext

from weimin.secrets.masking import mask

register = Library()


@register.filter
def masked_number(number: str | None) -> str:
    """A document number as every other page of this room masks it (H-64)."""
    return mask("id_number", number or "")


@register.filter
def held(length: timedelta) -> str:
    """Working days of 24 hours, or hours below one day."""
    hours = max(length // timedelta(hours=1), 0)
    if hours < 24:
        return ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours}
    return ngettext("%(n)d 个工作日", "%(n)d 个工作日", hours // 24) % {"n": hours // 24}
