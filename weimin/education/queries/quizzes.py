"""Reads of a quiz: answers by question and phase, and the rate of awareness before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from weimin.education.models import Phase, Quiz, QuizCount
from weimin.education.rules import Answers
from weimin.walls.actor import Actor


def get_quiz(actor: Actor, number: int) -> Quiz:
    """Quiz.DoesNotExist when hidden or missing."""
    return Quiz.objects.visible_to(actor).select_related("activity").get(pk=number)


@dataclass(frozen=True)
class Asked:
    """One question with what was answered before and after."""

    number: int
    question: dict[str, Any]
    before: Answers
    after: Answers

    @property
    def right(self) -> str:
        return str(self.question["choices"][self.question["answer"]])


@dataclass(frozen=True)
class Result:
    """Every question, and all of them together."""

    asked: list[Asked]
    before: Answers
    after: Answers

    @property
    def gain(self) -> float | None:
        """By how many percentage points more is known after."""
        if self.before.share is None or self.after.share is None:
            return None
        return round(self.after.share - self.before.share, 1)


def result_of(actor: Actor, quiz: Quiz) -> Result:
    """One query; paper and page together."""
    rows = QuizCount.objects.visible_to(actor).filter(quiz=quiz).order_by().values_list("phase", "question")
    sums = {(phase, number): Answers(right, whole) for phase, number, right, whole in rows.annotate(right=Sum("correct"), whole=Sum("answered"))}
    asked = [
        Asked(number, question, sums.get((Phase.BEFORE, number), Answers()), sums.get((Phase.AFTER, number), Answers()))
        for number, question in enumerate(quiz.questions, start=1)
    ]
    return Result(asked, together(row.before for row in asked), together(row.after for row in asked))


def together(rows: Any) -> Answers:
    found = list(rows)
    return Answers(sum(row.correct for row in found), sum(row.answered for row in found))
