"""What happens to a case on the way: offices asked, sites checked, public notices, stopped clocks, extensions, delivery."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.fields import RoleField
from weimin.cases.models.case import PURPOSE, Case
from weimin.cases.models.states import PauseKind
from weimin.walls.models import ScopedModel

WAYS = [("pickup", _("窗口领取")), ("home", _("上门送达")), ("post", _("邮寄")), ("online", _("电子送达"))]
SIGNERS = [("self", _("本人")), ("family", _("家属")), ("agent", _("代办人"))]
PROOFS = [
    ("drawn", _("手写签名")), ("slip", _("签收单照片")), ("thumb", _("指印照片")), ("witness", _("见证人")), ("tracking", _("邮件单号")),
    ("opened", _("居民网上打开")), ("awaited", _("已发到网上，等居民打开")), ("confirmed", _("核对姓名，没有留签收凭据")),
]  # fmt: skip


class JointReview(ScopedModel):
    """One office that was asked for its opinion (联合审查); it has a step of its own."""

    purpose: ClassVar[str] = PURPOSE

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews", verbose_name=_("办件"))
    office = models.CharField(_("会审部门"), max_length=60)
    role = RoleField(_("岗位"))
    state = models.CharField(_("状态"), max_length=10, choices=[("asked", _("待答复")), ("answered", _("已答复"))], default="asked")
    answer = models.CharField(_("意见"), max_length=10, choices=[("agree", _("同意")), ("object", _("不同意"))], blank=True)
    opinion = models.CharField(_("理由"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("发出时间"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("会审意见")
        constraints = [
            models.UniqueConstraint(fields=["case", "office"], name="case_office_once", condition=Q(state="asked")),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True) | Q(state="answered", answered_at__isnull=False), name="case_office_answered"
            ),
        ]

    def __str__(self) -> str:
        return self.office


class SiteCheck(ScopedModel):
    """A visit on the spot; two people go (B-08). Photos hang on it as attachments."""

    purpose: ClassVar[str] = PURPOSE

    case = models.ForeignKey(Case, models.PROTECT, related_name="checks", verbose_name=_("办件"))
    checked_on = models.DateField(_("核查日期"))
    people = models.CharField(_("核查人员"), max_length=100)
    passed = models.BooleanField(_("符合"))
    findings = models.CharField(_("核查情况"), max_length=1000)
    recorded_by = models.CharField(_("登记人"), max_length=60)
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("现场核查")

    def __str__(self) -> str:
        return self.findings[:40]


class PublicNotice(ScopedModel):
    """A public notice (公示) of what is about to be decided: where, from when to when, what was objected. Without identifiers (B-10)."""

    purpose: ClassVar[str] = PURPOSE

    case = models.ForeignKey(Case, models.PROTECT, related_name="public_notices", verbose_name=_("办件"))
    place = models.CharField(_("公示地点"), max_length=100)
    text = models.CharField(_("公示内容"), max_length=500)
    starts_on = models.DateField(_("公示起"))
    ends_on = models.DateField(_("公示止"))
    objections = models.CharField(_("异议"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("公示")
        constraints = [
            models.UniqueConstraint(fields=["case"], name="case_one_notice", condition=Q(closed_at__isnull=True)),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="case_notice_period"),
        ]

    def __str__(self) -> str:
        return self.place


class CasePause(ScopedModel):
    """A time that does not count (X-05)."""

    purpose: ClassVar[str] = PURPOSE

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses", verbose_name=_("办件"))
    kind = models.CharField(_("原因"), max_length=12, choices=PauseKind.choices)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    since = models.DateTimeField(_("暂停起"))
    until = models.DateTimeField(_("恢复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("暂停计时")
        constraints = [
            models.UniqueConstraint(fields=["case"], name="case_one_pause", condition=Q(until__isnull=True)),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="case_pause_period"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Extension(ScopedModel):
    """More time asked for and decided by the head of the office (C-16); the applicant is told the reason."""

    purpose: ClassVar[str] = PURPOSE

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions", verbose_name=_("办件"))
    value = models.PositiveSmallIntegerField(_("延长"))
    reason = models.CharField(_("理由"), max_length=300)
    state = models.CharField(_("状态"), max_length=8, choices=[("asked", _("待批准")), ("granted", _("已批准")), ("denied", _("未批准"))], default="asked")
    asked_by = models.CharField(_("申请人"), max_length=60)
    asked_person = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(_("申请时间"))
    decided_by = models.CharField(_("批准人"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    answer = models.CharField(_("批复"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("延期")
        constraints = [
            models.UniqueConstraint(fields=["case"], name="case_one_extension", condition=Q(state="asked")),
            models.CheckConstraint(condition=Q(state="asked", decided_at__isnull=True) | (~Q(state="asked") & Q(decided_at__isnull=False)), name="case_extension_decided"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reason


class Delivery(ScopedModel):
    """The result in hand: to whom, how, and the evidence that the way asks for; signature and photos hang on it as attachments.

    proof: `awaited` is a result that lies on the net and was not opened yet, which is no delivery; `confirmed` is from before evidence
    was asked for.
    """

    purpose: ClassVar[str] = PURPOSE

    case = models.ForeignKey(Case, models.PROTECT, related_name="deliveries", verbose_name=_("办件"))
    way = models.CharField(_("送达方式"), max_length=10, choices=WAYS)
    to = models.CharField(_("签收人身份"), max_length=10, choices=SIGNERS)
    name = models.CharField(_("签收人"), max_length=60)
    proof = models.CharField(_("签收凭据"), max_length=10, choices=PROOFS)
    unable = models.CharField(_("不能签名的原因"), max_length=100, blank=True)
    witness = models.CharField(_("见证人"), max_length=60, blank=True)
    carrier = models.CharField(_("承运单位"), max_length=30, blank=True)
    tracking = models.CharField(_("邮件单号"), max_length=30, blank=True)
    arrived_on = models.DateField(_("签收日期"), null=True, blank=True)
    detail = models.CharField(_("说明"), max_length=100, blank=True)
    delivered_by = models.CharField(_("送达人"), max_length=60)
    sent_at = models.DateTimeField(_("发到网上的时间"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True)

    class Meta:
        verbose_name = _("送达")
        constraints = [
            models.CheckConstraint(condition=Q(proof="awaited", delivered_at__isnull=True) | ~Q(proof="awaited") & Q(delivered_at__isnull=False), name="delivery_when"),
            models.CheckConstraint(condition=~Q(proof__in=["thumb", "witness"]) | Q(unable__gt=""), name="delivery_unable_why"),
            models.CheckConstraint(condition=~Q(proof="witness") | Q(witness__gt=""), name="delivery_witness"),
            models.UniqueConstraint(fields=["case"], name="delivery_one_awaited", condition=Q(proof="awaited")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
