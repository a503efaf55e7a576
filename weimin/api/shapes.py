"""What goes in and out of the API, as types; the OpenAPI is written from them. Names are those of the glossary."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema


class FieldError(Schema):
    """One wrong field."""

    field: str = Field(description="Name of the field as it was sent; empty for the whole form.", examples=["expires_on"])
    label: str = Field("", description="What the field is called on the page, in the language of the answer.", examples=["最后一天"])  # text: data
    message: str = Field(description="What is wrong and what to do.", examples=["最长一年。"])  # text: data


class Problem(Schema):
    """An error (RFC 9457). `code` is for programs, `detail` for people, `request` is the number to quote to the administrator."""

    type: str = Field(examples=["urn:weimin:problem:rule_broken"])
    title: str = Field(examples=["现在不能办理"])  # text: data
    status: int = Field(examples=[422])
    detail: str = Field(examples=["这个岗位已经结束。"])  # text: data
    code: str = Field(examples=["rule_broken"])
    request: str = Field(examples=["0f0c7f2f3f0e4c0a9d6e0b1f1f8f7e11"])
    errors: list[FieldError] | None = None


class ActionLine(Schema):
    """An action of the house, in short."""

    name: str = Field(examples=["sites.correct"])
    label: str = Field(examples=["更正站点资料"])  # text: data
    says: str = Field(description="What it does, in one sentence.")
    roles: list[str] = Field(description="Roles whose posts may do it.", examples=[["lead_office", "township"]])
    targeted: bool = Field(description="Whether it is done to one record, named by number in the address.")
    allowed: bool = Field(description="Whether this token may do it: its post's role and its scopes both allow it.")


class ActionList(Schema):
    items: list[ActionLine]


class ActionFull(ActionLine):
    """An action with the JSON Schema of what it wants."""

    input: dict[str, Any] = Field(description="JSON Schema of the body; fields of the format `binary` are sent as multipart/form-data.")
    refusal: str = Field("", description="Why it cannot be done to this record now, as a sentence; empty when it can.")


class Subject(Schema):
    type: str = Field(description="Kind of the record.", examples=["sites.site"])
    id: int | None = Field(description="Its number; null when the action is about no single record.", examples=[12])


class Receipt(Schema):
    """Proof that an action was done."""

    receipt: int = Field(description="Number of the receipt.", examples=[341])
    action: str = Field(examples=["sites.correct"])
    message: str = Field(description="What was done, in the language of the first answer.", examples=["已更正。"])  # text: data
    subject: Subject
    region: int = Field(description="Where it happened: 12-digit region code.", examples=[500242101200])
    at: datetime
    page: str = Field(description="Path of the page that a person would be led to; may be empty.", examples=["/sites/12/"])
    once: list[str] = Field([], description="Shown in this answer only and stored nowhere, for example a code for the resident.")


class Listed(Schema):
    """A page of a list. `next` is the cursor of the next page, null on the last one; the Link header has its whole address."""

    next: str | None = Field(None, examples=["WyI-IiwgIjEyIl0"])
