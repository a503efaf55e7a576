"""Places where residents are served: centres, stations, institutions, with their rooms, equipment and signs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.walls.models import ScopedModel


class Tier(models.TextChoices):
    COUNTY_CENTRE = "county_centre", _("县级中心")
    TOWNSHIP_CENTRE = "township_centre", _("乡镇中心")
    VILLAGE_STATION = "village_station", _("村级站点")
    INSTITUTION = "institution", _("机构")


class PlaceKind(models.TextChoices):
    SERVICE_CENTRE = "service_centre", _("公共服务中心")
    CULTURE_SQUARE = "culture_square", _("文化广场")
    COMMERCIAL_CLUSTER = "commercial_cluster", _("商业聚集地")
    VILLAGE_PREMISES = "village_premises", _("村级组织活动场所")
    OTHER = "other", _("其他场所")


class SiteState(models.TextChoices):
    PLANNED = "planned", _("筹建")
    BUILDING = "building", _("在建")
    OPEN = "open", _("开放")
    SUSPENDED = "suspended", _("暂停")
    CLOSED = "closed", _("关闭")


SITE_MOVES = [
    ("planned", "building"), ("planned", "open"), ("planned", "closed"), ("building", "open"), ("building", "closed"), ("building", "suspended"),
    ("open", "suspended"), ("open", "closed"), ("suspended", "open"), ("suspended", "building"), ("suspended", "closed"),
]  # fmt: skip


class Site(ScopedModel):
    """One place that serves residents. Its region is the village (or township) it stands in."""

    name = models.CharField(_("名称"), max_length=100)
    tier = models.CharField(_("层级"), max_length=20, choices=Tier.choices)
    purposes = models.JSONField(_("用途"), default=list)
    state = models.CharField(_("状态"), max_length=12, choices=SiteState.choices, default=SiteState.PLANNED)
    place_kind = models.CharField(_("场所类型"), max_length=24, choices=PlaceKind.choices, default=PlaceKind.SERVICE_CENTRE)
    place_words = models.CharField(_("场所类型（方案的说法）"), max_length=60, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    area = models.DecimalField(_("建筑面积（㎡）"), max_digits=8, decimal_places=2, null=True, blank=True)
    opening_hours = models.CharField(_("开放时间"), max_length=100, blank=True)
    phone = models.CharField(_("对外电话"), max_length=30, blank=True)
    rent_free = models.BooleanField(_("免租金"), default=True)
    existing = models.BooleanField(_("原有站点"), default=False)
    parcel_delivery = models.BooleanField(_("通物流配送"), default=False)
    opened_on = models.DateField(_("开放日期"), null=True, blank=True)
    closed_on = models.DateField(_("关闭日期"), null=True, blank=True)
    state_reason = models.CharField(_("状态说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("站点")
        indexes = [models.Index(fields=["tier", "state", "region"], name="site_tier_state"), models.Index(fields=["name"], name="site_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(state="open") | Q(opened_on__isnull=False), name="site_open_since"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True) | Q(longitude__isnull=False, latitude__isnull=False), name="site_coordinates"
            ),
            models.CheckConstraint(condition=Q(area__isnull=True) | Q(area__gt=0), name="site_area"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """The kind of place, in the words of the plan that built the site when it has its own."""
        return self.place_words or str(self.get_place_kind_display())


class Room(ScopedModel):
    """A room of a site. One room may serve several purposes (综合会议室 is also 党员活动室)."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="rooms", verbose_name=_("站点"))
    name = models.CharField(_("房间"), max_length=60)
    uses = models.JSONField(_("功能"), default=list)
    area = models.DecimalField(_("面积（㎡）"), max_digits=7, decimal_places=2, null=True, blank=True)
    boards = models.JSONField(_("上墙制度"), default=list)

    class Meta:
        verbose_name = _("功能室")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class Equipment(ScopedModel):
    """Things that a site has, by kind and number, with the room they stand in."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="equipment", verbose_name=_("站点"))
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="equipment", verbose_name=_("功能室"))
    kind = models.CharField(_("设备"), max_length=60)
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    asset_number = models.CharField(_("资产编号"), max_length=40, blank=True)
    bought_on = models.DateField(_("购置日期"), null=True, blank=True)
    working = models.BooleanField(_("可用"), default=True)

    class Meta:
        verbose_name = _("设备")
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="equipment_some")]


class Sign(ScopedModel):
    """What hangs outside: the centre's sign, organisation plates, the flag, the disclosure board."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="signs", verbose_name=_("站点"))
    kind = models.CharField(_("标识"), max_length=40)
    text = models.CharField(_("文字"), max_length=100, blank=True)
    put_up_on = models.DateField(_("设置日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("标识")
