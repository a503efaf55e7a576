"""People who serve at sites (not necessarily users), how they were chosen, and who leads the work."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person
from weimin.secrets.fields import LookupField, SealedField
from weimin.sites.models import Site
from weimin.walls.models import ScopedModel


class Worker(ScopedModel):
    """Somebody who may serve or serves at a site: a helper, an operator, an elected member, a volunteer."""

    name = models.CharField(_("姓名"), max_length=40)
    gender = models.CharField(_("性别"), max_length=1, choices=[("m", _("男")), ("f", _("女"))], blank=True)
    birth_year = models.PositiveSmallIntegerField(_("出生年份"), null=True, blank=True)
    phone = SealedField(_("手机号"), null=True, blank=True)
    phone_lookup = LookupField(kind="phone", of="phone")
    background = models.CharField(_("来源人群"), max_length=60, blank=True)
    roles = models.JSONField(_("兼任身份"), default=list)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="workers", verbose_name=_("系统账号"))

    class Meta:
        verbose_name = _("服务人员")
        indexes = [models.Index(fields=["name"], name="worker_name"), models.Index(fields=["region", "name"], name="worker_region_name")]

    def __str__(self) -> str:
        return self.name


class NominationState(models.TextChoices):
    NOMINATED = "nominated", _("已推荐")
    EXAMINED = "examined", _("已考察")
    CHOSEN = "chosen", _("已确定")
    REFUSED = "refused", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


NOMINATION_MOVES = [
    ("nominated", "examined"), ("nominated", "refused"), ("nominated", "withdrawn"), ("examined", "chosen"), ("examined", "refused"),
    ("examined", "withdrawn"), ("chosen", "withdrawn"),
]  # fmt: skip


class Filing(ScopedModel):
    """A township's list of chosen people, handed to the county for the record (备案). `region` is the township."""

    plan = models.BigIntegerField(_("方案"))
    people = models.PositiveIntegerField(_("人数"))
    due_on = models.DateField(_("备案期限"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    filed_by = models.CharField(_("报送人"), max_length=60)
    filed_at = models.DateTimeField(_("报送时间"))

    class Meta:
        verbose_name = _("人员备案")
        constraints = [models.CheckConstraint(condition=Q(people__gt=0), name="filing_somebody")]

    def __str__(self) -> str:
        return str(_("人员备案名单"))


class Nomination(ScopedModel):
    """One candidate put forward for one site; examined on the plan's criteria; chosen or refused with the reason."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="nominations", verbose_name=_("站点"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="nominations", verbose_name=_("人选"))
    plan = models.BigIntegerField(_("方案"))
    state = models.CharField(_("状态"), max_length=10, choices=NominationState.choices, default=NominationState.NOMINATED)
    nominated_by = models.CharField(_("推荐人"), max_length=60)
    nominated_at = models.DateTimeField(_("推荐时间"))
    opinion = models.CharField(_("推荐意见"), max_length=300, blank=True)
    marks = models.JSONField(_("考察评分"), default=dict)
    examined_by = models.CharField(_("考察人"), max_length=60, blank=True)
    examined_at = models.DateTimeField(_("考察时间"), null=True, blank=True)
    decided_by = models.CharField(_("决定人"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name=_("备案"))

    class Meta:
        verbose_name = _("推荐")
        indexes = [models.Index(fields=["plan", "state", "region"], name="nomination_roll_up")]
        constraints = [
            models.UniqueConstraint(fields=["site", "worker", "plan"], name="nomination_once"),
            models.UniqueConstraint(fields=["site", "plan"], name="nomination_one_chosen", condition=Q(state="chosen")),
            models.CheckConstraint(condition=~Q(state__in=["chosen", "refused"]) | Q(decided_at__isnull=False), name="nomination_decided"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="nomination_refused_why"),
            models.CheckConstraint(condition=~Q(state__in=["examined", "chosen"]) | Q(examined_at__isnull=False), name="nomination_examined"),
        ]

    def __str__(self) -> str:
        return self.worker.name


class Appointment(ScopedModel):
    """Somebody serves at a site in a job from a day on."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="appointments", verbose_name=_("站点"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="appointments", verbose_name=_("人员"))
    job = models.CharField(_("职责"), max_length=60)
    starts_on = models.DateField(_("任职日期"))
    ends_on = models.DateField(_("离任日期"), null=True, blank=True)
    end_reason = models.CharField(_("离任原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.UniqueConstraint(fields=["site", "worker", "job"], name="appointment_once", condition=Q(ends_on__isnull=True)),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="appointment_period"),
        ]

    def __str__(self) -> str:
        return f"{self.worker.name} {self.job}"


class Certificate(ScopedModel):
    """A course passed or a qualification held; no operator opens without one."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="certificates", verbose_name=_("人员"))
    kind = models.CharField(_("种类"), max_length=60)
    number = models.CharField(_("编号"), max_length=60, blank=True)
    score = models.PositiveSmallIntegerField(_("成绩"), null=True, blank=True)
    issued_by = models.CharField(_("发证单位"), max_length=80, blank=True)
    issued_on = models.DateField(_("发证日期"))
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta:
        verbose_name = _("证书")

    def __str__(self) -> str:
        return self.kind


class LeadingGroup(ScopedModel):
    """A leading group (领导小组) with its office. It stands in the plan, which every post may read: no wall."""

    plan = models.BigIntegerField(_("方案"), unique=True)
    name = models.CharField(_("名称"), max_length=100)
    set_up_by = models.CharField(_("成立机关"), max_length=100, blank=True)
    office = models.CharField(_("办公室"), max_length=100, blank=True)
    director = models.CharField(_("办公室主任"), max_length=40, blank=True)
    duties = models.JSONField(_("任务"), default=list)
    office_duties = models.JSONField(_("办公室职责"), default=list)

    class Meta:
        verbose_name = _("领导小组")

    def __str__(self) -> str:
        return self.name


class GroupMember(ScopedModel):
    """A member by name and post, with what they answer for."""

    group = models.ForeignKey(LeadingGroup, models.CASCADE, related_name="members", verbose_name=_("领导小组"))
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("职务"), max_length=60)
    seat = models.CharField(_("组内身份"), max_length=8, choices=[("leader", _("组长")), ("deputy", _("副组长")), ("member", _("成员"))])
    duties = models.JSONField(_("分工"), default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("成员")
        ordering = ["position"]
