"""What is built: tiers of sites, where they stand, the steps to an open site, batches."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

from typing import Literal

from pydantic import Field

from weimin.buildout.plan.document import Level, Statement
from weimin.buildout.plan.fields import (
    BatchKey,
    Day,
    Fact,
    Fen,
    Key,
    Part,
    Percent,
    RegionCode,
    RoleKey,
    StandardKey,
    Text,
    TierKey,
)

State = Literal["proposed", "filed", "building", "fitted", "trained", "open", "accepted", "subsidised"]
STATES: tuple[State, ...] = ("proposed", "filed", "building", "fitted", "trained", "open", "accepted", "subsidised")
DivisionKind = Literal["county", "street", "town", "township", "township_like", "community", "community_like", "village", "village_like"]
Flag = Literal["poverty_village", "key_township"]


class Where(Fact):
    """Which regions get a site: every one, a share rounded as said, or those named."""

    rule: Literal["all", "coverage", "named"] = Field(description="all 全部；coverage 按覆盖率；named 只列名")
    kinds: list[DivisionKind] = Field([], description="计数的区划种类；不写则该层级的全部种类")
    coverage: Percent | None = Field(None, description="覆盖率（%），rule 为 coverage 时必写")
    rounding: Literal["up", "down", "nearest"] = Field("up", description="取整办法：进一、舍去、四舍五入")
    must_include: list[Flag] = Field([], description="必须全部覆盖的标记，例如贫困村")
    regions: list[RegionCode] = Field([], description="列名的区划代码，rule 为 named 时必写")


class OwnCount(Fact):
    """The number of sites as the plan itself states it, to be held against the official codes."""

    total: int = Field(ge=0, description="方案写明的总数")
    existing: int = Field(0, ge=0, description="其中已建成数")


class Criterion(Fact):
    """Something a good place has."""

    key: Key = Field(description="条件代号：rent_free、gathering、transport 等")
    label: Text = Field(description="条件")
    weight: int = Field(1, ge=0, le=100, description="选址打分的权重")


class PlaceKind(Part):
    """A kind of place where a site may stand. `free`: rent and broadband are already paid there."""

    key: Key = Field(description="场所种类代号")
    label: Text = Field(description="场所种类")
    free: bool = Field(False, description="true 表示在此建站不用自付房租和宽带")


class SelfBorne(Fact):
    """Costs that the operator bears outside a `free` place, told beforehand and acknowledged."""

    items: list[Text] = Field(min_length=1, description="自行承担的费用")
    broadband_fen: Fen = Field(alias="broadband_per_month", description="每月宽带费，例如 68元")
    notice: Text = Field(description="要告知并由站点人员确认的话")
    told_by: RoleKey = Field(description="由谁告知")


class Evidence(Part):
    """What must be attached before a step may be reported done."""

    key: Key = Field(description="材料代号")
    label: Text = Field(description="材料名称")
    kind: Literal["document", "photo", "list", "signature"] = Field("document", description="材料种类")
    required: bool = Field(True, description="是否必交")


class Step(Fact):
    """A duty with a deadline: a fixed day, or counted back from the day the site's batch is due."""

    key: Key = Field(description="步骤代号")
    label: Text = Field(description="步骤名称")
    role: RoleKey = Field(description="负责的方案角色")
    subject: Literal["site", "operator"] = Field("site", description="对象：站点或站点人员")
    reaches: State | None = Field(None, description="完成后站点进入的状态")
    starts_on: Day | None = Field(None, description="开始日期")
    due_on: Day | None = Field(None, description="完成期限")
    days_before_batch: int | None = Field(None, ge=0, le=3660, description="没有固定期限时：比批次完成日提前几天")
    batches: list[BatchKey] = Field([], description="期限只对这些批次适用；不写则对全部站点适用")
    evidence: list[Evidence] = Field([], description="应交材料")
    basis: Text = Field(description="方案依据：原要求")


class Stage(Fact):
    """How many sites of a tier stand by a date."""

    count: int = Field(ge=0, description="累计建成数")
    due_on: Day | None = Field(None, description="期限；原文没有期限就不写")


class OnePerVillage(Fact):
    """一村一点一人: limits per village, enforced when sites are proposed and people appointed."""

    sites: int = Field(1, ge=1, description="每个区域最多站点数")
    people: int = Field(1, ge=1, description="每个站点的人数")


class Tier(Fact):
    """One kind of site of the network: what it is for, where it stands, who builds and runs it, by which steps."""

    key: Key = Field(description="层级代号")
    label: Text = Field(description="层级名称")
    level: Level = Field(description="建在哪一级")
    build: bool = Field(True, description="false 表示只是依托的已有机构，不安排建设")
    where: Where = Field(description="建在哪些区域")
    name_pattern: Text = Field(description="站点名称样式，{region} 处填区域名")
    own_count: OwnCount | None = Field(None, description="方案自己写的数量")
    stages: list[Stage] = Field([], description="分期数量")
    place_kinds: list[PlaceKind] = Field([], description="允许的场所种类")
    place_criteria: list[Criterion] = Field([], description="选址条件")
    self_borne: SelfBorne | None = Field(None, description="不在免费场所建站时自付费用的告知")
    limits: OnePerVillage | None = Field(None, description="一村一点一人等限制")
    builder: RoleKey | None = Field(None, description="建设责任方")
    runner: RoleKey | None = Field(None, description="运营方")
    modes: list[Statement] = Field([], description="运营模式")
    functions: list[Statement] = Field([], description="服务功能、用途")
    standard: StandardKey | None = Field(None, description="适用的建设标准")
    steps: list[Step] = Field([], description="建设步骤，按先后排列")


class Batch(Fact):
    """Sites that are due together: named regions, the rest, or a number that the county fills in."""

    key: Key = Field(description="批次代号")
    label: Text = Field(description="批次名称")
    tier: TierKey = Field(description="所属层级")
    due_on: Day | None = Field(None, description="建成期限；原文没有就不写")
    pilot: bool = Field(False, description="是否示范点")
    regions: list[RegionCode] = Field([], description="列名的区划代码")
    count: int | None = Field(None, ge=1, description="只定数量、名单由本地确定")
    rest: bool = Field(False, description="true 表示其余全部")
