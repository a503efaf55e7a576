"""The report card on A4 as 中华人民共和国传染病报告卡 has it, and the closing report of an outbreak. Always in Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from weimin.calendars.clock import ZONE
from weimin.epidemics.diseases import law_on
from weimin.epidemics.models import CaseReport, CaseType, Contact, ContactState, Crowd, Hop, Outbreak
from weimin.papers.content import Block, Heading, KeyValues, Paper, Paragraph, Signature, Signatures, Table
from weimin.residents.rules_groups import age_on

CLASSES = {"a": "甲类", "b": "乙类", "c": "丙类", "other": "其他法定管理以及重点监测"}  # text: data
NONE = "—"


def ticks(choices: Iterable[tuple[str, Any]], chosen: str) -> str:
    """□ and ☑ before every choice, as the form prints them."""
    return "　".join(("☑" if value == chosen else "□") + str(words) for value, words in choices)


def moment(value: object) -> str:
    return f"{timezone.localtime(value, ZONE):%Y-%m-%d %H:%M}" if value else NONE  # type: ignore[arg-type]


def card_paper(card: CaseReport, unit: str) -> Paper:
    """Full values: whoever prints it leaves a line on the trail."""
    law = law_on(card.law_from)
    disease = law.find(card.disease) if any(one.key == card.disease for one in law.diseases) else None
    kind = CLASSES[disease.klass] + ("（按甲类管理）" if disease.managed_as_a and disease.klass != "a" else "") if disease else NONE  # text: data
    person: list[tuple[str, str]] = [
        ("患者姓名", card.name), ("家长姓名", card.guardian or NONE), ("有效证件号", card.id_number or NONE), ("性别", str(card.get_gender_display())),  # text: data
        ("出生日期", f"{card.birth_on:%Y-%m-%d}"), ("实足年龄", f"{age_on(card.birth_on, card.onset_on)} 岁"),  # text: data
        ("工作单位（学校）", " ".join(str(part) for part in (card.place, card.group) if part) or card.unit or NONE), ("联系电话", card.phone or NONE),  # text: data
    ]  # fmt: skip
    facts: list[tuple[str, str]] = [
        ("现住址", card.address or NONE), ("人群分类", ticks(Crowd.choices, card.crowd)), ("病例分类", ticks(CaseType.choices, card.kind)),  # text: data
        ("发病日期", f"{card.onset_on:%Y-%m-%d}"), ("诊断时间", moment(card.diagnosed_at)), ("死亡日期", f"{card.died_on:%Y-%m-%d}" if card.died_on else NONE),  # text: data
        ("疾病名称", f"{kind}　{card.disease_name}"), ("密切接触者有无相同症状", "有" if card.same_symptoms else "无"),  # text: data
    ]  # fmt: skip
    sent: list[tuple[str, str]] = [
        ("报告时限", f"诊断后 {card.hours} 小时，{moment(card.due_at)} 前"), ("网络直报", moment(card.reported_at)), ("国家系统编号", card.national_number or NONE),  # text: data
        ("填卡日期", moment(card.filled_at)), ("备注", card.remark or NONE),  # text: data
    ]  # fmt: skip
    if card.ended_reason:
        sent.append((str(card.get_state_display()), card.ended_reason))
    blocks: tuple[Block, ...] = (
        Paragraph(f"卡片编号：{card.pk}　　报卡类别：{'订正报告' if card.corrects_id else '初次报告'}", indent=False), KeyValues(tuple(person)),  # text: data
        KeyValues(tuple(facts), columns=1), KeyValues(tuple(sent), columns=1), Signatures((Signature("填卡医生", card.filled_name),)),  # text: data
        Paragraph(f"依据：{law.law}，{law.limits.basis}。", indent=False),  # text: data
    )  # fmt: skip
    return Paper("中华人民共和国传染病报告卡", blocks, layout="record", kind="传染病报告卡", issuer=unit)  # text: data


def closing_paper(
    outbreak: Outbreak, cases: list[CaseReport], parties: list[dict[str, object]], contacts: list[Contact], hops: list[Hop], unit: str, today: date
) -> Paper:  # fmt: skip
    """What happened, whom it struck, what was done, how it ended; nobody is named."""
    place = str(outbreak.place or "社区")  # text: data
    facts = (
        ("疫情名称", outbreak.name), ("发生地点", place), ("病种", outbreak.disease_name), ("病例数", f"{len(cases)} 例"),  # text: data
        ("首例发病", f"{outbreak.first_on:%Y-%m-%d}"), ("末例发病", f"{outbreak.last_on:%Y-%m-%d}"), ("立案日期", f"{outbreak.opened_on:%Y-%m-%d}"),  # text: data
        ("结案日期", f"{outbreak.closed_on:%Y-%m-%d}" if outbreak.closed_on else "尚未结案"),  # text: data
    )  # fmt: skip
    blocks: list[Block] = [KeyValues(facts), Heading("病例分布"), *distribution(cases), Heading("防控措施"), measures_table(parties)]  # text: data
    states = Counter(row.state for row in contacts)
    spread = "、".join(f"{words} {states[value]} 人" for value, words in ContactState.choices if states[value]) or "无"  # text: data
    blocks += [Heading("密切接触者"), Paragraph(f"共登记 {len(contacts)} 人：{spread}。")]  # text: data
    if hops:
        rows = tuple((str(hop.told), moment(hop.told_at), moment(hop.due_at), "是" if hop.on_time else "否") for hop in hops)  # text: data
        blocks += [Heading("突发公共卫生事件报告"), Table(("报告给", "报告时间", "期限", "按时"), rows)]  # text: data
    blocks += [Heading("结案意见"), Paragraph(outbreak.conclusion or "（待写）")]  # text: data
    day = outbreak.closed_on or today
    blocks.append(Signatures((Signature("报告人", outbreak.closed_by, outbreak.closed_on),)))  # text: data
    return Paper(f"{outbreak.name}处置报告", tuple(blocks), layout="record", kind="疫情处置报告", issuer=unit, footer=f"{day:%Y-%m-%d}")  # text: data


def distribution(cases: list[CaseReport]) -> list[Block]:
    """By day of onset, by class, by sex and kind."""
    if not cases:
        return [Paragraph("没有归入这起疫情的报告卡。")]  # text: data
    kinds = Counter(str(row.get_kind_display()) for row in cases)
    genders = Counter(str(row.get_gender_display()) for row in cases)
    said = "、".join(f"{words} {number} 例" for words, number in [*genders.items(), *kinds.items()])  # text: data
    days, classes = Counter(row.onset_on for row in cases), Counter(str(row.group or "未填班级") for row in cases)  # text: data
    return [
        Paragraph(f"{said}。"),  # text: data
        Table(("发病日期", "病例数"), tuple((f"{day:%Y-%m-%d}", str(number)) for day, number in sorted(days.items()))),  # text: data
        Table(("班级", "病例数"), tuple((name, str(number)) for name, number in classes.most_common())),  # text: data
    ]


def measures_table(parties: list[dict[str, object]]) -> Table:
    rows = []
    for party in parties:
        for row in party["measures"]:  # type: ignore[attr-defined]
            rows.append((str(party["words"]), row.text, str(row.get_state_display()), moment(row.done_at), row.note or NONE))
    return Table(("责任方", "措施", "状态", "时间", "落实情况"), tuple(rows), widths=(1.2, 3.4, 1, 1.7, 2.7))  # text: data
