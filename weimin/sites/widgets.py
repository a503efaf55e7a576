"""A text field that offers words and takes any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms


class Suggest(forms.TextInput):
    """Free text with a list of suggestions (`datalist`): works without script, and on old phones as plain text."""

    template_name = "sites/widgets/suggest.html"

    def __init__(self, attrs: dict[str, Any] | None = None, suggestions: Sequence[str] = ()) -> None:
        self.suggestions = list(suggestions)
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["suggestions"] = self.suggestions
        return context
