"""Small parts of a docx that python-docx has no call for: East Asian fonts, indents in characters, fields, borders."""

from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from weimin.papers.rules import printable

FANG, KAI, HEI, SONG, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"  # text: data
LINE = 28.95  # points a line: 22 lines on 225 mm
RED = "D7000F"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True)
class Setting:
    """How a layout sets text: sizes and line height in points."""

    size: float
    face: str
    line: float
    table_size: float
    first_line: bool


def element(tag: str, **attributes: str | int) -> Any:
    """`element("w:ind", right="200")`: an element of the w: namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_fonts(properties: Any, face: str) -> None:
    """Names the face for Latin and East Asian text alike; the hint keeps “ ” … as wide as Chinese punctuation."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), face)
    fonts.set(qn("w:hint"), "eastAsia")


def add_run(paragraph: DocxParagraph, text: str, *, face: str | None = None, size: float | None = None,
            bold: bool = False, color: str | None = None) -> Run:  # fmt: skip
    run = paragraph.add_run(printable(text))
    if face:
        set_fonts(run._r.get_or_add_rPr(), face)
    if size:
        run.font.size = Pt(size)
    if bold:
        run.bold = True
    if color:
        run.font.color.rgb = RGBColor.from_string(color)
    return run


def add_field(paragraph: DocxParagraph, code: str, *, face: str, size: float) -> None:
    """A field such as PAGE, that the word processor fills in."""
    for kind in ("begin", "instr", "separate", "text", "end"):
        run = add_run(paragraph, "1" if kind == "text" else "", face=face, size=size)
        if kind == "instr":
            instruction = element("w:instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind != "text":
            run._r.append(element("w:fldChar", fldCharType=kind))


def add_line(container: Any, text: str, *, face: str | None = None, size: float | None = None, line: float | None = None,
             align: str | None = None, color: str | None = None, first_line: float = 0, keep: bool = False,
             bold: bool = False) -> DocxParagraph:  # fmt: skip
    """One paragraph in one face; `line` is the exact line height in points, `keep` holds it with the next."""
    paragraph = container.add_paragraph()
    if text:
        add_run(paragraph, text, face=face, size=size, color=color, bold=bold)
    if line:
        paragraph.paragraph_format.line_spacing = Pt(line)
    if align:
        paragraph.alignment = ALIGN[align]
    if first_line:
        pad_chars(paragraph, first_line=first_line)
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def pad_chars(paragraph: DocxParagraph, *, left: float = 0, right: float = 0, first_line: float = 0, hanging: float = 0,
              size: float = 15.8) -> None:  # fmt: skip
    """Indents in characters; the points beside them are for readers that know no characters."""
    properties = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    for name, amount in (("left", left), ("right", right), ("firstLine", first_line), ("hanging", hanging)):
        if amount:
            indent.set(qn(f"w:{name}Chars"), str(round(amount * 100)))
            indent.set(qn(f"w:{name}"), str(round(amount * size * 20)))


def border_bottom(paragraph: DocxParagraph, *, eighths: int, color: str = "000000", space: int = 1) -> None:
    """A line under the paragraph, `eighths` of a point thick, `space` points below the text."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz=eighths, space=space, color=color))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
        "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing",
        "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr",
    )  # fmt: skip


def outline(paragraph: DocxParagraph, level: int) -> None:
    """Level 1 to 4 in the navigation pane, without taking over the look of the built-in heading styles."""
    paragraph._p.get_or_add_pPr().insert_element_before(element("w:outlineLvl", val=level - 1), "w:rPr", "w:sectPr")


def cell_borders(cell: Any, **eighths: int) -> None:
    """Lines on the named edges of a cell, in eighths of a point; Word wants them before the vertical alignment."""
    borders = element("w:tcBorders")
    for edge in ("top", "left", "bottom", "right"):
        if edge in eighths:
            borders.append(element(f"w:{edge}", val="single", sz=eighths[edge], space=0, color="000000"))
    properties = cell._tc.get_or_add_tcPr()
    properties.insert_element_before(borders, "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
