"""The checklist of papers inside a form: for each one how it stands, until when it may follow, and a photo."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weimin.actions.forms import ActionForm
from weimin.calendars.clock import due
from weimin.calendars.queries import calendar_for
from weimin.cases.items import content_of
from weimin.cases.models import Case, CaseMaterial, MaterialStatus
from weimin.cases.rules_limits import limit
from weimin.cases.rules_papers import Paper, begins_as, choices_for
from weimin.catalogue.content import Material
from weimin.ui.widgets import DateParts, Upload

WORDS = dict(MaterialStatus.choices)


class PaperFields(ActionForm):
    """`m_<key>` status, `until_<key>` day of a promised paper, `photo_<key>` a picture; what is not sent stays as it is.

    `materials()` names the list, `held` how each stands already (empty for a new case).
    """

    held: dict[str, CaseMaterial]

    def materials(self) -> list[Material]:
        return content_of(self.target).materials if isinstance(self.target, Case) else []

    def add_papers(self, *, photos: bool = True) -> None:
        rows = CaseMaterial.objects.filter(case=self.target).order_by("pk") if isinstance(self.target, Case) else []
        self.held = {row.key: row for row in rows}
        self.listed = self.materials()
        for material in self.listed:
            held = self.held.get(material.key)
            offered = [(key, WORDS[key]) for key in choices_for(material)]
            self.fields[f"m_{material.key}"] = forms.ChoiceField(
                label=material.name, choices=offered, required=False, initial=held.status if held else begins_as(material)
            )
            if material.deferrable:
                self.fields[f"until_{material.key}"] = forms.DateField(
                    label=_("%s：补齐日期") % material.name, required=False, widget=DateParts, initial=held.due_on if held else None
                )
            if photos:
                self.fields[f"photo_{material.key}"] = forms.FileField(
                    label=_("%s：照片或扫描件") % material.name, required=False, widget=Upload(kinds="image/*,application/pdf")
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["papers"] = [self.paper(material, cleaned) for material in getattr(self, "listed", [])]
        cleaned["photos"] = {material.key: cleaned[f"photo_{material.key}"] for material in getattr(self, "listed", []) if cleaned.get(f"photo_{material.key}")}
        cleaned["touched"] = bool(cleaned["photos"]) or any(self.differs(paper) for paper in cleaned["papers"])
        return cleaned

    def paper(self, material: Material, cleaned: dict[str, Any]) -> Paper:
        """As it was ticked; as it stood when nothing was sent; a photo that came in means that the paper is there."""
        held = self.held.get(material.key)
        status = cleaned.get(f"m_{material.key}") or (held.status if held else begins_as(material))
        if cleaned.get(f"photo_{material.key}") and status in (MaterialStatus.MISSING, MaterialStatus.DEFERRED):
            status = str(MaterialStatus.RECEIVED.value)
        until: date | None = None
        if status == MaterialStatus.DEFERRED:
            until = cleaned.get(f"until_{material.key}") or (held.due_on if held else None)
            self.check_promise(material, until)
        return Paper(material.key, material.name, material.required, status, until)

    def differs(self, paper: Paper) -> bool:
        held = self.held.get(paper.key)
        return held is None or (held.status, held.due_on) != (paper.status, paper.due_on)

    def check_promise(self, material: Material, until: date | None) -> None:
        """A promised paper has a day, not before today and within the longest time (C-18)."""
        name, today = f"until_{material.key}", self.now.date() if self.now else None
        if until is None:
            self.add_error(name, _("容缺的材料要写明哪天补齐。"))
        elif self.now and today and not today <= until <= due(limit("lenient_most", today), self.now, calendar_for(0)).on:
            self.add_error(name, _("补齐日期应在今天之后、最长期限之内。"))

    @property
    def checklist(self) -> list[dict[str, Any]]:
        """The rows of the list as a page draws them."""
        return [
            {
                "material": material, "status": self[f"m_{material.key}"], "held": self.held.get(material.key),
                "until": self[f"until_{material.key}"] if material.deferrable else None,
                "photo": self[f"photo_{material.key}"] if f"photo_{material.key}" in self.fields else None,
            }
            for material in self.listed
        ]  # fmt: skip

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields beside the checklist, hidden ones too."""
        return [bound for bound in self if not bound.name.startswith(("m_", "until_", "photo_"))]
