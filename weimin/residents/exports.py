"""Where the list's "导出 Excel" leads. Who makes the workbook says so once, in AppConfig.ready()."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

_offered: list[str] = []
MAY_EXPORT = ("county_office", "township", "village")
MAY_SEE_FULL = ("county_office", "township")  # full numbers, with a reason


def offer(url_name: str) -> None:
    """The name of the URL that answers the list's own filters with a workbook."""
    _offered[:] = [url_name]


def export_url(query: QueryDict, role: str) -> str:
    """The address for the filters at hand; "" for a post that exports nothing, and while nobody answers."""
    kept = query.copy()
    kept.pop("cursor", None)
    return f"{reverse(_offered[0])}?{kept.urlencode()}" if _offered and role in MAY_EXPORT else ""


def full_export_url(query: QueryDict, role: str) -> str:
    """Where a post that may have full numbers is asked for its reason; "" for the others."""
    kept = query.copy()
    kept["ask"] = ""
    return export_url(kept, role) if role in MAY_SEE_FULL else ""
