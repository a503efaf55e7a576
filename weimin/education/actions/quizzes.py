"""A quiz: made for an activity, answered on the page or on paper, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.actions.registry import Outcome, register
from weimin.education.actions.activities import check_not_cancelled, find_activity
from weimin.education.actions.base import KEEPERS, where, who
from weimin.education.forms.quizzes import AnswerQuiz, CloseQuiz, EnterCount, EnterCounts, MakeQuiz
from weimin.education.models import Activity, Quiz, QuizCount, Source
from weimin.education.rules import score
from weimin.walls.actor import Actor
from weimin.walls.errors import RuleBroken


def quiz_url(number: int) -> str:
    return reverse("education:quiz", args=[number])


def check_without_quiz(activity: Activity, actor: Actor, now: datetime) -> None:
    check_not_cancelled(activity, actor, now)
    if Quiz.objects.filter(activity=activity).exists():
        raise RuleBroken(_now("这次活动已经有竞猜题，一次活动一套。"))


@register("education.make_quiz", label=_("出竞猜题"), form=MakeQuiz, roles=KEEPERS, find=find_activity, region=where, check=check_without_quiz)
def make_quiz(by: Actor, activity: Activity, data: dict[str, Any], now: datetime) -> Outcome:
    """从题库选题，给一次活动出一套竞猜题；题目出好后不再改，保证前后能比较。"""
    facts = {"questions": data["all"], "prizes": data["prizes"], "made_by": who(by), "made_at": now}
    quiz = Quiz.objects.create(region=activity.region, activity=activity, **facts)
    message = _now("已出 %(count)d 道题，可以打印问卷或现场点答。") % {"count": len(quiz.questions)}
    return Outcome(quiz, after={"questions": len(quiz.questions)}, message=message, next_url=quiz_url(quiz.pk))


def find_quiz(actor: Actor, pk: Any) -> Quiz:
    return Quiz.objects.visible_to(actor).select_for_update(of=("self",)).select_related("activity").get(pk=pk)


def check_open(quiz: Quiz, actor: Actor, now: datetime) -> None:
    if quiz.closed_at is not None:
        raise RuleBroken(_now("这次竞猜已经结束。"))


def count_of(quiz: Quiz, phase: str, source: str, question: int, now: datetime) -> QuizCount:
    facts = {"region": quiz.region, "on": timezone.localdate(now)}
    return QuizCount.objects.get_or_create(quiz=quiz, phase=phase, source=source, question=question, defaults=facts)[0]


@register("education.answer_quiz", label=_("现场点答"), form=AnswerQuiz, roles=KEEPERS, find=find_quiz, region=where, check=check_open, keeps_draft=False)
def answer_quiz(by: Actor, quiz: Quiz, data: dict[str, Any], now: datetime) -> Outcome:
    """参加的人在页面上作答，只计人数，不记姓名。"""
    for number, (question, chosen) in enumerate(zip(quiz.questions, data["chosen"], strict=True), start=1):
        row = count_of(quiz, data["phase"], Source.PAGE, number, now)
        right = int(question["answer"] == chosen)
        QuizCount.objects.filter(pk=row.pk).update(answered=F("answered") + 1, correct=F("correct") + right)
    right = score(quiz.questions, data["chosen"])
    message = _now("答对 %(right)d 题，共 %(all)d 题。谢谢参加！") % {"right": right, "all": len(quiz.questions)}
    return Outcome(quiz, after={"phase": data["phase"]}, message=message, next_url=f"{quiz_url(quiz.pk)}?right={right}")


def set_count(quiz: Quiz, phase: str, question: int, answered: int, correct: int, on: Any, now: datetime) -> None:
    row = count_of(quiz, phase, Source.PAPER, question, now)
    row.answered, row.correct, row.on = answered, correct, on
    row.save(update_fields=["answered", "correct", "on"])


@register("education.enter_counts", label=_("登记问卷统计"), form=EnterCounts, roles=KEEPERS, find=find_quiz, region=where, check=check_open)
def enter_counts(by: Actor, quiz: Quiz, data: dict[str, Any], now: datetime) -> Outcome:
    """登记纸质问卷的作答人数和每题答对人数；再登记一次就是改正。"""
    for question, answered, correct in data["counted"]:
        set_count(quiz, data["phase"], question, answered, correct, data["on"], now)
    after = {"phase": data["phase"], "people": data["people"]}
    return Outcome(quiz, after=after, message=_now("已登记问卷统计。"), next_url=quiz_url(quiz.pk))


@register("education.enter_count", label=_("登记一题的问卷统计"), form=EnterCount, roles=KEEPERS, find=find_quiz, region=where, check=check_open)
def enter_count(by: Actor, quiz: Quiz, data: dict[str, Any], now: datetime) -> Outcome:
    """登记一道题的作答人数和答对人数，也用于从 Excel 导入，一行一题。"""
    set_count(quiz, data["phase"], data["question"], data["answered"], data["correct"], data["on"], now)
    after = {"phase": data["phase"], "question": data["question"], "answered": data["answered"], "correct": data["correct"]}
    return Outcome(quiz, after=after, message=_now("已登记问卷统计。"), next_url=quiz_url(quiz.pk))


@register("education.close_quiz", label=_("结束竞猜"), form=CloseQuiz, roles=KEEPERS, find=find_quiz, region=where, check=check_open)
def close_quiz(by: Actor, quiz: Quiz, data: dict[str, Any], now: datetime) -> Outcome:
    """竞猜结束，登记奖品和中奖人数；以后统计不再变。"""
    quiz.closed_at, quiz.winners, quiz.prizes = now, data["winners"], data["prizes"]
    quiz.save(update_fields=["closed_at", "winners", "prizes"])
    return Outcome(quiz, after={"winners": quiz.winners}, message=_now("竞猜已结束。"), next_url=quiz_url(quiz.pk))
