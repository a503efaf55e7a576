"""The content tree of a paper: what it says, free of how docx or PDF set it.

A room builds one `Paper` and hands it to `docx.to_docx` and `pdf.to_pdf`; both read the same tree, so the two never differ.
Texts may be lazy translations. Everything is frozen: a paper that was made is not changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Bold:
    """Words inside a paragraph that stand out: `Paragraph(("限", Bold("10日前"), "完成。"))`."""

    text: str


Inline: TypeAlias = str | tuple[str | Bold, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4 (一、 / （一） / 1. / （1）).

    `numbered` gives it the next number of its level unless the text brings one; so no paper repeats 「一、」.
    """

    text: str
    level: Literal[1, 2, 3, 4] = 1
    numbered: bool = True


@dataclass(frozen=True)
class Paragraph:
    text: Inline
    indent: bool = True
    align: Literal["justify", "left", "center", "right"] = "justify"


@dataclass(frozen=True)
class Table:
    """Rows of cells under column titles. `widths` are shares of the line (None: equal); the header repeats on each page.

    dense: small letters and narrow lines, for forms with many fields.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] | None = None
    align: tuple[Literal["left", "center", "right"], ...] | None = None
    caption: str = ""
    header_repeats: bool = True
    dense: bool = False

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"a row has {len(wrong[0])} cells where the table has {len(self.columns)} columns")
        for shares in (self.widths, self.align):
            if shares is not None and len(shares) != len(self.columns):
                raise ValueError("widths and align need one entry for each column")


@dataclass(frozen=True)
class Check:
    """One line of a checklist; `passed` None means not looked at yet."""

    text: str
    passed: bool | None = None
    remark: str = ""
    score: str = ""


@dataclass(frozen=True)
class Checklist:
    items: tuple[Check, ...]
    caption: str = ""
    with_scores: bool = False


@dataclass(frozen=True)
class Picture:
    """A photo or drawing, as the bytes of a JPEG, PNG, WebP or GIF file."""

    content: bytes = field(repr=False)
    caption: str = ""
    width_mm: int = 120


@dataclass(frozen=True)
class Pictures:
    """Photos side by side, each with its caption."""

    pictures: tuple[Picture, ...]
    columns: int = 2


@dataclass(frozen=True)
class KeyValues:
    """A framed form of label and value, `columns` pairs a line."""

    pairs: tuple[tuple[str, str], ...]
    columns: Literal[1, 2] = 2


@dataclass(frozen=True)
class Signature:
    """A place to sign: the role, the name if known, the day if already signed."""

    role: str
    name: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class Signatures:
    people: tuple[Signature, ...]


@dataclass(frozen=True)
class QR:
    """A QR code of a text (mostly an address), with the words beside it."""

    text: str
    caption: str = ""
    width_mm: int = 24


@dataclass(frozen=True)
class Big:
    """A number or word in very large letters, to be read from afar: the number of a queue ticket."""

    text: str


@dataclass(frozen=True)
class PageBreak:
    pass


Block: TypeAlias = Heading | Paragraph | Table | Checklist | Picture | Pictures | KeyValues | Signatures | QR | Big | PageBreak


@dataclass(frozen=True)
class Paper:
    """A paper in one of three layouts.

    `official`: a 公文 by GB/T 9704-2012 (red head, number, title, addressee, text, signature, imprint).
    `record`: a form-like record or receipt (title, number, blocks, signatures), A4, A5, or `80mm`: one strip as long as its content,
    for the receipt printer at the window.
    `poster`: for the wall, A3 or A4, large letters, two columns of blocks, or one across (`columns`) with its code in the middle; only as PDF.
    `landscape` lays a record of A4 on its side; `large_print` sets it in letters that old people read. `kind` is the 文种 (通知, 通报, …) or the name of the record. `number` is whole: `青政发〔2026〕38号`.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    layout: Literal["official", "record", "poster"] = "official"
    size: Literal["A3", "A4", "A5", "80mm"] = "A4"
    landscape: bool = False
    large_print: bool = False
    columns: Literal[1, 2] = 2
    kind: str = "通知"  # text: data
    issuer: str = ""
    letterhead: str = ""
    number: str = ""
    signatory: str = ""
    secrecy: str = ""
    urgency: str = ""
    copy_number: int | None = None
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signed_on: date | None = None
    public_note: str = ""
    cc: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    footer: str = ""

    @property
    def head(self) -> str:
        """The red head: as given, or 「<organ>文件」."""
        return str(self.letterhead) or (f"{self.issuer}文件" if self.issuer else "")  # text: data


def plain(inline: Inline) -> str:
    """The words of a paragraph without their emphasis."""
    if isinstance(inline, tuple):
        return "".join(part.text if isinstance(part, Bold) else str(part) for part in inline)
    return str(inline)


def texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Every piece of text as (where, words), for checks that read the whole paper."""
    yield "title", str(paper.title)
    yield "number", str(paper.number)
    yield "addressee", str(paper.addressee)
    for index, block in enumerate(paper.blocks, start=1):
        for words in _texts_of(block):
            yield f"block {index}", words
    for name in paper.attachments:
        yield "attachments", str(name)


def _texts_of(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield str(text)
        case Paragraph(text=inline):
            yield plain(inline)
        case Table(columns=columns, rows=rows):
            yield from map(str, columns)
            yield from (str(cell) for row in rows for cell in row)
        case Checklist(items=items):
            yield from (f"{item.text}{item.remark}" for item in items)
        case Big(text=text):
            yield str(text)
        case KeyValues(pairs=pairs):
            yield from (f"{label}{value}" for label, value in pairs)
