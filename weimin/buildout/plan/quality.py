"""What a good site is: the standard of rooms and fittings, and acceptance against it."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

from typing import Literal

from pydantic import Field

from weimin.buildout.plan.fields import (
    Fact,
    Key,
    Part,
    Percent,
    RoleKey,
    StandardItemKey,
    Text,
    TierKey,
)
from weimin.buildout.plan.network import Evidence


class Equipment(Part):
    """A thing that a room or fitting must have. No quantity: as many as the need is."""

    name: Text = Field(description="设备名称")
    quantity: int | None = Field(None, ge=1, description="数量；原文没写就不写")
    unit: str = Field("", description="单位")
    required: bool = Field(True, description="false 表示有条件的再配")
    spec: str = Field("", description="规格要求")


class Window(Part):
    """A counter of a service hall and what is done at it."""

    key: Key = Field(description="窗口代号")
    label: Text = Field(description="窗口名称")
    services: list[Text] = Field(min_length=1, description="办理事项")


class Room(Fact):
    """A room of the standard. One real room may serve several of these (`Standard.sharing`)."""

    key: Key = Field(description="功能室代号")
    label: Text = Field(description="名称")
    also: list[Text] = Field([], description="同时挂的名称、兼作")
    kind: Literal["basic", "extended"] = Field("basic", description="basic 基本、extended 拓展")
    uses: list[Text] = Field(min_length=1, description="用途")
    duties: list[Text] = Field([], description="主要作用、工作")
    equipment: list[Equipment] = Field([], description="设备")
    boards: list[Text] = Field([], description="上墙制度、图版")
    windows: list[Window] = Field([], description="服务窗口")
    rules: list[Text] = Field([], description="布置和管理要求")


class Fitting(Fact):
    """One of the things every site has exactly one of (六个一)."""

    key: Key = Field(description="代号")
    label: Text = Field(description="名称")
    count: int = Field(1, ge=1, description="数量")
    unit: str = Field("", description="量词")
    uses: list[Text] = Field([], description="用途")
    specs: list[Text] = Field([], description="规格要求")
    equipment: list[Equipment] = Field([], description="设备")


class Sharing(Fact):
    """Whether one room may serve several purposes."""

    allowed: bool = Field(description="一室多用是否允许")
    text: Text = Field(description="怎样共用")


class Standard(Fact):
    """What a site of a tier must be and have."""

    key: Key = Field(description="标准代号")
    label: Text = Field(description="标准名称")
    relies_on: str = Field("", description="依托的场所")
    min_area: int | None = Field(None, ge=1, description="最小面积（平方米）；原文没写就不写")
    rooms: list[Room] = Field([], description="功能室")
    fittings: list[Fitting] = Field([], description="“几个一”设施")
    unified: list[Fitting] = Field([], description="统一项目，例如标牌、服装、工作证")
    sharing: Sharing | None = Field(None, description="一室多用")
    later: str = Field("", description="以后新建、改建、扩建是否照此执行")


class CheckItem(Fact):
    """A line of the acceptance checklist. `standard_item` is the room or fitting that it inspects."""

    key: Key = Field(description="检查项代号")
    label: Text = Field(description="检查内容")
    weight: int = Field(ge=0, le=100, description="分值；一张表合计 100")
    standard_item: StandardItemKey | None = Field(None, description="对应标准里的功能室或设施")
    required: bool = Field(False, description="true 表示不合格即不通过")
    photo: bool = Field(False, description="是否必须拍照")


class Outcome(Fact):
    """What a score leads to."""

    result: Literal["passed", "rectify", "failed"] = Field(description="结论：合格、限期整改、不合格")
    min_score: Percent = Field(description="达到这个分数")
    rectify_days: int | None = Field(None, ge=1, description="整改期限（天）")
    text: Text = Field(description="结论说明")


class Acceptance(Fact):
    """How a finished site is examined: dossier, checklist, marks, outcome."""

    key: Key = Field(description="验收办法代号")
    label: Text = Field(description="验收办法名称")
    tiers: list[TierKey] = Field(min_length=1, description="适用层级")
    acceptor: RoleKey = Field(description="验收方")
    applicant: RoleKey = Field(description="申请方（只针对它验收）")
    dossier: list[Evidence] = Field([], description="必备的验收资料")
    checklist: list[CheckItem] = Field([], description="检查表")
    pass_mark: Percent = Field(description="合格分")
    outcomes: list[Outcome] = Field([], description="结论规则，按分数从高到低")
