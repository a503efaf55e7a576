"""`{% action_button "sites.rename" site %}`: the button asks the same checks as the action itself."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from weimin.actions.queries import button_for

register = template.Library()


@register.inclusion_tag("actions/_button.html", takes_context=True)
def action_button(
    context: Any, name: str, target: Any = None, *, primary: bool = False, small: bool = False, quiet: bool = False, query: str = ""
) -> dict[str, Any]:
    """quiet: a refused button is left out instead of shown disabled. query: what the form already knows, e.g. "place=3"."""
    request = context["request"]
    button = button_for(name, request.actor, target, timezone.now())
    if button is not None and button.reason and quiet:
        button = None
    return {"button": button, "pk": getattr(target, "pk", None), "primary": primary, "small": small, "here": request.get_full_path(), "query": query}
