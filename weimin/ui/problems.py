"""Errors of the API as RFC 9457 says: application/problem+json, with the sentence in the reader's language and the number of the request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

TITLES = {
    "not_authenticated": _("没有可用的接口令牌"),
    "not_visible": _("没有找到"),
    "not_allowed": _("岗位不能办理"),
    "scope_missing": _("令牌没有这项权限"),
    "rule_broken": _("现在不能办理"),
    "key_reused": _("编号已经用过"),
    "input_invalid": _("内容有误"),
    "bad_request": _("请求的格式不对"),
    "unsupported_media": _("内容的类型不对"),
    "too_many": _("请稍后再试"),
    "fault": _("系统出错"),
}
MEDIA_TYPE = "application/problem+json"
TYPE = "urn:weimin:problem:"  # an identifier to compare, not an address to open
API = "/api/"


def asks_for_json(request: HttpRequest) -> bool:
    """Whether a program asks: it gets a problem instead of a page."""
    return request.path.startswith(API) or request.headers.get("accept", "").startswith("application/json")


def problem(
    request: HttpRequest, status: int, code: str, sentence: Any, *, errors: Sequence[dict[str, str]] = (),
) -> HttpResponse:  # fmt: skip
    """One problem. `code` is the machine's word, `sentence` what a person reads, `errors` one entry for each wrong field."""
    body: dict[str, Any] = {"type": TYPE + code, "title": str(TITLES.get(code, code)), "status": status, "detail": str(sentence)}
    body |= {"code": code, "request": getattr(request, "request_id", "")}
    if errors:
        body["errors"] = list(errors)
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
