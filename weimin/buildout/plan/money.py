"""Whose money: subsidies by standard, rewards for those in time, accountability for those late."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

from decimal import Decimal
from typing import Literal

from pydantic import Field

from weimin.buildout.plan.fields import Fact, Fen, Key, RoleKey, Text, TierKey
from weimin.buildout.plan.network import State


class Subsidy(Fact):
    """A standard amount per site. `township_class` narrows it to key (重点) or other townships."""

    key: Key = Field(description="补助代号")
    label: Text = Field(description="补助名称")
    tier: TierKey = Field(description="补助哪一层级的站点")
    township_class: Literal["any", "key", "other"] = Field("any", description="乡镇类别：any 不分、key 重点乡镇、other 一般乡镇")
    standard_fen: Fen = Field(alias="standard", description="每个站点的标准，写出单位，例如 10万元、6000元")
    payee: RoleKey = Field(description="收款方（方案角色）")
    payees: int = Field(1, ge=1, le=1, description="每个站点只有一个收款方")
    payments: int = Field(1, ge=1, le=1, description="每个站点只付一次")
    after: State = Field("accepted", description="达到哪个状态才付")
    earmarked: bool = Field(False, description="是否专款专用")
    items: list[Text] = Field([], description="可以列支的内容")
    cap_at_invoices: bool = Field(False, description="true 表示不超过实际发票额")


class Reward(Fact):
    """Money or honour for sites accepted in time (以奖代补). No amount: decided case by case by `decided_by`."""

    key: Key = Field(description="奖励代号")
    label: Text = Field(description="奖励名称")
    tier: TierKey = Field(description="适用层级")
    trigger: Literal["accepted_in_time", "opened_in_time"] = Field(description="触发条件：按时验收、按时开业")
    amount_fen: Fen | None = Field(None, alias="amount", description="金额；原文没写就不写")
    payee: RoleKey = Field(description="得奖方")
    decided_by: RoleKey = Field(description="决定方")


class Accountability(Fact):
    """What follows from being late, and for whom."""

    key: Key = Field(description="问责代号")
    label: Text = Field(description="问责名称")
    tier: TierKey = Field(description="适用层级")
    trigger: Literal["not_accepted_in_time", "not_open_in_time", "step_late"] = Field(description="触发条件：逾期未验收、逾期未开业、步骤逾期")
    grace_days: int = Field(0, ge=0, description="宽限天数")
    person: Text = Field(description="被问责的人")
    measures: list[Text] = Field(min_length=1, description="问责措施")
    points: Decimal | None = Field(None, ge=0, description="年度考核扣分；原文没写就不写")
    decided_by: RoleKey = Field(description="决定方")
