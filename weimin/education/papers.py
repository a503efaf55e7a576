"""Papers of health education, always in Chinese: the record form of the standard, the letter, question sheets, the plan of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from weimin.education.forms.activities import ARCHIVES
from weimin.education.models import Activity, Letter, Quiz
from weimin.education.queries.yearly import Year
from weimin.papers.content import Block, Heading, KeyValues, Paper, Paragraph, Signature, Signatures, Table

CHOICE = "ABCDEFGHI"


def day_words(on: date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"  # text: data


def record_paper(activity: Activity, given: Sequence[tuple[str, int]]) -> Paper:
    """健康教育活动记录表, with the lines of the standard's form."""
    at = timezone.localtime(activity.starts_at)
    handed = f"{len(given)} 种，共 {sum(copies for _title, copies in given)} 份" if given else ""  # text: data
    archives = "　".join(f"{'☑' if key in activity.archives else '□'}{label}" for key, label in ARCHIVES)
    facts = (
        ("活动时间", f"{day_words(at.date())} {at:%H:%M}"), ("活动地点", activity.venue), ("活动形式", str(activity.get_kind_display())), ("活动主题", activity.subject),  # text: data
        ("组织者", activity.institution_name), ("主讲人", activity.speaker), ("接受健康教育人员类别", activity.audience),  # text: data
        ("接受健康教育人数", "" if activity.attendance is None else str(activity.attendance)),  # text: data
    )  # fmt: skip
    more = (
        ("健康教育资料发放种类及数量", handed), ("活动内容", activity.content), ("活动总结评价", activity.evaluation), ("存档材料（请附后）", archives)  # text: data
    )  # fmt: skip
    filled = timezone.localdate(activity.recorded_at) if activity.recorded_at else None
    signatures = Signatures((Signature("填表人", activity.recorded_by, filled), Signature("负责人", activity.leader)))  # text: data
    blocks: tuple[Block, ...] = (KeyValues(facts, columns=2), KeyValues(more, columns=1), signatures)
    return Paper("健康教育活动记录表", blocks, layout="record", kind="健康教育活动记录表")  # text: data


def letter_paper(letter: Letter) -> Paper:
    """The letter on one page, as it is handed out and posted."""
    paragraphs = [Paragraph(part.strip(), indent=True) for part in letter.text.splitlines() if part.strip()]
    ending = (Paragraph(letter.signed_by, indent=False, align="right"), Paragraph(day_words(letter.signed_on), indent=False, align="right"))
    blocks: tuple[Block, ...] = (Paragraph(f"{letter.greeting}：", indent=False), *paragraphs, *ending)  # text: data
    return Paper(letter.title, blocks, layout="record", kind="一封信", footer=f"第 {letter.number} 版")  # text: data


def question_paper(quiz: Quiz) -> Paper:
    """The sheet that people fill in, without names; the key is on a page of its own that is not handed out."""
    blocks: list[Block] = [
        Paragraph("请在您认为对的选项上打“√”，每题只选一个。不用写姓名。", indent=False),  # text: data
        KeyValues((("活动", quiz.activity.subject), ("阶段", "□活动前　□活动后")), columns=2),  # text: data
    ]
    for number, question in enumerate(quiz.questions, start=1):
        choices = "　　".join(f"{CHOICE[place]}. {words}" for place, words in enumerate(question["choices"]))
        blocks += [Paragraph(f"{number}. {question['text']}", indent=False), Paragraph(choices, indent=True)]
    return Paper("健康知识有奖竞猜", tuple(blocks), layout="record", kind="问卷")  # text: data


def key_paper(quiz: Quiz) -> Paper:
    """The right answers, with where they are from."""
    rows = tuple(
        (str(number), question["text"], f"{CHOICE[question['answer']]}. {question['choices'][question['answer']]}", question["why"])
        for number, question in enumerate(quiz.questions, start=1)
    )
    columns = ("题号", "题目", "答案", "依据")  # text: data
    blocks: tuple[Block, ...] = (
        Paragraph(quiz.activity.subject, indent=False), Table(columns, rows, widths=(0.6, 3.6, 2, 2.2), align=("center", "left", "left", "left"))
    )  # fmt: skip
    return Paper("健康知识有奖竞猜答案", blocks, layout="record", kind="答案")  # text: data


def year_paper(year: Year, activities: Sequence[Activity]) -> Paper:
    """The plan of an institution for a year, and how far it is."""
    words = {
        "lectures": "健康知识讲座（次）", "consultations": "公众健康咨询（次）", "printed": "印刷资料（种）", "audio_visual": "音像资料（种）",  # text: data
        "boards": "宣传栏（个）", "issues": "宣传栏更换（期）",  # text: data
    }  # fmt: skip
    lines = tuple((words[line.key], str(line.whole), str(line.done), str(line.missing)) for line in year.lines)
    planned = tuple(
        (f"{timezone.localtime(row.starts_at):%m-%d}", str(row.get_kind_display()), row.subject, row.venue, row.speaker, str(row.get_state_display()))
        for row in activities
    )
    blocks: tuple[Block, ...] = (
        Heading("年度最低要求"), Table(("项目", "全年", "已完成", "目前欠"), lines, widths=(3, 1, 1, 1), align=("left", "right", "right", "right")),  # text: data
        Paragraph(f"依据：{year.rule.source}。", indent=False), Heading("活动安排"),  # text: data
        Table(("日期", "形式", "主题", "地点", "主讲人", "状态"), planned, widths=(0.9, 1.6, 2.6, 2.4, 1.2, 1)),  # text: data
    )  # fmt: skip
    return Paper(f"{year.site.name} {year.year} 年健康教育计划", blocks, layout="record", kind="健康教育计划")  # text: data
