"""Maps without a map service: the tile grid (a cell a region) and the scatter of places that have coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.template import Library
from django.utils.translation import gettext_lazy as _

register = Library()

# (level, words) when a page gives no legend of its own: 1 worst … 5 best, 0 nothing known
LEGEND = [(1, _("很差")), (2, _("较差")), (3, _("一般")), (4, _("较好")), (5, _("很好")), (0, _("暂无数据"))]
WIDTH, LEAST, MOST, EDGE = 600.0, 260.0, 900.0, 24.0
SHAPES = {
    "green": "M{x} {y}m-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0",
    "yellow": "M{x} {y}m0 -8.5l8.5 8.5l-8.5 8.5l-8.5 -8.5z",
    "red": "M{x} {y}m-6.5 -6.5h13v13h-13z",
    "paused": "M{x} {y}m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0",
}


@dataclass(frozen=True)
class Tile:
    """One region: its name, the figure or state in words, level 0–5 (0 = nothing known), a further line, its page."""

    name: str
    words: str
    level: int = 0
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Place:
    """One place: degrees east and north, name, colour green|yellow|red|paused, what that means in words, its page."""

    longitude: float
    latitude: float
    name: str
    colour: str = "green"
    words: str = ""
    url: str = ""


@register.inclusion_tag("ui/components/tiles.html")
def tiles(cells: Sequence[Tile], label: str, legend: Sequence[tuple[int, str]] | None = None, dense: bool = False) -> dict[str, Any]:
    """A grid with one coloured and worded cell a region. `legend`: (level, words); only levels in use are shown."""
    used = {cell.level for cell in cells}
    shown = [(level, words) for level, words in (legend or LEGEND) if level in used or legend]
    return {"cells": cells, "label": label, "legend": shown, "dense": dense}


@register.inclusion_tag("ui/components/scatter.html")
def scatter(places: Sequence[Place], label: str, words: dict[str, str] | None = None) -> dict[str, Any]:
    """Places at true proportions (equirectangular at the middle latitude), north up; colour, shape and words; a table of all."""
    height, spots = project(places)
    named = [(colour, (words or {}).get(colour, "")) for colour in SHAPES if any(p.colour == colour for p in places)]
    pins = [
        {"place": place, "d": SHAPES.get(place.colour, SHAPES["paused"]).format(x=x, y=y), "x": x, "y": y} for place, (x, y) in zip(places, spots, strict=True)
    ]
    keys = [(colour, said, SHAPES[colour].format(x=9, y=9)) for colour, said in named]
    return {"pins": pins, "height": height, "width": WIDTH, "label": label, "keys": keys}


def project(places: Sequence[Place]) -> tuple[float, list[tuple[float, float]]]:
    """Height of the drawing at width 600, and x, y of each place. One place alone lies in the middle."""
    if not places:
        return LEAST, []
    lows = min(p.longitude for p in places), min(p.latitude for p in places)
    highs = max(p.longitude for p in places), max(p.latitude for p in places)
    squeeze = cos(radians((lows[1] + highs[1]) / 2))
    wide, tall = (highs[0] - lows[0]) * squeeze, highs[1] - lows[1]
    inner = WIDTH - 2 * EDGE
    unit = min(inner / wide if wide else inner, (MOST - 2 * EDGE) / tall if tall else inner)
    height = round(max(LEAST, tall * unit + 2 * EDGE), 1)
    left, top = (WIDTH - wide * unit) / 2, (height - tall * unit) / 2
    spots = [(round(left + (p.longitude - lows[0]) * squeeze * unit, 1), round(top + (highs[1] - p.latitude) * unit, 1)) for p in places]
    return height, spots
