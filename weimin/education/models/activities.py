"""Activities of health education from the plan to what came of them (A-62; plan 3 二（二）, 二（四）)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class ActivityKind(models.TextChoices):
    LECTURE = "lecture", _("健康知识讲座")
    CONSULTATION = "consultation", _("专家义诊（公众咨询）")
    CLASS = "class", _("健康课堂")
    FORUM = "forum", _("社区健康讲坛")
    CAMPAIGN = "campaign", _("“五进”宣传")
    QUIZ = "quiz", _("有奖竞猜")
    LETTER = "letter", _("发放一封信")


class PlaceKind(models.TextChoices):
    """The five kinds of places that health knowledge goes into (“五进”)."""

    COMMUNITY = "community", _("进社区")
    SHOP = "shop", _("进门店")
    ENTERPRISE = "enterprise", _("进企业")
    SCHOOL = "school", _("进校园")
    OFFICE = "office", _("进机关")


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("待开展")
    HELD = "held", _("已开展")
    CANCELLED = "cancelled", _("已取消")


ACTIVITY_MOVES = [("planned", "held"), ("planned", "cancelled")]


class Activity(ScopedModel):
    """One activity. Its region is the community it is held in, or the township; `institution` the site that answers for it.

    archives: what the record form lists as kept (书面材料, 图片材料 …), by key. The name of the institution is repeated, since a
    doctor of a community does not see the site of the township.
    """

    institution = models.BigIntegerField(_("承办机构编号"))
    institution_name = models.CharField(_("承办机构"), max_length=100)
    kind = models.CharField(_("活动形式"), max_length=12, choices=ActivityKind.choices)
    place_kind = models.CharField(_("“五进”场所"), max_length=10, choices=PlaceKind.choices, blank=True)
    subject = models.CharField(_("活动主题"), max_length=100)
    venue = models.CharField(_("活动地点"), max_length=100)
    starts_at = models.DateTimeField(_("活动时间"))
    speaker = models.CharField(_("主讲人"), max_length=60, blank=True)
    audience = models.CharField(_("接受健康教育人员类别"), max_length=60, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED)
    attendance = models.PositiveIntegerField(_("接受健康教育人数"), null=True, blank=True)
    content = models.TextField(_("活动内容"), blank=True)
    evaluation = models.TextField(_("活动总结评价"), blank=True)
    archives = models.JSONField(_("存档材料"), default=list, blank=True)
    leader = models.CharField(_("负责人"), max_length=40, blank=True)
    reason = models.CharField(_("取消原因"), max_length=200, blank=True)
    by_rule = models.BooleanField(_("按年度计划生成"), default=False)
    planned_by = models.CharField(_("安排人"), max_length=60)
    planned_at = models.DateTimeField(_("安排时间"))
    recorded_by = models.CharField(_("填表人"), max_length=60, blank=True)
    recorded_at = models.DateTimeField(_("填表时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("健康教育活动")
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="education_activity_when"),
            models.Index(fields=["institution", "starts_at"], name="education_activity_whose"),
            models.Index(fields=["starts_at"], name="education_activity_open", condition=Q(state="planned")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", attendance__isnull=False, recorded_at__isnull=False) | (~Q(state="held") & Q(attendance__isnull=True)),
                name="education_activity_held",
            ),
            models.CheckConstraint(condition=Q(state="cancelled") ^ Q(reason=""), name="education_activity_why"),
            models.CheckConstraint(condition=~Q(kind="campaign") | ~Q(place_kind=""), name="education_activity_place"),
        ]

    def __str__(self) -> str:
        return self.subject


class SignIn(ScopedModel):
    """One line of the sign-in list of an activity; names are for posts that know the residents."""

    purpose: ClassVar[str] = "residents"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sign_ins", verbose_name=_("活动"))
    name = models.CharField(_("姓名"), max_length=40)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("签到")

    def __str__(self) -> str:
        return self.name


class YearPlan(ScopedModel):
    """The plan of an institution for a year, made by rule; `minimums` keeps the figures that it was made with and their source."""

    institution = models.BigIntegerField(_("机构编号"))
    year = models.PositiveSmallIntegerField(_("年度"))
    level = models.CharField(_("机构类别"), max_length=8, choices=[("centre", _("中心（卫生院）")), ("station", _("站（村卫生室）"))])
    minimums = models.JSONField(_("年度最低要求"), default=dict)
    made_by = models.CharField(_("制定人"), max_length=60)
    made_at = models.DateTimeField(_("制定时间"))

    class Meta:
        verbose_name = _("健康教育年度计划")
        constraints = [models.UniqueConstraint(fields=["institution", "year"], name="education_year_once")]

    def __str__(self) -> str:
        return str(self.year)
