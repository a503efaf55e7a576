# text: data
"""The physical examination form of the standard (健康体检表, A-08), filled in from the latest examination or empty."""

from __future__ import annotations

from typing import Any

from weimin.examinations.judging import content_of
from weimin.examinations.models import Examination
from weimin.examinations.rules_abnormal import from_data
from weimin.examinations.rules_form import Item, items
from weimin.examinations.wording import lines
from weimin.health.joining import Printed, form
from weimin.health.papers.parts import BOX, DAY, box, boxes, choices, day, grid, titled
from weimin.papers.content import Block, Paragraph, Signature, Signatures

RESULT, MOST_ABNORMAL = {"1": "体检无异常", "2": "有异常"}, 4


def answer(one: Item, content: dict[str, Any] | None) -> str:
    """Choices with the box, or a value with its unit; a gap where nothing is known."""
    value = (content or {}).get(one.key)
    if one.kind == "many":
        return f"{choices(one.codes)}　{boxes(value if isinstance(value, list) else None)}"
    if one.kind == "one":
        return f"{choices(one.codes)}　{box(value) if content else BOX}"
    return f"{'' if value is None else value}　{one.unit}".rstrip() or "　"


def sections(content: dict[str, Any] | None) -> list[Block]:
    found: dict[str, list[tuple[str, str]]] = {}
    for one in items().values():
        found.setdefault(one.section, []).append((one.label, answer(one, content)))
    return [block for title, rows in found.items() for block in titled(title, grid(rows))]


def verdict(row: Examination | None) -> Block:
    if row is None:
        return grid([("健康评价", f"{choices(RESULT)}　{BOX}"), *((f"异常 {number}", "") for number in range(1, MOST_ABNORMAL + 1))])
    listed = [f"{one['item']} {one['value']} {one['why']}" for one in lines(from_data(row.abnormal))]
    rows = [("健康评价", f"{choices(RESULT)}　{box('2' if listed else '1')}")]
    return grid(rows + [(f"异常 {number}", words) for number, words in enumerate(listed, 1)])


def latest(about: Printed | None) -> Examination | None:
    rows = Examination.objects.visible_to(about.actor).filter(record=about.record, corrections__isnull=True) if about else Examination.objects.none()
    return rows.order_by("-on", "-pk").first()


def examination_form(about: Printed | None) -> tuple[Block, ...]:
    row = latest(about)
    if about and row is None:
        return ()
    name = about.facts["name"] if about else "　　　　　　"
    number = about.record.number if about else "□□□□□□□□-□□□□□□□□□"
    head = Paragraph(
        f"姓名　{name}　　　　编号　{number}　　　　体检日期　{day(row.on) if row else DAY}　　　　责任医生　{row.doctor_name if row else ''}", indent=False
    )
    signed = Signatures((Signature("体检医生", row.doctor_name if row else "", row.on if row else None), Signature("本人或家属")))
    return titled("健康体检表", head, *sections(content_of(row) if row else None), *titled("健康评价", verdict(row)), signed)


form("examination", label="健康体检表", build=examination_form, order=40)
