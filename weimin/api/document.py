"""The OpenAPI of the API: what ninja writes, and what it leaves out: scopes, languages, headers, the type of errors, examples."""

from __future__ import annotations

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from weimin.ui.problems import MEDIA_TYPE

LANGUAGE = {
    "in": "header", "name": "Accept-Language", "required": False, "schema": {"type": "string", "default": "zh-CN"}, "example": "en",
    "description": "Language of labels and sentences: zh-CN or en; Chinese for any other.",
}  # fmt: skip
REQUEST_ID = {"description": "Number of the request, as in the log.", "schema": {"type": "string"}}
LINK = {"description": "Addresses of the next and the previous page (RFC 8288).", "schema": {"type": "string"}}
CHALLENGE = {"description": "How to authenticate.", "schema": {"type": "string"}}
SAID = {
    400: "The request cannot be read.",
    401: "No token, or one that is wrong, expired or taken back.",
    403: "The token lacks the scope (`scope_missing`), or the post may not do this (`not_allowed`).",
    404: "It does not exist, or not for this post: the two look the same.",
    409: "The same Idempotency-Key came before with other content (`key_reused`).",
    415: "The body is neither JSON nor multipart/form-data.",
    422: "A field is wrong (`input_invalid`, with `errors`), or it cannot be done in this state (`rule_broken`).",
}


def one_example(parameter: dict[str, Any]) -> dict[str, Any]:
    """Ninja writes the examples of a schema beside the parameter, where OpenAPI wants one `example`, and says everything twice."""
    examples = parameter.pop("examples", [])
    schema = {name: value for name, value in parameter["schema"].items() if name not in ("description", "examples", "title")}
    return parameter | {"schema": schema} | ({"example": examples[0]} if examples else {})


class Document(OpenAPISchema):
    """Written anew with each call; it depends on nothing but the code."""

    def operation_parameters(self, operation: Any) -> list[dict[str, Any]]:
        return [*(one_example(parameter) for parameter in super().operation_parameters(operation)), LANGUAGE]

    def operation_security(self, operation: Any) -> list[dict[str, Any]] | None:
        super().operation_security(operation)
        self.securitySchemes["Bearer"] = {"type": "http", "scheme": "bearer", "description": "wm_<jurisdiction>_<48 hexadecimal digits>"}
        return [{"Bearer": [callback.scope] if callback.scope else []} for callback in operation.auth_callbacks]

    def operation_details(self, operation: Any) -> dict[str, Any]:
        found = super().operation_details(operation)
        scopes = [callback.scope for callback in operation.auth_callbacks if callback.scope]
        if scopes:
            found["description"] = f"{found.get('description', '')}\n\nScope: `{scopes[0]}`.".strip()
        return found

    def responses(self, operation: Any) -> dict[int, dict[str, Any]]:
        found = super().responses(operation)
        paged = any(parameter.get("name") == "cursor" for parameter in super().operation_parameters(operation))
        for status, details in found.items():
            details["headers"] = {"X-Request-ID": REQUEST_ID}
            if status >= 400:
                details["description"] = SAID[status]
                details["content"] = {MEDIA_TYPE: next(iter(details["content"].values()))}
            elif paged:
                details["headers"]["Link"] = LINK
            if status == 401:
                details["headers"]["WWW-Authenticate"] = CHALLENGE
        return dict(sorted(found.items()))
