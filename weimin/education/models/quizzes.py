"""A quiz with prizes (有奖竞猜): its questions, and how many answered right before and after."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from weimin.education.models.activities import Activity
from weimin.walls.models import ScopedModel


class Phase(models.TextChoices):
    BEFORE = "before", _("活动前")
    AFTER = "after", _("活动后")


class Source(models.TextChoices):
    PAPER = "paper", _("纸质问卷")
    PAGE = "page", _("现场点答")


class Quiz(ScopedModel):
    """The quiz of an activity. questions: [{"text", "choices": [..], "answer": index, "why"}], a copy of the bank as it was then."""

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="quiz", verbose_name=_("活动"))
    questions = models.JSONField(_("题目"), default=list)
    prizes = models.CharField(_("奖品"), max_length=100, blank=True)
    winners = models.PositiveIntegerField(_("中奖人数"), null=True, blank=True)
    made_by = models.CharField(_("出题人"), max_length=60)
    made_at = models.DateTimeField(_("出题时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("知识竞猜")

    def __str__(self) -> str:
        return str(self.activity)


class QuizCount(ScopedModel):
    """Of one question in one phase: how many people answered and how many of them right. Nobody's name."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="counts", verbose_name=_("竞猜"))
    phase = models.CharField(_("阶段"), max_length=6, choices=Phase.choices)
    source = models.CharField(_("来源"), max_length=5, choices=Source.choices)
    question = models.PositiveSmallIntegerField(_("题号"))
    answered = models.PositiveIntegerField(_("作答人数"), default=0)
    correct = models.PositiveIntegerField(_("答对人数"), default=0)
    on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("答题统计")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "phase", "source", "question"], name="education_count_once"),
            models.CheckConstraint(condition=Q(correct__lte=F("answered")), name="education_count_fits"),
        ]
