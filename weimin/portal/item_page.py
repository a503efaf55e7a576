"""An item as residents read it: the implementation list in plain words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from weimin.catalogue.content import ItemContent, Material
from weimin.catalogue.saying import limit_words, step_words, visits_words
from weimin.catalogue.vocabulary import FORMS, ORIGINS, UNITS, WINDOWS


@dataclass(frozen=True)
class Line:
    """An item in the list of the guide."""

    content: ItemContent
    takes: str
    window: Any


@dataclass(frozen=True)
class Paper:
    """A material: `tags` are (words, kind of tag), `blank` the form that it is written on."""

    name: str
    form: str
    origin: str
    tags: list[tuple[str, str]]
    note: str
    blank: str


@dataclass(frozen=True)
class ItemPage:
    """Everything about an item; `facts` are (label, value)."""

    content: ItemContent
    takes: str
    window: Any
    presence: str
    materials: list[Paper]
    steps: list[str]
    facts: list[tuple[str, str]]


def line_of(content: ItemContent) -> Line:
    return Line(content, how_long(content), WINDOWS[content.window])


def how_long(content: ItemContent) -> str:
    """当场办结, or the promised limit, or the legal one; empty when the list states none."""
    limit = content.promised_limit or content.legal_limit
    if content.handling == "instant" or limit is None:
        return _("当场办结") if content.handling == "instant" else ""
    return f"{limit.value} {UNITS[limit.unit]}"


def presence(content: ItemContent) -> str:
    """Whether one has to come, and whether somebody may come instead."""
    if content.in_person:
        return _("须本人到场：%(why)s") % {"why": content.in_person_reason} if content.in_person_reason else _("须本人到场。")
    return _("可以委托他人或请村干部代办。") if content.agent_allowed else _("由本人申请，可以不到场。")


def paper_of(row: Material) -> Paper:
    tags = [(_("必交"), "info")] if row.required else [(_("需要时交"), "off")]
    if row.shared:
        tags.append((_("免交：%(source)s") % {"source": row.shared}, "ok"))
    if row.deferrable:
        tags.append((_("可以后补"), "warn"))
    copies = _("%(n)d 份") % {"n": row.copies} if row.copies > 1 else ""
    form, note = " ".join(filter(None, [str(FORMS[row.form]), copies])), " ".join(filter(None, [row.condition, row.note]))
    return Paper(row.name, form, str(ORIGINS[row.origin]), tags, note, row.blank)


def page_of(content: ItemContent) -> ItemPage:
    facts = [
        (_("法定时限"), limit_words(content.legal_limit)), (_("承诺时限"), limit_words(content.promised_limit)), (_("收费"), content.charge),
        (_("办理结果"), content.result), (_("数量限制"), content.quantity_limit), (_("实施单位"), content.subject),
        (_("到现场次数"), "" if content.visits is None else visits_words(content.visits)), (_("咨询电话"), content.phone),
        (_("监督投诉电话"), content.complaint_phone), (_("事项编码"), content.official_code or content.code),
    ]  # fmt: skip
    papers = [paper_of(row) for row in content.materials]
    return ItemPage(
        content,
        how_long(content),
        WINDOWS[content.window],
        presence(content),
        papers,
        [step_words(row) for row in content.steps],
        [fact for fact in facts if fact[1]],
    )
