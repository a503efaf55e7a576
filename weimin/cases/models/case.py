"""A case: one service item, asked for by one applicant, from intake to archive."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from weimin.accounts.fields import RoleField
from weimin.cases.models.states import CLOSED_STATES, OPEN_STATES, CaseOutcome, CaseState, Channel
from weimin.catalogue.models import ItemVersion
from weimin.flows.models import NEVER
from weimin.residents.models import IdKind, Resident
from weimin.secrets.fields import LookupField, SealedField
from weimin.walls.models import ScopedModel

PURPOSE = "cases"
OPEN = Q(state__in=[str(state.value) for state in OPEN_STATES])
CLOSED = Q(state__in=[str(state.value) for state in CLOSED_STATES])
ENDED_EARLY = Q(state__in=["not_needed", "not_competent", "declined", "withdrawn"])


class Case(ScopedModel):
    """One application (办件) for one item. Its region is the applicant's village, or the township of the window for people from elsewhere.

    Who applies is copied from the register on the day of intake: the case shows what was true then. `due_*` is the promised
    limit and `legal_due_*` the law's, both from acceptance, without the pauses; before acceptance both are empty and
    `tell_by_at` runs (five working days, C-15). `stage` is the number of the item's step that the case lies at.
    """

    purpose: ClassVar[str] = PURPOSE

    number = models.CharField(_("办件编号"), max_length=21)
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="cases", verbose_name=_("事项版本"), db_index=False)
    item_code = models.CharField(_("事项编码"), max_length=10)
    item_name = models.CharField(_("事项"), max_length=80)
    bundle = models.CharField(_("一件事编号"), max_length=21, blank=True)
    applicant = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("居民"))
    applicant_name = models.CharField(_("申请人"), max_length=60)
    applicant_id_kind = models.CharField(_("证件类型"), max_length=20, choices=IdKind.choices, default=IdKind.ID_CARD)
    applicant_id_number = SealedField(_("证件号码"), null=True, blank=True)
    applicant_id_lookup = LookupField(kind="id_number", of="applicant_id_number")
    id_last_four_lookup = LookupField(kind="id_last_four", of="id_last_four", db_index=False)
    applicant_phone = SealedField(_("联系电话"), null=True, blank=True)
    applicant_phone_lookup = LookupField(kind="phone", of="applicant_phone")
    address = models.CharField(_("住址"), max_length=200, blank=True)
    organisation = models.CharField(_("单位名称"), max_length=100, blank=True)
    note = models.CharField(_("情况说明"), max_length=500, blank=True)
    channel = models.CharField(_("申请方式"), max_length=8, choices=Channel.choices)
    desk = RoleField(_("收件岗位"))
    site = models.BigIntegerField(_("受理站点"), null=True, blank=True)

    state = models.CharField(_("状态"), max_length=14, choices=CaseState.choices, default=CaseState.RECEIVED)
    stage = models.PositiveSmallIntegerField(_("环节序号"), default=0)
    desk_now = RoleField(_("当前岗位"), blank=True)
    holder_now = models.BigIntegerField(_("当前承办人"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=8, choices=CaseOutcome.choices, blank=True)
    result = models.CharField(_("办理结果"), max_length=500, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)

    received_at = models.DateTimeField(_("收件时间"))
    received_by = models.CharField(_("收件人"), max_length=60, blank=True)
    tell_by_at = models.DateTimeField(_("告知期限"), null=True, blank=True)
    told_at = models.DateTimeField(_("一次性告知时间"), null=True, blank=True)
    supplement_by = models.DateField(_("补正期限"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    deemed = models.BooleanField(_("逾期未告知视为受理"), default=False)
    lenient_due_on = models.DateField(_("容缺补齐期限"), null=True, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decided_by = models.CharField(_("决定人"), max_length=60, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    settles_on = models.DateField(_("确认期限"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结归档时间"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("重新办理次数"), default=0)

    limit_value = models.PositiveIntegerField(_("承诺时限"), null=True, blank=True)
    limit_unit = models.CharField(_("承诺时限单位"), max_length=8, blank=True)
    legal_value = models.PositiveIntegerField(_("法定时限"), null=True, blank=True)
    legal_unit = models.CharField(_("法定时限单位"), max_length=8, blank=True)
    extended = models.PositiveIntegerField(_("已延长"), default=0)
    paused_since = models.DateTimeField(_("暂停起"), null=True, blank=True)
    due_on = models.DateField(_("承诺截止日期"), null=True, blank=True)
    due_at = models.DateTimeField(_("承诺截止时间"), null=True, blank=True)
    warn_at = models.DateTimeField(_("转黄时间"), null=True, blank=True)
    legal_due_on = models.DateField(_("法定截止日期"), null=True, blank=True)
    legal_due_at = models.DateTimeField(_("法定截止时间"), null=True, blank=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    on_time = models.BooleanField(_("按时"), null=True, blank=True)

    # Of the region, for lists: see flows.Step for why the policy's own column must not be in these indexes.
    township = models.GeneratedField(expression=F("region") / 1000, output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("乡镇九位代码"))
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]
    queue_at = models.GeneratedField(
        expression=Coalesce("due_at", Value(NEVER)), output_field=models.DateTimeField(), db_persist=True, verbose_name=_("排队时间")
    )

    class Meta:
        verbose_name = _("办件")
        indexes = [
            models.Index(fields=["received_at", "id"], name="case_county"),
            models.Index(fields=["township", "received_at", "id"], name="case_township"),
            models.Index(fields=["place", "received_at", "id"], name="case_village"),
            models.Index(fields=["state", "received_at", "id"], name="case_state_county"),
            models.Index(fields=["township", "state", "received_at", "id"], name="case_state_township"),
            models.Index(fields=["item_code", "received_at", "id"], name="case_item_county"),
            models.Index(fields=["township", "item_code", "received_at", "id"], name="case_item_township"),
            models.Index(fields=["applicant_name", "received_at", "id"], name="case_name"),
            models.Index(fields=["township", "applicant_name", "received_at", "id"], name="case_name_township"),
            models.Index(fields=["queue_at", "id"], name="case_paused", condition=OPEN & Q(paused_since__isnull=False)),
            models.Index(fields=["queue_at", "id"], name="case_due_county", condition=OPEN),
            models.Index(fields=["township", "queue_at", "id"], name="case_due_township", condition=OPEN),
            models.Index(fields=["place", "queue_at", "id"], name="case_due_village", condition=OPEN),
            models.Index(fields=["tell_by_at"], name="case_tell_by", condition=Q(state="received", told_at__isnull=True)),
            models.Index(fields=["lenient_due_on"], name="case_lenient", condition=OPEN & Q(lenient_due_on__isnull=False)),
            models.Index(fields=["supplement_by"], name="case_supplement_by", condition=Q(state="supplement")),
            models.Index(fields=["settles_on"], name="case_settles", condition=Q(state="delivered")),
            models.Index(fields=["bundle"], name="case_bundle", condition=~Q(bundle="")),
            models.Index(fields=["decided_at"], name="case_decided", condition=Q(decided_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="case_number_once"),  # unique=True would bring a second index, for LIKE
            models.CheckConstraint(condition=(CLOSED & Q(closed_at__isnull=False)) | (~CLOSED & Q(closed_at__isnull=True)), name="case_closed_when"),
            models.CheckConstraint(condition=Q(outcome="", decided_at__isnull=True) | (~Q(outcome="") & Q(decided_at__isnull=False)), name="case_decided_when"),
            models.CheckConstraint(condition=~Q(outcome="refused") | ~Q(reason=""), name="case_refused_why"),
            models.CheckConstraint(condition=~ENDED_EARLY | ~Q(reason=""), name="case_ended_why"),
            models.CheckConstraint(condition=~Q(state="delivered") | Q(delivered_at__isnull=False, settles_on__isnull=False), name="case_delivered_when"),
            models.CheckConstraint(condition=~Q(state__in=["review", "site_check", "joint_review", "public_notice", "decide", "certificate", "deliver"]) | Q(accepted_at__isnull=False), name="case_accepted_when"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item_name}（{self.applicant_name}）"  # text: data

    @property
    def id_last_four(self) -> str:
        """The last four of the document, which together with the number opens the progress to the public."""
        return (self.applicant_id_number or "")[-4:] if len(self.applicant_id_number or "") >= 8 else ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
