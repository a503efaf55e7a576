"""Institutions take scans of their documents; rounds of inspection take photos."""

from __future__ import annotations

from weimin.attachments.subjects import register_subject
from weimin.institutions.queries.inspections import get_round
from weimin.institutions.queries.institutions import get_institution

register_subject("institutions.institution", find=get_institution, kinds=("scan", "document", "photo"))
register_subject("institutions.inspectionround", find=get_round, kinds=("photo",))
