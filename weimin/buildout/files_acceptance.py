"""Projects and rounds of acceptance take photos and papers."""

from __future__ import annotations

from weimin.attachments.subjects import register_subject
from weimin.buildout.queries.acceptance import get_acceptance
from weimin.buildout.queries.projects import get_project

register_subject("buildout.project", find=get_project, kinds=("photo", "document", "scan"))
register_subject("buildout.acceptance", find=get_acceptance, kinds=("photo", "scan"))
