# text: data
"""Pure rules of how Chinese official papers are numbered and dated (GB/T 9704-2012)."""

import math
import re
from collections.abc import Iterable
from datetime import date

from weimin.papers.content import Block, Heading

DIGITS = "零一二三四五六七八九"
# 7.3.3: 一、 / （一） / 1. / （1）
NUMBER_FORMS = {
    1: re.compile(r"^[一二三四五六七八九十百]+、"),
    2: re.compile(r"^[（(][一二三四五六七八九十百]+[）)]"),
    3: re.compile(r"^\d+[.．、]"),
    4: re.compile(r"^[（(]\d+[）)]"),
}
DOCUMENT_NUMBER = re.compile(r"^\S+〔\d{4}〕[1-9]\d*号$")


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 十二, 二十."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is outside 1 to 99")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    return {1: f"{chinese_number(number)}、", 2: f"（{chinese_number(number)}）", 3: f"{number}.", 4: f"（{number}）"}[level]


def own_number(heading: Heading) -> str:
    """The number that the text of a heading brings with it, or nothing."""
    found = NUMBER_FORMS[heading.level].match(str(heading.text))
    return found.group() if found else ""


def numbered(blocks: Iterable[Block]) -> list[tuple[Block, str]]:
    """Each block with the number to print before it; a number that the text brings counts but is not printed twice."""
    counts = {1: 0, 2: 0, 3: 0, 4: 0}
    result: list[tuple[Block, str]] = []
    for block in blocks:
        number = ""
        if isinstance(block, Heading):
            has_own = bool(own_number(block))
            if block.numbered or has_own:
                counts[block.level] += 1
                number = "" if has_own else heading_number(block.level, counts[block.level])
            counts.update({level: 0 for level in counts if level > block.level})
        result.append((block, number))
    return result


def paper_date(day: date) -> str:
    """7.3.5.4: Arabic digits, the year in full, month and day without a leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def document_number(organ_code: str, year: int, sequence: int) -> str:
    """7.2.5: the year in hexagonal brackets, the sequence without 「第」 or leading zeros: 青政发〔2026〕38号."""
    return f"{organ_code}〔{year}〕{sequence}号"


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
TITLE_LINE = 18.5  # characters of 22 pt on 156 mm, with a margin either side
GOOD_BREAK_BEFORE = ("关于", "做好", "开展", "加强", "印发", "推进", "实施", "追加", "落实", "工作", "建设", "管理", "特困", "情况", "方案")  # fmt: skip
GOOD_BREAK_AFTER = ("关于", "、", "》", "）", "”", "和", "及", "政府", "办公室", "年度", "冬季")
# 7.3.1: a title is broken where the meaning allows: never inside a number or between it and its unit, nor before 「的」.
NO_BREAK = re.compile(r"[0-9A-Za-z〔〕]{2}|[0-9][年月日号个项批次%]|[\u0000-\uffff][的、，》）”〕了]|[《（“〔][\u0000-\uffff]")


def printable(text: str) -> str:
    """The text without control characters, which neither docx nor PDF can hold."""
    return CONTROL.sub("", text)


def width_in_characters(text: str) -> float:
    """Width in Chinese characters: Latin letters and digits take half of one."""
    return sum(0.5 if ord(character) < 0x2E80 and character not in "“”‘’—…" else 1.0 for character in text)


def title_lines(title: str) -> list[str]:
    """The title in even lines, broken where the words allow; its own line ends are kept."""
    if "\n" in title:
        return title.split("\n")
    count = math.ceil(width_in_characters(title) / TITLE_LINE)
    if count <= 1:
        return [title]
    end = _best_break(title, len(title) / count)
    return [title[:end], *title_lines(title[end:])]


def _best_break(title: str, wanted: float) -> int:
    """Where to end the first line: near the even length, at a word that may start or end a line."""

    def cost(end: int) -> float:
        away = abs(end - wanted)
        if NO_BREAK.fullmatch(title[end - 1 : end + 1]):
            return away + 100
        good = title.startswith(GOOD_BREAK_BEFORE, end) or title[:end].endswith(GOOD_BREAK_AFTER)
        return away - 3 if good else away

    fitting = [end for end in range(2, len(title) - 1) if width_in_characters(title[:end]) <= TITLE_LINE]
    return min(fitting, key=cost)


def signature_indents(organ: str, day: str) -> tuple[float, float]:
    """7.3.5: right indents in characters of the organ and the day: the day four from the edge, the organ centred over it."""
    organ_width, day_width = width_in_characters(organ), width_in_characters(day)
    overhang = (organ_width - day_width) / 2
    if overhang <= 2:
        return 4 - overhang, 4.0
    return 2.0, 2 + overhang
