# text: data
"""Self-care of elderly people (老年人生活自理能力评估表, A-36)."""

from __future__ import annotations

from weimin.health.joining import Printed, form
from weimin.health.models import SelfCare
from weimin.health.papers.parts import day, titled
from weimin.health.papers.personal import short
from weimin.health.rules_self_care import Item, items
from weimin.papers.content import Block, Paragraph, Signature, Signatures, Table

RESULTS = "0～3 分者为可自理；4～8 分者为轻度依赖；9～18 分者为中度依赖；19 分及以上者为不能自理。"
COLUMNS = ("评估事项", "程度和评分", "评分")


def line(item: Item, row: SelfCare | None) -> tuple[str, str, str]:
    levels = "\n".join(f"{score} 分　{words}" for score, words in item.levels.items())
    return f"{item.label}\n{item.about}", levels, str(row.scores.get(item.key, "")) if row else ""


def latest(about: Printed | None) -> SelfCare | None:
    return SelfCare.objects.visible_to(about.actor).filter(record=about.record).order_by("-on").first() if about else None


def self_care_form(about: Printed | None) -> tuple[Block, ...]:
    row = latest(about)
    if about and row is None:
        return ()
    name, number = (about.facts["name"], short(about.record.number)) if about else ("　　　　　　", "□□□-□□□□□")
    total = ("总评分", f"{RESULTS}{'　' + str(row.get_grade_display()) if row else ''}", str(row.total) if row else "")
    table = Table(COLUMNS, (*(line(item, row) for item in items()), total), widths=(2.2, 5.0, 0.8), align=("left", "left", "center"), dense=True)
    signed = Signature("评估人", row.assessed_by if row else "", row.on if row else None)
    head = f"姓名　{name}　　　　编号　{number}　　　　评估日期　{day(row.on if row else None)}"
    return titled("老年人生活自理能力评估表", Paragraph(head, indent=False), table, Signatures((signed,)))


form("self_care", label="老年人生活自理能力评估表", build=self_care_form, order=30)
