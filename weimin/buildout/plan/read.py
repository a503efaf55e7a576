"""Plan files in and out of `Plan`: reading with every problem named at once, and moving all dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from weimin.buildout.plan.checks import contradictions
from weimin.buildout.plan.fields import Part
from weimin.buildout.plan.schema import Plan
from weimin.yamlfiles.checks import add_errors, repeated_keys, truths_for_numbers, unknown_keys
from weimin.yamlfiles.problems import FileInvalid, Path, Problem
from weimin.yamlfiles.source import Source, parse
from weimin.yamlfiles.walk import Shape, Visit, loose, walk

__all__ = ["FileInvalid", "Problem", "read_plan", "shift"]

REFERRED = ("roles", "tiers", "batches", "goals", "standards")


def read_plan(text: str, *, year: int | None = None) -> Plan:
    """The plan that a file says; FileInvalid with every problem, by line.

    `year` overrides the file's own `meta.year`, for plans whose dates are written as MM-DD."""
    source = parse(text)
    if not isinstance(source.value, dict):
        raise FileInvalid([Problem(1, "", _("文件里没有方案：最外层应当是 meta、roles、tiers 等键。"))])
    context = {"year": _set_year(source, year)}
    visits = list(walk(source.value, Shape(model=Plan)))
    for check in (unknown_keys, repeated_keys, dangling_references, truths_for_numbers):
        for path, sentence in check(visits, source):
            source.add(path, sentence)
    plan, bad = _validated(source, context)
    for path, sentence in contradictions(plan):
        if not any(where[: len(path)] == path for where in bad):  # a bad value is not also a missing one
            source.add(path, sentence)
    if source.problems:
        raise FileInvalid(source.problems)
    return plan


def _set_year(source: Source, year: int | None) -> int | None:
    meta = source.value.get("meta")
    own = meta.get("year") if isinstance(meta, dict) else None
    if year is not None and own is None:
        source.add(("meta",), _("这个方案没有年份参数（meta.year），不能另指定年份。"))
    elif year is not None:
        meta["year"] = year
    chosen = own if year is None else year
    return chosen if type(chosen) is int and 1990 <= chosen <= 2100 else None


def _validated(source: Source, context: dict[str, Any]) -> tuple[Plan, list[Path]]:
    """The plan, or what is sound of it with the paths of what is not."""
    try:
        return Plan.model_validate(source.value, context=context), []
    except ValidationError as invalid:
        add_errors(source, invalid, own_sentences())
        return loose(source.value, Plan, context), [error["loc"] for error in invalid.errors(include_url=False)]


def own_sentences() -> dict[str, str]:
    """What is wrong with the values that only plans have."""
    return {
        "plan_money": _("金额要写出单位，例如 10万元、6000元，最小到分。"),
        "plan_day": _("日期应写成 2016-03-31 这样的真实日期。"),
        "plan_year": _("日期只写了月日，请在 meta.year 写上年份，或把年月日写全。"),
        "plan_region": _("区划代码应是 6 位、9 位或 12 位数字。"),
    }


def dangling_references(visits: list[Visit], source: Source) -> Iterator[tuple[Path, str]]:
    """References to roles, tiers, batches, goals, standards or standard items that the plan does not have."""
    known = {name: _keys(source.value.get(name)) for name in REFERRED}
    standards = source.value.get("standards")
    known["standard_items"] = [
        key
        for standard in (standards if isinstance(standards, list) else [])
        if isinstance(standard, dict)
        for part in ("rooms", "fittings", "unified")
        for key in _keys(standard.get(part))
    ]
    names = {
        "roles": _("角色"), "tiers": _("层级"), "batches": _("批次"), "goals": _("目标"),
        "standards": _("建设标准"), "standard_items": _("标准中的功能室或设施"),
    }  # fmt: skip
    for visit in visits:
        to = visit.shape.ref
        if to and isinstance(visit.value, str) and visit.value not in known[to]:
            near = get_close_matches(visit.value, known[to], n=1, cutoff=0.5)
            hint = _("是不是“%(near)s”？") % {"near": near[0]} if near else ""
            text = _("没有代号为“%(key)s”的%(what)s。%(hint)s")
            yield visit.path, text % {"key": visit.value, "what": names[to], "hint": hint}


def _keys(entries: Any) -> list[str]:
    found = [entry.get("key") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [key for key in found if isinstance(key, str)]


def shift(plan: Plan, issued: date) -> Plan:
    """The plan with every date moved by the distance from its own issue to `issued`; the first origin is kept in
    `meta.original_issued_on`."""
    origin = plan.meta.original_issued_on or plan.meta.issued_on
    moved = _moved(plan, issued - plan.meta.issued_on)
    year = issued.year if plan.meta.year else None
    meta = moved.meta.model_copy(update={"original_issued_on": origin, "year": year})
    return moved.model_copy(update={"meta": meta})


def _moved(value: Any, distance: timedelta) -> Any:
    if isinstance(value, date):
        return value + distance
    if isinstance(value, list):
        return [_moved(entry, distance) for entry in value]
    if isinstance(value, Part):
        return value.model_copy(update={name: _moved(getattr(value, name), distance) for name in type(value).model_fields})
    return value
