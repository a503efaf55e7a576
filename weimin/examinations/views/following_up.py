"""What was found and is followed: the list by urgency, and one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.examinations.models import AbnormalFollowUp, Recheck
from weimin.examinations.queries.examinations import cards, get_follow_up, list_abnormal
from weimin.examinations.rules_abnormal import from_data
from weimin.examinations.wording import label_of, lines
from weimin.health.queries.due import colour_of, words_of
from weimin.health.views.records import for_health
from weimin.regions.fields import townships, villages
from weimin.regions.queries import names
from weimin.walls.errors import seen
from weimin.walls.request import Request

TABS = [("", _("全部"), None), ("0", _("危急"), None), ("1", _("要复查"), None)]
STATES = [("recall", _("待召回")), ("recheck", _("待复查"))]


@require_GET
@signed_in
def abnormal(request: Request) -> HttpResponse:
    """Everything that is open, the urgent first, then by the last day."""
    actor, chosen, today = for_health(request), request.GET.dict(), timezone.localdate()
    page = list_abnormal(actor, chosen)
    context = {
        "rows": cards(actor, page.rows, today), "page": page, "chosen": chosen, "tabs": TABS, "states": STATES, "townships": townships(actor),
        "villages": villages(actor, chosen),
    }  # fmt: skip
    return render(request, "examinations/abnormal.html", context)


@require_GET
@signed_in
def follow_up_page(request: Request, number: int) -> HttpResponse:
    """One person's findings with what was done about each."""
    actor, today = for_health(request), timezone.localdate()
    row = seen(get_follow_up, actor, number)
    context = {
        "row": row, "resident": row.record.resident, "village": names([row.region])[row.region], "lines": lines(from_data(row.items)),
        "rechecks": rechecks(row), "lamp": {"colour": colour_of(row.due_on, today), "words": words_of(row.due_on, today)}, "events": history_of(actor, row),
    }  # fmt: skip
    return render(request, "examinations/follow_up.html", context)


def rechecks(row: AbnormalFollowUp) -> list[dict[str, Any]]:
    words = dict(Recheck.choices)
    return [
        {"on": date.fromisoformat(one["on"]), "by": one["by"], "note": one["note"], "results": [(label_of(item), words[result]) for item, result in one["results"].items()]}
        for one in row.rechecks
    ]  # fmt: skip
