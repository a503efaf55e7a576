"""What a resident takes home of an item: the guide (办事指南) and the once-and-for-all notice of what to bring (一次性告知单). In Chinese."""

from __future__ import annotations

from django.utils.translation import gettext as _

from weimin.catalogue.content import ItemContent, Material
from weimin.catalogue.models import ItemVersion
from weimin.catalogue.saying import form_words, limit_words, step_words, visits_words
from weimin.catalogue.vocabulary import ORIGINS, PLACES, REACH, WINDOWS
from weimin.papers.content import Block, Heading, KeyValues, Paper, Paragraph, Signature, Signatures, Table

COLUMNS = (1.3, 4.9, 2.6, 2.9, 4.6)


def guide(version: ItemVersion, place: str) -> Paper:
    """办事指南: everything a resident may ask, on one or two pages."""
    content = version.content
    blocks: list[Block] = [KeyValues(facts(content), columns=2)]
    blocks += said(_("谁可以办"), [content.who_may]) + said(_("受理条件"), content.conditions)
    blocks += [Heading(_("申请材料")), material_table(content)]
    blocks += said(_("办理流程"), [step_words(row) for row in content.steps])
    blocks += said(_("设定依据"), content.legal_basis) + said(_("常见不予办理的情形"), content.refusals)
    blocks += said(_("常见问题"), [f"{asked}{answer}" for asked, answer in content.questions])
    return Paper(
        title=_("%(name)s办事指南") % {"name": content.name}, kind=_("办事指南"), layout="record", number=number_of(version), blocks=tuple(blocks), footer=place
    )


def notice(version: ItemVersion, place: str) -> Paper:
    """一次性告知单: which papers, in which form, which may follow and which need not be brought (C-09, C-18)."""
    content = version.content
    blocks: list[Block] = [Paragraph(_("办理“%(name)s”，请准备下列材料。清单以外的材料，窗口不会再要。") % {"name": content.name})]
    blocks += [material_table(content)]
    blocks += said(_("受理条件"), content.conditions)
    limit = limit_words(content.promised_limit) or _("当场办结")
    blocks += [
        Heading(_("办理期限和收费")),
        Paragraph(_("受理后%(limit)s；%(fee)s。材料补正、公示、鉴定的时间不算在内。") % {"limit": limit, "fee": content.fee}),
    ]
    blocks += [Signatures((Signature(_("告知人")), Signature(_("申请人"))))]
    return Paper(title=_("一次性告知单"), kind=_("一次性告知单"), layout="record", number=number_of(version), blocks=tuple(blocks), footer=place)


def number_of(version: ItemVersion) -> str:
    return _("%(code)s 第 %(number)d 版") % {"code": version.content.code, "number": version.number}


def facts(content: ItemContent) -> tuple[tuple[str, str], ...]:
    """The frame on top of the guide."""
    return (
        (_("事项编码"), content.official_code or content.code),
        (_("窗口"), str(WINDOWS[content.window])),
        (_("实施主体"), content.subject),
        (_("收费"), content.fee),
        (_("法定期限"), limit_words(content.legal_limit) or "—"),
        (_("承诺期限"), limit_words(content.promised_limit) or _("当场办结")),
        (_("办理结果"), content.result),
        (_("通办范围"), str(REACH[content.reach])),
        (_("在哪里收件"), "、".join(str(PLACES[one]) for one in content.accepted_at)),
        (_("本人到场"), content.in_person_reason if content.in_person else _("不必，可以委托代办") if content.agent_allowed else _("不必，但不能代办")),
        (_("网上申请"), _("可以") if content.online else _("不可以")),
        (_("到现场次数"), visits_words(content.visits) if content.visits is not None else "—"),
        (_("咨询电话"), content.phone or "—"),
        (_("监督投诉电话"), content.complaint_phone or "—"),
    )


def said(label: str, lines: list[str]) -> list[Block]:
    """A heading and its lines; nothing when there are none."""
    numbered = [Paragraph(f"{number}. {line}" if len(lines) > 1 else line) for number, line in enumerate(lines, 1)]
    return [Heading(label), *numbered] if lines else []


def material_table(content: ItemContent) -> Block:
    if not content.materials:
        return Paragraph(_("不用提交材料。"))
    rows = tuple((str(number), row.name, form_words(row), str(ORIGINS[row.origin]), remark(row)) for number, row in enumerate(content.materials, 1))
    return Table((_("序号"), _("材料"), _("形式和份数"), _("来源"), _("说明")), rows, widths=COLUMNS, align=("center", "left", "left", "left", "left"))


def remark(row: Material) -> str:
    parts = [_("仅%(when)s提交") % {"when": row.condition}] if row.condition else []
    parts += [_("能查到“%(source)s”的免交") % {"source": row.shared}] if row.shared else []
    parts += [_("可以后补")] if row.deferrable else []
    parts += [_("空白表：%(name)s") % {"name": row.blank}] if row.blank else []
    return "；".join([*parts, *([row.note] if row.note else [])]) or "—"  # text: data
