"""Values that somebody of the institution looks at again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.health.actions.base import KEEPERS
from weimin.health.models import ValueCheck
from weimin.health.queries.checks import check_lines, list_checks
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request


@require_GET
@signed_in
def checks(request: Request) -> HttpResponse:
    if request.actor.role not in KEEPERS:
        raise NotAllowed()
    page = list_checks(request.actor, request.GET.get("cursor", ""))
    return render(request, "health/checks.html", {"page": page, "rows": check_lines(page)})


@require_GET
@signed_in
def check_page(request: Request, number: int) -> HttpResponse:
    """Where a step leads: the record that the question is about."""
    row = ValueCheck.objects.visible_to(request.actor).filter(pk=number).first()
    if row is None:
        raise NotVisible()
    return redirect("health:record", row.record_id)
