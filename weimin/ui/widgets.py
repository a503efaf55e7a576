"""Widgets that Django lacks: a date in three fields in the page's language, region choice with search, money with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from weimin.ui import formats

DRAWN = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]{1,300000}={0,2}")
ISO = re.compile(r"(\d{1,4})-(\d{1,2})-(\d{1,2})")


class DateParts(forms.Widget):
    """Year, month and day as three number fields: the browser's own picker speaks the browser's language, not the page's."""

    template_name = "ui/widgets/date_parts.html"
    use_fieldset = True
    parts = (("year", _("年"), 4), ("month", _("月"), 2), ("day", _("日"), 2))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        texts, own = self._split(value), context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["invalid"] = context["widget"]["attrs"].get("aria-invalid") == "true"
        context["widget"]["parts"] = [
            {"id": f"{own}_{part}", "name": f"{name}_{part}", "label": label, "size": size, "value": texts[part]} for part, label, size in self.parts
        ]
        return context

    def _split(self, value: Any) -> dict[str, str]:
        if isinstance(value, date):
            return {"year": str(value.year), "month": str(value.month), "day": str(value.day)}
        found = re.fullmatch(r"([^-]*)-([^-]*)-([^-]*)", str(value or ""))
        return dict(zip(("year", "month", "day"), found.groups() if found else ("", "", ""), strict=True))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """ISO text; what was typed wrongly comes back unchanged in its fields. A whole date under `name` is taken too (Excel, API)."""
        if data.get(name):
            return data.get(name)
        texts = [str(data.get(f"{name}_{part}", "")).strip() for part, _label, _size in self.parts]
        if not any(texts):
            return None
        joined = "-".join(texts)
        found = ISO.fullmatch(joined)
        return "{:0>4}-{:0>2}-{:0>2}".format(*found.groups()) if found else joined

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part, _label, _size in self.parts)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_year" if id_ else ""


class RegionSelect(forms.Select):
    """Villages grouped by township in one select: works everywhere; the script adds a township select and a search field.

    Choices: [(township name, [(code, village name), ...]), ...], one's own range only. `recent` are codes offered first.
    `keys` gives the words by which a code is also found (pinyin, initials).
    """

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Iterable[Any] = (), keys: Mapping[int, str] | None = None) -> None:
        super().__init__({"data-regions": "", **(attrs or {})}, choices)
        self.keys = dict(keys or {})

    def create_option(self, name: str, value: Any, label: Any, *rest: Any, **named: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *rest, **named)
        if key := self.keys.get(value):
            option["attrs"]["data-key"] = key
        return option


class YuanInput(forms.TextInput):
    """A sum typed in yuan, with the unit behind it; the form sees fen (`weimin.ui.fields.YuanField`)."""

    template_name = "ui/widgets/yuan.html"

    def format_value(self, value: Any) -> str | None:
        return formats.yuan_figure(value).replace(",", "") if isinstance(value, int) else super().format_value(value)


class Upload(forms.ClearableFileInput):
    """A file with what is allowed and, for pictures, a preview before sending. Several files when `multiple` is given."""

    template_name = "ui/widgets/upload.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, kinds: str = "image/*", multiple: bool = False) -> None:
        self.allow_multiple_selected = multiple
        super().__init__({"accept": kinds, "data-preview": "", **({"multiple": True} if multiple else {}), **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        sent = super().value_from_datadict(data, files, name)
        self.sent = [file for file in (sent if isinstance(sent, list | tuple) else [sent]) if isinstance(file, UploadedFile)]
        return sent

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """`again`: names of files that came with a form that was refused; they were not kept and must be chosen anew."""
        context = super().get_context(name, value, attrs)
        context["widget"]["again"] = [file.name for file in getattr(self, "sent", ())]
        return context


class Signature(forms.TextInput):
    """A box to sign in with a finger or a pen; sends a PNG as a data address. Drawn again only in the answer to a form that was refused:
    never out of a draft, a link or what is stored."""

    template_name = "ui/widgets/signature.html"
    sent = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = data.get(name)
        self.sent = value if isinstance(value, str) and DRAWN.fullmatch(value) else ""
        return value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["drawn"] = self.sent if value == self.sent else ""
        return context


class Suggest(forms.TextInput):
    """Free text with a list of suggestions (`datalist`): works without script, and on old phones as plain text."""

    template_name = "ui/widgets/suggest.html"

    def __init__(self, attrs: dict[str, Any] | None = None, suggestions: Sequence[str] = ()) -> None:
        self.suggestions = list(suggestions)
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["suggestions"] = self.suggestions
        return context
