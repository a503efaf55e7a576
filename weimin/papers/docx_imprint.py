"""版记, the imprint at the foot of the last page (GB/T 9704-2012, 7.4)."""

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell

from weimin.papers.content import Paper
from weimin.papers.docx_parts import FANG, add_line, add_run, cell_borders, element, pad_chars
from weimin.papers.rules import paper_date
from weimin.papers.tree import cc_line

THICK, THIN = 8, 6  # eighths of a point: 0.35 mm outside, 0.25 mm inside


def add_imprint(document: Document, paper: Paper) -> None:
    """A table that floats on the lower edge of the text: copies to, printed by and on, in 14 pt."""
    rows = [bool(paper.cc), bool(paper.printed_by)]
    table = document.add_table(rows=sum(rows), cols=1)
    _float_at_foot(table)
    cells = iter(table.columns[0].cells)
    if paper.cc:
        cell = next(cells)
        line = _line(cell, cc_line(paper))
        pad_chars(line, left=4, right=1, hanging=3, size=14)
        cell_borders(cell, top=THICK, bottom=THIN if paper.printed_by else THICK)
    if paper.printed_by:
        cell = next(cells)
        line = _line(cell, str(paper.printed_by))
        pad_chars(line, left=1, right=1, size=14)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(156) - Mm(5), WD_TAB_ALIGNMENT.RIGHT)
        if paper.printed_on:
            add_run(line, f"\t{paper_date(paper.printed_on)}印发", face=FANG, size=14)  # text: data
        cell_borders(cell, top=THIN if paper.cc else THICK, bottom=THICK)
    add_line(document, "", line=1)


def _line(cell: _Cell, text: str):
    paragraph = cell.paragraphs[0]
    add_run(paragraph, text, face=FANG, size=14)
    return paragraph


def _float_at_foot(table: Table) -> None:
    table.autofit = False
    table.columns[0].width = Mm(156)
    for cell in table.columns[0].cells:
        cell.width = Mm(156)
    place = element("w:tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="center", tblpYSpec="bottom")
    properties = table._tbl.tblPr
    style = properties.find(qn("w:tblStyle"))
    properties.insert(0 if style is None else 1, place)
