from datetime import date

import pytest

from weimin.papers.content import Heading, Paragraph, Table
from weimin.papers.rules import (
    chinese_number,
    document_number,
    heading_number,
    numbered,
    paper_date,
    printable,
    signature_indents,
    title_lines,
    width_in_characters,
)


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")])
def test_numbers_are_written_in_chinese(number, words):
    assert chinese_number(number) == words


@pytest.mark.parametrize(("level", "words"), [(1, "三、"), (2, "（三）"), (3, "3."), (4, "（3）")])
def test_each_level_has_its_own_form_of_number(level, words):
    assert heading_number(level, 3) == words


def test_lower_levels_start_again_under_each_heading():
    blocks = [Heading("a"), Heading("b", 2), Heading("c", 2), Heading("d"), Heading("e", 2)]
    assert [number for _, number in numbered(blocks)] == ["一、", "（一）", "（二）", "二、", "（一）"]


def test_a_number_that_the_text_brings_is_counted_and_not_doubled():
    assert [number for _, number in numbered([Heading("一、指导思想"), Heading("工作目标")])] == ["", "二、"]


def test_an_unnumbered_heading_and_a_paragraph_take_no_number():
    blocks = [Heading("前言", numbered=False), Paragraph("文"), Heading("目标")]
    assert [number for _, number in numbered(blocks)] == ["", "", "一、"]


def test_a_date_has_arabic_digits_without_leading_zeros():
    assert paper_date(date(2026, 3, 1)) == "2026年3月1日"


def test_a_document_number_stands_in_hexagonal_brackets():
    assert document_number("青政发", 2026, 8) == "青政发〔2026〕8号"


def test_a_long_title_is_broken_at_a_word_and_never_inside_a_number():
    lines = title_lines("青石镇人民政府关于做好2026年冬季特困人员走访工作的通知")
    assert lines == ["青石镇人民政府关于做好2026年冬季", "特困人员走访工作的通知"]


def test_a_short_title_stays_on_one_line():
    assert title_lines("关于开展走访的通知") == ["关于开展走访的通知"]


@pytest.mark.parametrize("title", ["实" * 19, "2026" * 12, "的" * 60, "关于" * 40, "a" * 200, "《办法》" * 12])
def test_every_title_comes_back_whole_in_lines_that_fit(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(width_in_characters(line) <= 18.5 for line in lines)


def test_the_day_stands_four_characters_from_the_edge_under_a_short_organ():
    assert signature_indents("青石镇人民政府", "2026年11月3日") == (3.75, 4.0)


def test_a_long_organ_stands_two_characters_from_the_edge_and_the_day_centred_below():
    assert signature_indents("酉阳土家族苗族自治县人民政府办公室", "2026年1月3日") == (2.0, 7.5)


def test_control_characters_are_left_out():
    assert printable("一\x00二\x0b三\ud800") == "一二三"


def test_a_table_with_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="1 cells where the table has 2 columns"):
        Table(("甲", "乙"), (("只有一格",),))
