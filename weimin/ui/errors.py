"""The views behind `handler400` … `handler500` and a failed CSRF check: what happened, why, what to do next, a number to quote."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weimin.ui.problems import asks_for_json, problem

WORDS = {
    400: ("bad_request", gettext_lazy("地址或提交的内容不完整，可能是链接被截断，或者页面放得太久。")),
    403: ("not_allowed", gettext_lazy("您当前的岗位没有办理这件事的权限。")),
    404: ("not_visible", gettext_lazy("没有这一页，或者不在您岗位的管辖范围内。")),
}


def number_of(request: HttpRequest) -> str:
    """The number that the log line of this request carries; a fresh one when nothing gave it one."""
    return str(getattr(request, "request_id", "") or secrets.token_hex(4))


def fault(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page of a refusal (a problem for a program); `sentence` replaces the general reason."""
    if asks_for_json(request):
        code, words = WORDS[status]
        return problem(request, status, code, sentence or words)
    return render(request, f"ui/{status}.html", {"sentence": sentence, "number": number_of(request)}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return fault(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return fault(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return fault(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "ui/403_csrf.html", {"number": number_of(request)}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither database nor session: either may be what broke."""
    if asks_for_json(request):
        return problem(request, 500, "fault", _("系统出错了，没有办成。请稍后再试；仍不行时请把编号告诉系统管理员。"))
    return HttpResponse(render_to_string("ui/500.html", {"number": number_of(request)}), status=500)
