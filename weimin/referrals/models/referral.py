"""One way to the hospital and back (双向转诊, A-02), and what the hospital wrote when it sent the patient back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from weimin.health.models import HealthRecord
from weimin.referrals.models.pairing import Pairing
from weimin.referrals.models.states import LANES, ON_THE_WAY, PURPOSE, Direction, EndReason, FollowResult, State, Urgency
from weimin.residents.models import Resident
from weimin.walls.models import ScopedModel


class Referral(ScopedModel):
    """From sending (up) or sending back (down) to its end. The region is the village of the person, and follows them.

    hospital: the name that its posts carry as their unit; `attended`: it had such a post when the referral was sent, so that it answers
    for itself; else the community writes down what the hospital said. doctor: the person who sent, or receives.
    wait_until: the moment by which the desk that holds it should act; far away when there is none; the end of what is over.
    """

    purpose: ClassVar[str] = PURPOSE

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="referrals", verbose_name=_("居民"))
    record = models.ForeignKey(HealthRecord, models.PROTECT, null=True, blank=True, related_name="referrals", verbose_name=_("健康档案"))
    direction = models.CharField(_("方向"), max_length=4, choices=Direction.choices)
    urgency = models.CharField(_("缓急"), max_length=10, choices=Urgency.choices, default=Urgency.ORDINARY)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    unit = models.CharField(_("社区机构"), max_length=100)
    doctor = models.BigIntegerField(_("转诊医生编号"), null=True, blank=True)
    doctor_name = models.CharField(_("转诊医生"), max_length=40, blank=True)
    doctor_phone = models.CharField(_("医生电话"), max_length=30, blank=True)
    pairing = models.ForeignKey(Pairing, models.PROTECT, null=True, blank=True, related_name="referrals", verbose_name=_("对口支援"))
    hospital = models.CharField(_("医院"), max_length=100)
    department = models.CharField(_("科室"), max_length=60, blank=True)
    attended = models.BooleanField(_("医院在线办理"), default=True)
    grounds = models.JSONField(_("规范判断的依据"), default=list)
    reason = models.CharField(_("转诊原因"), max_length=200, blank=True)
    impression = models.CharField(_("初步印象"), max_length=200, blank=True)
    present = models.TextField(_("主要现病史"), blank=True)
    past = models.TextField(_("主要既往史"), blank=True)
    treatment = models.TextField(_("治疗经过"), blank=True)
    sent_at = models.DateTimeField(_("转诊时间"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    hospital_doctor = models.CharField(_("接诊医生"), max_length=40, blank=True)
    appointment_on = models.DateField(_("预约日期"), null=True, blank=True)
    declined_reason = models.CharField(_("不能接的原因"), max_length=200, blank=True)
    arrived_on = models.DateField(_("到院日期"), null=True, blank=True)
    admitted_on = models.DateField(_("入院日期"), null=True, blank=True)
    hospital_number = models.CharField(_("病案号"), max_length=40, blank=True)
    follow_by = models.DateField(_("最晚追踪日期"), null=True, blank=True)
    followed_on = models.DateField(_("追踪日期"), null=True, blank=True)
    follow_result = models.CharField(_("追踪结果"), max_length=10, choices=FollowResult.choices, blank=True)
    follow_note = models.CharField(_("追踪说明"), max_length=200, blank=True)
    returned_on = models.DateField(_("转回日期"), null=True, blank=True)
    received_on = models.DateField(_("接收日期"), null=True, blank=True)
    visited_on = models.DateField(_("康复随访日期"), null=True, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    end_reason = models.CharField(_("结束原因"), max_length=10, choices=EndReason.choices, blank=True)
    end_note = models.CharField(_("结束说明"), max_length=200, blank=True)
    merged_from = models.BigIntegerField(_("并入前的居民"), null=True, blank=True)
    wait_until = models.DateTimeField(_("最晚办理时间"))
    lane = models.GeneratedField(
        expression=Case(*[When(state=str(state.value), then=Value(str(lane.value))) for state, lane in LANES.items()], default=Value("over")),
        output_field=models.CharField(max_length=10), db_persist=True, verbose_name=_("列表"),
    )  # fmt: skip
    # Copies of `region` for the indexes that lists walk (see residents.Resident.place).
    township = models.GeneratedField(expression=F("region") / 1000, output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("乡镇九位代码"))
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]

    class Meta:
        verbose_name = _("双向转诊")
        indexes = [
            models.Index(fields=["lane", "wait_until", "id"], name="referral_county"),
            models.Index(fields=["township", "lane", "wait_until", "id"], name="referral_township"),
            models.Index(fields=["place", "lane", "wait_until", "id"], name="referral_village"),
            models.Index(fields=["hospital", "lane", "wait_until", "id"], name="referral_hospital"),
            models.Index(fields=["record", "-sent_at"], name="referral_record"),
            models.Index(fields=["resident", "-sent_at"], name="referral_resident"),
            models.Index(fields=["doctor", "-id"], name="referral_doctor"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["resident"], name="referral_one_on_the_way", condition=Q(state__in=[str(state.value) for state in ON_THE_WAY])),
            models.CheckConstraint(condition=~Q(state__in=["returned", "received"]) | Q(returned_on__isnull=False), name="referral_returned"),
            models.CheckConstraint(condition=Q(admitted_on__isnull=True) | Q(returned_on__isnull=True) | Q(returned_on__gte=F("admitted_on")), name="referral_stay"),
            models.CheckConstraint(condition=Q(state="closed", closed_on__isnull=False) | Q(state="cancelled", closed_on__isnull=False) | (~Q(state__in=["closed", "cancelled"]) & Q(closed_on__isnull=True)), name="referral_ended"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.hospital}"

    @property
    def about(self) -> str:
        """Whom and what a form is about."""
        return f"{self.resident.name} · {self}"

    @property
    def is_up(self) -> bool:
        return self.direction == Direction.UP


class Summary(ScopedModel):
    """What the hospital tells the community with a patient who comes back (回转单): one for each referral that returned."""

    purpose: ClassVar[str] = PURPOSE

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="summary", verbose_name=_("双向转诊"))
    diagnosis = models.CharField(_("诊断结果"), max_length=200)
    results = models.TextField(_("主要检查结果"))
    treatment = models.TextField(_("治疗经过"))
    drugs = models.TextField(_("带药和用法"), blank=True)
    rehabilitation = models.TextField(_("康复建议"))
    next_steps = models.TextField(_("下一步治疗方案"), blank=True)
    visit_by = models.DateField(_("最晚康复随访日期"))
    doctor_name = models.CharField(_("医院医生"), max_length=40)
    doctor_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    written_by = models.CharField(_("录入人"), max_length=40)
    written_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = _("转回小结")

    def __str__(self) -> str:
        return self.diagnosis
