"""Yearly star ratings and the quarterly bulletin."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from weimin.institutions.models.institution import Institution
from weimin.walls.models import ScopedModel


class RatingState(models.TextChoices):
    APPLIED = "applied", _("待评定")
    CONFIRMED = "confirmed", _("待公布")
    PUBLISHED = "published", _("已公布")
    RETURNED = "returned", _("已退回")


RATING_MOVES = [("applied", "confirmed"), ("applied", "returned"), ("confirmed", "published"), ("confirmed", "returned")]


class Rating(ScopedModel):
    """An institution's stars of a year: applied for, computed from the scheme, confirmed (with the reason when differing), published.

    account: the criteria as they were judged on `computed_on` (`wording.account_of`), so that a published rating never changes.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="ratings", verbose_name=_("卫生机构"))
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=10, choices=RatingState.choices, default=RatingState.APPLIED)
    statement = models.CharField(_("申报说明"), max_length=500, blank=True)
    applied_by = models.CharField(_("申报人"), max_length=60)
    applied_at = models.DateTimeField(_("申报时间"))
    scheme_from = models.DateField(_("评分办法版本"))
    computed_on = models.DateField(_("计算日期"))
    account = models.JSONField(_("评分"), default=dict)
    points = models.DecimalField(_("得分"), max_digits=4, decimal_places=1)
    computed = models.PositiveSmallIntegerField(_("计算的星级"))
    stars = models.PositiveSmallIntegerField(_("评定的星级"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    confirmed_by = models.CharField(_("评定人"), max_length=60, blank=True)
    confirmed_at = models.DateTimeField(_("评定时间"), null=True, blank=True)
    published_by = models.CharField(_("公布人"), max_length=60, blank=True)
    published_at = models.DateTimeField(_("公布时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("星级评定")
        indexes = [models.Index(fields=["institution", "-year", "-id"], name="rating_history")]
        constraints = [
            models.UniqueConstraint(fields=["institution", "year"], name="rating_once_a_year", condition=~Q(state="returned")),
            models.CheckConstraint(condition=Q(computed__lte=5) & (Q(stars__isnull=True) | Q(stars__lte=5)), name="rating_five_stars"),
            models.CheckConstraint(condition=~Q(state__in=["confirmed", "published"]) | Q(stars__isnull=False, confirmed_at__isnull=False), name="rating_confirmed"),
            models.CheckConstraint(condition=~Q(state="published") | Q(published_at__isnull=False), name="rating_published"),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="rating_returned_why"),
            models.CheckConstraint(condition=Q(stars__isnull=True) | Q(stars=models.F("computed")) | ~Q(reason=""), name="rating_differs_why"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.institution)


class QuarterBulletin(models.Model):
    """A quarterly bulletin (季度通报) as it was issued with the figures of its day; it goes to every institution, nobody changes it."""

    year = models.PositiveSmallIntegerField(_("年度"))
    quarter = models.PositiveSmallIntegerField(_("季度"))
    document_number = models.CharField(_("发文字号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=60)
    figures = models.JSONField(default=dict)
    issued_by = models.CharField(_("签发人"), max_length=60)
    issued_at = models.DateTimeField(_("印发时间"))

    class Meta:
        verbose_name = _("季度通报")
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="quarter_bulletin_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="quarter_bulletin_quarter"),
        ]

    def __str__(self) -> str:
        return str(_("%(year)d 年第 %(quarter)d 季度通报") % {"year": self.year, "quarter": self.quarter})
