"""What counts as success, and how the public is told who is ahead and who is late."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

from decimal import Decimal
from typing import Literal

from pydantic import Field

from weimin.buildout.plan.fields import BatchKey, Day, Fact, Key, RoleKey, Text, TierKey


class Goal(Fact):
    """A figure to reach. `indicator` names the running figure that shows how far it is; none: recorded by hand.

    `target`..`target_most` is a range where the plan gives one (3—5 brands); `baseline` is what stood already."""

    key: Key = Field(description="目标代号")
    label: Text = Field(description="目标")
    area: Literal["site", "logistics", "brand", "training", "other"] = Field(description="方面")
    indicator: str | None = Field(None, pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$", description="指标代码，例如 buildout.village_coverage")
    tier: TierKey | None = Field(None, description="涉及的站点层级")
    batch: BatchKey | None = Field(None, description="只算这个批次的站点；用 buildout.sites_open")
    target: Decimal = Field(ge=0, description="目标数")
    target_most: Decimal | None = Field(None, ge=0, description="目标数是区间时的上限")
    unit: Text = Field(description="单位：个、%、款、家……；单位是 % 时不得超过 100")
    baseline: Decimal | None = Field(None, ge=0, description="已有数")
    due_on: Day | None = Field(None, description="期限；原文没有就不写")
    direction: Literal["up", "down"] = Field("up", description="up 越多越好，down 越少越好")


class Bulletin(Fact):
    """A stage bulletin (阶段通报): who is ahead, who is late. Once on a day, after a batch, or every so many days."""

    key: Key = Field(description="通报代号")
    label: Text = Field(description="通报名称")
    tier: TierKey = Field(description="通报哪一层级")
    batch: BatchKey | None = Field(None, description="在哪个批次到期时通报")
    on: Day | None = Field(None, description="在哪一天通报")
    every_days: int | None = Field(None, ge=1, description="每隔几天通报一次")
    issued_by: RoleKey = Field(description="通报方")
    names: list[Text] = Field([], description="点名哪些：先进、逾期")
