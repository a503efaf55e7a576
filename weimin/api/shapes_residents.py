"""Residents as the API gives them: identifiers masked for the post's role, as on every page."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class ResidentSearch(Schema):
    """What somebody is looked for by. In the body, since an address is kept by every machine on the way."""

    q: str = Field(max_length=60, description="Name or a part of it, pinyin, initials, last six of the ID number, whole number, phone, address.", examples=["冉小红"])  # text: data  # fmt: skip
    limit: int = Field(20, ge=1, le=50)


class Resident(Schema):
    """A resident inside the range of the post."""

    id: int = Field(examples=[12])
    name: str = Field(examples=["冉小红"])  # text: data
    gender: str
    birth_on: date
    id_kind: str = Field(description="Kind of the identity document, in words.")
    id_number: str = Field(description="Masked.", examples=["500242****1234"])
    phone: str = Field(description="Masked.", examples=["138****1111"])
    address: str = Field(description="Masked beyond the village group for roles that need no more.")
    region: int = Field(description="Village or community where the person lives.", examples=[500242101200])
    village: str
    township: str
    registered: str = Field(description="Where the hukou is, in words; empty when not known.")
    status: str = Field(description="living, moved_out, dead or merged.", examples=["living"])
    household: int | None = Field(description="Number of the household.")
    relation: str = Field(description="Relation to the head of the household.")


class ResidentList(Schema):
    items: list[Resident]


class ResidentFull(Resident):
    """With everybody of the household."""

    members: list[Resident]
