"""Sets a paper as docx. The official layout follows GB/T 9704-2012; fonts are named as offices have them licensed in WPS."""

import io
from datetime import UTC, date, datetime, time

import docx
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt

from weimin.papers.content import Paper
from weimin.papers.docx_blocks import add_block
from weimin.papers.docx_imprint import add_imprint
from weimin.papers.docx_parts import (
    FANG,
    HEI,
    KAI,
    LINE,
    RED,
    SONG,
    XIAOBIAOSONG,
    Setting,
    add_field,
    add_line,
    add_run,
    border_bottom,
    pad_chars,
    set_fonts,
)
from weimin.papers.rules import numbered, paper_date, printable, signature_indents, title_lines, width_in_characters
from weimin.papers.tree import attachment_lines

OFFICIAL = Setting(size=16, face=FANG, line=LINE, table_size=12, first_line=True)
RECORD = Setting(size=11, face=SONG, line=18, table_size=10.5, first_line=True)
# width, height, margin in millimetres; Word knows no endless paper, so a strip is cut at the length of A4
SHEETS = {"A4": (210, 297, 20), "A5": (148, 210, 12), "80mm": (80, 297, 4)}
LARGE_PRINT = Setting(size=14, face=SONG, line=22, table_size=13, first_line=True)
RECEIPT = Setting(size=10, face=SONG, line=15, table_size=9, first_line=True)


def to_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file. Raises pictures.PictureRefused when a picture in it is none."""
    document = docx.Document()
    _describe(document, paper)
    if paper.layout == "official":
        _official(document, paper)
    else:
        _record(document, paper)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _describe(document: Document, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = printable(str(paper.title))[:255]
    properties.author = properties.last_modified_by = printable(str(paper.issuer))[:255]
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = datetime.combine(paper.signed_on or date(2026, 1, 1), time(), tzinfo=UTC)


def _base_style(document: Document, setting: Setting) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(setting.size)
    set_fonts(normal.element.get_or_add_rPr(), setting.face)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(defaults, setting.face)
    for tag in ("w:sz", "w:szCs"):  # for the viewers that read only the defaults; half points
        defaults.find(qn(tag)).set(qn("w:val"), str(round(setting.size * 2)))
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(setting.line)
    form.widow_control = False


# ---- official ----------------------------------------------------------------------------------------------------


def _official(document: Document, paper: Paper) -> None:
    _base_style(document, OFFICIAL)
    section = document.sections[0]
    _official_page(document, section)
    if paper.head:
        _head(document, paper)
    _title(document, paper)
    if paper.addressee:
        add_line(document, str(paper.addressee))
    for block, number in numbered(paper.blocks):
        add_block(document, block, number, OFFICIAL)
    _attachments(document, paper)
    _signature(document, paper)
    if paper.public_note:
        add_line(document, f"（{paper.public_note}）", first_line=2)
    if paper.cc or paper.printed_by:
        add_imprint(document, paper)


def _official_page(document: Document, section: Section) -> None:
    """5.2: A4, head 37 mm, binding edge 28 mm, text 156 × 225 mm, a grid of 22 lines of 28 characters."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), "579")  # twentieths of a point: 28.95 pt
    grid.set(qn("w:charSpace"), "-848")  # 15.793 pt a character instead of 16, in 1/4096 pt
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(paragraph, alignment) -> None:
    """7.5: 「— 1 —」 in 14 pt, one character in from the outer edge."""
    paragraph.alignment = alignment
    pad_chars(paragraph, left=1 if alignment == WD_ALIGN_PARAGRAPH.LEFT else 0,
              right=1 if alignment == WD_ALIGN_PARAGRAPH.RIGHT else 0, size=14)  # fmt: skip
    add_run(paragraph, "— ", face=SONG, size=14)
    add_field(paragraph, "PAGE", face=SONG, size=14)
    add_run(paragraph, " —", face=SONG, size=14)


