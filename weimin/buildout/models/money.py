"""Whose money, how much, for what: budget → allocation → disbursement, with invoices. The database refuses too much."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.buildout.models.plan import Plan
from weimin.buildout.models.project import Project
from weimin.buildout.models.quality import Acceptance
from weimin.walls.models import ScopedModel


class Budget(models.Model):
    """The money a plan's standard makes for one kind of site: number × standard. Known to every post."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="budgets")
    key = models.CharField(max_length=60)
    label = models.CharField(_("补助项目"), max_length=100)
    tier = models.CharField(max_length=60)
    township_class = models.CharField(max_length=5, default="any")
    sites = models.PositiveIntegerField(_("站点数"))
    standard_fen = models.BigIntegerField(_("标准"))
    total_fen = models.BigIntegerField(_("预算"))
    allocated_fen = models.BigIntegerField(_("已下达"), default=0)
    disbursed_fen = models.BigIntegerField(_("已拨付"), default=0)

    class Meta:
        verbose_name = _("预算")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="budget_once"),
            models.CheckConstraint(condition=Q(total_fen__gte=F("allocated_fen")), name="budget_not_over_allocated"),
            models.CheckConstraint(condition=Q(allocated_fen__gte=F("disbursed_fen")), name="budget_not_over_disbursed"),
            models.CheckConstraint(condition=Q(disbursed_fen__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return self.label


class Allocation(ScopedModel):
    """Money of a budget made available to one township (资金下达). What was not paid out can be withdrawn, once and as a whole."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="allocations", verbose_name=_("预算"))
    amount_fen = models.BigIntegerField(_("金额"))
    disbursed_fen = models.BigIntegerField(_("已拨付"), default=0)
    document_number = models.CharField(_("文号"), max_length=60)
    allocated_by = models.CharField(_("经办人"), max_length=60)
    allocated_at = models.DateTimeField(_("下达时间"))
    withdrawn_fen = models.BigIntegerField(_("已收回"), default=0)
    withdrawn_by = models.CharField(_("收回经办人"), max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(_("收回时间"), null=True)
    withdrawn_reason = models.CharField(_("收回理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("资金下达")
        constraints = [
            models.UniqueConstraint(fields=["budget", "region", "document_number"], name="allocation_document_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="allocation_positive"),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=F("disbursed_fen") + F("withdrawn_fen"), disbursed_fen__gte=0, withdrawn_fen__gte=0),
                name="allocation_not_over",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_fen=0, withdrawn_at__isnull=True)
                | (Q(withdrawn_fen__gt=0, withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
                name="allocation_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number

    @property
    def net_fen(self) -> int:
        """What the township has of it after the withdrawal."""
        return self.amount_fen - self.withdrawn_fen

    @property
    def left_fen(self) -> int:
        """What can still be paid out."""
        return self.net_fen - self.disbursed_fen


class Disbursement(ScopedModel):
    """The one payment for a site, after acceptance, to the one payee the plan names."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="disbursement", verbose_name=_("建设任务"))
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="disbursements", verbose_name=_("资金下达"))
    acceptance = models.OneToOneField(Acceptance, models.PROTECT, related_name="disbursement", verbose_name=_("验收记录"))
    payee = models.CharField(_("收款方"), max_length=100)
    amount_fen = models.BigIntegerField(_("金额"))
    standard_fen = models.BigIntegerField(_("标准"))
    invoiced_fen = models.BigIntegerField(_("发票合计"))
    voucher = models.CharField(_("凭证号"), max_length=60)
    paid_by = models.CharField(_("经办人"), max_length=60)
    paid_at = models.DateTimeField(_("拨付时间"))

    class Meta:
        verbose_name = _("拨付")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="disbursement_positive"),
            models.CheckConstraint(condition=Q(amount_fen__lte=F("standard_fen")), name="disbursement_not_over_standard"),
            models.UniqueConstraint(fields=["voucher"], name="disbursement_voucher_once"),
        ]

    def __str__(self) -> str:
        return self.voucher

    @property
    def capped(self) -> bool:
        """Paid less than the standard, because less was invoiced."""
        return self.amount_fen < self.standard_fen


class Invoice(ScopedModel):
    """What was bought for a site with earmarked money. An invoice number is used once in the whole jurisdiction."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="invoices", verbose_name=_("建设任务"))
    number = models.CharField(_("发票号码"), max_length=30)
    seller = models.CharField(_("销售方"), max_length=100)
    item = models.CharField(_("内容"), max_length=100)
    amount_fen = models.BigIntegerField(_("金额"))
    issued_on = models.DateField(_("开票日期"))
    recorded_by = models.CharField(_("登记人"), max_length=60)
    recorded_at = models.DateTimeField(_("登记时间"))
    voided_at = models.DateTimeField(_("作废时间"), null=True)
    voided_by = models.CharField(_("作废人"), max_length=60, blank=True)
    voided_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("发票")
        ordering = ["issued_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="invoice_once", condition=Q(voided_at__isnull=True)),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="invoice_positive"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by="", voided_reason="") | (Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(voided_reason="")),
                name="invoice_voided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Consequence(ScopedModel):
    """A reward (以奖代补) or an accountability measure (问责) that follows from the dates; decided by a person."""

    class Kind(models.TextChoices):
        REWARD = "reward", _("奖励")
        ACCOUNTABILITY = "accountability", _("问责")

    class State(models.TextChoices):
        DUE = "due", _("待决定")
        DECIDED = "decided", _("已决定")
        WAIVED = "waived", _("不予执行")
        LAPSED = "lapsed", _("条件已不成立")

    project = models.ForeignKey(Project, models.PROTECT, related_name="consequences", verbose_name=_("建设任务"))
    kind = models.CharField(max_length=14, choices=Kind.choices)
    key = models.CharField(max_length=60)
    label = models.CharField(_("名称"), max_length=100)
    person = models.CharField(_("对象"), max_length=100)
    measures = models.JSONField(_("措施"), default=list)
    points = models.DecimalField(_("扣分"), max_digits=6, decimal_places=2, null=True)
    amount_fen = models.BigIntegerField(_("金额"), null=True)
    days_late = models.IntegerField(_("逾期天数"), default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    found_at = models.DateTimeField(_("产生时间"))
    decided_by = models.CharField(_("决定人"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    payee = models.CharField(_("收款方"), max_length=100, blank=True)
    voucher = models.CharField(_("凭证号"), max_length=60, blank=True)
    paid_by = models.CharField(_("付款经办人"), max_length=60, blank=True)
    paid_at = models.DateTimeField(_("付款时间"), null=True)

    class Meta:
        verbose_name = _("奖惩")
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "key"], name="consequence_once"),
            models.CheckConstraint(
                condition=Q(state__in=["due", "lapsed"], decided_at__isnull=True)
                | (Q(state__in=["decided", "waived"], decided_at__isnull=False) & ~Q(decided_by="")),
                name="consequence_decided",
            ),
            models.CheckConstraint(condition=Q(amount_fen__isnull=True) | Q(amount_fen__gt=0), name="consequence_amount"),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True, voucher="", paid_by="")
                | (Q(paid_at__isnull=False, state="decided", kind="reward", amount_fen__isnull=False) & ~Q(voucher="") & ~Q(paid_by="") & ~Q(payee="")),
                name="consequence_paid",
            ),
            models.UniqueConstraint(fields=["voucher"], name="consequence_voucher_once", condition=~Q(voucher="")),
        ]

    def __str__(self) -> str:
        return self.label
