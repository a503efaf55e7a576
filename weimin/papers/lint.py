# text: data
"""Warns about the faults that real papers carry: left-over blanks, doubled numbers, dates of the old form (H-36)."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from weimin.papers.content import Heading, Paper, texts
from weimin.papers.rules import DOCUMENT_NUMBER, own_number

# H-35: the kinds that the rules for official papers of 2012 know.
KINDS = ("决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要")  # fmt: skip
BLANK_YEAR = re.compile(r"(?:20)?[xX×]{2,4}(?=年|届|$)|20[xX×]{2}")
BLANK_NUMBER = re.compile(r"(?<![A-Za-z])[xX×]+(?:[.．][xX×]+)?(?=[%个人名户村月日元家亿万平])")
LOST_CHARACTER = re.compile(r"[□\ufffd]|\\_")
CHINESE_DATE = re.compile(r"[〇零○一二三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,3}月)?(?:[一二三四五六七八九十]{1,3}日)?")
PADDED_DATE = re.compile(r"\d{4}年(?:0\d月(?:\d{1,2}日)?|\d{1,2}月0\d日)")
SQUARE_NUMBER = re.compile(r"[\[【［(（]\d{4}[\]】］)）]\s*第?\d+号")
# Words that a careless search-and-replace leaves behind in the seed papers.
MISHAPS = ("建设和发展", "建设和不断", "建设和强力推进", "建设和取得", "强力推进")


@dataclass(frozen=True)
class Finding:
    """`code` for machines, `where` in the paper, `found` the words themselves, `sentence` for the person."""

    code: str
    where: str
    found: str
    sentence: str


def lint(paper: Paper) -> list[Finding]:
    """Everything that should be looked at before the paper is signed; an empty list is a clean paper."""
    findings = [finding for where, words in texts(paper) for finding in _lint_words(where, words)]
    return findings + _doubled_numbers(paper) + _lint_form(paper)


def _lint_words(where: str, words: str) -> list[Finding]:
    tests = (
        ("blank_year", BLANK_YEAR, _("“%s”是没有填的年份，请写实际年份。")),
        ("blank_number", BLANK_NUMBER, _("“%s”是没有填的数字，请写实际数字。")),
        ("lost_character", LOST_CHARACTER, _("“%s”处有丢失的字，请对照原件补上。")),
        ("chinese_date", CHINESE_DATE, _("“%s”用了汉字日期，公文的日期用阿拉伯数字，如 2026年3月1日。")),
        ("padded_date", PADDED_DATE, _("“%s”的月、日前面不加 0。")),
        ("number_brackets", SQUARE_NUMBER, _("“%s”的年份要用六角括号，序号前不加“第”，如〔2026〕38号。")),
    )
    found = [Finding(code, where, hit, sentence % hit) for code, form, sentence in tests for hit in form.findall(words)]
    mishap = next((mishap for mishap in MISHAPS if mishap in words), None)
    if mishap:
        found.append(Finding("mishap", where, mishap, _("“%s”像是替换时留下的错字，请读一遍这句话。") % mishap))
    return found


def _doubled_numbers(paper: Paper) -> list[Finding]:
    """The same number twice under one parent: 「一、…一、…」."""
    seen: dict[int, set[str]] = {1: set(), 2: set(), 3: set(), 4: set()}
    found = []
    for index, block in enumerate(paper.blocks, start=1):
        if not isinstance(block, Heading):
            continue
        for level in range(block.level + 1, 5):
            seen[level].clear()
        number = own_number(block)
        if number and number in seen[block.level]:
            sentence = _("序号“%s”出现了两次，请顺次编号。") % number
            found.append(Finding("doubled_number", f"block {index}", number, sentence))
        seen[block.level].add(number)
    return found


def _lint_form(paper: Paper) -> list[Finding]:
    """What GB/T 9704-2012 wants of an official paper as a whole."""
    if paper.layout != "official":
        return []
    found = []
    if paper.kind not in KINDS:
        found.append(Finding("kind", "kind", paper.kind, _("“%s”不是公文的十五个文种之一。") % paper.kind))
    elif not str(paper.title).endswith((paper.kind, f"{paper.kind}（试行）")):
        found.append(Finding("title_kind", "title", str(paper.title), _("标题应以文种“%s”结尾。") % paper.kind))
    if paper.number and not DOCUMENT_NUMBER.match(str(paper.number)):
        found.append(Finding("number", "number", str(paper.number), _("发文字号应写成“青政发〔2026〕38号”的样子。")))
    if paper.addressee and not str(paper.addressee).endswith("："):
        found.append(Finding("addressee", "addressee", str(paper.addressee), _("主送机关后面用全角冒号。")))
    if paper.issuer and paper.signed_on is None:
        found.append(Finding("date", "signed_on", "", _("还没有成文日期。")))
    if paper.kind == "请示" and not paper.signatory:
        found.append(Finding("signatory", "signatory", "", _("请示是上行文，要写签发人。")))
    return found + _attachment_marks(paper)


def _attachment_marks(paper: Paper) -> list[Finding]:
    marked = [str(name) for name in paper.attachments if str(name).endswith(("。", "；", "，", ";", ","))]
    return [Finding("attachment", "attachments", name, _("附件名称后面不加标点：“%s”。") % name) for name in marked]
