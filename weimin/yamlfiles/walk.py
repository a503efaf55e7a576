"""Walks values of a file along its schema (pydantic models), and builds as much as is sound out of a file with errors."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from weimin.yamlfiles.problems import Path


@dataclass(frozen=True)
class Ref:
    """Marks a value that must be the `key` of an entry in another list of the file."""

    to: str


@dataclass(frozen=True)
class Shape:
    """What a place in the schema holds: a model, a list of something, or a leaf type; and what it refers to."""

    model: type[BaseModel] | None = None
    item: Any = None
    leaf: Any = None
    ref: str | None = None


@dataclass(frozen=True)
class Visit:
    """A value met on the walk and its shape."""

    path: Path
    value: Any
    shape: Shape


def shape_of(annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    """The shape of an annotation, seen through Annotated and Optional."""
    ref = next((mark.to for mark in metadata if isinstance(mark, Ref)), None)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(args[0], (*metadata, *args[1:]))
    if origin in (Union, UnionType):
        inner = [arg for arg in args if arg is not type(None)]
        return shape_of(inner[0], metadata) if len(inner) == 1 else Shape(leaf=annotation, ref=ref)
    if origin is list:
        return Shape(item=args[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(model=annotation)
    return Shape(leaf=annotation, ref=ref)


@cache
def fields_of(model: type[BaseModel]) -> dict[str, tuple[str, Shape]]:
    """Key in the file -> (attribute, shape)."""
    return {field.alias or name: (name, shape_of(field.annotation, tuple(field.metadata))) for name, field in model.model_fields.items()}


def walk(value: Any, shape: Shape, path: Path = ()) -> Iterator[Visit]:
    """Every value that has a place in the schema, containers before their contents; wrong types are not entered."""
    yield Visit(path, value, shape)
    if shape.model and isinstance(value, dict):
        for key, (_name, inner) in fields_of(shape.model).items():
            if value.get(key) is not None:
                yield from walk(value[key], inner, (*path, key))
    elif shape.item and isinstance(value, list):
        for number, entry in enumerate(value):
            yield from walk(entry, shape_of(shape.item), (*path, number))


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field: Any = model.model_fields[name]
    annotated: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    return TypeAdapter(annotated)


def loose(value: Any, model: type[BaseModel], context: dict[str, Any]) -> Any:
    """As much of a model as is sound: bad or missing values are None, bad lists empty, positions kept."""
    made: dict[str, Any] = {}
    for key, (name, shape) in fields_of(model).items():
        field = model.model_fields[name]
        fallback: Any = [] if shape.item else None
        if key not in value:
            made[name] = fallback if field.is_required() else field.get_default(call_default_factory=True)
        elif shape.model:
            made[name] = loose(value[key], shape.model, context) if isinstance(value[key], dict) else None
        elif shape.item and (entry := shape_of(shape.item).model):
            entries = value[key] if isinstance(value[key], list) else []
            made[name] = [loose(one, entry, context) if isinstance(one, dict) else None for one in entries]
        else:
            made[name] = _leaf(model, name, value[key], context, fallback)
    return model.model_construct(**made)


def _leaf(model: type[BaseModel], name: str, value: Any, context: dict[str, Any], fallback: Any) -> Any:
    try:
        return _adapter(model, name).validate_python(value, context=context)
    except ValidationError:
        return fallback
