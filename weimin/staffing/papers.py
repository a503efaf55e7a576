"""The proof of volunteer hours as a paper. Always in Chinese: the receiver reads it."""

from __future__ import annotations

from django.utils import timezone

from weimin.papers.content import Block, KeyValues, Paper, Paragraph, Signature, Signatures, Table
from weimin.staffing.models import ServiceProof
from weimin.staffing.rules_volunteering import hours_words


def proof_paper(proof: ServiceProof) -> Paper:
    """What the law asks of it: who, period, hours, content, recording unit; free; nothing that was not recorded (I-21)."""
    facts = (
        ("姓名", proof.worker.name),  # text: data
        ("性别", str(proof.worker.get_gender_display()) if proof.worker.gender else "—"),  # text: data
        ("服务时间", f"{proof.starts_on:%Y-%m-%d} 至 {proof.ends_on:%Y-%m-%d}"),  # text: data
        ("服务时长", f"{hours_words(proof.minutes)} 小时"),  # text: data
        ("用途", proof.purpose_of_use),  # text: data
    )
    rows = tuple((on, name, content, unit, hours_words(minutes)) for on, name, content, unit, minutes in proof.lines)
    columns = ("日期", "活动", "服务内容", "组织单位", "小时")  # text: data
    blocks: list[Block] = [
        KeyValues(facts, columns=2),
        Paragraph("兹证明以上志愿者在上述期间参加志愿服务，记录如下：", indent=True),  # text: data
        Table(columns, rows, widths=(1.5, 2.2, 3.2, 2.2, 0.8), align=("center", "left", "left", "left", "right")),
        Paragraph("本证明依据志愿服务记录如实出具，不收取任何费用，不得用于商业目的。", indent=True),  # text: data
        Signatures((Signature("经办人", proof.issued_by), Signature("出具单位（盖章）", proof.unit, timezone.localdate(proof.issued_at)))),  # text: data
    ]
    return Paper("志愿服务记录证明", tuple(blocks), layout="record", kind="志愿服务记录证明", number=proof.number, footer=f"编号 {proof.number}")  # text: data
