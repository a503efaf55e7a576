"""The elements of an implementation list (实施清单, rule C-07) as one readable shape, used by files, pages and cases."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

WindowKind = Literal["party", "livelihood", "family", "agency", "civil"]
Desk = Literal["village", "window", "township", "county_office"]
Place = Literal["village", "township", "county"]
Reach = Literal["county", "city", "province", "country"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TimeLimit(Strict):
    """A limit as the list states it. unit: workday, day, hour or month."""

    value: int = Field(gt=0, le=2000)
    unit: Literal["workday", "day", "hour", "month"] = "workday"
    basis: str = ""


class Material(Strict):
    """One paper. `shared`: the data that replaces it (免交) when known; `deferrable`: may follow later (容缺)."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    name: str = Field(min_length=2, max_length=80)
    origin: Literal["applicant", "government", "third_party"] = "applicant"
    form: Literal["original", "copy", "original_and_copy", "electronic"] = "original_and_copy"
    copies: int = Field(default=1, ge=0, le=20)
    required: bool = True
    condition: str = ""
    deferrable: bool = False
    shared: str = ""
    blank: str = ""
    note: str = ""


class ItemStep(Strict):
    """One step of the way: which desk does what, within which part of the limit."""

    key: Literal["accept", "review", "site_check", "joint_review", "public_notice", "decide", "certificate", "deliver"]
    desk: Desk
    note: str = ""
    limit: TimeLimit | None = None


class ItemContent(Strict):
    """A service item.

    kind is the official type code (C-03): 01 licence, 05 payment, 07 confirmation, 08 reward, 10 other power, 20 public service.
    handling: instant (即办件, done on one page) or promised (承诺件). reach: within what an application may be made anywhere
    (通办范围). online: may be applied for without coming (portal). theme, life_events and groups are keys of `data/*.yaml`.
    official_code: what the directory of the province calls it (C-04, C-05). power: where the office has it from, `entrusted_by` whom
    (C-07). visits: how often somebody must come at most (到现场次数), None where nobody has said. quantity_limit: how many there are.
    """

    code: str = Field(pattern=r"^[A-Z]{2}\d{4}$")
    name: str = Field(min_length=2, max_length=80)
    kind: Literal["01", "05", "07", "08", "10", "20"] = "20"
    subject: str
    legal_basis: list[str] = Field(min_length=1)
    audience: list[Literal["person", "enterprise", "organisation"]] = ["person"]
    who_may: str
    conditions: list[str] = []
    materials: list[Material] = []
    steps: list[ItemStep] = Field(min_length=1)
    handling: Literal["instant", "promised"] = "promised"
    legal_limit: TimeLimit | None = None
    promised_limit: TimeLimit | None = None
    fee: str = "不收费"  # text: data
    result: str
    result_kind: Literal["certificate", "approval", "payment", "registration", "answer"] = "registration"
    window: WindowKind
    theme: str = ""
    accepted_at: list[Place] = ["village", "township"]
    decided_at: Place = "township"
    online: bool = True
    reach: Reach = "county"
    agent_allowed: bool = True
    in_person: bool = False
    in_person_reason: str = ""
    public_notice_days: int = Field(default=0, ge=0, le=60)
    refusals: list[str] = []
    questions: list[tuple[str, str]] = []
    words: list[str] = []
    life_events: list[str] = []
    groups: list[str] = []

    @property
    def charge(self) -> str:
        """The fee for the reader: what the house says when nothing is asked is in their language."""
        return gettext(self.fee) if self.fee else ""

    phone: str = ""
    official_code: str = Field(default="", max_length=40)
    power: Literal["", "law", "authorised", "entrusted"] = ""
    entrusted_by: str = ""
    visits: int | None = Field(default=None, ge=0, le=9)
    quantity_limit: str = ""
    complaint_phone: str = ""
