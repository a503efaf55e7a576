"""Residents and households: who lives where, with whom, and in which groups they are counted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.secrets.fields import LookupField, SealedField
from weimin.walls.models import ScopedModel

PURPOSE = "residents"


class IdKind(models.TextChoices):
    """Kinds of identity documents (H-01)."""

    ID_CARD = "id_card", _("居民身份证")
    PASSPORT = "passport", _("护照")
    HONG_KONG_MACAO = "hong_kong_macao", _("港澳居民居住证或通行证")
    TAIWAN = "taiwan", _("台湾居民居住证或通行证")
    FOREIGN_PERMANENT = "foreign_permanent", _("外国人永久居留身份证")
    NONE = "none", _("暂无证件")


class Gender(models.TextChoices):
    MALE = "m", _("男")
    FEMALE = "f", _("女")


class ResidentStatus(models.TextChoices):
    LIVING = "living", _("在册")
    MOVED_OUT = "moved_out", _("迁出")
    DEAD = "dead", _("死亡")
    MERGED = "merged", _("已合并")


STATUS_MOVES = [
    ("living", "moved_out"), ("living", "dead"), ("living", "merged"), ("moved_out", "living"), ("moved_out", "dead"), ("moved_out", "merged"),
    ("dead", "living"), ("dead", "merged"), ("merged", "living"), ("merged", "moved_out"), ("merged", "dead"),
]  # fmt: skip


class HouseholdStatus(models.TextChoices):
    STANDING = "standing", _("在册")
    ENDED = "ended", _("已销户")


class Household(ScopedModel):
    """A household of the register (户). Its region is the village or community where it lives."""

    purpose: ClassVar[str] = PURPOSE

    number = models.CharField(_("户号"), max_length=20, blank=True)
    address = models.CharField(_("住址"), max_length=200, blank=True)
    collective = models.BooleanField(_("集体户"), default=False)
    status = models.CharField(_("状态"), max_length=8, choices=HouseholdStatus.choices, default=HouseholdStatus.STANDING)
    head_name = models.CharField(_("户主姓名"), max_length=60, blank=True)
    settled_on = models.DateField(_("立户日期"), null=True, blank=True)
    ended_on = models.DateField(_("销户日期"), null=True, blank=True)
    end_reason = models.CharField(_("销户原因"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("户")
        indexes = [models.Index(fields=["number"], name="household_number"), models.Index(fields=["address"], name="household_address")]
        constraints = [
            models.CheckConstraint(condition=Q(status="standing", ended_on__isnull=True) | Q(status="ended", ended_on__isnull=False), name="household_ended"),
        ]

    def __str__(self) -> str:
        return self.number or self.head_name


class Resident(ScopedModel):
    """A person of the register. Its region is where the person lives; `registered_region` where the hukou is.

    `pinyin`, `initials` (of all readings of the surname, joined by a space) and the columns of the given name are computed in Python and make the
    searches; identifiers are sealed and found by keyed hash.
    """

    purpose: ClassVar[str] = PURPOSE

    name = models.CharField(_("姓名"), max_length=60)
    given = models.CharField(_("名"), max_length=40, blank=True)
    pinyin = models.CharField(_("姓名拼音"), max_length=160, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=40, blank=True)
    gender = models.CharField(_("性别"), max_length=1, choices=Gender.choices)
    birth_on = models.DateField(_("出生日期"))
    id_kind = models.CharField(_("证件类型"), max_length=20, choices=IdKind.choices, default=IdKind.ID_CARD)
    id_number = SealedField(_("证件号码"), null=True, blank=True)
    id_lookup = LookupField(kind="id_number", of="id_number")
    id_tail_lookup = LookupField(kind="id_tail", of="id_tail")
    phone = SealedField(_("联系电话"), null=True, blank=True)
    phone_lookup = LookupField(kind="phone", of="phone")
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    marital = models.CharField(_("婚姻状况"), max_length=10, blank=True)
    education = models.CharField(_("文化程度"), max_length=20, blank=True)
    occupation = models.CharField(_("职业"), max_length=40, blank=True)
    address = models.CharField(_("住址"), max_length=200, blank=True)
    registered_region = models.BigIntegerField(_("户籍地"), null=True, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="residents", verbose_name=_("户"))
    relation = models.CharField(_("与户主关系"), max_length=20, blank=True)
    status = models.CharField(_("状态"), max_length=10, choices=ResidentStatus.choices, default=ResidentStatus.LIVING)
    status_on = models.DateField(_("状态日期"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("并入"))
    source = models.CharField(_("来源"), max_length=40, blank=True)
    updated_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("居民")
        indexes = [
            models.Index(fields=["name", "region"], name="resident_name"),
            models.Index(fields=["given", "region"], name="resident_given"),
            models.Index(fields=["pinyin", "region"], name="resident_pinyin"),
            models.Index(fields=["initials", "region"], name="resident_initials"),
            models.Index(fields=["address", "region"], name="resident_address"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id_lookup"], name="resident_id_once", condition=~Q(status="merged")),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) | (~Q(status="merged") & Q(merged_into__isnull=True)), name="resident_merged"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def id_tail(self) -> str:
        """The last six of the document's number, which people remember."""
        return (self.id_number or "")[-6:] if len(self.id_number or "") >= 8 else ""


class GroupKind(models.TextChoices):
    """Population groups (A2). Groups of age are computed and not stored."""

    LIVING_ALONE = "living_alone", _("独居或空巢老人")
    LEFT_BEHIND_CHILD = "left_behind_child", _("留守儿童")
    LEFT_BEHIND_WOMAN = "left_behind_woman", _("留守妇女")
    DISABLED = "disabled", _("残疾人")
    MENTAL_ILLNESS = "mental_illness", _("严重精神障碍患者")
    EXTREME_POVERTY = "extreme_poverty", _("特困人员")
    LOW_INCOME = "low_income", _("低保对象")
    LOW_INCOME_FRINGE = "low_income_fringe", _("低保边缘家庭成员")
    ORPHAN = "orphan", _("孤儿")
    UNSUPPORTED_CHILD = "unsupported_child", _("事实无人抚养儿童")
    VETERAN = "veteran", _("退役军人")
    PARTY_MEMBER = "party_member", _("党员")


class GroupMembership(ScopedModel):
    """Somebody belongs to a population group from a day on, by a source (certificate, list, visit)."""

    purpose: ClassVar[str] = PURPOSE

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="groups", verbose_name=_("居民"))
    kind = models.CharField(_("人群"), max_length=20, choices=GroupKind.choices)
    detail = models.CharField(_("等级或说明"), max_length=60, blank=True)
    since_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("人群")
        indexes = [models.Index(fields=["kind", "region"], name="group_kind_region")]
        constraints = [
            models.UniqueConstraint(fields=["resident", "kind"], name="group_once", condition=Q(until_on__isnull=True)),
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="group_period"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Membership(ScopedModel):
    """Who belonged to which household when, in which relation to its head."""

    purpose: ClassVar[str] = PURPOSE

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="memberships", verbose_name=_("居民"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships", verbose_name=_("户"))
    relation = models.CharField(_("与户主关系"), max_length=20, blank=True)
    since_on = models.DateField(_("起始日期"), null=True, blank=True)
    until_on = models.DateField(_("截止日期"), null=True, blank=True)
    reason = models.CharField(_("变动原因"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("户内关系")
        constraints = [
            models.UniqueConstraint(fields=["resident"], name="membership_one_open", condition=Q(until_on__isnull=True)),
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gte=F("since_on")), name="membership_period"),
        ]

    def __str__(self) -> str:
        return self.relation
