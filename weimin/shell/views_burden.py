"""What filling in forms costs: per post and per form, on the page and as Excel."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from weimin.accounts.guard import signed_in
from weimin.actions.queries import burden_by, burden_months
from weimin.regions.queries import names
from weimin.shell.burden import BY_FORM, BY_POST, LINES, Line, form_lines, month_choices, month_of, post_lines, total_of
from weimin.ui.workbook import workbook
from weimin.walls.errors import NotAllowed
from weimin.walls.request import Request

ROLES = ("lead_office", "leader", "supervisor", "administrator")


@require_GET
@signed_in
def burden(request: Request) -> HttpResponse:
    """A month of forms: minutes, boxes typed, and boxes typed although the record knew."""
    actor, today = request.actor, timezone.localdate()
    if actor.role not in ROLES:
        raise NotAllowed()
    month = month_of(request.GET.get("month", ""), today)
    by_post, by_form = burden_by(actor, month, "role", "region", "post"), burden_by(actor, month, "action")
    posts = post_lines(by_post[:LINES], names({row["region"] for row in by_post[:LINES]}))
    if request.GET.get("excel"):
        return sheet(request, month, posts)
    return render(
        request, "shell/burden.html",
        {
            "total": total_of(by_form), "posts": posts, "forms": form_lines(by_form[:LINES]), "by_post": BY_POST, "by_form": BY_FORM,
            "months": month_choices(burden_months(actor), today), "month": f"{month:%Y-%m}", "cut": len(by_post) > LINES, "most": LINES,
        },
    )  # fmt: skip


def sheet(request: Request, month: date, posts: list[Line]) -> HttpResponse:
    """The table of posts as it is shown, with watermark."""
    columns = [(column.key, str(column.label)) for column in BY_POST]
    title = _("填报负担 %(month)s") % {"month": f"{month:%Y-%m}"}
    return workbook(
        columns,
        [[getattr(line, key) for key, _label in columns] for line in posts],
        title=title,
        name=request.actor.name,
        post=request.seat.label,
        now=timezone.now(),
    )
