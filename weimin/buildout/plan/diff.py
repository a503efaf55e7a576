"""What changes between two versions of a plan, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from weimin.buildout.plan.explain import plain
from weimin.buildout.plan.fields import Part
from weimin.buildout.plan.schema import Plan


@dataclass(frozen=True)
class Change:
    """One change. `path` as in problems; `what` is added, removed or changed; `sentence` says it."""

    path: str
    what: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def diff(old: Plan, new: Plan) -> list[Change]:
    """Every change from one version to the next, in the order of the schema; empty when nothing changes."""
    return list(_parts(old, new, ""))


def _parts(old: Part, new: Part, path: str) -> Iterator[Change]:
    for name, field in type(new).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        here = f"{path}.{field.alias or name}" if path else (field.alias or name)
        label = (field.description or name).split("：")[0].split("；")[0].split("，")[0]
        if isinstance(before, Part) and isinstance(after, Part):
            yield from _parts(before, after, here)
        elif isinstance(after, list):
            yield from _lists(before, after, here, label)
        else:
            yield _change(here, label, before, after)


def _lists(before: list[Any], after: list[Any], path: str, label: str) -> Iterator[Change]:
    old, new = _by_identity(before), _by_identity(after)
    for key in (key for key in old if key not in new):
        yield Change(f"{path}[{key}]", "removed", _("%(path)s：删去%(label)s“%(name)s”") % _words(path, label, old[key]))
    for key, entry in new.items():
        if key not in old:
            yield Change(f"{path}[{key}]", "added", _("%(path)s：新增%(label)s“%(name)s”") % _words(path, label, entry))
        elif isinstance(entry, Part) and entry != old[key]:
            yield from _parts(old[key], entry, f"{path}[{key}]")
    shared = [key for key in old if key in new]
    if shared != [key for key in new if key in old]:
        yield Change(path, "changed", _("%(path)s：%(label)s的先后顺序有变") % {"path": path, "label": label})


def _by_identity(entries: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        name = identity(entry)
        number = sum(known.split("#")[0] == name for known in found)
        found[f"{name}#{number + 1}" if number else name] = entry
    return found


def identity(entry: Any) -> str:
    """What tells an entry of a list from its neighbours: key, name, text, tier, label; for a word the word."""
    for name in ("key", "name", "text", "tier", "result", "label"):
        if value := getattr(entry, name, None):
            return str(value)
    return str(getattr(entry, "count", entry))


def _words(path: str, label: str, entry: Any) -> dict[str, str]:
    name = getattr(entry, "label", None) or getattr(entry, "text", None) or identity(entry)
    return {"path": path, "label": label, "name": str(name)}


def _change(path: str, label: str, before: Any, after: Any) -> Change:
    money = path.endswith((".standard", ".amount", ".broadband_per_month"))
    said = {"path": path, "label": label, "before": shown(before, money), "after": shown(after, money)}
    return Change(path, "changed", _("%(path)s：%(label)s由“%(before)s”改为“%(after)s”") % said)


def shown(value: Any, money: bool = False) -> str:
    """A value as people write it: fen as yuan, true as 是, nothing as 无."""
    if value is None or value == "":
        return _("无")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if money and isinstance(value, int):
        return _("%(yuan)s 元") % {"yuan": plain(Decimal(value) / 100)}
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "label", value))
