"""What the search page finds here: a case by its number, cases by the applicant's whole name, ID number or phone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from weimin.cases.flow import case_url
from weimin.cases.queries.listing import newest_found
from weimin.ui.search import Hit, provider


@provider("cases", label=_("办件"), order=20)
def find(actor: Any, text: str, limit: int) -> list[Hit]:
    return [Hit(str(row), f"{row.number} · {row.get_state_display()}", case_url(row.pk)) for row in newest_found(actor, text, limit)]
