"""The description of the API: OpenAPI for programs, one plain page for people. Public: it says nothing of anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from weimin.api.scopes import SCOPES
from weimin.walls.request import Request

METHODS = ("get", "post", "put", "patch", "delete")


@require_safe
def root(request: Request) -> HttpResponse:
    """Where all addresses of the API begin; somebody who looks there wants the description."""
    return redirect("api:reference")


@require_safe
def openapi(request: Request, service: Any) -> HttpResponse:
    """The whole description (OpenAPI 3.1)."""
    return JsonResponse(service.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})


@require_safe
def reference(request: Request, service: Any) -> HttpResponse:
    """The same as a page, without a script from anywhere."""
    schema = service.get_openapi_schema()
    return render(request, "api/reference.html", {"operations": list(operations_of(schema)), "schemas": schemas_of(schema), "scopes": SCOPES})


def operations_of(schema: Any) -> Any:
    """One entry for each method of each path, in the order of the description."""
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if found := methods.get(method):
                yield {
                    "method": method.upper(), "path": path, "anchor": found["operationId"], "summary": found["summary"],
                    "says": found.get("description", ""), "parameters": [parameter_of(one) for one in found["parameters"]],
                    "responses": [{"status": status, "says": one["description"], "shape": shape_of(one)} for status, one in found["responses"].items()],
                }  # fmt: skip


def parameter_of(parameter: dict[str, Any]) -> dict[str, Any]:
    says = parameter.get("description") or parameter["schema"].get("description", "")
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "required": parameter.get("required", False),
        "kind": kind_of(parameter["schema"]),
        "says": says,
    }


def shape_of(response: dict[str, Any]) -> str:
    """The name of the schema that an answer has."""
    content: dict[str, Any] = next(iter(response.get("content", {}).values()), {})
    return kind_of(content.get("schema", {}))


def kind_of(schema: dict[str, Any]) -> str:
    """A schema in a word or two: its type, the name it refers to, either of several."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(kind_of(part) for part in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{kind_of(schema.get('items', {}))}]"
    return " ".join(filter(None, (schema.get("type", ""), schema.get("format", ""))))


def schemas_of(schema: Any) -> list[dict[str, Any]]:
    return [
        {"name": name, "says": one.get("description", ""), "fields": [
            {"name": field, "kind": kind_of(shape), "says": shape.get("description", "")} for field, shape in one.get("properties", {}).items()
        ]}
        for name, one in sorted(schema["components"]["schemas"].items())
    ]  # fmt: skip
