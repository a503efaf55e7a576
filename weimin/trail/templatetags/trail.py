"""`{% load trail %}{% trail_of site %}`: who did what to a record, when; only what lies in the reader's range."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from weimin.trail.queries import in_words, of_subject
from weimin.ui.components.status import Event

register = template.Library()


@register.inclusion_tag("trail/_history.html", takes_context=True)
def trail_of(context: Any, subject: Model) -> dict[str, Any]:
    """The last 100 entries of a record, newest first; two queries."""
    rows = in_words(of_subject(context["request"].actor, subject))
    return {"events": [Event(row.entry.at, row.label, row.entry.person_name, row.entry.reason, row.changes) for row in rows]}
