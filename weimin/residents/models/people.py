"""A person of the register."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.residents.models.households import PURPOSE, Household
from weimin.secrets.fields import LookupField, SealedField
from weimin.walls.models import ScopedModel

__all__ = ["PURPOSE", "STATUS_MOVES", "Gender", "IdKind", "Marital", "Resident", "ResidentStatus"]


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


class Marital(models.TextChoices):
    """As the household register has it (GB/T 2261.2)."""

    SINGLE = "single", _("未婚")
    MARRIED = "married", _("已婚")
    WIDOWED = "widowed", _("丧偶")
    DIVORCED = "divorced", _("离婚")


class ResidentStatus(models.TextChoices):
    LIVING = "living", _("在册")
    MOVED_OUT = "moved_out", _("迁出")
    DEAD = "dead", _("死亡")
    MERGED = "merged", _("已合并")


STATUS_MOVES = [
    ("living", "moved_out"), ("living", "dead"), ("living", "merged"), ("moved_out", "living"), ("moved_out", "dead"), ("moved_out", "merged"),
    ("dead", "living"), ("dead", "merged"), ("merged", "living"), ("merged", "moved_out"), ("merged", "dead"),
]  # fmt: skip


class Resident(ScopedModel):
    """A person of the register. Its region is where the person lives; `registered_region` where the hukou is.

    Written only with what `entering.new_resident` makes: the columns of the name (given name, pinyin, initials, a second reading of
    a name with polyphones) carry the searches; identifiers are sealed and found by keyed hash.
    """

    purpose: ClassVar[str] = PURPOSE

    region = models.BigIntegerField(_("所在区划"))
    # A copy of `region` that no policy speaks of, for the indexes that searches and lists walk (see flows.Step.place). No index holds
    # `region` itself: the planner would take the policy's range, whose size it cannot know, for the way to a single row.
    place = models.GeneratedField(expression=F("region"), output_field=models.BigIntegerField(), db_persist=True, verbose_name=_("村级代码"))  # type: ignore[arg-type]
    name = models.CharField(_("姓名"), max_length=60)
    given = models.CharField(_("名"), max_length=60, blank=True)
    pinyin = models.CharField(_("姓名拼音"), max_length=160, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=40, blank=True)
    pinyin_other = models.CharField(_("另一种读音"), max_length=160, blank=True)
    initials_other = models.CharField(_("另一种首字母"), max_length=40, blank=True)
    gender = models.CharField(_("性别"), max_length=1, choices=Gender.choices)
    birth_on = models.DateField(_("出生日期"))
    id_kind = models.CharField(_("证件类型"), max_length=20, choices=IdKind.choices, default=IdKind.ID_CARD)
    id_number = SealedField(_("证件号码"), null=True, blank=True)
    id_lookup = LookupField(kind="id_number", of="id_number", db_index=False)
    id_tail_lookup = LookupField(kind="id_tail", of="id_tail")
    phone = SealedField(_("联系电话"), null=True, blank=True)
    phone_lookup = LookupField(kind="phone", of="phone")
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    marital = models.CharField(_("婚姻状况"), max_length=10, choices=Marital.choices, blank=True)
    education = models.CharField(_("文化程度"), max_length=20, blank=True)
    occupation = models.CharField(_("职业"), max_length=40, blank=True)
    address = models.CharField(_("住址"), max_length=200, blank=True)
    registered_region = models.BigIntegerField(_("户籍地"), null=True, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="residents", verbose_name=_("户"))
    relation = models.CharField(_("与户主关系"), max_length=20, blank=True)
    status = models.CharField(_("状态"), max_length=10, choices=ResidentStatus.choices, default=ResidentStatus.LIVING)
    status_on = models.DateField(_("状态日期"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False, verbose_name=_("并入"))
    source = models.CharField(_("来源"), max_length=40, blank=True)
    updated_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("居民")
        indexes = [
            models.Index(fields=["place", "id"], name="resident_place"),
            models.Index(fields=["name", "place"], name="resident_name"),
            models.Index(fields=["given", "place"], name="resident_given"),
            models.Index(fields=["pinyin", "place"], name="resident_pinyin"),
            models.Index(fields=["initials", "place"], name="resident_initials"),
            models.Index(fields=["pinyin_other", "place"], name="resident_pinyin_other", condition=~Q(pinyin_other="")),
            models.Index(fields=["initials_other", "place"], name="resident_initials_other", condition=~Q(initials_other="")),
            models.Index(fields=["address", "place"], name="resident_address"),
            models.Index(fields=["status", "place", "id"], name="resident_not_living", condition=~Q(status="living")),
            models.Index(fields=["merged_into"], name="resident_merged_into", condition=Q(merged_into__isnull=False)),
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
