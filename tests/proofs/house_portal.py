"""What residents hold in their hands: the token of a receipt in each township of the house."""

from __future__ import annotations

from typing import Any

from weimin.cases.models import Case
from weimin.cases.tokens import progress_token


def receipts(case: int) -> dict[str, Any]:
    """The token of a case that is there already."""
    return {"case_token": progress_token(Case.objects.get(pk=case))}
