"""The walk of ten minutes: one story through the posts of a jurisdiction. What was done today is ticked from the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from weimin.accounts.roles import Role

YOUYANG, TUPO, DECHENG = 500242000000, 341221203000, 371402000000


@dataclass(frozen=True)
class Part:
    """One stop: the post to take, what to do there, the page, and the actions that tick it."""

    title: Any
    role: Role
    says: Any
    page: str
    actions: tuple[str, ...] = ()
    done: bool = False

    @property
    def role_label(self) -> Any:
        return self.role.label

    @property
    def url(self) -> str:
        """The page; empty when its room is not there."""
        try:
            return reverse(self.page)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Story:
    """Title, what it is about, its stops in order."""

    title: Any
    says: Any
    parts: tuple[Part, ...]


PLAN = "buildout:plans"
LOOK = Part(
    _("看全局"), Role.LEADER, _("看方案目标完成了多少，哪些乡镇、哪些村亮了红灯，最近谁办了什么。"), PLAN,
)  # fmt: skip
URGE = Part(
    _("督办一件"), Role.SUPERVISOR, _("在“本辖区其他岗位”里找一件红灯，点“催办”：先提醒承办人，再次催办报上一级。"),
    "shell:workbench", ("flows.urge",),
)  # fmt: skip
ASK = Part(
    _("窗口收件"), Role.WINDOW, _("居民来办事，选事项登记；材料缺什么，一次说清。工作台上每件事的按钮就是下一步。"), "cases:list",
    ("cases.receive", "cases.accept", "cases.tell_missing"),
)  # fmt: skip
ANSWER = Part(
    _("县级部门答复"), Role.COUNTY_OFFICE, _("需要会审的办件出现在工作台，写明意见后退回乡镇继续办。"), "shell:workbench", ("cases.answer_office",),
)  # fmt: skip
AGENT = Part(
    _("上门代办"), Role.VILLAGE, _("居民来不了的，签好委托书，上门收件、代跑；居民扫小票看得到每一步。"), "cases:mandates",
    ("cases.write_mandate", "cases.add_errand", "cases.finish_errand"),
)  # fmt: skip
CHECK = Part(
    _("入户核查"), Role.TOWNSHIP, _("两个人带手机入户，当场登记情况、拍照，再写审核意见。"), "shell:workbench", ("cases.check_site", "cases.pass_on"),
)  # fmt: skip
DECIDE = Part(_("县级决定"), Role.COUNTY_OFFICE, _("看材料、核查照片和审核意见，准予或者不予；不予的写明理由。"), "shell:workbench", ("cases.decide",))
CALL_BACK = Part(
    _("差评回访"), Role.LEAD_OFFICE, _("差评一个工作日内联系本人，属实的交承办岗位整改，改完再回访。"), "cases:ratings",
    ("cases.verify_rating", "cases.call_back", "cases.log_contact"),
)  # fmt: skip
HAND_OVER = Part(_("把结果交给居民"), Role.WINDOW, _("结果出来后，通知、送达、签收，再请居民评价。"), "shell:workbench", ("cases.deliver",))
PAPERS = Part(_("出一份公文"), Role.LEAD_OFFICE, _("在方案页生成方案、通报的公文，Word 和 PDF 两种。"), PLAN)

COUNTY = Story(
    _("一个村级电商站点，从提名到补助"),
    _("酉阳县农村电商服务网络：39 个乡镇、278 个村。跟着一个站点走完全程，每一步换一个岗位。"),
    (
        LOOK,
        Part(_("提出站址"), Role.TOWNSHIP, _("在“工作台”打开一件“待选址”，选村、填地点。站址须免租金、人流集中、交通便利。"), "shell:workbench",
             ("buildout.propose_site", "buildout.propose_station")),
        Part(_("备案"), Role.LEAD_OFFICE, _("核对站址和人选，备案后乡镇才能开工；不合适就退回并写明理由。"), "shell:workbench",
             ("buildout.file_project", "buildout.return_proposal")),
        Part(_("推荐人选"), Role.PARTNER, _("合伙人为每个村推荐 3 至 5 名淘帮手，由政府考察确定。"), PLAN,
             ("staffing.nominate", "staffing.examine", "staffing.choose", "staffing.refuse")),
        Part(_("开工、建成、培训、开业"), Role.TOWNSHIP, _("每办完一步，事项转给下一个岗位，时限重新计算。"), "shell:workbench",
             ("buildout.start_building", "buildout.finish_fitting", "buildout.confirm_training", "buildout.open_site")),
        Part(_("验收"), Role.LEAD_OFFICE, _("用手机按清单逐项核对、拍照、打分；不合格的限期整改。"), "shell:workbench",
             ("buildout.inspect", "buildout.report_rectified")),
        Part(_("拨付补助"), Role.FINANCE, _("验收合格后按标准拨付：重点乡镇 10 万元、其他乡镇 6 万元、村级 6000 元，一站一次。"), PLAN,
             ("buildout.allocate", "buildout.disburse")),
        ASK,
        AGENT,
        CHECK,
        ANSWER,
        DECIDE,
        HAND_OVER,
        CALL_BACK,
        URGE,
        PAPERS,
    ),
)  # fmt: skip
TOWNSHIP = Story(
    _("一个村党群服务中心，从试点到验收"),
    _("土陂乡 13 个村：李楼村先行试点，四个村第二批，其余年底完成。"),
    (
        LOOK,
        Part(_("村里报进度"), Role.VILLAGE, _("在“工作台”打开自己村的建设任务，报开工、建成。"), "shell:workbench",
             ("buildout.start_building", "buildout.finish_fitting")),
        Part(_("乡里核对"), Role.TOWNSHIP, _("看各村进度，催一催落后的村。"), "shell:workbench",
             ("buildout.file_project", "buildout.open_site", "flows.urge")),
        Part(_("对照标准验收"), Role.LEAD_OFFICE, _("六个基本室、“六个一”逐项核对，一室可以多用；不合格的限期整改。"), "shell:workbench",
             ("buildout.inspect", "buildout.report_rectified")),
        ASK,
        AGENT,
        CHECK,
        DECIDE,
        HAND_OVER,
        CALL_BACK,
        URGE,
        PAPERS,
    ),
)  # fmt: skip
OTHER = Story(
    _("从一份方案开始"),
    _("把本地的实施方案写成一个文件并下达，系统就会生成站点、任务和时限。"),
    (
        Part(_("分配岗位"), Role.ADMINISTRATOR, _("登记人员，给每个人一个岗位：管什么、管哪里。"), "accounts:people", ("accounts.add_person", "accounts.give_post")),
        Part(_("下达方案"), Role.LEAD_OFFICE, _("检查方案文件，看清会改动什么，再下达。"), PLAN, ("buildout.apply_plan",)),
        Part(_("办理待办"), Role.TOWNSHIP, _("任务按时限出现在工作台。"), "shell:workbench", ("buildout.propose_site",)),
        ASK,
        ANSWER,
        HAND_OVER,
        URGE,
    ),
)  # fmt: skip
HEALTH = Story(
    _("一位高血压患者，从建档到康复回社区"),
    _("德城区社区卫生：机构、社区医生、医院和卫生局。跟着一位居民走一遍，每一步换一个岗位。"),
    (
        LOOK,
        Part(_("建档"), Role.DOCTOR, _("从居民登记里找到人，建健康档案；登记过的内容不用再填。"), "health:records",
             ("health.open_record", "health.update_personal")),
        Part(_("今日随访"), Role.DOCTOR, _("今天该看谁都在清单上，超期的在前。填血压、血糖，系统当场按规范判定，几种病一次填完。"), "health:today",
             ("health.record_visit",)),
        Part(_("上转病人"), Role.DOCTOR, _("随访提示转诊的，在档案页点“上转”，诊断、近三次随访、用药自动带上。"), "referrals:referrals", ("referrals.refer_up",)),
        Part(_("接诊和下转"), Role.HOSPITAL, _("两小时或一个工作日内答复；病人好转后写小结，转回社区康复。"), "referrals:referrals",
             ("referrals.accept", "referrals.arrive", "referrals.send_back")),
        Part(_("年度体检"), Role.INSTITUTION, _("定计划、分批次、发邀请；结果用 Excel 导入，异常的跟踪到了结。"), "examinations:plans",
             ("examinations.make_plan", "examinations.record", "examinations.recall")),
        Part(_("校园每日报告"), Role.SCHOOL, _("每个班一行，一分钟报完；同一个班的症状聚到一起，系统自动预警。"), "epidemics:board",
             ("epidemics.report_day", "epidemics.report_rest")),
        Part(_("核实预警"), Role.INSTITUTION, _("时限内核实；属实的开处置，学校、社区、家庭各做什么列得清。"), "epidemics:alerts",
             ("epidemics.verify_alert", "epidemics.dismiss_alert")),
        Part(_("健康教育"), Role.INSTITUTION, _("讲座、“五进”、竞猜、控油壶和限盐勺，有计划、有人数、有照片。"), "education:activities",
             ("education.record_activity", "education.hand_out")),
        Part(_("检查和星级"), Role.HEALTH_BUREAU, _("“七统一”逐项检查、拍照，限期整改；星级按方案逐分算出。"), "institutions:inspections",
             ("institutions.inspect", "institutions.confirm_rating")),
        Part(_("哪家落后，为什么"), Role.HEALTH_BUREAU, _("看各机构的比较：人数太少、分不出高低的不排名；点开数字看到背后的人。"), "institutions:comparison"),
    ),
)  # fmt: skip
STORIES = {YOUYANG: COUNTY, TUPO: TOWNSHIP, DECHENG: HEALTH}


def story_of(jurisdiction: int, done: Iterable[str]) -> Story:
    """The story of a jurisdiction with its ticks; a jurisdiction without one gets the general story."""
    names = set(done)
    story = STORIES.get(jurisdiction, OTHER)
    return replace(story, parts=tuple(replace(part, done=bool(names & set(part.actions))) for part in story.parts))
