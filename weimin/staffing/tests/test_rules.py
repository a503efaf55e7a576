from datetime import date

import pytest

from weimin.staffing.rules import (
    Candidates,
    check_choice,
    check_passed,
    check_refusable,
    check_room_for_more,
    filing_words,
    is_valid,
)
from weimin.staffing.tests.builders import good_marks
from weimin.walls.errors import RuleBroken

pytestmark = pytest.mark.req("N5")


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Candidates(nominated=4), ""),
        (Candidates(nominated=3, examined=2), "最多推荐 5 人"),
        (Candidates(nominated=3, refused=4), ""),
        (Candidates(chosen=1), "已经确定人选"),
    ],
)
def test_a_site_takes_no_more_candidates_than_the_plan_says(found, sentence):
    if not sentence:
        assert check_room_for_more(found, 5) is None
        return
    with pytest.raises(RuleBroken, match=sentence):
        check_room_for_more(found, 5)


@pytest.mark.parametrize(
    ("found", "marks", "sentence"),
    [
        (Candidates(examined=3), {}, ""),
        (Candidates(examined=1, nominated=1, refused=1), {}, ""),
        (Candidates(examined=1, nominated=1, withdrawn=1), {}, "至少推荐 3 人，现在只有 2 人"),
        (Candidates(examined=2, chosen=1), {}, "一村一点一人"),
        (Candidates(examined=3), {"fit": "poor"}, "不符合的项目（fit）"),
        (Candidates(examined=3), {"fit": "fair"}, ""),
    ],
)
def test_a_choice_needs_enough_candidates_one_place_and_nothing_wanting(found, marks, sentence):
    if not sentence:
        assert check_choice(found, 3, good_marks(**marks)) is None
        return
    with pytest.raises(RuleBroken, match=sentence):
        check_choice(found, 3, good_marks(**marks))


def test_who_was_not_examined_is_refused_only_after_a_choice():
    assert check_refusable("nominated", Candidates(nominated=1, chosen=1)) is None
    with pytest.raises(RuleBroken, match="还没有考察"):
        check_refusable("nominated", Candidates(nominated=1))


@pytest.mark.parametrize(("score", "passes"), [(None, True), (60, True), (59, False), (0, False)])
def test_a_certificate_needs_sixty_points(score, passes):
    if passes:
        assert check_passed(score) is None
        return
    with pytest.raises(RuleBroken, match="不能发证"):
        check_passed(score)


@pytest.mark.parametrize(("on", "valid"), [(date(2026, 1, 1), True), (date(2025, 12, 31), False), (date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_a_certificate_holds_from_its_day_to_its_end(on, valid):
    assert is_valid(date(2026, 1, 1), date(2026, 6, 30), on) is valid


@pytest.mark.parametrize(("counts", "words"), [((3, 3, 3), "complete"), ((3, 3, 2), "part"), ((3, 3, 0), "none"), ((0, 0, 0), "none")])
def test_where_a_townships_list_stands(counts, words):
    assert filing_words(*counts) == words
