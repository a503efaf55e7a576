"""The papers of an examination: the list of a batch and the sheet that a resident takes home. Always in Chinese."""

# text: data
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from weimin.examinations.judging import content_of
from weimin.examinations.models import Batch, Examination, Invitation
from weimin.examinations.rules_abnormal import URGENT, WATCH, Abnormal, from_data
from weimin.examinations.rules_advice import advice
from weimin.examinations.rules_form import BLOOD, items, parameter
from weimin.examinations.wording import lines, sentences
from weimin.papers.content import Block, Bold, Heading, KeyValues, PageBreak, Paper, Paragraph, Table
from weimin.residents.rules_groups import age_on
from weimin.secrets.masking import mask
from weimin.walls.actor import Actor

LIST_COLUMNS = ("序号", "姓名", "性别", "年龄", "村（社区）", "联系电话", "状态", "签到")
CODED = ("urine_protein", "urine_glucose", "ecg", "ultrasound", "chest_dr")


def invitation_rows(actor: Actor, batch: Batch, people: Iterable[Invitation], known: dict[int, str]) -> list[tuple[str, ...]]:
    return [
        (
            str(place), row.record.resident.name, str(row.record.resident.get_gender_display()), str(age_on(row.record.resident.birth_on, batch.on)),
            known[row.region], mask("phone", row.record.resident.phone or "", actor.role), str(row.get_state_display()), "",
        )
        for place, row in enumerate(people, 1)
    ]  # fmt: skip


def invitation_paper(actor: Actor, batch: Batch, people: list[Invitation], known: dict[int, str]) -> Paper:
    """What hangs at the door and is ticked by hand: day, place, who; no group and no illness beside a name."""
    facts = (
        ("体检日期", batch.on.isoformat()), ("时间", batch.hours or "—"), ("地点", batch.place), ("负责医生", batch.doctor_name or "—"),
        ("人数", f"{len(people)} 人"), ("准备", "空腹，带身份证，正在吃的药带上盒子"),
    )  # fmt: skip
    table = Table(LIST_COLUMNS, tuple(invitation_rows(actor, batch, people, known)), widths=(0.6, 1.2, 0.6, 0.6, 1.4, 1.5, 1.0, 1.2))
    title = f"{batch.plan.title}邀请名单"
    return Paper(title, (KeyValues(facts), table), layout="record", kind="名单", issuer=batch.place)


def feedback_blocks(row: Examination, today: date) -> list[Block]:
    """What was measured, what is out of range, what to do, when to come again; in the words of a neighbour."""
    resident, listed = row.record.resident, from_data(row.abnormal)
    facts = (
        ("姓名", resident.name),
        ("性别", str(resident.get_gender_display())),
        ("年龄", f"{age_on(resident.birth_on, row.on)} 岁"),
        ("体检日期", row.on.isoformat()),
    )
    blocks: list[Block] = [KeyValues(facts), Heading("要注意的结果", numbered=False), *attention(listed), Heading("怎么做，什么时候再来", numbered=False)]
    blocks += [Paragraph(f"{place}. {words}", indent=False, align="left") for place, words in enumerate(sentences(advice(listed, content_of(row))), 1)]
    asking = f" 有不明白的，请问{row.doctor_name}医生或打机构电话。打印日期 {today.isoformat()}"  # above the table: alone on a second page nobody reads it
    blocks += [
        Paragraph((*again(row, listed), asking), indent=False, align="left"),
        Heading("这次量的、查的", numbered=False),
        measured(row),
    ]
    return blocks


def attention(listed: list[Abnormal]) -> list[Block]:
    if not listed:
        return [Paragraph("没有。", indent=False)]
    rows = tuple((one["item"], one["value"], one["within"] or "—", f"{one['why']}，{one['level']}") for one in lines(listed))
    return [Table(("项目", "您的结果", "正常范围", "说明"), rows, widths=(1.5, 1.4, 1.2, 1.6))]


def again(row: Examination, listed: list[Abnormal]) -> tuple[str | Bold, ...]:
    levels = {one.level for one in listed}
    if URGENT in levels:
        return (Bold("今天就去医院。"), "医生会联系您，看完请告诉我们结果。")
    if levels - {WATCH}:
        return (Bold(f"{parameter('recheck_days', row.on)} 天内来复查。"), "复查血糖、血脂、肝肾功能的，早上空腹来。")
    return (f"{row.on.year + 1} 年再来体检。平时不舒服随时来。",)


def measured(row: Examination) -> Table:
    """Values with their unit; codes in words."""
    content = content_of(row)
    pairs: list[tuple[str, str]] = []
    for side, words in (("left", "左侧血压"), ("right", "右侧血压")):
        if content.get(f"{side}_systolic"):
            pairs.append((words, f"{content[f'{side}_systolic']}/{content[f'{side}_diastolic']} mmHg"))
    if row.height and row.weight:
        pairs.append(("身高、体重", f"{row.height} cm，{row.weight} kg"))
    named = [
        ("体质指数", row.bmi, ""),
        ("腰围", row.waist, "cm"),
        ("脉率", row.pulse, "次/分"),
    ]
    pairs += [(words, f"{value} {unit}".strip()) for words, value, unit in named if value is not None]
    pairs += [(items()[key].label.replace("脂蛋白胆固醇", "脂蛋白"), f"{content[key]} {items()[key].unit}") for key in BLOOD if key in content]
    pairs += [(items()[key].label, items()[key].codes.get(str(content[key]), str(content[key]))) for key in CODED if key in content]
    halves = [(*pair, *(pairs[place + 1] if place + 1 < len(pairs) else ("", ""))) for place, pair in enumerate(pairs) if place % 2 == 0]
    return Table(("项目", "结果", "项目", "结果"), tuple(halves), widths=(1.3, 1.3, 1.4, 1.2))


def feedback_paper(rows: list[Examination], today: date) -> Paper:
    """One sheet for each resident, on pages of their own."""
    blocks: list[Block] = []
    for row in rows:
        if blocks:
            blocks += [PageBreak(), Paragraph((Bold("健康体检结果告知单"),), indent=False, align="center")]
        blocks += feedback_blocks(row, today)
    return Paper("健康体检结果告知单", tuple(blocks), layout="record", kind="告知单", large_print=True)
