import io
import re
import subprocess
from collections import Counter

import pytest

from weimin.papers import pdf
from weimin.papers.content import Bold, Heading, Paragraph, Picture
from weimin.papers.pdf import to_pdf
from weimin.papers.pictures import PictureRefused
from weimin.papers.tests.builders import make_notice, make_photo, make_record


def run(tool: str, content: bytes, *arguments: str) -> str:
    return subprocess.run([tool, *arguments], input=content, capture_output=True, check=True).stdout.decode()


def words(content: bytes) -> str:
    return run("pdftotext", content, "-layout", "-", "-")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.req("N13")
def test_a_notice_carries_every_part_of_an_official_paper():
    text = squeezed(words(to_pdf(make_notice())))
    for part in ("云岭县青石镇人民政府文件", "青政发〔2026〕38号", "一、走访对象", "二、时限要求", "（一）首轮走访", "2026年11月3日",
                 "附件：1.走访名册", "2.记录表", "（此件公开发布）", "抄送：县民政局、县卫生健康局。", "2026年11月23日印发", "—1—"):  # fmt: skip
        assert part in text


def test_rare_characters_of_names_are_set_in_an_embedded_font():
    content = to_pdf(make_notice())
    assert "䶮、㛃" in squeezed(words(content))
    fonts = run("pdffonts", content, "-").splitlines()[2:]
    assert len(fonts) >= 2
    assert all(re.search(r"\s(yes)\s+(yes)\s+(yes)\s+\d+\s+\d+$", line) for line in fonts)


@pytest.mark.parametrize("text", ['#panic("x")', "*星* _号_ $a^2$ `x` <label> @ref", '\\"}]) #eval("1")', "/* 注 */ // 注", "= 标题", "#{[("])
def test_typed_text_is_shown_and_never_run(text):
    shown = squeezed(words(to_pdf(make_notice(blocks=(Heading(text), Paragraph((text, Bold(text))))))))
    assert shown.count(squeezed(text)) == 3


def test_a_full_page_has_22_lines_of_28_characters():
    content = to_pdf(make_notice(issuer="", number="", addressee="", cc=(), printed_by="", blocks=(Paragraph("字" * 28 * 60, indent=False),)))
    lines = [line.strip() for line in words(content).split("\f")[1].splitlines() if "字" in line]
    assert Counter(map(len, lines)) == Counter({28: 22})


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages():
    pages = words(to_pdf(make_notice(blocks=(Paragraph("字" * 28 * 40),)))).split("\f")
    first, second = (next(line for line in page.splitlines() if "—" in line) for page in pages[:2])
    assert len(first) - len(first.lstrip()) > 15
    assert len(second) - len(second.lstrip()) < 5


def test_the_same_paper_gives_the_same_bytes():
    assert to_pdf(make_notice()) == to_pdf(make_notice())


@pytest.mark.parametrize(("size", "points"), [("A4", "595.276 x 841.89"), ("A5", "419.528 x 595.276")])
def test_a_record_is_set_on_its_paper_size(size, points):
    assert points in run("pdfinfo", to_pdf(make_record(size=size)), "-")


def test_a_strip_is_80_mm_wide_and_as_long_as_its_content():
    short, long = (run("pdfinfo", to_pdf(make_record(size="80mm", blocks=(Paragraph("字" * count),))), "-") for count in (20, 2000))
    sizes = [re.search(r"Pages:\s+1\s.*Page size:\s+([\d.]+) x ([\d.]+)", info, re.S).groups() for info in (short, long)]
    assert [width for width, _height in sizes] == ["226.772", "226.772"]
    assert float(sizes[0][1]) < 120 < 1000 < float(sizes[1][1])


@pytest.mark.req("N13")
def test_a_record_shows_pairs_checks_photos_and_signatures():
    content = to_pdf(make_record())
    text = squeezed(words(content))
    for part in (
        "编号：YS-001",
        "扎营村服务站",
        "√合格",
        "×不合格",
        "—未查",
        "门头",
        "验收组长：冉光华",
        "2026年11月3日",
        "扫码核对",
    ):
        assert part in text
    assert run("pdfimages", content, "-list", "-").count("jpeg") == 2


def test_a_file_that_is_no_picture_is_refused():
    with pytest.raises(PictureRefused):
        to_pdf(make_notice(blocks=(Picture(b"<svg onload=x>"),)))


def test_a_huge_photo_is_made_smaller():
    content = to_pdf(make_notice(blocks=(Picture(make_photo(size=(6000, 4000))),)))
    assert "1600  1067" in run("pdfimages", content, "-list", "-")


def test_the_fonts_of_the_packages_are_found():
    assert {"Noto Serif SC", "Noto Sans SC"} <= set(pdf._fonts().families())
    assert io.BytesIO(to_pdf(make_notice())).read(5) == b"%PDF-"
