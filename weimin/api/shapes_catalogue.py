"""Service items as the API gives them."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema

from weimin.catalogue.content import ItemContent


class ItemLine(Schema):
    """A service item, in short."""

    code: str = Field(examples=["MZ0101"])
    name: str = Field(examples=["最低生活保障申请"])  # text: data
    window: str = Field(description="party, livelihood, family, agency or civil.", examples=["civil"])
    handling: str = Field(description="instant (done on the spot) or promised (within a limit).", examples=["promised"])
    version: int = Field(description="Number of the version in force.", examples=[2])


class ItemList(Schema):
    items: list[ItemLine]


class Item(Schema):
    """A service item whole: the version in force."""

    version: int = Field(examples=[2])
    published_at: datetime | None
    offered: bool = Field(description="Whether it can be applied for now.")
    content: ItemContent
