"""The hand-over list (交接单): which papers, how many, original or copy; taken from the resident or given back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import LINE, ActionForm
from weimin.cases.fields_signature import SignatureField
from weimin.cases.models import Mandate
from weimin.cases.queries.agency import papers_of
from weimin.catalogue.queries import by_code
from weimin.ui.widgets import Upload

SPARE, MOST, MOST_SHEETS = 4, 24, 99


class Signed(ActionForm):
    """Who signs for the list, and the proof."""

    signed_by = forms.CharField(label=_("签收人"), max_length=60, validators=[LINE])
    signature = SignatureField(label=_("签名"), required=False)
    photo = forms.FileField(label=_("签字的清单或当面照片"), required=False, widget=Upload(kinds="image/*"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False, validators=[LINE])


class CollectPapers(Signed):
    """One line for each paper that the items ask for, and some to write in; a line without a number is left out."""

    def prepare(self) -> None:
        mandate: Mandate | None = self.target
        names = wanted_papers(mandate) if mandate is not None else []
        lines: dict[str, forms.Field] = {}
        self.rows = min(len(names) + SPARE, MOST)
        for row in range(self.rows):
            name = names[row] if row < len(names) else ""
            lines[f"name_{row}"] = forms.CharField(label=_("材料名称"), max_length=80, required=False, validators=[LINE], initial=name)
            lines[f"count_{row}"] = forms.IntegerField(label=_("件数"), required=False, min_value=1, max_value=MOST_SHEETS)
            lines[f"original_{row}"] = forms.BooleanField(label=_("原件"), required=False)
        self.fields = {**lines, **self.fields}
        if mandate is not None and self.actor is not None:
            self.initial.setdefault("signed_by", self.actor.name)

    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The bound fields, line by line, for the table of the page."""
        return [(self[f"name_{row}"], self[f"count_{row}"], self[f"original_{row}"]) for row in range(self.rows)]

    def rest(self) -> list[Any]:
        return [self[name] for name in ("signed_by", "signature", "photo", "note")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["lines"] = []
        for row in range(self.rows):
            name, count = cleaned.get(f"name_{row}"), cleaned.get(f"count_{row}")
            if count and not name:
                self.add_error(f"name_{row}", _("请写材料名称。"))
            if name and count:
                cleaned["lines"].append({"name": name, "count": count, "original": bool(cleaned.get(f"original_{row}"))})
        if not cleaned["lines"] and not self.errors:
            self.add_error(None, _("请至少写一份材料的件数。"))
        return cleaned


def wanted_papers(mandate: Mandate) -> list[str]:
    """The papers that the mandate's items ask of the applicant, each once."""
    versions = by_code(mandate.items)
    names = [paper.name for row in versions.values() for paper in row.content.materials if paper.origin == "applicant"]
    return list(dict.fromkeys(names))[: MOST - SPARE]


class ReturnPapers(Signed):
    """How many sheets of each paper go back; signed for by the resident."""

    def prepare(self) -> None:
        mandate: Mandate | None = self.target
        self.held = [paper for paper in papers_of(self.actor, mandate) if paper.left] if mandate is not None and self.actor is not None else []
        lines: dict[str, forms.Field] = {}
        for paper in self.held:
            kind = _("原件") if paper.original else _("复印件")
            label = f"{paper.name}（{kind}，{paper.left}）"  # text: data
            lines[f"paper_{paper.pk}"] = forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_SHEETS, initial=paper.left)
        self.fields = {**lines, **self.fields}
        if mandate is not None:
            self.initial.setdefault("signed_by", mandate.principal_name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["back"] = [(paper, cleaned[f"paper_{paper.pk}"]) for paper in self.held if cleaned.get(f"paper_{paper.pk}")]
        if not cleaned["back"] and not self.errors:
            self.add_error(None, _("请至少写一份材料的件数。"))
        if not cleaned.get("signature") and not cleaned.get("photo") and not self.errors:
            self.add_error("photo", _("交还材料要本人签名：在屏幕上签，或者拍下签字的清单。"))
        return cleaned
