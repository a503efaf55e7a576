"""One post for several ticked rows of the workbench."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from weimin.accounts.guard import signed_in
from weimin.actions.act import is_sound_key
from weimin.actions.registry import get_action
from weimin.actions.views import local_url
from weimin.shell.bulk import do_all
from weimin.walls.errors import NotAllowed, NotVisible, RuleBroken
from weimin.walls.request import Request


@require_POST
@signed_in
def bulk(request: Request) -> HttpResponse:
    """Does one action to every ticked step and says for each what came of it."""
    action = get_action(request.POST.get("action", ""))
    if not action.bulk:
        raise NotVisible()
    if not action.allows(request.actor):
        raise NotAllowed()
    key = request.POST.get("key", "")
    rows = [int(text) for text in request.POST.getlist("row") if text.isascii() and text.isdigit() and len(text) < 19]
    if not rows or not is_sound_key(key):
        raise RuleBroken(_("没有勾选事项。请返回工作台，先勾选再办理。"))
    told = do_all(request.actor, action.name, rows, request.POST, key)
    done = sum(line.done for line in told)
    context = {"action": action, "told": told, "done": done, "left": len(told) - done, "onwards": local_url(request.POST.get("next", "")) or "/"}
    return render(request, "shell/bulk.html", context)
