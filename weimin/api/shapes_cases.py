"""Cases as the API gives and takes them."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from weimin.api.shapes import Listed


class Lamp(Schema):
    """A deadline as people see it."""

    colour: str = Field(description="green, yellow, red or paused.", examples=["green"])
    words: str


class CaseLine(Schema):
    """A case, in short."""

    id: int = Field(examples=[12])
    number: str = Field(description="The number on the receipt, 21 digits.", examples=["500242101000202611230"])
    item: str = Field(description="Code of the item.", examples=["MZ0101"])
    item_name: str
    applicant: str
    channel: str = Field(description="window, home, portal, agency or api.", examples=["window"])
    state: str = Field(description="received, supplement, review, … archived.", examples=["review"])
    state_label: str
    desk: str = Field(description="Role of the desk that has it now; empty when none has.", examples=["township"])
    region: int = Field(examples=[500242101200])
    received_at: datetime
    due_on: date | None = Field(description="The promised day; null before acceptance.")
    lamp: Lamp | None
    outcome: str = Field(description="granted, refused, or empty before the decision.")


class CaseList(Listed):
    items: list[CaseLine]


class Material(Schema):
    """A paper of the checklist."""

    key: str = Field(examples=["id_card"])
    name: str
    status: str = Field(description="received, missing, deferred, exempt or unneeded.", examples=["received"])
    due_on: date | None = Field(description="Until when a deferred paper follows.")


class NextAction(Schema):
    """Something that the post may do with the case now."""

    action: str = Field(examples=["cases.pass_on"])
    label: str


class CaseFull(CaseLine):
    """A case whole: identifiers masked, papers, and what comes next."""

    version: int = Field(description="Number of the item's version that the case started with.")
    id_number: str = Field(description="Masked.", examples=["500242****1234"])
    phone: str = Field(description="Masked.", examples=["138****1111"])
    address: str
    organisation: str
    note: str
    tell_by_at: datetime | None
    supplement_by: date | None
    accepted_at: datetime | None
    legal_due_on: date | None
    decided_at: datetime | None
    result: str
    reason: str
    delivered_at: datetime | None
    closed_at: datetime | None
    materials: list[Material]
    next_actions: list[NextAction]


class CaseSearch(Schema):
    """What a case is looked for by. In the body, since an address is kept by every machine on the way."""

    q: str = Field(min_length=1, max_length=60, description="Number of the case, ID number, phone, or the whole name of the applicant.", examples=["冉桂兰"])  # text: data  # fmt: skip
    cursor: str = Field("", max_length=200)
    size: int = Field(20, ge=1, le=100)
