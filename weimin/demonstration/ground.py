"""Where things stand in the demonstration: the invented places of 酉阳's villages, the same for sites and for candidate places."""

from __future__ import annotations

from datetime import date
from functools import cache

from weimin.buildout.siting.synthetic import Kind, invent
from weimin.regions.queries import geography
from weimin.regions.rules import township_of

CODE = 500242000000
CENTRE, RADIUS_KM = (28.84, 108.77), 38.0


@cache
def ground(on: date) -> dict[int, tuple[float, float]]:
    """Region → invented (latitude, longitude); a township stands where its first village does."""
    found: dict[int, tuple[float, float]] = {}
    for spot in invent(geography(CODE, on).villages, CENTRE, RADIUS_KM, [Kind("any", "", True)]):
        found.setdefault(spot.region, (spot.latitude, spot.longitude))
        found.setdefault(township_of(spot.region), (spot.latitude, spot.longitude))
    return found


def place_of(region: int, on: date) -> dict[str, str]:
    """The two fields of a form, in degrees."""
    latitude, longitude = ground(on).get(region, CENTRE)
    return {"latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}"}
