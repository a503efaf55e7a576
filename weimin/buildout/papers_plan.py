"""The plan as an official paper (N13): its parts as headings, paragraphs and tables, from the data alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from weimin.buildout.plan.explain import plain
from weimin.buildout.plan.schema import Acceptance, Goal, LeadingGroup, Plan, Programme, Standard, Tier
from weimin.papers.content import Block, Heading, Paper, Paragraph, Table
from weimin.papers.rules import paper_date

SEATS = {"leader": _lazy("组长"), "deputy": _lazy("副组长"), "member": _lazy("成员")}


def plan_paper(plan: Plan) -> Paper:
    """The whole plan in the order people write it: purpose, goals, work, standard, money, steps, people, demands."""
    meta = plan.meta
    blocks: list[Block] = [Paragraph(plan.guidance.purpose)]
    for title, part in sections(plan):
        if part:
            blocks += [Heading(title, 1), *part]
    return Paper(
        title=meta.title, kind="", blocks=tuple(blocks), issuer=meta.issuer, letterhead=f"{meta.issuer}文件", number=meta.document_number,  # text: data
        signed_on=meta.issued_on, printed_by=meta.issuer, printed_on=meta.issued_on,
    )  # fmt: skip


def sections(plan: Plan) -> list[tuple[str, list[Block]]]:
    return [
        (_("工作目标"), goals(plan.goals)),
        (_("工作任务"), [block for tier in plan.tiers if tier.build for block in work(tier)]),
        (_("建设标准"), [block for standard in plan.standards for block in standard_blocks(standard)]),
        (_("资金安排"), money(plan)),
        (_("实施步骤"), schedule(plan)),
        (_("验收办法"), [block for way in plan.acceptance for block in acceptance(way)]),
        (_("专项工作"), [block for programme in plan.programmes for block in listed(programme.label, programme_lines(programme))]),
        (_("宣传发动"), publicity(plan)),
        (_("组织领导"), group(plan.leading_group) if plan.leading_group else []),
        (_("奖惩"), rewards(plan)),
        (_("工作要求"), [Paragraph(sentence(row.text)) for row in plan.guidance.demands]),
    ]


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith(("。", "！", "？", "；")) else text + "。"  # text: data


def listed(title: str, lines: list[str]) -> list[Block]:
    return [Heading(title, 2), *(Paragraph(sentence(line)) for line in lines)]


def programme_lines(programme: Programme) -> list[str]:
    """What is done in one line, then the brands, products or enterprises that are named."""
    lines = ["；".join(row.text for row in programme.measures)] if programme.measures else []  # text: data
    if programme.named:
        lines.append(_("点名的有：%(names)s。") % {"names": "、".join(item.name for item in programme.named)})
    return lines


def day(value: date | None) -> str:
    return paper_date(value) if value else _("未定")


def goals(rows: list[Goal]) -> list[Block]:
    if not rows:
        return []
    lines = tuple((row.label, figure(row.target, row.target_most, row.unit), day(row.due_on)) for row in rows)
    return [Table((_("目标"), _("数量"), _("期限")), lines, widths=(7, 3, 4))]


def figure(least: Decimal, most: Decimal | None, unit: str) -> str:
    return f"{plain(least)}—{plain(most)}{unit}" if most else f"{plain(least)}{unit}"


def work(tier: Tier) -> list[Block]:
    lines = []
    if tier.place_kinds:
        lines.append(_("选址：%(kinds)s。") % {"kinds": "、".join(kind.label for kind in tier.place_kinds)})
    if tier.place_criteria:
        lines.append(_("条件：%(rows)s。") % {"rows": "、".join(row.label for row in tier.place_criteria)})
    if tier.self_borne:
        lines.append(_("告知：%(notice)s") % {"notice": tier.self_borne.notice})
    lines += [row.text for row in tier.modes]
    if tier.functions:
        lines.append(_("服务功能：%(rows)s。") % {"rows": "、".join(row.text for row in tier.functions)})
    return listed(tier.label, lines)


def standard_blocks(standard: Standard) -> list[Block]:
    rooms = tuple(
        ("、".join([room.label, *room.also]), "、".join([*room.uses, *room.duties]), "、".join(item.name for item in room.equipment) or "—")
        for room in standard.rooms
    )
    blocks: list[Block] = [Heading(standard.label, 2)]
    if rooms:
        blocks.append(Table((_("功能室"), _("用途和工作"), _("设备")), rooms, widths=(3, 8, 4)))
    for row in standard.fittings:
        said = "；".join(row.specs or row.uses)  # text: data
        blocks.append(Paragraph(_("%(label)s：%(specs)s。") % {"label": row.label, "specs": said.rstrip("。")} if said else sentence(row.label)))
    return blocks


def money(plan: Plan) -> list[Block]:
    if not plan.subsidies:
        return []
    rows = tuple((row.label, _("%(yuan)s 元") % {"yuan": plain(Decimal(row.standard_fen) / 100)}, plan.role(row.payee).label) for row in plan.subsidies)
    return [Table((_("补助项目"), _("每个站点的标准"), _("收款方")), rows, widths=(6, 4, 5))]


def schedule(plan: Plan) -> list[Block]:
    rows = []
    for tier in plan.tiers:
        for step in tier.steps:
            when = (
                day(step.due_on)
                if step.due_on
                else _("批次期限前 %(days)d 天") % {"days": step.days_before_batch}
                if step.days_before_batch is not None
                else _("未定")
            )
            rows.append((tier.label, step.label, plan.role(step.role).label, when))
    rows += [(plan.tier(batch.tier).label, batch.label, "—", day(batch.due_on)) for batch in plan.batches]
    return [Table((_("层级"), _("步骤"), _("责任方"), _("期限")), tuple(rows), widths=(4, 5, 4, 4))] if rows else []


def acceptance(way: Acceptance) -> list[Block]:
    rows = tuple((item.label, plain(Decimal(item.weight))) for item in way.checklist)
    dossier = "、".join(item.label for item in way.dossier)
    return [
        Heading(way.label, 2),
        Paragraph(_("必备资料：%(dossier)s。%(mark)s 分为合格。") % {"dossier": dossier or _("无"), "mark": plain(Decimal(way.pass_mark))}),
        Table((_("检查内容"), _("分值")), rows, widths=(11, 3)),
    ]


def publicity(plan: Plan) -> list[Block]:
    made = plan.publicity
    if made is None:
        return []
    lines = [_("方式：%(rows)s。") % {"rows": "、".join(row.label for row in made.channels)}]
    if made.places:
        lines.append(_("地点：%(rows)s。") % {"rows": "、".join(made.places)})
    return [Paragraph(line) for line in lines]


def group(found: LeadingGroup) -> list[Block]:
    rows = tuple((str(SEATS[member.seat]), member.name, member.post) for member in found.members)
    blocks: list[Block] = [Paragraph(_("成立%(label)s。") % {"label": found.label}), Table((_("组内身份"), _("姓名"), _("职务")), rows, widths=(3, 4, 8))]
    if found.office:
        blocks.append(Paragraph(_("下设%(office)s，主任%(director)s。") % {"office": found.office.label, "director": found.office.director}))
    return blocks


def rewards(plan: Plan) -> list[Block]:
    lines = [_("%(label)s：由%(role)s决定。") % {"label": row.label, "role": plan.role(row.decided_by).label} for row in plan.rewards]
    lines += [
        _("%(label)s：对%(person)s，%(measures)s。") % {"label": row.label, "person": row.person, "measures": "；".join(row.measures)}
        for row in plan.accountability
    ]
    return [Paragraph(line) for line in lines]
