"""A plan as data: the whole of a plan file, and every part of it under one name.

`read.read_plan` makes one from text; `arithmetic` computes with it; `read.shift` moves its dates. All money is in
fen, all region codes have 12 digits, all dates are `datetime.date`."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

from pydantic import Field

from weimin.buildout.plan.document import Guidance, LeadingGroup, Member, Meta, Office, Role, Statement
from weimin.buildout.plan.fields import Fact, Part
from weimin.buildout.plan.money import Accountability, Reward, Subsidy
from weimin.buildout.plan.network import (
    STATES,
    Batch,
    Criterion,
    Evidence,
    OnePerVillage,
    OwnCount,
    PlaceKind,
    SelfBorne,
    Stage,
    State,
    Step,
    Tier,
    Where,
)
from weimin.buildout.plan.people import Labelled, NamedItem, Nomination, Operators, Programme, Publicity, Training
from weimin.buildout.plan.progress import Bulletin, Goal
from weimin.buildout.plan.quality import (
    Acceptance,
    CheckItem,
    Equipment,
    Fitting,
    Outcome,
    Room,
    Sharing,
    Standard,
    Window,
)
from weimin.yamlfiles.walk import Ref


class Plan(Part):
    """One plan. Lists are in the order of the document; entries are found by `key` through the methods below."""

    meta: Meta = Field(description="方案的基本信息")
    guidance: Guidance = Field(description="指导思想、目标、要求")
    roles: list[Role] = Field(min_length=1, description="方案里的各方")
    goals: list[Goal] = Field([], description="工作目标")
    tiers: list[Tier] = Field(min_length=1, description="站点层级")
    batches: list[Batch] = Field([], description="批次")
    subsidies: list[Subsidy] = Field([], description="补助标准")
    rewards: list[Reward] = Field([], description="以奖代补")
    accountability: list[Accountability] = Field([], description="问责")
    standards: list[Standard] = Field([], description="建设标准")
    acceptance: list[Acceptance] = Field([], description="验收办法")
    operators: list[Operators] = Field([], description="站点人员")
    leading_group: LeadingGroup | None = Field(None, description="领导小组")
    publicity: Publicity | None = Field(None, description="宣传")
    programmes: list[Programme] = Field([], description="品牌、物流、培训等专项")
    bulletins: list[Bulletin] = Field([], description="阶段通报")

    def role(self, key: str) -> Role:
        """The plan's role; StopIteration cannot happen for keys out of the plan, they were checked on reading."""
        return next(role for role in self.roles if role.key == key)

    def tier(self, key: str) -> Tier:
        """The tier with this key."""
        return next(tier for tier in self.tiers if tier.key == key)

    def batches_of(self, tier: str) -> list[Batch]:
        """The batches of a tier, in the order of the document."""
        return [batch for batch in self.batches if batch.tier == tier]

    def subsidies_of(self, tier: str) -> list[Subsidy]:
        """The standards that pay for sites of a tier."""
        return [subsidy for subsidy in self.subsidies if subsidy.tier == tier]

    def acceptance_of(self, tier: str) -> Acceptance | None:
        """How sites of a tier are accepted; None where the plan says nothing."""
        return next((way for way in self.acceptance if tier in way.tiers), None)

    def standard_of(self, tier: str) -> Standard | None:
        """What a site of a tier must be and have; None where the plan says nothing."""
        key = self.tier(tier).standard
        return next((standard for standard in self.standards if standard.key == key), None)

    def operators_of(self, tier: str) -> Operators | None:
        """Who runs the sites of a tier; None where the plan says nothing."""
        return next((group for group in self.operators if group.tier == tier), None)


__all__ = [
    "STATES",
    "Acceptance",
    "Accountability",
    "Batch",
    "Bulletin",
    "CheckItem",
    "Criterion",
    "Equipment",
    "Evidence",
    "Fact",
    "Fitting",
    "Goal",
    "Guidance",
    "Labelled",
    "LeadingGroup",
    "Member",
    "Meta",
    "NamedItem",
    "Nomination",
    "Office",
    "OnePerVillage",
    "Operators",
    "Outcome",
    "OwnCount",
    "Part",
    "PlaceKind",
    "Plan",
    "Programme",
    "Publicity",
    "Ref",
    "Reward",
    "Role",
    "Room",
    "SelfBorne",
    "Sharing",
    "Stage",
    "Standard",
    "State",
    "Statement",
    "Step",
    "Subsidy",
    "Tier",
    "Training",
    "Where",
    "Window",
]
