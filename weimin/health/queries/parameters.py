"""The list of parameters with what holds today, and the history of one: read from the table, never from what a process remembers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.health.models import ParameterValue
from weimin.health.parameters import Parameter, Version, every_parameter, in_force, version_of

UNSURE, CONFIRMED, CHANGED, SOURCED = "unsure", "confirmed", "changed", "sourced"
KINDS = {UNSURE: "warn", CONFIRMED: "ok", CHANGED: "info", SOURCED: "off"}
PAGE = 25


def standings() -> list[tuple[str, str]]:
    return [(UNSURE, _("未确认")), (CONFIRMED, _("已确认")), (CHANGED, _("本地设定")), (SOURCED, _("有出处"))]


@dataclass(frozen=True)
class Line:
    """One parameter: the version of today, those to come, what became of it."""

    parameter: Parameter
    now: Version
    coming: tuple[Version, ...]
    standing: str

    @property
    def url(self) -> str:
        return reverse("health:parameter", args=[self.parameter.key])

    @property
    def shown(self) -> str:
        return self.parameter.said(self.now)

    @property
    def tag(self) -> tuple[str, str]:
        return dict(standings())[self.standing], KINDS[self.standing]

    @property
    def signed(self) -> str:
        """Who confirmed or set it, and when."""
        return f"{self.now.by} {timezone.localdate(self.now.at)}" if self.now.by and self.now.at else ""

    @property
    def next(self) -> str:
        one = self.coming[0] if self.coming else None
        return _("%(day)s 起 %(value)s") % {"day": one.effective_from.isoformat(), "value": self.parameter.said(one)} if one else ""


def versions_of(keys: Iterable[str] | None = None) -> dict[str, tuple[Version, ...]]:
    """Key → what was set here, in order of time. One query."""
    rows = ParameterValue.objects.order_by("effective_from", "pk")
    found: dict[str, tuple[Version, ...]] = {}
    for row in rows if keys is None else rows.filter(key__in=list(keys)):
        found[row.key] = (*found.get(row.key, ()), version_of(row))
    return found


def line_of(parameter: Parameter, versions: tuple[Version, ...], on: date) -> Line:
    now = in_force(parameter, on, versions)
    days = sorted({one.effective_from for one in (*versions, *parameter.shipped) if one.effective_from > on})
    return Line(parameter, now, tuple(in_force(parameter, day, versions) for day in days), standing_of(parameter, now))


def standing_of(parameter: Parameter, now: Version) -> str:
    if now.by:
        return CONFIRMED if now.value == parameter.shipped_on(now.effective_from).value else CHANGED
    return SOURCED if now.sure else UNSURE


def every_line(on: date) -> list[Line]:
    """All of them. One query."""
    found = versions_of()
    return [line_of(one, found.get(key, ()), on) for key, one in every_parameter().items()]


def rooms() -> list[tuple[str, str]]:
    """(value, words) of the rooms in the order of the list."""
    return list({one.stem.partition(".")[0]: str(one.room) for one in every_parameter().values()}.items())


def narrowed(lines: Iterable[Line], chosen: Mapping[str, str]) -> list[Line]:
    """By room, by standing, and by a text in title, source or key."""
    room, standing, text = chosen.get("room", ""), chosen.get("standing", ""), chosen.get("text", "").strip().lower()
    if room:
        lines = [one for one in lines if one.parameter.stem.startswith(f"{room}.")]
    if standing:
        lines = [one for one in lines if one.standing == standing]
    return [one for one in lines if text in f"{one.parameter.title} {one.now.source} {one.now.cited} {one.parameter.key}".lower()]


def history_lines(parameter: Parameter, on: date) -> list[dict[str, Any]]:
    """Every version, the newest day first: shipped ones (one that was confirmed once only), and those set here with who, when and why.

    holds: on the day; gone: another one took its place before its day came.
    """
    set_here = versions_of([parameter.key]).get(parameter.key, ())
    now = in_force(parameter, on, set_here)
    kept = {(one.effective_from, one.value) for one in set_here}
    shipped = [one for one in parameter.shipped if (one.effective_from, one.value) not in kept]
    rows = sorted((*shipped, *set_here), key=lambda one: (one.effective_from, one.number), reverse=True)
    return [
        {"version": one, "said": parameter.said(one), "holds": one == now, "gone": bool(one.by) and in_force(parameter, one.effective_from, set_here) != one}
        for one in rows
    ]
