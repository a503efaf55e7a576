"""The body of a write: a JSON object, or multipart/form-data where files go with it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from weimin.api.form_schema import as_typed
from weimin.api.service import BadRequest, UnsupportedMedia

JSON, MULTIPART = "application/json", "multipart/form-data"
EXAMPLE = {"reason": "地址写错了"}  # text: data
ANY = {"type": "object", "additionalProperties": True, "description": "What GET of the same address calls `input`.", "examples": [EXAMPLE]}
BODY = {"requestBody": {"required": False, "content": {JSON: {"schema": ANY}, MULTIPART: {"schema": ANY}}}}
CREATE_EXAMPLE = {"item": "MZ0101", "name": "冉桂兰", "id_kind": "id_card", "id_number": "11010519491231002X", "m_id_card": "received"}  # text: data
NEW = {
    "type": "object", "additionalProperties": True, "required": ["item"], "properties": {"item": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{4}$"}},
    "description": "What GET /actions/cases.receive/{item} calls `input`, and the item.", "examples": [CREATE_EXAMPLE],
}  # fmt: skip
CREATE = {"requestBody": {"required": True, "content": {JSON: {"schema": NEW}, MULTIPART: {"schema": NEW}}}}


def read_body(request: HttpRequest) -> tuple[QueryDict, Any]:
    """(form data, files). Raises BadRequest (400) or UnsupportedMedia (415); no body is an empty form."""
    if request.content_type == MULTIPART:
        return request.POST, request.FILES
    if not request.body:
        return QueryDict(), None
    if request.content_type != JSON:
        raise UnsupportedMedia(_("请求的内容要用 JSON，带文件时用 multipart/form-data。"))
    return as_typed(read_json(request.body)), None


def read_json(text: bytes) -> dict[str, Any]:
    """A JSON object of sound text. BadRequest for anything else, half of a surrogate pair included: no database stores one."""
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BadRequest(_("请求的内容不是正确的 JSON。")) from None
    if not isinstance(found, dict):
        raise BadRequest(_("请求的内容要是一个 JSON 对象。"))
    return found
