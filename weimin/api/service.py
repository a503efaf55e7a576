"""The API as ninja holds it: who may call, how refusals become problems, what each answer carries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security.http import HttpAuthBase

from weimin.api.document import Document
from weimin.api.shapes import Problem
from weimin.ui.paging import Page
from weimin.ui.problems import problem
from weimin.walls.errors import InputInvalid, NotAllowed, Refusal
from weimin.walls.request import Request

VERSION = "1.0.0"
# What pydantic finds wrong with a parameter, in the reader's language; the rest stays as it says it.
FAULTS = {
    "missing": gettext_lazy("这个字段是必填项。"),
    "int_parsing": gettext_lazy("请填整数。"),
    "string_too_long": gettext_lazy("太长了。"),
    "string_too_short": gettext_lazy("太短了。"),
    "string_type": gettext_lazy("请填文字。"),
    "string_pattern_mismatch": gettext_lazy("格式不对。"),
    "int_type": gettext_lazy("请填整数。"),
    "less_than_equal": gettext_lazy("太大了。"),
    "greater_than_equal": gettext_lazy("太小了。"),
}


class NotAuthenticated(Refusal):
    """No token, or one that opens nothing."""

    status, code = 401, "not_authenticated"


class BadRequest(Refusal):
    """The request cannot be read at all."""

    status, code = 400, "bad_request"


class UnsupportedMedia(Refusal):
    """The body is of a type that is not read."""

    status, code = 415, "unsupported_media"


class ScopeMissing(NotAllowed):
    """The post may, the token may not."""

    code = "scope_missing"
    sentence = gettext_lazy("这个接口令牌没有这项权限，请系统管理员按需要重新发放。")


class WrongParameters(Refusal):
    """Parameters of the address that are not known, or whose value is none of theirs: a misspelt filter must not show everything."""

    status, code = 422, "input_invalid"
    sentence = gettext_lazy("参数有误，请对照接口说明。")

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.errors = [{"field": name, "label": "", "message": str(_("没有这个参数，或者没有这个值。"))} for name in names]


def check_query(request: HttpRequest, *names: str) -> None:
    if unknown := sorted(set(request.GET) - set(names)):
        raise WrongParameters(unknown)


class Bearer(HttpAuthBase):
    """The token of the call, and the scope that the operation needs ("" = any token)."""

    openapi_scheme = "bearer"

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        check_known(request)  # type: ignore[arg-type]
        if self.scope and self.scope not in request.scopes:  # type: ignore[attr-defined]
            raise ScopeMissing()
        return request.actor  # type: ignore[attr-defined]


def check_known(request: Request) -> None:
    if request.actor.person is None:
        raise NotAuthenticated(request.fault)


class Service(NinjaAPI):
    """Answers are never stored by anybody on the way; the description is ours (`document`)."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        response = super().create_temporal_response(request)
        response["Cache-Control"] = "no-store"
        return response

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        return Document(self, path_prefix if path_prefix is not None else self.get_root_path(path_params or {}))


def answer_refusal(request: HttpRequest, refusal: Any) -> HttpResponse:
    """Any refusal of the house as a problem; wrong fields one by one."""
    errors = field_errors(refusal.form) if isinstance(refusal, InputInvalid) else getattr(refusal, "errors", [])
    response = problem(request, refusal.status, refusal.code, refusal, errors=errors)
    if refusal.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="weimin"'
    return response


def field_errors(form: Any) -> list[dict[str, str]]:
    """One entry for each sentence about a field of a bound form."""
    return [
        {"field": "" if name == "__all__" else name, "label": str(form.fields[name].label or "") if name in form.fields else "", "message": str(sentence)}
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]  # fmt: skip


def answer_invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Parameters that do not have the documented shape."""
    errors = [{"field": str(line["loc"][-1]), "label": "", "message": str(FAULTS.get(line["type"], line["msg"]))} for line in error.errors]
    return problem(request, 422, "input_invalid", _("参数有误，请对照接口说明。"), errors=errors)


def answer_unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, error.status_code, "bad_request", _("请求的内容读不出来，请对照接口说明。"))


def pass_on(request: HttpRequest, error: Any) -> HttpResponse:
    """Anything else is a bug, and stays one."""
    raise error


def build() -> Service:
    service = Service(
        title="Weimin", version=VERSION, urls_namespace="api", docs_url=None, openapi_url=None,
        description="The service network of a county or township: catalogue, residents, cases, and every action by its name.",
    )  # fmt: skip
    service.add_exception_handler(Refusal, answer_refusal)
    service.add_exception_handler(ValidationError, answer_invalid)
    service.add_exception_handler(HttpError, answer_unreadable)
    service.add_exception_handler(Exception, pass_on)
    return service


def problems(*statuses: int) -> dict[int, Any]:
    """The errors of an operation, for its description."""
    return dict.fromkeys((*statuses, 401, 403), Problem)


def next_link(request: HttpRequest, response: HttpResponse, page: Page) -> str | None:
    """The cursor of the next page; its address with the same filters goes into the Link header (RFC 8288)."""
    links = []
    for relation, cursor in (("next", page.next), ("prev", page.previous)):
        if cursor:
            query = request.GET.copy()
            query["cursor"] = cursor
            links.append(f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="{relation}"')
    if links:
        response["Link"] = ", ".join(links)
    return page.next or None
