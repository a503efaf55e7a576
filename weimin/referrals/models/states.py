"""Where a referral stands, and the words that are stored."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

PURPOSE = "health"


class Direction(models.TextChoices):
    UP = "up", _("上转")
    DOWN = "down", _("下转")


class Urgency(models.TextChoices):
    EMERGENCY = "emergency", _("紧急转诊")
    ORDINARY = "ordinary", _("一般转诊")


class State(models.TextChoices):
    SENT = "sent", _("待医院答复")
    ACCEPTED = "accepted", _("医院已同意")
    DECLINED = "declined", _("医院不能接")
    MISSED = "missed", _("没有到院")
    ARRIVED = "arrived", _("在医院")
    RETURNED = "returned", _("已转回，待社区接收")
    RECEIVED = "received", _("社区康复中")
    CLOSED = "closed", _("已结束")
    CANCELLED = "cancelled", _("已取消")


MOVES = [
    ("sent", "accepted"), ("sent", "declined"), ("sent", "arrived"), ("sent", "cancelled"), ("declined", "sent"), ("declined", "cancelled"),
    ("accepted", "arrived"), ("accepted", "missed"), ("accepted", "cancelled"), ("missed", "sent"), ("missed", "arrived"), ("missed", "closed"),
    ("arrived", "returned"), ("arrived", "closed"), ("returned", "received"), ("returned", "closed"), ("received", "closed"),
]  # fmt: skip
ON_THE_WAY = (State.SENT, State.ACCEPTED, State.DECLINED, State.MISSED, State.ARRIVED)
"""Not back yet: somebody has one such referral at most."""
OVER = (State.CLOSED, State.CANCELLED)


class Lane(models.TextChoices):
    """What a list shows together."""

    WAITING = "waiting", _("待答复")
    EXPECTED = "expected", _("等候到院")
    AGAIN = "again", _("要再安排")
    INSIDE = "inside", _("在医院")
    BACK = "back", _("已转回")
    RECOVERING = "recovering", _("康复中")
    OVER = "over", _("已结束")


LANES = {
    State.SENT: Lane.WAITING, State.ACCEPTED: Lane.EXPECTED, State.DECLINED: Lane.AGAIN, State.MISSED: Lane.AGAIN, State.ARRIVED: Lane.INSIDE,
    State.RETURNED: Lane.BACK, State.RECEIVED: Lane.RECOVERING, State.CLOSED: Lane.OVER, State.CANCELLED: Lane.OVER,
}  # fmt: skip


class FollowResult(models.TextChoices):
    """What the community heard when it asked after a patient (A-14, A-17)."""

    TREATED = "treated", _("已就诊，回家治疗")
    ADMITTED = "admitted", _("正在住院")
    CONFIRMED = "confirmed", _("已确诊")
    EXCLUDED = "excluded", _("已排除")
    NOT_GONE = "not_gone", _("没有去医院")
    UNREACHED = "unreached", _("联系不上")
    BACK = "back", _("医院已转回")


class EndReason(models.TextChoices):
    RECOVERED = "recovered", _("已恢复，转为日常管理")
    GONE_HOME = "gone_home", _("自行出院或没有就诊")
    ELSEWHERE = "elsewhere", _("转往别的医院")
    DEAD = "dead", _("死亡")
    OTHER = "other", _("其他")
