from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from weimin.accounts.guard import signed_in
from weimin.actions.act import new_key
from weimin.messages.queries import inbox, line_of
from weimin.ui.paging import page_of
from weimin.walls.request import Request


@require_safe
@signed_in
def list_page(request: Request) -> HttpResponse:
    """One's messages, newest first; ?show=unread leaves out the read ones."""
    unread_only = request.GET.get("show") == "unread"
    found = inbox(request.actor)
    page = page_of(found.filter(read_at=None) if unread_only else found, ["-created_at"], request.GET.get("cursor", ""))
    lines = [line_of(message) for message in page.rows]
    context = {
        "page": page,
        "lines": lines,
        "unread_only": unread_only,
        "any_unread": any(line.unread for line in lines),
        "choices": [("all", _("全部"), None), ("unread", _("未读"), None)],
        "key": new_key(),
    }
    return render(request, "messages/list.html", context)
