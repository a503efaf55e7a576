"""Service items and their versions. A published version never changes; a case keeps the version it started with."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Cast
from django.utils.translation import gettext_lazy as _

from weimin.catalogue.content import ItemContent
from weimin.catalogue.parsed import parsed


class VersionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    REPLACED = "replaced", _("已被新版取代")
    DROPPED = "dropped", _("已作废")


VERSION_MOVES = [("draft", "published"), ("draft", "dropped"), ("published", "replaced")]


class Item(models.Model):
    """A service item (事项) of the jurisdiction. Public: everybody may read what a government serves.

    `name` and `window` are those of the current version, else of the draft. `offered` false: taken out of service for now.
    """

    code = models.CharField(_("事项编码"), max_length=10, unique=True)
    name = models.CharField(_("事项名称"), max_length=80)
    window = models.CharField(_("窗口"), max_length=12)
    offered = models.BooleanField(_("开办"), default=True)
    stopped_reason = models.CharField(_("停办原因"), max_length=200, blank=True)
    current = models.ForeignKey("ItemVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("现行版本"))

    class Meta:
        verbose_name = _("服务事项")

    def __str__(self) -> str:
        return self.name


class ItemVersion(models.Model):
    """The implementation list of an item as it was published. `data` is an `ItemContent`.

    Only a draft changes; the database refuses anything else (migration 0002). `fingerprint` is the database's own hash of
    `data`, so that what was read once need not be read again.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", verbose_name=_("事项"))
    number = models.PositiveIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    data = models.JSONField(_("内容"))
    fingerprint = models.GeneratedField(expression=MD5(Cast("data", models.TextField())), output_field=models.CharField(max_length=32), db_persist=True)
    note = models.CharField(_("修改说明"), max_length=200, blank=True)
    created_by = models.CharField(_("编制人"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("编制时间"))
    published_by = models.CharField(_("发布人"), max_length=60, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("事项版本")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_once"),
            models.UniqueConstraint(fields=["item"], name="item_one_published", condition=Q(state="published")),
            models.UniqueConstraint(fields=["item"], name="item_one_draft", condition=Q(state="draft")),
            models.CheckConstraint(condition=~Q(state__in=["published", "replaced"]) | Q(published_at__isnull=False), name="item_version_published"),
        ]

    def __str__(self) -> str:
        return f"{self.item.name} {self.number}"

    @cached_property
    def content(self) -> ItemContent:
        return parsed(self.fingerprint, lambda: self.data)
