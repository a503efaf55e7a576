"""The reference part of docs/plan-format.md, written out of the schema so that it cannot fall behind."""

# text: data
# (descriptions of the file format, printed into docs/plan-format.md)

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from weimin.buildout.plan.fields import Part, to_day, to_fen, to_percent, to_region
from weimin.buildout.plan.schema import Plan
from weimin.yamlfiles.walk import Ref, fields_of

REFERRED = {
    "roles": "roles 里的代号", "tiers": "tiers 里的代号", "batches": "batches 里的代号", "goals": "goals 里的代号",
    "standards": "standards 里的代号", "standard_items": "standards 里功能室或设施的代号",
}  # fmt: skip
VALIDATED = {to_day: "日期", to_fen: "金额（带单位）", to_percent: "百分数", to_region: "区划代码"}
PLAIN = {"str": "文字", "int": "整数", "Decimal": "数字", "bool": "true 或 false", "date": "日期"}


def reference() -> str:
    """Markdown: one table per part of a plan, in the order in which a file meets them."""
    return "\n".join(_table(model, where) for model, where in _parts())


def _parts() -> list[tuple[type[BaseModel], str]]:
    found: dict[type[BaseModel], str] = {Plan: "（最外层）"}
    queue: list[type[BaseModel]] = [Plan]
    while queue:
        model = queue.pop(0)
        for key, (name, shape) in fields_of(model).items():
            inner = shape.model or _model_in(shape.item)
            if inner and inner not in found:
                prefix = "" if model is Plan else f"{found[model]}."
                found[inner] = f"{prefix}{key}" + ("[]" if shape.item else "")
                queue.append(inner)
            del name
    return list(found.items())


def _model_in(item: Any) -> type[BaseModel] | None:
    return item if isinstance(item, type) and issubclass(item, Part) else None


def _table(model: type[BaseModel], where: str) -> str:
    rows = [f"### {where}", "", "| 键 | 必填 | 写什么 | 含义 |", "|---|---|---|---|"]
    for key, (name, _shape) in fields_of(model).items():
        field = model.model_fields[name]
        kind = said(field.annotation, tuple(field.metadata))
        rows.append(f"| `{key}` | {'是' if field.is_required() else ''} | {kind} | {field.description} |")
    return "\n".join([*rows, ""])


def said(annotation: Any, metadata: tuple[Any, ...] = ()) -> str:
    """What a writer puts there, in words."""
    origin, args = get_origin(annotation), get_args(annotation)
    for mark in metadata:
        if isinstance(mark, Ref):
            return REFERRED[mark.to]
        if getattr(mark, "func", None) in VALIDATED:
            return VALIDATED[mark.func]
    if origin is Annotated:
        return said(args[0], (*metadata, *args[1:]))
    if origin in (Union, UnionType):
        return said(next(arg for arg in args if arg is not type(None)), metadata)
    if origin is list:
        return f"列表：{said(args[0])}"
    if origin is Literal:
        return " / ".join(f"`{value}`" for value in args)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return "一组键"
    return "代号" if any(getattr(mark, "pattern", None) for mark in metadata) else PLAIN[annotation.__name__]
