"""The figures that rules of health go by: what is shipped with its source, what the bureau set since, and what holds on a day (decision 11).

A parameter's key is a stem and a name (`health.hypertension.target_systolic`). Rooms declare theirs (`declared`); their tables ask `since` which figures
of a stem were set here. What was set is known to each process and asked for again after KNOWN_SECONDS and on every new day: a new value begins
tomorrow at the earliest, so a process that has not heard of it yet still judges today as every other does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from time import monotonic
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from weimin.health.models import ParameterValue
from weimin.health.standard_words import in_words, reads_english
from weimin.walls.tenancy import tenancy

KNOWN_SECONDS = 30
WHOLE, TENTHS, ADDRESS, LIST, WORDS, LINE = "whole", "tenths", "address", "list", "words", "line"
COMMA, SEMICOLON = "、", "；"  # text: data


@dataclass(frozen=True)
class Version:
    """One value from a day on. sure: read in a source, or set or confirmed here; by, at, reason, post: who did that, empty for what is shipped."""

    effective_from: date
    value: str
    source: str
    sure: bool
    by: str = ""
    post: str = ""
    at: datetime | None = None
    reason: str = ""
    number: int = 0

    @property
    def figure(self) -> Decimal:
        return Decimal(self.value)

    @property
    def keys(self) -> tuple[str, ...]:
        """Of a list."""
        return tuple(self.value.split(",")) if self.value else ()

    @property
    def cited(self) -> str:
        """The source for the reader; what somebody typed stays as it was typed."""
        return in_words(self.source)

    @property
    def confirmed(self) -> bool:
        return bool(self.by)


@dataclass(frozen=True)
class Parameter:
    """What may be set. room and group say where it belongs; least, most: what a value may be; order: pairs of names of its stem, the first never above
    the second; apart: a name of its stem with which it must differ; fixed: why it is confirmed here and changed by a release only.
    options: what a LIST is chosen from, (key, words); its value are the keys with commas between them, as those of WORDS are words; filled: not empty."""

    stem: str
    name: str
    room: Any
    group: Any
    label: Any
    unit: Any
    kind: str
    shipped: tuple[Version, ...]
    least: Decimal | None = None
    most: Decimal | None = None
    order: tuple[tuple[str, str], ...] = ()
    apart: str = ""
    fixed: Any = ""
    options: tuple[tuple[str, Any], ...] = ()
    filled: bool = True

    @property
    def key(self) -> str:
        return f"{self.stem}.{self.name}"

    @property
    def pk(self) -> str:
        """What a button names."""
        return self.key

    def __str__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> Any:
        return format_lazy("{} · {}", self.group, self.label)

    @property
    def is_list(self) -> bool:
        return self.kind in (LIST, WORDS)

    def said(self, version: Version) -> str:
        """A value in words, with its unit."""
        if not self.is_list:
            return f"{version.value}\u00a0{self.unit}".strip()
        words = dict(self.options)
        return ("; " if reads_english() else SEMICOLON).join(str(words.get(key, key)) for key in version.keys) or _("（没有）")

    def shipped_on(self, on: date) -> Version:
        return next((one for one in reversed(self.shipped) if one.effective_from <= on), self.shipped[0])


@dataclass(frozen=True)
class Known:
    """What was set in a jurisdiction: stem → name → versions in order of time. until: monotonic seconds; day: on which it was asked for."""

    until: float
    day: date | None
    rows: dict[str, dict[str, tuple[Version, ...]]] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict)


NOTHING = Known(float("inf"), None)
KNOWN: dict[str, Known] = {}
DECLARED: list[Callable[[], Iterable[Parameter]]] = []
EVERY: dict[str, Parameter] = {}


def declared(making: Callable[[], Iterable[Parameter]]) -> Callable[[], Iterable[Parameter]]:
    """Registers a room's parameters; they are made when somebody asks for the list."""
    DECLARED.append(making)
    return making


def every_parameter() -> dict[str, Parameter]:
    """Every parameter of every room by its key, in the order of the rooms' tables."""
    if not EVERY:
        EVERY.update({one.key: one for making in DECLARED for one in making()})
    return EVERY


def known() -> Known:
    """What was set here, as this process knows it; nothing outside a jurisdiction."""
    schema = tenancy.schema_name
    if schema == "public":
        return NOTHING
    found, today = KNOWN.get(schema), timezone.localdate()
    if found is None or found.until < monotonic() or found.day != today:
        found = KNOWN[schema] = Known(monotonic() + KNOWN_SECONDS, today, asked())
    return found


def asked() -> dict[str, dict[str, tuple[Version, ...]]]:
    """One query."""
    rows: dict[str, dict[str, tuple[Version, ...]]] = {}
    for row in ParameterValue.objects.order_by("effective_from", "pk"):
        stem, _dot, name = row.key.rpartition(".")
        found = rows.setdefault(stem, {})
        found[name] = (*found.get(name, ()), version_of(row))
    return rows


def version_of(row: ParameterValue) -> Version:
    return Version(row.effective_from, row.value, row.source, True, row.person_name, row.post_label, row.made_at, row.reason, row.pk)


def forget() -> None:
    """What was set here is asked for anew."""
    KNOWN.pop(tenancy.schema_name, None)


def newest(versions: Iterable[Version], on: date, shipped: date) -> Version | None:
    """The last of those that hold on the day and are not older than what is shipped for it: a later release replaces what was set before."""
    return next((one for one in reversed(tuple(versions)) if shipped <= one.effective_from <= on), None)


def since(stem: str, on: date, shipped: date) -> dict[str, Version]:
    """Name → version of the figures of a stem that were set here and hold on a day; `shipped`: from when the shipped version is."""
    found = {name: newest(versions, on, shipped) for name, versions in known().rows.get(stem, {}).items()}
    return {name: one for name, one in found.items() if one is not None}


def keeping(key: Any, make: Callable[[], Any]) -> Any:
    """What was put together from the parameters, as long as they are known as they are now."""
    made = known().made
    if key not in made:
        made[key] = make()
    return made[key]


def in_force(parameter: Parameter, on: date, versions: Iterable[Version]) -> Version:
    """The version of a day, of what is shipped and what was set."""
    shipped = parameter.shipped_on(on)
    return newest(versions, on, shipped.effective_from) or shipped


def listed(stem: str, on: date, shipped: date, name: str, value: tuple[str, ...]) -> tuple[str, ...]:
    """A list as it holds on a day, else as it is shipped."""
    found = since(stem, on, shipped).get(name)
    return found.keys if found else value


def line(stem: str, on: date, shipped: date, name: str, value: str) -> str:
    """A line of text as it holds on a day, else as it is shipped."""
    found = since(stem, on, shipped).get(name)
    return found.value if found else value


def whole(stem: str, on: date, shipped: date, name: str, value: int) -> int:
    """A whole figure as it holds on a day, else as it is shipped."""
    found = since(stem, on, shipped).get(name)
    return int(found.figure) if found else value
