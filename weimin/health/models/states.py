"""The words of the standard that are stored: programmes, states, ways, outcomes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

PURPOSE = "health"


class RecordState(models.TextChoices):
    ACTIVE = "active", _("活动")
    INACTIVE = "inactive", _("非活动")


class InactiveReason(models.TextChoices):
    """Why a record rests (A-04)."""

    DEAD = "dead", _("死亡")
    MISSING = "missing", _("失踪")
    MOVED = "moved", _("迁出")
    OTHER = "other", _("其他")


class Programme(models.TextChoices):
    """Groups under care (H2)."""

    HYPERTENSION = "hypertension", _("高血压")
    DIABETES = "diabetes", _("2 型糖尿病")
    ELDERLY = "elderly", _("老年人")
    MENTAL = "mental", _("严重精神障碍")
    DISABLED = "disabled", _("残疾人")


class CareState(models.TextChoices):
    SUSPECTED = "suspected", _("待确诊")
    MANAGED = "managed", _("管理中")
    LOST = "lost", _("失访")
    ENDED = "ended", _("已结案")


CARE_MOVES = [
    ("suspected", "managed"), ("suspected", "ended"), ("managed", "lost"), ("managed", "ended"), ("lost", "managed"), ("lost", "ended"), ("ended", "managed"),
]  # fmt: skip


class EndReason(models.TextChoices):
    EXCLUDED = "excluded", _("排除诊断")
    DEAD = "dead", _("死亡")
    MOVED = "moved", _("迁出")
    REFUSED = "refused", _("拒绝管理")
    OTHER = "other", _("其他")


class LostReason(models.TextChoices):
    """Why somebody cannot be reached (A-44), in the order of the standard's codes 1 to 5."""

    WORKING_AWAY = "away", _("外出打工")
    MOVED_ELSEWHERE = "elsewhere", _("迁居他处")
    WANDERED_OFF = "wandered", _("走失")
    UNREACHED = "unreached", _("连续 3 次未访到")
    OTHER = "other", _("其他")


class CheckState(models.TextChoices):
    """What became of a value that looked odd."""

    TO_CHECK = "to_check", _("待核对")
    EXPLAINED = "explained", _("已说明")
    CORRECTED = "corrected", _("已更正")


CHECK_MOVES = [("to_check", "explained"), ("to_check", "corrected")]


class SelfCareGrade(models.TextChoices):
    """Self-care of elderly people by the sum of five items (A-36)."""

    INDEPENDENT = "independent", _("可自理")
    LIGHT = "light", _("轻度依赖")
    MODERATE = "moderate", _("中度依赖")
    DEPENDENT = "dependent", _("不能自理")


class Way(models.TextChoices):
    """How a visit was made (A-20)."""

    CLINIC = "clinic", _("门诊")
    HOME = "home", _("家庭")
    PHONE = "phone", _("电话")


class OutcomeClass(models.TextChoices):
    """此次随访分类 (A-16, A-42); the values are those of `rules_outcome.Outcome`."""

    SATISFIED = "satisfied", _("控制满意")
    UNSATISFIED = "unsatisfied", _("控制不满意")
    ADVERSE = "adverse", _("不良反应")
    COMPLICATION = "complication", _("并发症")
    STABLE = "stable", _("稳定")
    FAIRLY_STABLE = "fairly_stable", _("基本稳定")
    UNSTABLE = "unstable", _("不稳定")
    SEEN = "seen", _("已随访")


class NextFrom(models.TextChoices):
    """Where the day of the next visit comes from. Without one there has been no visit yet: the first is planned from the day of coming under care."""

    PLAN = "plan", _("纳入管理后首次随访")
    RULE = "rule", _("按规范")
    DOCTOR = "doctor", _("医生约定")
    HOSPITAL = "hospital", _("医院要求")
    RETURNED = "returned", _("恢复管理后两周内")


class DueKind(models.TextChoices):
    VISIT = "visit", _("随访")
    EXAMINATION = "examination", _("体检")
    REFERRAL = "referral", _("追踪转诊")
    MEASURE = "measure", _("测血压")


class DueState(models.TextChoices):
    OPEN = "open", _("待做")
    DONE = "done", _("已做")
    CANCELLED = "cancelled", _("不再需要")


DUE_MOVES = [("open", "done"), ("open", "cancelled")]
