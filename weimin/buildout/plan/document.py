"""Who issued the plan, when and why: its heading, guiding thought and demands."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

from datetime import date
from typing import Literal

from pydantic import Field

from weimin.buildout.plan.fields import Day, Fact, Key, Part, RegionCode, RoleKey, Text

Level = Literal["county", "township", "village"]
SystemRole = Literal[
    "administrator",
    "lead_office",
    "finance",
    "leader",
    "township",
    "village",
    "partner",
    "operator",
    "supervisor",
    "auditor",
    "doctor",
    "institution",
    "hospital",
    "health_bureau",
]


class Meta(Part):
    """The heading of the plan. `region` is the 12-digit code; `low`..`high` is everything inside it."""

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{2,59}$", description="方案代号：小写字母、数字和连字符，全系统唯一")
    title: Text = Field(description="方案标题")
    issuer: Text = Field(description="印发机关")
    issued_on: Day = Field(description="印发日期；平移日期时以它为准")
    region: RegionCode = Field(description="适用辖区的区划代码：6 位（县）、9 位（乡镇）或 12 位")
    source: Text = Field(description="方案来源")
    document_number: str = Field("", description="发文字号，没有就不写")
    year: int | None = Field(None, ge=1990, le=2100, description="年份参数：写了它，文件里的日期可以只写“月-日”")
    original_issued_on: Day | None = Field(None, description="日期平移后由系统填写的原印发日期，手工不写")
    basis: list[Text] = Field([], description="制定依据的文件")
    note: str = Field("", description="关于标题、日期、机关的说明")

    @property
    def low(self) -> int:
        """First code of the region."""
        return self.region

    @property
    def high(self) -> int:
        """Last code of the region."""
        digits = str(self.region)
        size = 6 if digits.endswith("000000") else 3 if digits.endswith("000") else 0
        return self.region + 10**size - 1

    @property
    def shifted_days(self) -> int:
        """How far the dates were moved from the plan's own, in days; 0 for the file as written."""
        origin: date = self.original_issued_on or self.issued_on
        return (self.issued_on - origin).days


class Statement(Fact):
    """One sentence of the plan that binds nobody to a date: an objective, a principle, a demand."""

    text: Text = Field(description="内容")


class Guidance(Part):
    """Why the plan exists."""

    purpose: Text = Field(description="指导思想或目的，一段话")
    strategy: str = Field("", description="所服从的总体战略")
    objectives: list[Statement] = Field([], description="总目标")
    principles: list[Statement] = Field([], description="工作原则")
    demands: list[Statement] = Field([], description="工作要求")
    source: str = Field("", description="出处")


class Role(Fact):
    """A party of the plan and the system role that acts for it."""

    key: Key = Field(description="角色代号")
    label: Text = Field(description="方案里的名称")
    system_role: SystemRole = Field(description="对应的系统角色")
    level: Level = Field(description="所在层级")
    duties: list[Text] = Field([], description="职责")


class Member(Fact):
    """A member of the leading group."""

    name: Text = Field(description="姓名")
    post: Text = Field(description="职务")
    seat: Literal["leader", "deputy", "member"] = Field(description="组内身份：组长、副组长、成员")
    duties: list[Text] = Field([], description="分工")


class Office(Fact):
    """The office that does the leading group's daily work."""

    label: Text = Field(description="办公室名称")
    director: str = Field("", description="主任姓名；须是领导小组成员")
    role: RoleKey | None = Field(None, description="对应方案角色")
    duties: list[Text] = Field([], description="职责")


class LeadingGroup(Fact):
    """Who leads the work, by name and post."""

    label: Text = Field(description="领导小组名称")
    set_up_by: str = Field("", description="成立机关")
    members: list[Member] = Field(min_length=1, description="组成人员")
    office: Office | None = Field(None, description="下设办公室")
    duties: list[Statement] = Field([], description="领导小组和各方的任务")
