"""An implementation list in words: the same for the item's page, its papers, the comparison of versions and the trail. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from weimin.catalogue.content import ItemContent, ItemStep, Material, TimeLimit
from weimin.catalogue.vocabulary import (
    AUDIENCES,
    DESKS,
    FORMS,
    HANDLING,
    KINDS,
    ORIGINS,
    PLACES,
    POWERS,
    REACH,
    RESULTS,
    STEPS,
    UNITS,
    WINDOWS,
    groups,
    life_events,
    themes,
)  # fmt: skip

Lines = list[str]


def limit_words(limit: TimeLimit | None) -> str:
    """10 个工作日（依据…）; empty when there is none."""
    if limit is None:
        return ""
    said = f"{limit.value} {UNITS[limit.unit]}"
    return f"{said}（{limit.basis}）" if limit.basis else said  # text: data


def form_words(row: Material) -> str:
    """原件 2 份; the form alone where nothing is on paper."""
    return _now("%(form)s %(copies)d 份") % {"form": FORMS[row.form], "copies": row.copies} if row.copies else str(FORMS[row.form])


def material_words(row: Material) -> str:
    """One paper in one line: name, form and copies, who issues it, what replaces it, whether it may follow, when it is needed."""
    marks = [form_words(row), str(ORIGINS[row.origin])]
    marks += [_now("仅%(when)s提交") % {"when": row.condition}] if row.condition else []
    marks += [_now("能查到“%(source)s”的免交") % {"source": row.shared}] if row.shared else []
    marks += [_now("可以后补")] if row.deferrable else []
    marks += [row.note] if row.note else []
    return f"{row.name}（{'；'.join(marks)}）"  # text: data


def step_words(row: ItemStep) -> str:
    parts = [f"{STEPS[row.key]}：{DESKS[row.desk]}", limit_words(row.limit), row.note]  # text: data
    return "，".join(part for part in parts if part)  # text: data


def named(words: dict[str, Any], keys: Iterable[str]) -> Lines:
    return [words[key].label if key in words else key for key in keys]


def yes_no(value: bool) -> str:
    return _now("是") if value else _now("否")


def visits_words(number: int) -> str:
    return _now("最多 %(number)d 次") % {"number": number} if number else _now("不用到现场")


def lines_of(value: str) -> Lines:
    return [value] if value else []


@dataclass(frozen=True)
class Element:
    """One element of the list: its name in the shape, its label, and what a list says there, as lines."""

    name: str
    label: str | Promise
    said: Callable[[ItemContent], Lines]


ELEMENTS = (
    Element("name", _("事项名称"), lambda c: [c.name]),
    Element("code", _("事项编码"), lambda c: [c.code]),
    Element("official_code", _("官方编码"), lambda c: lines_of(c.official_code)),
    Element("kind", _("事项类型"), lambda c: [str(KINDS[c.kind])]),
    Element("window", _("窗口"), lambda c: [str(WINDOWS[c.window])]),
    Element("theme", _("主题"), lambda c: named(themes(), [c.theme] if c.theme else [])),
    Element("subject", _("实施主体"), lambda c: [c.subject]),
    Element("power", _("权力来源"), lambda c: [str(POWERS[c.power])] if c.power else []),
    Element("entrusted_by", _("委托部门"), lambda c: lines_of(c.entrusted_by)),
    Element("legal_basis", _("设定依据"), lambda c: c.legal_basis),
    Element("audience", _("服务对象"), lambda c: [str(AUDIENCES[one]) for one in c.audience]),
    Element("who_may", _("谁可以办"), lambda c: [c.who_may]),
    Element("conditions", _("受理条件"), lambda c: c.conditions),
    Element("materials", _("申请材料"), lambda c: [material_words(row) for row in c.materials]),
    Element("steps", _("办理流程"), lambda c: [step_words(row) for row in c.steps]),
    Element("handling", _("办件类型"), lambda c: [str(HANDLING[c.handling])]),
    Element("legal_limit", _("法定期限"), lambda c: lines_of(limit_words(c.legal_limit))),
    Element("promised_limit", _("承诺期限"), lambda c: lines_of(limit_words(c.promised_limit))),
    Element("fee", _("收费"), lambda c: [c.charge]),
    Element("result", _("办理结果"), lambda c: [c.result]),
    Element("result_kind", _("结果类型"), lambda c: [str(RESULTS[c.result_kind])]),
    Element("accepted_at", _("在哪里收件"), lambda c: [str(PLACES[one]) for one in c.accepted_at]),
    Element("decided_at", _("由谁决定"), lambda c: [str(PLACES[c.decided_at])]),
    Element("online", _("可以网上申请"), lambda c: [yes_no(c.online)]),
    Element("reach", _("通办范围"), lambda c: [str(REACH[c.reach])]),
    Element("agent_allowed", _("可以代办"), lambda c: [yes_no(c.agent_allowed)]),
    Element("in_person", _("必须本人到场"), lambda c: [yes_no(c.in_person)]),
    Element("in_person_reason", _("到场原因"), lambda c: lines_of(c.in_person_reason)),
    Element("visits", _("到现场次数"), lambda c: [visits_words(c.visits)] if c.visits is not None else []),
    Element("quantity_limit", _("数量限制"), lambda c: lines_of(c.quantity_limit)),
    Element("public_notice_days", _("公示天数"), lambda c: [str(c.public_notice_days)] if c.public_notice_days else []),
    Element("refusals", _("常见不予办理的情形"), lambda c: c.refusals),
    Element("questions", _("常见问题"), lambda c: [f"{asked} {answer}" for asked, answer in c.questions]),
    Element("words", _("群众常用的说法"), lambda c: c.words),
    Element("life_events", _("人生事件"), lambda c: named(life_events(), c.life_events)),
    Element("groups", _("适用人群"), lambda c: named(groups(), c.groups)),
    Element("phone", _("咨询电话"), lambda c: lines_of(c.phone)),
    Element("complaint_phone", _("监督投诉电话"), lambda c: lines_of(c.complaint_phone)),
)


UNORDERED = ("audience", "accepted_at", "words", "life_events", "groups")


@dataclass(frozen=True)
class Change:
    """An element that differs: the lines that went and those that came."""

    label: str | Promise
    gone: Lines
    came: Lines
    name: str = ""


def compare(old: ItemContent, new: ItemContent) -> list[Change]:
    """What is different in the new list, element by element in their usual order. Where only the order changed, both are shown whole."""
    found = []
    for element in ELEMENTS:
        before, after = element.said(old), element.said(new)
        if before == after or (element.name in UNORDERED and set(before) == set(after)):
            continue
        gone, came = [line for line in before if line not in after], [line for line in after if line not in before]
        found.append(Change(element.label, gone or ([] if came else before), came or ([] if gone else after), element.name))
    return found


def keep_order(old: ItemContent, new: ItemContent) -> ItemContent:
    """The new list, with the old order where a form only put words of a vocabulary in another one."""
    kept = {name: getattr(old, name) for name in UNORDERED if sorted(getattr(old, name)) == sorted(getattr(new, name))}
    return new.model_copy(update=kept)


def short(changes: Iterable[Change]) -> str:
    """Which elements differ, in one line for a list: 承诺期限、申请材料."""
    return "、".join(str(change.label) for change in changes)  # text: data
