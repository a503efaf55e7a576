"""What residents say of a case (好差评), and what is done about a bad word."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.fields import RoleField
from weimin.cases.models.case import PURPOSE, Case
from weimin.cases.rules_rating import CHANNELS
from weimin.secrets.fields import SealedField
from weimin.walls.models import ScopedModel


class RatingState(models.TextChoices):
    """A good grade is just kept; a bad one is a task (C-33)."""

    KEPT = "kept", _("已评价")
    CONTACT = "contact", _("待联系核实")
    MEND = "mend", _("整改中")
    APPEAL = "appeal", _("申诉待答复")
    CALL_BACK = "call_back", _("待回访")
    CLOSED = "closed", _("已整改")
    UNVERIFIED = "unverified", _("核实不属实")
    WITHDRAWN = "withdrawn", _("本人撤回")


RATING_MOVES = [
    ("contact", "mend"), ("contact", "unverified"), ("contact", "withdrawn"), ("mend", "appeal"), ("mend", "call_back"), ("appeal", "mend"),
    ("appeal", "unverified"), ("call_back", "closed"), ("call_back", "mend"),
]  # fmt: skip
STANDING = ("kept", "contact", "mend", "appeal", "call_back", "closed")  # what counts in the satisfaction rate (C-34)
VERIFIED = ("mend", "appeal", "call_back", "closed")


class Rating(ScopedModel):
    """One grade for one case, once (C-31). Who gave a bad one is known to the desk that calls back and to nobody who handles cases.

    `desk` is who answers for it; `mend_by` the day by which it is mended; `mended_late` is decided when it is closed.
    """

    purpose: ClassVar[str] = PURPOSE

    case = models.OneToOneField(Case, models.PROTECT, related_name="rating", verbose_name=_("办件"))
    item_name = models.CharField(_("事项"), max_length=80)
    grade = models.PositiveSmallIntegerField(_("满意程度"))
    tags = models.JSONField(_("选项"), default=list)
    words = models.CharField(_("意见"), max_length=500, blank=True)
    channel = models.CharField(_("评价渠道"), max_length=8, choices=list(CHANNELS.items()))
    named = models.BooleanField(_("实名"), default=True)
    rater_name = models.CharField(_("评价人"), max_length=60, blank=True)
    rater_phone = SealedField(_("评价人电话"), null=True, blank=True)
    rated_at = models.DateTimeField(_("评价时间"))
    desk = RoleField(_("整改岗位"))
    state = models.CharField(_("状态"), max_length=10, choices=RatingState.choices, default=RatingState.KEPT)
    mend_by = models.DateField(_("整改期限"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("联系次数"), default=0)
    contacted_by = models.CharField(_("核实人"), max_length=60, blank=True)
    contacted_at = models.DateTimeField(_("核实时间"), null=True, blank=True)
    contact_note = models.CharField(_("核实情况"), max_length=500, blank=True)
    mended_by = models.CharField(_("整改人"), max_length=60, blank=True)
    mended_at = models.DateTimeField(_("整改时间"), null=True, blank=True)
    mending = models.CharField(_("整改情况"), max_length=500, blank=True)
    appeal = models.CharField(_("申诉理由"), max_length=500, blank=True)
    appeal_answer = models.CharField(_("申诉答复"), max_length=500, blank=True)
    called_back_by = models.CharField(_("回访人"), max_length=60, blank=True)
    called_back_at = models.DateTimeField(_("回访时间"), null=True, blank=True)
    call_back_note = models.CharField(_("回访情况"), max_length=500, blank=True)
    satisfied = models.BooleanField(_("回访满意"), null=True, blank=True)
    mended_late = models.BooleanField(_("逾期整改"), null=True, blank=True)

    # Of the region, for lists: see flows.Step for why the policy's own column must not be in these indexes.
    township = models.GeneratedField(expression=F("region") / 1000, output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("乡镇九位代码"))
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("评价")
        indexes = [
            models.Index(fields=["rated_at", "id"], name="rating_county"),
            models.Index(fields=["township", "rated_at", "id"], name="rating_township"),
            models.Index(fields=["place", "rated_at", "id"], name="rating_village"),
            models.Index(fields=["state", "rated_at", "id"], name="rating_state", condition=~Q(state="kept")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="rating_grade"),
            models.CheckConstraint(condition=(Q(state="kept") & Q(grade__gte=3)) | (~Q(state="kept") & Q(grade__lte=2)), name="rating_bad_is_a_task"),
            models.CheckConstraint(condition=~Q(state__in=["mend", "appeal", "call_back", "closed"]) | Q(mend_by__isnull=False), name="rating_mend_by"),
            models.CheckConstraint(condition=~Q(state__in=["call_back", "closed"]) | Q(mended_at__isnull=False), name="rating_mended"),
            models.CheckConstraint(condition=~Q(state="closed") | Q(called_back_at__isnull=False, mended_late__isnull=False), name="rating_closed"),
        ]

    def __str__(self) -> str:
        return self.item_name
