"""A letter to residents (致居民的一封信): what is built, what it does for them, where it is. From data alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from weimin.buildout.plan.schema import Plan
from weimin.papers.content import Block, Paper, Paragraph, Table
from weimin.papers.rules import paper_date

MOST_FUNCTIONS = 6


@dataclass(frozen=True)
class Station:
    """An open site that the letter names."""

    name: str
    address: str
    opening_hours: str


def first_text(plan: Plan) -> str:
    """The body that the form begins with: the plan's purpose, what its sites do, an invitation. One line a paragraph."""
    lines = [plan.guidance.purpose]
    for tier in plan.tiers:
        done = [row.text for row in tier.functions[:MOST_FUNCTIONS]]
        if tier.build and done:
            lines.append(_("%(tier)s为您提供：%(done)s。") % {"tier": tier.label, "done": "、".join(done)})
    lines.append(_("欢迎您就近使用，有什么意见和建议，请告诉站点工作人员。"))
    return "\n".join(lines)


def letter(data: dict[str, Any], place: str, stations: Sequence[Station]) -> Paper:
    """`data` is what LetterForm cleans to; the open sites of the place stand in a table."""
    blocks: list[Block] = [Paragraph(f"{data['salutation'].rstrip('：:')}：", indent=False)]  # text: data
    blocks += [Paragraph(line.strip()) for line in data["body"].splitlines() if line.strip()]
    if stations:
        blocks.append(Paragraph(_("%(place)s已经开放的站点：") % {"place": place}))
        rows = tuple((row.name, row.address or "—", row.opening_hours or "—") for row in stations)
        blocks.append(Table((_("站点"), _("地址"), _("开放时间")), rows, widths=(5, 6, 3)))
    if data.get("phone"):
        blocks.append(Paragraph(_("咨询电话：%(phone)s") % {"phone": data["phone"]}))
    on: date = data["signed_on"]
    blocks += [Paragraph(data["signed_by"], indent=False, align="right"), Paragraph(paper_date(on), indent=False, align="right")]
    return Paper(title=_("致%(place)s居民的一封信") % {"place": place}, kind=_("一封信"), layout="record", blocks=tuple(blocks))
