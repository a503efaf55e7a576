"""A quiz: its questions and what is known before and after, the sheets to print, counts from Excel."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from weimin.accounts.guard import signed_in
from weimin.actions.history import history_of
from weimin.actions.registry import get_action
from weimin.education.models import Quiz
from weimin.education.papers import key_paper, question_paper
from weimin.education.queries.quizzes import get_quiz, result_of
from weimin.papers.answers import paper_answer
from weimin.sites.importing import SheetImport, import_page
from weimin.walls.actor import Actor
from weimin.walls.errors import NotAllowed, NotVisible
from weimin.walls.request import Request

COUNT = "education.enter_count"


def find(actor: Actor, number: int) -> Quiz:
    try:
        return get_quiz(actor, number)
    except (Quiz.DoesNotExist, OverflowError):
        raise NotVisible() from None


@require_GET
@signed_in
def quiz_page(request: Request, number: int) -> HttpResponse:
    """?right says how many somebody who just answered got right."""
    actor, right = request.actor, request.GET.get("right", "")
    quiz = find(actor, number)
    context = {
        "quiz": quiz, "result": result_of(actor, quiz), "events": history_of(actor, quiz), "all": len(quiz.questions),
        "right": right if right.isascii() and right.isdigit() and len(right) < 3 else "",
    }  # fmt: skip
    return render(request, "education/quiz.html", context)


@require_GET
@signed_in
def quiz_file(request: Request, number: int, name: str, ending: str) -> HttpResponse:
    """The question sheet or the key, as docx or PDF."""
    quiz = find(request.actor, number)
    makers = {"questions": question_paper, "key": key_paper}
    if name not in makers:
        raise NotVisible()
    return paper_answer(lambda: makers[name](quiz), ending, f"quiz-{name}")


@require_http_methods(["GET", "POST"])
@signed_in
def import_counts(request: Request, number: int) -> HttpResponse:
    """Counts of paper sheets, one question a row."""
    if not get_action(COUNT).allows(request.actor):
        raise NotAllowed()
    quiz = find(request.actor, number)
    sheet = SheetImport(COUNT, _("知识竞猜问卷统计表"), "2026-1", reverse("education:quiz", args=[quiz.pk]), target=quiz)
    return import_page(request, sheet, timezone.now())
