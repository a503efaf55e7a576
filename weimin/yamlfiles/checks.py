"""What is wrong with the values of a file, by its schema (pydantic models): said in sentences, all at once."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from weimin.yamlfiles.problems import Path
from weimin.yamlfiles.source import Source
from weimin.yamlfiles.walk import Visit, fields_of

NOTHING_OWN: Mapping[str, str] = {}


def add_errors(source: Source, invalid: ValidationError, own: Mapping[str, str] = NOTHING_OWN) -> None:
    """Notes every error of the schema in the file's problems, but unknown keys, which `unknown_keys` says better."""
    for error in invalid.errors(include_url=False, include_input=True):
        if error["type"] != "extra_forbidden":
            source.add(error["loc"], sentence_of(error, own))


def sentence_of(error: Any, own: Mapping[str, str]) -> str:
    """What is wrong and what to do, for one error of the schema; `own` has the sentences of the file's own value types."""
    kind, bounds = error["type"], error.get("ctx", {})
    if kind == "missing":
        return _("缺少这一项。")
    if error["input"] is None:
        return _("没有内容，请填写或删去这一行。")
    if kind == "literal_error":
        return _("“%(value)s”不是可选的值，可选：%(choices)s。") % {
            "value": error["input"],
            "choices": bounds["expected"].replace(" or ", "、").replace(", ", "、").replace("'", ""),
        }
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = bounds.get("ge", bounds.get("le"))
        text = _("数值太小，不得小于 %(bound)s。") if "ge" in bounds else _("数值太大，不得大于 %(bound)s。")
        return text % {"bound": bound}
    return ({**_sentences(), **own}).get(kind, _("写法不对：%(what)s。") % {"what": error["msg"]})


def _sentences() -> dict[str, str]:
    number, text = _("应当是数字。"), _("应当是文字；纯数字或日期请加引号。")
    whole, group = _("应当是整数。"), _("应当是下面还有内容的一组键。")
    return {
        "string_type": text,
        "string_too_short": _("不能是空的。"),
        "string_too_long": _("太长了。"),
        "string_pattern_mismatch": _("代号的写法不对：只用小写英文字母、数字和下划线（方案代号用连字符），以字母开头。"),
        "int_type": whole, "int_parsing": whole, "int_from_float": whole,
        "decimal_type": number, "decimal_parsing": number,
        "bool_type": _("应当是 true 或 false。"), "bool_parsing": _("应当是 true 或 false。"),
        "list_type": _("应当是列表：每项一行，以“- ”开头。"),
        "model_type": group, "model_attributes_type": group, "dict_type": group,
        "too_short": _("至少要有一项。"),
    }  # fmt: skip


def unknown_keys(visits: list[Visit], _source: Source) -> Iterator[tuple[Path, str]]:
    """Keys that the schema does not have, with the nearest that it does."""
    for visit in visits:
        if not (visit.shape.model and isinstance(visit.value, dict)):
            continue
        known = list(fields_of(visit.shape.model))
        for key in visit.value:
            if key in known:
                continue
            near = get_close_matches(key, known, n=1, cutoff=0.5)
            hint = _("是不是“%(near)s”？") % {"near": near[0]} if near else _("可用的键：%(known)s。") % {"known": "、".join(known)}
            yield (*visit.path, key), _("不认识的键“%(key)s”，%(hint)s") % {"key": key, "hint": hint}


def repeated_keys(visits: list[Visit], _source: Source) -> Iterator[tuple[Path, str]]:
    """Entries of one list with the same `key`."""
    for visit in visits:
        if not (visit.shape.item and isinstance(visit.value, list)):
            continue
        seen: set[str] = set()
        for number, entry in enumerate(visit.value):
            key = entry.get("key") if isinstance(entry, dict) else None
            if isinstance(key, str) and key in seen:
                yield (*visit.path, number, "key"), _("代号“%(key)s”在这个列表里用了两次。") % {"key": key}
            elif isinstance(key, str):
                seen.add(key)


def truths_for_numbers(visits: list[Visit], _source: Source) -> Iterator[tuple[Path, str]]:
    """true/false where a whole number belongs (Python would take them for 1 and 0)."""
    for visit in visits:
        if isinstance(visit.value, bool) and visit.shape.leaf is int:
            yield visit.path, _("这里不能写 true 或 false。")
