"""First wall: every read of a scoped table starts at `visible_to(actor)`."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from weimin.walls import lookups  # noqa: F401  (registers the leakproof prefix lookup)
from weimin.walls.actor import Actor

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[Row]):
    def visible_to(self, actor: Actor) -> Self:
        """Rows inside the actor's range of region codes; none at all when the post does not have the model's purpose."""
        if not actor.has_purpose(getattr(self.model, "purpose", "")):
            return self.none()
        return self.filter(region__gte=actor.low, region__lte=actor.high)


class ScopedManager(models.Manager[Row]):
    """`from_queryset` written out, so that the type checker knows what a related manager is."""

    def get_queryset(self) -> ScopedQuerySet[Row]:
        return ScopedQuerySet(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]

    def visible_to(self, actor: Actor) -> ScopedQuerySet[Row]:
        return self.get_queryset().visible_to(actor)


class ScopedModel(models.Model):
    """A fact with a place: `region` is the official 12-digit code where it happened.

    purpose: the same word as in the `BuildWall` of its migration; only posts with it see a row ("" = every post in range).
    """

    purpose: ClassVar[str] = ""
    region = models.BigIntegerField(_("所在区划"), db_index=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True


class JobRun(models.Model):
    """How a recurring duty of this schema fared last: one row for each name. Open to every post: it says nothing of anybody."""

    name = models.CharField(max_length=60, unique=True)
    ended_at = models.DateTimeField(null=True)
    milliseconds = models.IntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("后台任务")
