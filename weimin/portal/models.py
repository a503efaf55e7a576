"""What the portal itself remembers: how often somebody guessed wrong."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """A look-up that found nothing: of which address (keyed hash) or for which number (keyed hash), and when. Kept for a day."""

    key = models.BinaryField(_("来源或编号摘要"), max_length=32)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("查询失败记录")
        indexes = [models.Index(fields=["key", "at"], name="attempt_key_at"), models.Index(fields=["at"], name="attempt_at")]
