"""The blocks of a paper set in docx."""

import io
from dataclasses import replace
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Emu, Mm, Pt

from weimin.papers.content import (
    QR,
    Big,
    Block,
    Checklist,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Signatures,
    Table,
)
from weimin.papers.docx_parts import ALIGN, HEI, KAI, Setting, add_line, add_run, cell_borders, element, outline
from weimin.papers.pictures import prepared, qr_png
from weimin.papers.tree import checklist_table, inline_parts, signature_rows

DENSE = 9.0  # points, in a table with many fields
TABLES = (Table, Checklist, Picture, Pictures, KeyValues, Signatures, QR)


def add_block(document: Document, block: Block, number: str, setting: Setting) -> None:
    match block:
        case Heading():
            _heading(document, block, number, setting)
        case Paragraph():
            _paragraph(document, block, setting)
        case Table():
            _table(document, block, setting)
        case Checklist():
            _table(document, checklist_table(block), setting)
        case Picture():
            _pictures(document, (block,), 1, setting)
        case Pictures():
            _pictures(document, block.pictures, block.columns, setting)
        case KeyValues():
            _key_values(document, block, setting)
        case Signatures():
            _signatures(document, block, setting)
        case QR():
            _code(document, block, setting)
        case Big():
            add_line(document, str(block.text), face=HEI, first_line=0, bold=True, align="center")
        case PageBreak():
            document.add_page_break()
    if isinstance(block, TABLES):
        add_line(document, "", line=6)  # without a line between them, Word joins two tables into one


def _heading(document: Document, block: Heading, number: str, setting: Setting) -> None:
    official = setting.size == 16
    face = {1: HEI, 2: KAI if official else HEI}.get(block.level, setting.face if official else HEI)
    line = add_line(document, number + str(block.text), face=face, first_line=2 if official else 0, keep=True, bold=not official)
    outline(line, block.level)


def _paragraph(document: Document, block: Paragraph, setting: Setting) -> None:
    indented = block.indent and block.align == "justify"
    paragraph = add_line(document, "", align=block.align, first_line=2 if indented else 0)
    for words, bold in inline_parts(block.text):
        add_run(paragraph, words, face=HEI if bold else None, bold=bold)


def text_width(document: Document) -> Emu:
    section = document.sections[-1]
    return Emu((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))


def _grid(document: Document, rows: int, widths: list[float]) -> Any:
    """A ruled table whose columns share the line by `widths`."""
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    whole = text_width(document)
    shares = [Emu(int(whole * width / sum(widths))) for width in widths]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = share
    for row in table.rows:
        _whole_row(row)
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = share
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return table


def _whole_row(row: Any) -> None:
    """A row is not torn over two pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def _fill(cell: Any, text: str, setting: Setting, *, face: str | None = None, align: str = "left", bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.line_spacing = Pt(setting.table_size * (1.2 if setting.table_size == DENSE else 1.5))
    add_run(paragraph, text, face=face, size=setting.table_size, bold=bold)


def _table(document: Document, block: Table, setting: Setting) -> None:
    if block.dense:
        setting = replace(setting, table_size=DENSE)
    if block.caption:
        add_line(document, str(block.caption), face=HEI, size=setting.table_size, align="center", keep=True)
    table = _grid(document, len(block.rows) + 1, list(block.widths or [1.0] * len(block.columns)))
    alignments = block.align or ("left",) * len(block.columns)
    head, *body = table.rows
    for cell, name in zip(head.cells, block.columns, strict=True):
        _fill(cell, str(name), setting, face=HEI, align="center")
    if block.header_repeats:
        head._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for row, values in zip(body, block.rows, strict=True):
        for cell, value, alignment in zip(row.cells, values, alignments, strict=True):
            _fill(cell, str(value), setting, align=alignment)


def _key_values(document: Document, block: KeyValues, setting: Setting) -> None:
    pairs = [block.pairs[i : i + block.columns] for i in range(0, len(block.pairs), block.columns)]
    table = _grid(document, len(pairs), [1.0, 2.1] * block.columns)
    for row, line in zip(table.rows, pairs, strict=True):
        cells = row.cells
        for index, (label, value) in enumerate(line):
            _fill(cells[index * 2], str(label), setting, face=HEI, align="center")
            _fill(cells[index * 2 + 1], str(value), setting)
        if len(line) < block.columns:
            cells[1].merge(cells[-1])


def _pictures(document: Document, pictures: tuple[Picture, ...], columns: int, setting: Setting) -> None:
    """Photos in a table without rules, caption under each."""
    rows = -(-len(pictures) // columns)
    table = document.add_table(rows=rows, cols=columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    most = int(text_width(document) / columns * 0.96)
    for index, picture in enumerate(pictures):
        cell = table.cell(index // columns, index % columns)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN["center"]
        paragraph.paragraph_format.line_spacing = 1.0  # an exact line height would cut the photo
        width = min(most, Mm(picture.width_mm)) if columns == 1 else most
        paragraph.add_run().add_picture(io.BytesIO(prepared(picture.content).content), width=Emu(width))
        if picture.caption:
            add_line(cell, str(picture.caption), size=setting.table_size, align="center")


def _signatures(document: Document, block: Signatures, setting: Setting) -> None:
    add_line(document, "", line=8)
    table = document.add_table(rows=len(block.people), cols=3)
    table.autofit = False
    widths = [Emu(int(text_width(document) * share)) for share in (0.24, 0.5, 0.26)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, person in zip(table.rows, signature_rows(block), strict=True):
        row.height = Mm(11)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        add_run(row.cells[0].paragraphs[0], f"{person['role']}：")
        add_run(row.cells[1].paragraphs[0], person["name"])
        cell_borders(row.cells[1], bottom=4)
        add_run(row.cells[2].paragraphs[0], person["day"].replace(" ", "\u00a0"))
        row.cells[2].paragraphs[0].alignment = ALIGN["right"]


def _code(document: Document, block: QR, setting: Setting) -> None:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    widths = Mm(block.width_mm + 6), Emu(text_width(document) - Mm(block.width_mm + 6))
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        column.width = cell.width = width
    picture = cells[0].paragraphs[0]
    picture.paragraph_format.line_spacing = 1.0
    picture.add_run().add_picture(io.BytesIO(qr_png(block.text)), width=Mm(block.width_mm))
    cells[1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    add_run(cells[1].paragraphs[0], str(block.caption), size=setting.table_size)
