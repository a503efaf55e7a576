"""Several like things in one form field, a block for each, without JavaScript: the rows there are and some empty ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_ROWS = 40
LONGEST = 300


@dataclass(frozen=True)
class Part:
    """One box of a row. kind: text, number, choice, check, hidden."""

    name: str
    label: str | Promise
    kind: str = "text"
    choices: tuple[tuple[str, str | Promise], ...] = ()
    first: Any = ""


class RowsInput(forms.Widget):
    """Boxes named `<field>-<number>-<part>`; rows in which nothing was written are left out."""

    template_name = "catalogue/widgets/rows.html"
    use_fieldset = True

    def __init__(self, parts: Sequence[Part], said: str | Promise, spare: int = 3) -> None:
        super().__init__()
        self.parts, self.said, self.spare = parts, said, spare

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, Any]]:
        rows = ({part.name: data.get(f"{name}-{number}-{part.name}", "") for part in self.parts} for number in range(MOST_ROWS))
        return [row for row in rows if self.is_written(row)]

    def is_written(self, row: dict[str, Any]) -> bool:
        """Whether somebody wrote in it: choices and hidden boxes alone do not count."""
        return any(str(row[part.name]).strip() for part in self.parts if part.kind == "text")

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [row for row in (value if isinstance(value, list) else []) if isinstance(row, dict)]
        spare = [{part.name: part.first for part in self.parts}] * min(self.spare, MOST_ROWS - len(rows))
        blocks = [{"number": number + 1, "boxes": list(self.boxes(name, number, row))} for number, row in enumerate([*rows, *spare])]
        context["widget"]["rows"], context["widget"]["spare"] = blocks[: len(rows)], blocks[len(rows) :]
        context["widget"]["said"], context["widget"]["many"] = self.said, len(self.parts) > 3
        return context

    def boxes(self, name: str, number: int, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for part in self.parts:
            full = f"{name}-{number}-{part.name}"
            value = row.get(part.name, part.first)
            chosen = [(key, label, str(value) == key) for key, label in part.choices]
            yield {"part": part, "name": full, "id": f"id_{full}", "value": "" if value is None else value, "choices": chosen, "checked": value in (True, "on")}


class RowsField(forms.Field):
    """Rows as [{part: text, number or truth}]; the sentence names the row."""

    widget: RowsInput

    def __init__(self, parts: Sequence[Part], said: str | Promise, spare: int = 3, **named: Any) -> None:
        super().__init__(widget=RowsInput(parts, said, spare), **named)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = [{part.name: self.read(part, row.get(part.name), number) for part in self.widget.parts} for number, row in enumerate(value or [], 1)]
        if self.required and not rows:
            raise ValidationError(_("至少填一行。"))
        return rows

    def read(self, part: Part, value: Any, number: int) -> Any:
        """One box; ValidationError with the row's number."""
        text = str(value or "").strip()
        if part.kind == "check":
            return text in ("on", "True", "true", "1")
        said = {"row": number, "label": part.label}
        if len(text) > LONGEST or "\x00" in text:
            raise ValidationError(_("第 %(row)d 行“%(label)s”太长或者有不能用的字符。"), params=said)
        if part.kind == "choice" and text not in {key for key, _label in part.choices}:
            raise ValidationError(_("第 %(row)d 行“%(label)s”没有选对。"), params=said)
        if part.kind == "number" and text and not (text.isascii() and text.isdigit() and len(text) < 5):
            raise ValidationError(_("第 %(row)d 行“%(label)s”要填数字。"), params=said)
        return int(text) if part.kind == "number" and text else None if part.kind == "number" else text


def flat_rows(name: str, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Rows as the boxes of a page send them; a tick that is not set is not sent."""
    return {
        f"{name}-{number}-{key}": "on" if value is True else str(value)
        for number, row in enumerate(rows)
        for key, value in row.items()
        if value is not None and value is not False
    }
