"""Invented candidate places for the demonstration. Pure and deterministic: the same regions give the same places.

Nothing here is measured: townships lie on a spiral around a given centre, villages on a small spiral around their township,
people are drawn by the village's code. Every such row is marked as demonstration data wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from random import Random

from weimin.regions.rules import township_of

GOLDEN_ANGLE = pi * (3 - sqrt(5))
KM_PER_DEGREE = 111.32
SECOND_PLACE = 0.35  # share of villages with a second place, where people gather


@dataclass(frozen=True)
class Kind:
    """A kind of place of the plan; `free`: rent and broadband are paid there already."""

    key: str
    label: str
    free: bool


@dataclass(frozen=True)
class Spot:
    """One invented place, in degrees, with invented people."""

    region: int
    name: str
    kind: str
    longitude: float
    latitude: float
    population: int
    rent_free: bool
    gathering: bool
    transport: bool


Point = tuple[float, float]  # latitude, longitude


def invent(regions: Mapping[int, str], centre: Point, radius_km: float, kinds: Sequence[Kind]) -> list[Spot]:
    """One or two places a region (code → name), townships within `radius_km` of `centre` (latitude, longitude)."""
    townships = sorted({township_of(code) for code in regions})
    inner = radius_km / max(1.0, sqrt(len(townships)))
    found: list[Spot] = []
    for place, township in enumerate(townships):
        middle = on_spiral(centre, radius_km, place, len(townships))
        codes = sorted(code for code in regions if township_of(code) == township)
        for number, code in enumerate(codes):
            found += places_of(code, regions[code], on_spiral(middle, inner, number, len(codes)), kinds)
    return found


def places_of(code: int, name: str, middle: Point, kinds: Sequence[Kind]) -> Iterator[Spot]:
    """The free place in the middle of the village, and for some a second one at the road or market."""
    chance = Random(code)  # noqa: S311  (not for secrets)
    free = [kind for kind in kinds if kind.free] or list(kinds)
    others = [kind for kind in kinds if not kind.free]
    yield spot(code, name, free[0], nudge(middle, chance, 0.4), chance.randrange(400, 2400), chance, gathering=chance.random() < 0.4)
    if others and chance.random() < SECOND_PLACE:
        yield spot(code, name, chance.choice(others), nudge(middle, chance, 1.5), chance.randrange(150, 900), chance, gathering=True)


def spot(code: int, name: str, kind: Kind, where: Point, population: int, chance: Random, *, gathering: bool) -> Spot:
    latitude, longitude = where
    transport = chance.random() < 0.5
    return Spot(code, f"{name}{kind.label}", kind.key, round(longitude, 6), round(latitude, 6), population, kind.free, gathering, transport)


def on_spiral(middle: Point, radius_km: float, number: int, whole: int) -> Point:
    """The number-th of `whole` points that fill a disc evenly."""
    distance, angle = radius_km * sqrt((number + 0.5) / max(1, whole)), number * GOLDEN_ANGLE
    return moved(middle, distance * cos(angle), distance * sin(angle))


def nudge(middle: Point, chance: Random, most_km: float) -> Point:
    return moved(middle, chance.uniform(-most_km, most_km), chance.uniform(-most_km, most_km))


def moved(middle: Point, north_km: float, east_km: float) -> Point:
    latitude, longitude = middle
    return latitude + north_km / KM_PER_DEGREE, longitude + east_km / (KM_PER_DEGREE * cos(radians(latitude)))
