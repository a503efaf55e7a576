"""Who serves at the sites and how the work is made known."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

from typing import Literal

from pydantic import Field

from weimin.buildout.plan.document import Statement
from weimin.buildout.plan.fields import Day, Fact, GoalKey, Key, Part, RoleKey, Text, TierKey


class Labelled(Fact):
    """A named thing with nothing more to say about it: a criterion, a channel, a kind of work."""

    key: Key = Field(description="代号")
    label: Text = Field(description="名称")


class Training(Fact):
    """The course that comes before opening."""

    label: Text = Field(description="培训名称")
    role: RoleKey = Field(description="组织方")
    due_on: Day | None = Field(None, description="期限")
    topics: list[Text] = Field([], description="内容")


class Nomination(Fact):
    """How many candidates are put forward for each site, by whom, and who decides."""

    by: RoleKey = Field(description="推荐方")
    least: int = Field(ge=1, description="每个站点最少推荐人数")
    most: int = Field(ge=1, description="每个站点最多推荐人数")
    decided_by: RoleKey = Field(description="考察并确定人选的一方")
    filed_with: RoleKey = Field(description="备案单位")
    filed_by: Day | None = Field(None, description="备案期限")


class Operators(Fact):
    """Who runs the sites of a tier: nomination, examination, appointment, training."""

    tier: TierKey = Field(description="适用层级")
    label: Text = Field(description="人员名称")
    role: RoleKey = Field(description="方案角色")
    sites_per_village: int = Field(1, ge=1, description="一村几点")
    people_per_site: int = Field(1, ge=1, description="一点几人")
    nomination: Nomination = Field(description="推荐办法")
    examination: list[Labelled] = Field(min_length=1, description="考察内容")
    hybrid_roles: list[Labelled] = Field([], description="一人可以兼任的身份")
    recruit_from: list[Text] = Field([], description="来源人群")
    training: Training | None = Field(None, description="上岗前培训")


class Publicity(Fact):
    """Where, how and to whom the work is made known."""

    channels: list[Labelled] = Field(min_length=1, description="方式")
    places: list[Text] = Field([], description="地点")
    audiences: list[Text] = Field([], description="对象")
    slogans: list[Statement] = Field([], description="标语")
    role: RoleKey = Field(description="责任方")


class NamedItem(Part):
    """Something a programme names: a brand, a product, an enterprise."""

    name: Text = Field(description="名称")
    maker: str = Field("", description="所属地方或企业")


class Programme(Fact):
    """Work beside the building of sites: brands, parcels, training."""

    key: Key = Field(description="专项代号")
    label: Text = Field(description="专项名称")
    kind: Literal["brand", "logistics", "training", "other"] = Field(description="种类")
    goal: GoalKey | None = Field(None, description="对应目标")
    role: RoleKey | None = Field(None, description="责任方")
    due_on: Day | None = Field(None, description="期限")
    named: list[NamedItem] = Field([], description="原文点名的品牌、产品等")
    measures: list[Statement] = Field([], description="做法")
    partners: list[Text] = Field([], description="依托、合作单位")
    audiences: list[Text] = Field([], description="对象人群")
    places: list[Text] = Field([], description="地点")