def _head(document: Document, paper: Paper) -> None:
    """7.2: marks at the top left, the red head 35 mm down, two lines, the number, a red line 4 mm below."""
    marks = []
    if paper.copy_number is not None:
        marks.append((f"{paper.copy_number:06d}", FANG))
    marks += [(str(words), HEI) for words in (paper.secrecy, paper.urgency) if words]
    for words, face in marks:
        add_line(document, words, face=face)
    add_line(document, "", line=Mm(35).pt - LINE * len(marks))
    size = min(34.0, 430 / max(1.0, width_in_characters(paper.head)))
    add_line(document, paper.head, face=XIAOBIAOSONG, size=size, line=size * 1.25, align="center", color=RED)
    add_line(document, "")
    add_line(document, "")
    if paper.signatory:
        number = add_line(document, str(paper.number))
        pad_chars(number, left=1, right=1)
        number.paragraph_format.tab_stops.add_tab_stop(Mm(156 - 5.6), WD_TAB_ALIGNMENT.RIGHT)
        add_run(number, "\t签发人：")  # text: data
        add_run(number, str(paper.signatory), face=KAI)
    else:
        number = add_line(document, str(paper.number), align="center")
    border_bottom(number, eighths=12, color=RED, space=11)  # 11 pt are 4 mm
    add_line(document, "")
    add_line(document, "")


def _title(document: Document, paper: Paper) -> None:
    title = add_line(document, "", line=35, align="center")
    for index, words in enumerate(title_lines(str(paper.title))):
        if index:
            title.add_run().add_break()
        add_run(title, words, face=XIAOBIAOSONG, size=22)
    add_line(document, "")


def _attachments(document: Document, paper: Paper) -> None:
    if not paper.attachments:
        return
    add_line(document, "")
    for index, name in enumerate(attachment_lines(paper)):
        hanging = 6 if len(paper.attachments) > 1 else 5
        line = add_line(document, ("附件：" if index == 0 else "") + name)  # text: data
        pad_chars(line, left=hanging, hanging=hanging - 2 if index == 0 else 1)


def _signature(document: Document, paper: Paper) -> None:
    day = paper_date(paper.signed_on) if paper.signed_on else ""
    if not (paper.issuer or day):
        return
    add_line(document, "", keep=True)
    add_line(document, "", keep=True)
    organ_indent, day_indent = signature_indents(str(paper.issuer), day)
    pad_chars(add_line(document, str(paper.issuer), align="right", keep=True), right=organ_indent)
    pad_chars(add_line(document, day, align="right"), right=day_indent)


# ---- record ------------------------------------------------------------------------------------------------------


def _record(document: Document, paper: Paper) -> None:
    small = paper.size != "A4"
    setting = RECEIPT if small else LARGE_PRINT if paper.large_print else RECORD
    _base_style(document, setting)
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    width, height, edge = SHEETS[paper.size]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(edge)
    section.footer_distance = Mm(8)
    _record_footer(section, paper)
    if paper.issuer:
        add_line(document, str(paper.issuer), align="center")
    add_line(document, str(paper.title), face=XIAOBIAOSONG, size=16 if small else 20, line=28, align="center")
    if paper.number:
        add_line(document, _("编号") + f"：{paper.number}", align="right")
    if paper.addressee:
        add_line(document, str(paper.addressee))
    for block, number in numbered(paper.blocks):
        add_block(document, block, number, setting)
    if paper.attachments:
        add_line(document, "附件：" + "；".join(map(str, paper.attachments)))  # text: data
    if paper.signed_on:
        add_line(document, paper_date(paper.signed_on), align="right")
    if paper.public_note:
        add_line(document, str(paper.public_note))


def _record_footer(section: Section, paper: Paper) -> None:
    paragraph = section.footer.paragraphs[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)
    add_run(paragraph, f"{paper.footer}\t", face=SONG, size=8.5)
    add_field(paragraph, "PAGE", face=SONG, size=8.5)
    add_run(paragraph, " / ", face=SONG, size=8.5)
    add_field(paragraph, "NUMPAGES", face=SONG, size=8.5)
