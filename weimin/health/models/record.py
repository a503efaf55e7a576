"""The health record of a resident (居民健康档案, A-01 to A-07)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.health.models.states import PURPOSE, InactiveReason, RecordState
from weimin.residents.models import Resident
from weimin.walls.models import ScopedModel


class HealthRecord(ScopedModel):
    """One for each resident. `number`: 17 digits (A-03). `institution`: the site that keeps it; `doctor`: the person who answers for it.

    personal: the personal information form (A-07) by its field names and codes; `personal_on` when it was last gone through.
    touched_on: the day of the last dynamic record (visit, examination, referral), from which the usage rate is counted (A-05).
    """

    purpose: ClassVar[str] = PURPOSE

    resident = models.OneToOneField(Resident, models.PROTECT, related_name="health_record", verbose_name=_("居民"))
    number = models.CharField(_("档案编号"), max_length=17, unique=True)
    institution = models.BigIntegerField(_("管理机构"), null=True, blank=True, db_index=True)
    doctor = models.BigIntegerField(_("责任医生"), null=True, blank=True)
    opened_on = models.DateField(_("建档日期"))
    opened_by = models.CharField(_("建档人"), max_length=60)
    state = models.CharField(_("状态"), max_length=8, choices=RecordState.choices, default=RecordState.ACTIVE)
    inactive_reason = models.CharField(_("非活动原因"), max_length=8, choices=InactiveReason.choices, blank=True)
    inactive_on = models.DateField(_("非活动日期"), null=True, blank=True)
    inactive_note = models.CharField(_("说明"), max_length=200, blank=True)
    personal = models.JSONField(_("个人基本信息表"), default=dict)
    personal_on = models.DateField(_("信息更新日期"), null=True, blank=True)
    touched_on = models.DateField(_("最近动态记录"), null=True, blank=True)
    # A copy of `region` for the indexes that lists walk (see residents.Resident.place).
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("健康档案")
        indexes = [
            models.Index(fields=["doctor", "region"], name="record_doctor"),
            models.Index(fields=["place", "id"], name="record_place"),
            models.Index(fields=["state", "place", "id"], name="record_inactive", condition=Q(state="inactive")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="active", inactive_on__isnull=True, inactive_reason="")
                | (Q(state="inactive", inactive_on__isnull=False) & ~Q(inactive_reason="")),
                name="record_inactive_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        """Whom an action is about, at the head of its page: a number alone tells nobody at a bedside."""
        return f"{self.resident.name} · {self.number}"


class OfRecord:
    """A part of somebody's record: the page of an action names the person first."""

    record: Any

    @property
    def about(self) -> str:
        return f"{self.record.resident.name} · {self}"


class RecordSerial(ScopedModel):
    """The last serial number that a village gave to a health record (A-03); a number once given is never given again."""

    last = models.PositiveIntegerField(_("已用序号"), default=0)

    class Meta:
        verbose_name = _("档案序号")
        constraints = [
            models.UniqueConstraint(fields=["region"], name="record_serial_once"),
            models.CheckConstraint(condition=Q(last__lte=99_999), name="record_serial_fits"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.last}"
