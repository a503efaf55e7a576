"""Words of the standard's forms and of data files in the reader's language."""

from __future__ import annotations

from typing import Any

from django import template

from weimin.health import standard_words

register = template.Library()


@register.filter
def in_words(text: Any) -> str:
    """{{ item.label|in_words }}"""
    return standard_words.in_words(str(text))
