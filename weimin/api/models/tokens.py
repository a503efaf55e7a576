"""A token is a key by which another program acts in a post. Only a keyed hash of it is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.accounts.models import Person, Post
from weimin.walls.models import ScopedModel


class Token(ScopedModel):
    """What a program of the office (a county platform, a terminal in the hall) shows with each call.

    It acts as the person of the post: role, region and purposes are the post's, `scopes` narrow them further. Its region is
    the post's. Read at the door before anybody is known, like posts.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("岗位"))
    name = models.CharField(_("用途"), max_length=60)
    tail = models.CharField(_("末四位"), max_length=4)
    secret_hash = models.BinaryField(_("令牌摘要"), max_length=32, unique=True)
    scopes = models.JSONField(_("可以做的事"), default=list)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("发放人"))
    created_at = models.DateTimeField(_("发放时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("收回人"))

    class Meta:
        verbose_name = _("接口令牌")
        indexes = [models.Index(fields=["region", "-created_at"], name="token_region"), models.Index(fields=["post"], name="token_post")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_period"),
            models.CheckConstraint(condition=Q(revoked_by=None) | Q(revoked_at__isnull=False), name="token_revoked"),
        ]

    def __str__(self) -> str:
        return self.name

    def in_force(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
