"""The content tree as plain data (strings, numbers, lists) for the typesetter; nothing in it is ever read as markup."""

from typing import Any

from django.utils.translation import gettext as _

from weimin.papers.content import (
    QR,
    Big,
    Block,
    Bold,
    Checklist,
    Heading,
    Inline,
    KeyValues,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Signatures,
    Table,
)
from weimin.papers.pictures import as_svg, prepared, qr_svg
from weimin.papers.rules import numbered, paper_date, title_lines


def as_tree(paper: Paper) -> dict[str, Any]:
    """`{"layout": …, "title": …, "blocks": [{"block": "heading", …}, …]}`; dates are already words."""
    return {
        "layout": paper.layout,
        "size": paper.size,
        "landscape": paper.landscape,
        "large_print": paper.large_print,
        "columns": paper.columns,
        "kind": str(paper.kind),
        "head": paper.head,
        "issuer": str(paper.issuer),
        "number": str(paper.number),
        "signatory": str(paper.signatory),
        "secrecy": str(paper.secrecy),
        "urgency": str(paper.urgency),
        "copy_number": "" if paper.copy_number is None else f"{paper.copy_number:06d}",
        "title": str(paper.title),
        "title_lines": title_lines(str(paper.title)),
        "addressee": str(paper.addressee),
        "blocks": [block_tree(block, number) for block, number in numbered(paper.blocks)],
        "attachments": attachment_lines(paper),
        "signed_on": paper_date(paper.signed_on) if paper.signed_on else "",
        "public_note": str(paper.public_note),
        "cc": cc_line(paper),
        "printed_by": str(paper.printed_by),
        "printed_on": f"{paper_date(paper.printed_on)}印发" if paper.printed_on else "",  # text: data
        "footer": str(paper.footer),
        "number_label": _("编号"),
    }


def attachment_lines(paper: Paper) -> list[str]:
    """7.3.4: 附件：1.××× with the following ones under the first; a single one carries no number."""
    if len(paper.attachments) == 1:
        return [str(paper.attachments[0])]
    return [f"{index}.{name}" for index, name in enumerate(paper.attachments, start=1)]


def cc_line(paper: Paper) -> str:
    """7.4.2: organs with a comma between them and a full stop at the end."""
    return f"抄送：{'、'.join(map(str, paper.cc))}。" if paper.cc else ""  # text: data


def inline_parts(inline: Inline) -> list[tuple[str, bool]]:
    """(words, bold) pieces of a paragraph."""
    if not isinstance(inline, tuple):
        return [(str(inline), False)]
    return [(part.text, True) if isinstance(part, Bold) else (str(part), False) for part in inline]


def checklist_table(block: Checklist) -> Table:
    """A checklist is a table of number, standard, result and remark, in both docx and PDF."""
    columns = [_("序号"), _("检查内容"), _("结果"), _("说明")]
    rows = [[str(i), str(item.text), result_words(item.passed), str(item.remark)] for i, item in enumerate(block.items, 1)]
    widths, align = [1.1, 7.0, 1.9, 4.0], ["center", "left", "center", "left"]
    if block.with_scores:
        columns.insert(3, _("得分"))
        widths.insert(3, 1.3)
        align.insert(3, "center")
        for row, item in zip(rows, block.items, strict=True):
            row.insert(3, str(item.score))
    return Table(tuple(columns), tuple(map(tuple, rows)), tuple(widths), tuple(align), str(block.caption))  # type: ignore[arg-type]


def result_words(passed: bool | None) -> str:
    if passed is None:
        return _("— 未查")
    return _("√ 合格") if passed else _("× 不合格")


def block_tree(block: Block, number: str = "") -> dict[str, Any]:
    match block:
        case Heading():
            return {"block": "heading", "level": block.level, "text": number + str(block.text)}
        case Paragraph():
            parts = [{"text": text, "bold": bold} for text, bold in inline_parts(block.text)]
            return {"block": "paragraph", "parts": parts, "indent": block.indent, "align": block.align}
        case Table():
            return _table_tree(block)
        case Checklist():
            return _table_tree(checklist_table(block))
        case Picture():
            return {"block": "pictures", "columns": 1, "pictures": [_picture_tree(block)]}
        case Pictures():
            pictures = [_picture_tree(picture) for picture in block.pictures]
            return {"block": "pictures", "columns": block.columns, "pictures": pictures}
        case KeyValues():
            pairs = [[str(label), str(value)] for label, value in block.pairs]
            return {"block": "keyvalues", "columns": block.columns, "pairs": pairs}
        case Signatures():
            return {"block": "signatures", "people": signature_rows(block)}
        case QR():
            words = {"caption": str(block.caption), "width_mm": block.width_mm}
            return {"block": "qr", "svg": qr_svg(block.text), **words}
        case Big():
            return {"block": "big", "text": str(block.text)}
        case PageBreak():
            return {"block": "pagebreak"}


def signature_rows(block: Signatures) -> list[dict[str, str]]:
    """Role, name and day; a day that is not there yet is a gap to fill in by hand."""
    blank_day = _("    年   月   日")
    return [{"role": str(p.role), "name": str(p.name), "day": paper_date(p.signed_on) if p.signed_on else blank_day} for p in block.people]


def _table_tree(block: Table) -> dict[str, Any]:
    return {
        "block": "table",
        "columns": [str(column) for column in block.columns],
        "rows": [[str(cell) for cell in row] for row in block.rows],
        "widths": list(block.widths or [1.0] * len(block.columns)),
        "align": list(block.align or ["left"] * len(block.columns)),
        "caption": str(block.caption),
        "header_repeats": block.header_repeats,
        "dense": block.dense,
    }


def _picture_tree(block: Picture) -> dict[str, Any]:
    return {"svg": as_svg(prepared(block.content)), "caption": str(block.caption), "width_mm": block.width_mm}
