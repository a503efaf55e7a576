"""Posts of a centre with their duties, and who holds them as what: elected, hired, party member without office, retired, volunteer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.sites.models import Site
from weimin.staffing.models.people import Worker
from weimin.walls.models import ScopedModel


class Capacity(models.TextChoices):
    """As what somebody serves (plan 5: village cadres first, then the others without pay)."""

    ELECTED = "elected", _("村（社区）两委成员")
    HIRED = "hired", _("聘用人员")
    PARTY = "party", _("无职党员")
    RETIRED = "retired", _("离退休人员")
    VOLUNTEER = "volunteer", _("志愿者")


class ServicePost(ScopedModel):
    """A post (岗位) set up at a site with its duties and how many may hold it, as in 无职党员设岗定责."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="service_posts", verbose_name=_("站点"))
    name = models.CharField(_("岗位名称"), max_length=40)
    duties = models.JSONField(_("岗位职责"), default=list)
    places = models.PositiveSmallIntegerField(_("定员"), default=1)
    capacities = models.JSONField(_("面向人员"), default=list)
    set_up_on = models.DateField(_("设岗日期"))
    ended_on = models.DateField(_("撤岗日期"), null=True, blank=True)

    held: int | None = None  # how many hold it, where a list has counted; the buttons then ask no question each

    class Meta:
        verbose_name = _("岗位")
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="service_post_once", condition=Q(ended_on__isnull=True)),
            models.CheckConstraint(condition=Q(places__gt=0), name="service_post_places"),
            models.CheckConstraint(condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("set_up_on")), name="service_post_period"),
        ]

    def __str__(self) -> str:
        return self.name


class Holding(ScopedModel):
    """Somebody holds a post from a day on, in a capacity, with what they promised."""

    post = models.ForeignKey(ServicePost, models.PROTECT, related_name="holdings", verbose_name=_("岗位"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="holdings", verbose_name=_("人员"))
    capacity = models.CharField(_("人员身份"), max_length=10, choices=Capacity.choices)
    pledge = models.CharField(_("本人承诺"), max_length=200, blank=True)
    starts_on = models.DateField(_("上岗日期"))
    ends_on = models.DateField(_("离岗日期"), null=True, blank=True)
    end_reason = models.CharField(_("离岗原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("上岗")
        constraints = [
            models.UniqueConstraint(fields=["post", "worker"], name="holding_once", condition=Q(ends_on__isnull=True)),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="holding_period"),
        ]

    def __str__(self) -> str:
        return f"{self.worker.name} {self.post.name}"
