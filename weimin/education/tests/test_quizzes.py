"""A quiz measures what is known before and after, and keeps nobody's name."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from weimin.education.models import Quiz, QuizCount
from weimin.education.queries.quizzes import result_of
from weimin.education.tests.builders import act_now, make_activity, make_count, make_institution, make_quiz
from weimin.education.tests.examples.residents import COUNTS
from weimin.sites.tests.builders import everything
from weimin.walls.errors import InputInvalid, RuleBroken

pytestmark = pytest.mark.req("H7")


@pytest.fixture
def activity(everywhere, places):
    return make_activity(make_institution(places.village))


@pytest.fixture
def institution(actor, places):
    return actor("institution", places.township)


def counts():
    return list(QuizCount.objects.order_by("phase", "source", "question").values_list("phase", "source", "question", "answered", "correct"))


def test_questions_are_copied_from_the_bank_with_one_of_ones_own(activity, institution):
    own = {"own_text": "本社区的卫生服务站在哪里？", "own_choices": "东门\n西门", "own_answer": "2"}
    act_now(institution, "education.make_quiz", {"questions": ["salt", "oil"], **own}, target=activity.pk)
    asked = Quiz.objects.get().questions
    assert [(one["choices"][one["answer"]]) for one in asked] == ["5 克", "25 至 30 克", "西门"]


@pytest.mark.parametrize(
    "data", [{}, {"own_text": "几月？", "own_choices": "一月", "own_answer": "1"}, {"own_text": "几月？", "own_choices": "一\n二", "own_answer": "3"}]
)
def test_a_quiz_needs_questions_that_can_be_answered(activity, institution, data):
    with pytest.raises(InputInvalid):
        act_now(institution, "education.make_quiz", data, target=activity.pk)
    assert not Quiz.objects.exists()


def test_answers_on_the_page_are_counted_without_names(activity, institution):
    quiz = make_quiz(activity)
    for key, second in (("a", "0"), ("b", "2")):
        act_now(institution, "education.answer_quiz", {"phase": "before", "question_0": "1", "question_1": second}, key, target=quiz.pk)
    assert counts() == [("before", "page", 1, 2, 2), ("before", "page", 2, 2, 1)]


def test_the_same_sheet_sent_twice_counts_once(activity, institution):
    quiz = make_quiz(activity)
    for _again in range(2):
        act_now(institution, "education.answer_quiz", {"phase": "after", "question_0": "1", "question_1": "2"}, "same", target=quiz.pk)
    assert counts() == [("after", "page", 1, 1, 1), ("after", "page", 2, 1, 1)]


def test_paper_counts_are_set_and_set_anew(activity, institution):
    quiz = make_quiz(activity)
    act_now(institution, "education.enter_counts", COUNTS, "a", target=quiz.pk)
    act_now(institution, "education.enter_counts", {**COUNTS, "correct_0": "44"}, "b", target=quiz.pk)
    assert counts() == [("after", "paper", 1, 50, 44), ("after", "paper", 2, 50, 40)]


def test_nobody_answers_right_who_did_not_answer(activity, institution):
    quiz = make_quiz(activity)
    with pytest.raises(InputInvalid, match="不能多于"):
        act_now(institution, "education.enter_counts", {**COUNTS, "correct_1": "51"}, target=quiz.pk)
    assert counts() == []


def test_the_rate_before_and_after_and_the_gain(activity, institution):
    quiz = make_quiz(activity)
    for phase, right in (("before", (20, 10)), ("after", (45, 40))):
        for question, number in enumerate(right, start=1):
            make_count(quiz, phase, question, 50, number)
    make_count(quiz, "after", 1, 10, 5, source="page")
    found = result_of(institution, quiz)
    assert (found.before.share, found.after.share, found.gain) == (30.0, 81.8, 51.8)
    assert (found.asked[0].after.answered, found.asked[0].right) == (60, "5 克")


def test_a_closed_quiz_counts_nothing_more(activity, institution):
    quiz = make_quiz(activity)
    act_now(institution, "education.close_quiz", {"winners": "5", "prizes": "毛巾"}, target=quiz.pk)
    with pytest.raises(RuleBroken, match="已经结束"):
        act_now(institution, "education.enter_counts", COUNTS, target=quiz.pk)


def test_who_has_just_answered_sees_no_answers(jurisdiction, client_as, places):
    with everything():
        quiz = make_quiz(make_activity(make_institution(places.village)))
    client = client_as("institution", places.township)
    data = {"phase": "before", "question_0": "1", "question_1": "0", "key": "one"}
    done = client.post(reverse("actions:act", args=["education.answer_quiz", quiz.pk]), data)
    page = client.get(done["Location"]).content.decode()
    assert ("答对 1 题，共 2 题" in page, "答案：" in page, "下一位" in page) == (True, False, True)
    assert "答案：5 克" in client.get(reverse("education:quiz", args=[quiz.pk])).content.decode()


def sheet(client, address, *rows):
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?template").content))
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if any("题号" in str(cell.value) for cell in row))
    place = {str(cell.value).strip("* ").rstrip("*"): cell.column for cell in head if cell.value}
    for number, row in enumerate(rows, start=head[0].row + 1):
        for label, value in row.items():
            page.cell(number, place[label], value)
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("统计.xlsx", kept.getvalue())


def test_counts_come_from_a_sheet(jurisdiction, client_as, places):
    with everything():
        quiz = make_quiz(make_activity(make_institution(places.village)))
    client, address = client_as("institution", places.township), reverse("education:import_counts", args=[quiz.pk])
    rows = [{"阶段": "活动前", "题号": number, "作答人数": 40, "答对人数": 10 * number, "日期": "2026-11-20"} for number in (1, 2)]
    answer = client.post(address, {"file": sheet(client, address, *rows)})
    assert answer.status_code == 200, answer.context["errors"]
    done = client.post(address, {"content": answer.context["content"], "apply": "1", "key": "sheet"})
    assert done.status_code == 302
    with everything():
        assert counts() == [("before", "paper", 1, 40, 10), ("before", "paper", 2, 40, 20)]
