import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from weimin.papers.content import Bold, Heading, PageBreak, Paragraph
from weimin.papers.docx import to_docx
from weimin.papers.tests.builders import make_notice, make_record


def opened(paper):
    return docx.Document(io.BytesIO(to_docx(paper)))


def line_with(document, words):
    return next(paragraph for paragraph in document.paragraphs if words in paragraph.text)


def east_asian(run) -> str:
    return run._r.rPr.rFonts.get(qn("w:eastAsia"))


@pytest.mark.req("N13")
def test_the_page_is_a4_with_the_margins_of_the_standard():
    section = opened(make_notice()).sections[0]
    sides = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(side.mm) for side in sides] == [210, 297, 37, 35, 28, 26]


@pytest.mark.req("N13")
def test_the_grid_has_22_lines_of_28_characters():
    grid = opened(make_notice()).sections[0]._sectPr.find(qn("w:docGrid"))
    pitch, space = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert int(Mm(225).pt // (pitch / 20)) == 22
    assert int(Mm(156).pt // (16 + space / 4096)) == 28


def test_text_is_16_points_of_fangsong_on_lines_of_28_95_points():
    normal = opened(make_notice()).styles["Normal"]
    assert (normal.font.size.pt, normal.paragraph_format.line_spacing.pt) == (16, 28.95)
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


@pytest.mark.parametrize(
    ("words", "face", "size"),
    [
        ("青石镇人民政府文件", "方正小标宋简体", 34),
        ("做好2026年冬季", "方正小标宋简体", 22),
        ("一、走访对象", "黑体", None),
        ("（一）首轮走访", "楷体_GB2312", None),
    ],
)
def test_each_part_names_its_face(words, face, size):
    run = line_with(opened(make_notice()), words).runs[0]
    assert (east_asian(run), run.font.size.pt if run.font.size else None) == (face, size)


def test_the_head_is_red_and_a_red_line_stands_under_the_number():
    document = opened(make_notice())
    assert str(line_with(document, "文件").runs[0].font.color.rgb) == "D7000F"
    edge = line_with(document, "〔2026〕38号")._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert edge.get(qn("w:color")) == "D7000F"


def test_page_numbers_are_right_on_odd_and_left_on_even_pages():
    document = opened(make_notice())
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer is True
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    assert odd.text == even.text == "— 1 —"
    assert " PAGE " in odd._p.xml


def test_the_imprint_floats_on_the_foot_of_the_page():
    table = opened(make_notice()).tables[-1]
    assert [row.cells[0].text for row in table.rows] == [
        "抄送：县民政局、县卫生健康局。",
        "青石镇党政办公室\t2026年11月23日印发",
    ]
    assert table._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


def test_an_upward_paper_shows_who_signed_it_off():
    document = opened(make_notice(signatory="周正", copy_number=12, secrecy="机密★1年", urgency="特急"))
    assert line_with(document, "签发人").text == "青政发〔2026〕38号\t签发人：周正"
    assert [paragraph.text for paragraph in document.paragraphs[:3]] == ["000012", "机密★1年", "特急"]


def test_bold_words_inside_a_paragraph_stay_bold():
    runs = line_with(opened(make_notice()), "12月10日前").runs
    assert [(run.text, bool(run.bold)) for run in runs] == [("各村于", False), ("12月10日前", True), ("完成。", False)]


def test_a_table_repeats_its_header_and_keeps_rows_whole():
    table = opened(make_notice()).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["村", "应访"],
        ["土北村", "21"],
        ["李集村", "8"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


@pytest.mark.req("N13")
@pytest.mark.parametrize(("size", "width"), [("A4", 210), ("A5", 148)])
def test_a_record_holds_its_tables_and_photos(size, width):
    document = opened(make_record(size=size))
    assert round(document.sections[0].page_width.mm) == width
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"田䶮", "√ 合格", "× 不合格", "验收组长：", "冉光华", "扫码核对"} <= set(cells)
    assert len(document.inline_shapes) == 3


def test_control_characters_and_markup_in_typed_text_do_no_harm():
    text = "<w:t>&amp;\x00\x0b]]>"
    document = opened(make_notice(title=text, blocks=(Heading(text), Paragraph((Bold(text),)), PageBreak())))
    assert line_with(document, "一、").text == "一、<w:t>&amp;]]>"


def test_the_file_names_the_organ_and_not_the_library_that_made_it():
    content = to_docx(make_notice())
    core = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml").decode()
    assert "云岭县青石镇人民政府" in core
    assert "python" not in core


def test_borders_come_before_the_vertical_alignment_as_word_wants():
    cell = next(table for table in opened(make_record()).tables if "验收组长" in table.cell(0, 0).text).cell(0, 1)
    tags = [child.tag.split("}")[1] for child in cell._tc.tcPr]
    assert tags == ["tcW", "tcBorders", "vAlign"]


def test_two_tables_in_a_row_stay_two_tables():
    body = opened(make_record()).element.body
    tags = [child.tag.split("}")[1] for child in body]
    assert "tbl" in tags
    assert ("tbl", "tbl") not in set(zip(tags, tags[1:], strict=False))
