"""What makes an implementation list right, beyond its shape; and the papers of a bundle. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from weimin.catalogue.content import ItemContent, Material, TimeLimit
from weimin.catalogue.rules_code import official_fault

Fault = tuple[tuple[str | int, ...], str]  # where in the list, and the sentence
# C-08: a guide names each paper; "other papers" is no name.
CATCH_ALL = re.compile(
    "其他(材料|资料|证明|文件|证件|手续)|其它(材料|资料|证明|文件|证件|手续)|(有关|相关)(材料|资料|证明|文件|证件|手续)|需要的(材料|资料)|(材料|资料)等$|等(材料|资料|证明)?$"  # text: data
)
CORE = re.compile("身份证|申请表|申请书|登记表")  # text: data
HOURS = {"hour": 1.0, "day": 24.0, "workday": 24 * 7 / 5, "month": 24 * 30.0}
LONG_STEPS = ("site_check", "joint_review", "public_notice")
LICENCE, LICENCE_DAYS, LICENCE_JOINT_DAYS = "01", 20, 45
DECIDERS = {"village": ("village",), "township": ("township", "window"), "county": ("county_office",)}


def hours(limit: TimeLimit) -> float:
    """How long a limit is, roughly, so that limits of different units can be compared."""
    return limit.value * HOURS[limit.unit]


def faults(content: ItemContent) -> list[Fault]:
    """Everything that is wrong with a list that has the right shape, each with its place."""
    checks = (limit_faults, licence_faults, material_faults, step_faults, person_faults, office_faults)
    return [fault for check in checks for fault in check(content)]


def limit_faults(content: ItemContent) -> Iterator[Fault]:
    legal, promised = content.legal_limit, content.promised_limit
    if legal and promised and hours(promised) > hours(legal):
        yield ("promised_limit",), _("承诺期限不能比法定期限长。")
    if content.handling == "promised" and promised is None:
        yield ("promised_limit",), _("承诺件要写承诺期限。")
    if content.handling == "instant" and promised and hours(promised) > HOURS["workday"]:
        yield ("promised_limit",), _("即办件当场办结，承诺期限不能超过 1 个工作日。")
    named = [step.limit for step in content.steps if step.limit]
    if promised and named and all(limit.unit == promised.unit for limit in named) and sum(limit.value for limit in named) > promised.value:
        yield ("steps",), _("各环节的期限加起来超过了承诺期限。")


def licence_faults(content: ItemContent) -> Iterator[Fault]:
    """Administrative Licensing Law, articles 42 and 44 (C-16)."""
    if content.kind != LICENCE or content.legal_limit is None:
        return
    most = LICENCE_JOINT_DAYS if any(step.key == "joint_review" for step in content.steps) else LICENCE_DAYS
    if content.legal_limit.unit == "workday" and content.legal_limit.value > most:
        yield ("legal_limit",), _("行政许可的法定期限不超过 %(most)d 个工作日（行政许可法第四十二条）。") % {"most": most}


def material_faults(content: ItemContent) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, row in enumerate(content.materials):
        place = ("materials", number)
        if row.key in seen:
            yield (*place, "key"), _("材料代号“%(key)s”用了两次。") % {"key": row.key}
        seen.add(row.key)
        for name, sentence in faults_of(row):
            yield (*place, name), sentence
    needed = [row for row in content.materials if row.required]
    if needed and all(row.deferrable for row in needed):
        yield ("materials",), _("不能所有必要材料都容缺：至少有一样要在受理时收到。")


def faults_of(row: Material) -> Iterator[tuple[str, str]]:
    """(field, sentence) of one paper."""
    if CATCH_ALL.search(row.name):
        yield "name", _("“%(name)s”没有说清是什么材料，请逐一写明（办事指南不得有兜底条款）。") % {"name": row.name}
    if row.shared and row.origin != "government":
        yield "shared", _("能用共享数据免交的，来源应是政府部门核发。")
    if row.deferrable and CORE.search(row.name):
        yield "deferrable", _("申请表和身份证明是主要材料，不能容缺。")
    if row.deferrable and not row.required:
        yield "deferrable", _("不是必须的材料不用写容缺。")
    if not row.required and not row.condition:
        yield "condition", _("不是必须的材料，要写明什么情况下提交。")
    if row.form != "electronic" and row.copies == 0:
        yield "copies", _("纸质材料至少 1 份。")


def step_faults(content: ItemContent) -> Iterator[Fault]:
    keys = [step.key for step in content.steps]
    if keys[0] != "accept":
        yield ("steps", 0, "key"), _("第一个环节应是受理。")
    if content.handling == "instant":
        for number, step in enumerate(content.steps):
            if step.key in LONG_STEPS or (step.limit and hours(step.limit) > HOURS["workday"]):
                yield ("steps", number, "key"), _("即办件当场办结，不能有入户核实、联合审查、公示或超过 1 个工作日的环节。")
    if bool(content.public_notice_days) != ("public_notice" in keys):
        yield ("public_notice_days",), _("公示天数和公示环节要么都有，要么都没有。")
    for number, step in enumerate(content.steps):
        if step.key == "decide" and step.desk not in DECIDERS[content.decided_at]:
            yield ("steps", number, "desk"), _("审批环节的岗位和“由谁决定”不一致。")


def person_faults(content: ItemContent) -> Iterator[Fault]:
    """An agent, the portal and coming in person."""
    if content.in_person and content.agent_allowed:
        yield ("agent_allowed",), _("必须本人到场的事项不能代办。")
    if content.in_person and content.online:
        yield ("online",), _("必须本人到场的事项不能全程网上办。")
    if content.in_person != bool(content.in_person_reason):
        yield ("in_person_reason",), _("必须本人到场的，要写明原因；不必到场的，不写。")


def office_faults(content: ItemContent) -> Iterator[Fault]:
    """The official code, whom the power comes from, how often one must come (C-04, C-07)."""
    if wrong := official_fault(content.official_code, content.kind):
        yield ("official_code",), wrong
    if (content.power == "entrusted") != bool(content.entrusted_by):
        yield ("entrusted_by",), _("委托行使的写明委托部门；不是委托的不写。")
    if content.in_person and content.visits == 0:
        yield ("visits",), _("必须本人到场的事项，到现场次数至少 1 次。")


def unknown_words(content: ItemContent, known: Mapping[str, Iterable[str]]) -> Iterator[Fault]:
    """Theme, life events and groups that the vocabularies do not have. known: {"theme": …, "life_events": …, "groups": …}."""
    if content.theme not in set(known["theme"]):
        yield ("theme",), _("没有这个主题：%(word)s。") % {"word": content.theme or "—"}
    for field in ("life_events", "groups"):
        for number, word in enumerate(getattr(content, field)):
            if word not in set(known[field]):
                yield (field, number), _("词表里没有“%(word)s”。") % {"word": word}


@dataclass(frozen=True)
class Needed:
    """A paper of a bundle, handed in once: the strictest of what its items ask, and the codes of those items."""

    material: Material
    codes: tuple[str, ...]


def union_of_materials(contents: Sequence[ItemContent]) -> list[Needed]:
    """The papers of several items applied for at once (一件事, C-25): the same key and name is the same paper.

    Needed as soon as one item needs it; deferrable and free of charge only where every item that needs it says so.
    """
    found: dict[tuple[str, str], list[tuple[str, Material]]] = {}
    for content in contents:
        for row in content.materials:
            found.setdefault((row.key, row.name), []).append((content.code, row))
    return [Needed(together([row for _code, row in rows]), tuple(code for code, _row in rows)) for rows in found.values()]


def together(rows: Sequence[Material]) -> Material:
    """One paper that satisfies every item: `rows` are the same paper as each of them asks for it."""
    needed = [row for row in rows if row.required] or list(rows)
    forms = {row.form for row in rows}
    both = "original_and_copy" if {"original", "copy"} <= forms else ""
    change = {
        "form": both or max(forms, key=("electronic", "copy", "original", "original_and_copy").index),
        "copies": max(row.copies for row in rows),
        "required": any(row.required for row in rows),
        "condition": "" if any(row.required for row in rows) else "；".join(dict.fromkeys(row.condition for row in rows)),  # text: data
        "deferrable": all(row.deferrable for row in needed),
        "shared": needed[0].shared if all(row.shared for row in needed) else "",
    }
    return rows[0].model_copy(update=change)
