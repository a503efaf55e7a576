"""The building of one site: from the wanted place to the paid subsidy (N3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.buildout.models.plan import Plan
from weimin.sites.models import Site
from weimin.walls.models import ScopedModel


class ProjectState(models.TextChoices):
    WANTED = "wanted", _("待选址")
    PROPOSED = "proposed", _("已提出")
    FILED = "filed", _("已备案")
    BUILDING = "building", _("施工中")
    FITTED = "fitted", _("已建成")
    TRAINED = "trained", _("已培训")
    OPEN = "open", _("已开业")
    APPLIED = "applied", _("验收中")
    RECTIFYING = "rectifying", _("整改中")
    FAILED = "failed", _("验收不合格")
    ACCEPTED = "accepted", _("已验收")
    SUBSIDISED = "subsidised", _("已补助")
    SUSPENDED = "suspended", _("已暂停")
    CLOSED = "closed", _("已撤销")


BUILT = ("open", "applied", "rectifying", "failed", "accepted", "subsidised")
DONE = ("accepted", "subsidised")


class Quota(ScopedModel):
    """How many stations a township has to propose under a coverage rule; the villages are its own choice."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="quotas")
    tier = models.CharField(max_length=60)
    wanted = models.PositiveIntegerField(_("应建数"))
    villages = models.PositiveIntegerField(_("行政村数"))

    class Meta:
        verbose_name = _("布点任务")
        constraints = [models.UniqueConstraint(fields=["plan", "tier", "region"], name="quota_once")]

    def __str__(self) -> str:
        return str(self.tier)


class Project(ScopedModel):
    """One site to be built under a plan. `region` is where it stands, `township` the township around it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="projects", verbose_name=_("方案"))
    site = models.OneToOneField(Site, models.PROTECT, related_name="project", null=True, verbose_name=_("站点"))
    tier = models.CharField(_("层级"), max_length=60)
    batch = models.CharField(_("批次"), max_length=60, blank=True)
    township = models.BigIntegerField(_("乡镇"))
    name = models.CharField(_("名称"), max_length=100)
    state = models.CharField(_("状态"), max_length=12, choices=ProjectState.choices, default=ProjectState.WANTED)
    state_before = models.CharField(max_length=12, blank=True)
    due_on = models.DateField(_("完成期限"), null=True)
    self_borne = models.BooleanField(_("自付房租宽带"), default=False)
    acknowledged_by = models.CharField(_("告知确认人"), max_length=40, blank=True)
    acknowledged_at = models.DateTimeField(_("告知确认时间"), null=True)
    evidence = models.JSONField(_("材料"), default=dict)  # evidence key of the plan → ids of attachments
    opened_on = models.DateField(_("开业日期"), null=True)
    accepted_on = models.DateField(_("验收日期"), null=True)
    subsidised_on = models.DateField(_("补助日期"), null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("建设任务")
        indexes = [
            models.Index(fields=["plan", "tier", "township", "state"], name="project_roll_up"),
            models.Index(fields=["plan", "due_on"], name="project_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "tier", "region"], name="project_once", condition=~Q(state="closed")),
            models.CheckConstraint(
                condition=Q(state__in=["wanted", "closed", "suspended"]) | Q(site__isnull=False),
                name="project_has_site",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "subsidised"]) | Q(accepted_on__isnull=False),
                name="project_accepted_on",
            ),
            models.CheckConstraint(condition=~Q(state="subsidised") | Q(subsidised_on__isnull=False), name="project_subsidised_on"),
            models.CheckConstraint(
                condition=Q(self_borne=False) | Q(acknowledged_at__isnull=False) | Q(state="wanted"),
                name="project_told",
            ),
        ]

    def __str__(self) -> str:
        return self.name
