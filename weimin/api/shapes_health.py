"""Health records as bundles: what stands in an exchange, and what a bundle would do."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema


class Count(Schema):
    """Rows of one kind in a bundle that waits."""

    kind: str = Field(examples=["visit"])
    new: int = Field(examples=[12])
    same: int = Field(description="Here already.", examples=[3])
    differs: int = Field(description="Here, and not alike; ours stays unless theirs is chosen.", examples=[1])
    refused: int = Field(description="Said to be of here, but not in this person's record.", examples=[0])


class Difference(Schema):
    """One choice. `name` is the field of the action `exchange.apply_bundle`: `ours` or `theirs`."""

    name: str = Field(examples=["c_0f0c7f2f00112233"])
    about: str
    ours: str
    theirs: str


class Bundle(Schema):
    """One exchange; `counts` and `differences` while a bundle waits and it is known whose it is."""

    id: int = Field(examples=[12])
    way: str = Field(description="out or in.", examples=["in"])
    state: str = Field(description="made, waiting, applied or dropped.", examples=["waiting"])
    bundle: str = Field(description="Identifier of the bundle, system|value.")
    release: str = Field(examples=["R5"])
    at: datetime
    record: int | None = Field(description="Number of the health record, once it is known.")
    resident: int | None = Field(description="Number of the resident it is about, null while that is open.")
    counts: list[Count]
    differences: list[Difference]
