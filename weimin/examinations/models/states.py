"""The words that are stored: states of plans, batches, invitations and of what is followed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

PURPOSE = "health"


class PlanState(models.TextChoices):
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


class BatchState(models.TextChoices):
    OPEN = "open", _("待体检")
    HELD = "held", _("已结束")
    CANCELLED = "cancelled", _("已取消")


class InvitationState(models.TextChoices):
    LISTED = "listed", _("待安排")
    INVITED = "invited", _("已邀请")
    CAME = "came", _("已到")
    EXAMINED = "examined", _("已体检")
    ABSENT = "absent", _("未到")
    REFUSED = "refused", _("本人拒绝")
    WITHDRAWN = "withdrawn", _("不再需要")


class Refusal(models.TextChoices):
    """Why somebody does not want to be examined; the standard asks for consent (A-43)."""

    UNWILLING = "unwilling", _("不愿意体检")
    ELSEWHERE = "elsewhere", _("已在别处体检")
    AWAY = "away", _("长期在外")
    UNFIT = "unfit", _("身体不便，不能前来")
    GUARDIAN = "guardian", _("监护人不同意")
    OTHER = "other", _("其他")


class FollowState(models.TextChoices):
    RECALL = "recall", _("待召回")
    RECHECK = "recheck", _("待复查")
    CLOSED = "closed", _("已了结")


class Closing(models.TextChoices):
    """How what was found came to its end."""

    NORMAL = "normal", _("复查正常")
    TREATED = "treated", _("已确诊，已治疗")
    MANAGED = "managed", _("已纳入慢病管理")
    REFERRED = "referred", _("已转上级医院")
    REFUSED = "refused", _("本人拒绝复查")
    GONE = "gone", _("死亡或迁出")
    CORRECTED = "corrected", _("体检结果已更正")


class Recheck(models.TextChoices):
    """What a second look at one finding showed."""

    NORMAL = "normal", _("正常了")
    TREATED = "treated", _("确诊，已治疗或管理")
    REFERRED = "referred", _("转上级医院")
    STILL = "still", _("还不正常，再复查")


PLAN_MOVES = [("open", "closed")]
BATCH_MOVES = [("open", "held"), ("open", "cancelled"), ("held", "open")]
INVITATION_MOVES = [
    ("listed", "invited"), ("listed", "refused"), ("listed", "examined"), ("listed", "withdrawn"),
    ("invited", "listed"), ("invited", "came"), ("invited", "absent"), ("invited", "refused"), ("invited", "examined"), ("invited", "withdrawn"),
    ("came", "invited"), ("came", "examined"), ("came", "refused"), ("came", "withdrawn"), ("came", "absent"),
    ("absent", "listed"), ("absent", "invited"), ("absent", "examined"), ("absent", "refused"), ("absent", "withdrawn"), ("absent", "came"),
    ("refused", "invited"), ("refused", "examined"), ("refused", "withdrawn"), ("withdrawn", "listed"), ("withdrawn", "examined"),
]  # fmt: skip
FOLLOW_MOVES = [("recall", "recheck"), ("recall", "closed"), ("recheck", "closed")]
WAITING = (InvitationState.LISTED, InvitationState.INVITED, InvitationState.CAME, InvitationState.ABSENT)  # are still to be examined
