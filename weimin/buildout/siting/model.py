"""People to reach, places where a site could stand, and which place reaches whom."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Literal

EARTH_KM = 6371.0088
CRITERIA = {"rent_free": 1.0, "gathering": 1.0, "transport": 1.0}

Id = Hashable
Matrix = Mapping[tuple[Id, Id], float]


@dataclass(frozen=True)
class Demand:
    """A village or hamlet: its people and place (degrees). `must`: has to be covered whatever the target."""

    id: Id
    people: int
    latitude: float | None = None
    longitude: float | None = None
    must: bool = False
    name: str = ""


@dataclass(frozen=True)
class Candidate:
    """A place where a site could stand. `existing` ones are open already, cost nothing more and always count.

    `flags` are the criteria that it meets (rent_free, gathering, transport); `region` limits it to one site a region."""

    id: Id
    cost_fen: int = 0
    latitude: float | None = None
    longitude: float | None = None
    flags: frozenset[str] = frozenset()
    existing: bool = False
    region: int | None = None


@dataclass(frozen=True)
class Solution:
    """An answer. `chosen` are new sites only, in the order of the candidates.

    `status`: optimal (proven), feasible (time ran out: `gap` is how far from `bound` at most), quick (not proven),
    infeasible (nothing chosen; `sentence` says what can be
    reached), unknown (time ran out before any answer). `bound` is a lower bound on new sites for
    `fewest_sites`, an upper bound on people for `most_people`."""

    chosen: tuple[Id, ...]
    existing: tuple[Id, ...]
    covered: frozenset[Id]
    covered_people: int
    total_people: int
    cost_fen: int
    status: Literal["optimal", "feasible", "quick", "infeasible", "unknown"]
    bound: float | None
    gap: float | None
    seconds: float
    sentence: str

    @property
    def share(self) -> float:
        """Covered people of all people, 0..1."""
        return self.covered_people / self.total_people if self.total_people else 0.0


@dataclass(frozen=True)
class Instance:
    """Numbers instead of names: `reach[c]` are the demands within the distance of candidate c."""

    demands: Sequence[Demand]
    candidates: Sequence[Candidate]
    reach: tuple[frozenset[int], ...]
    fixed: frozenset[int]
    free: tuple[int, ...]
    merit: tuple[float, ...]
    rivals: tuple[tuple[int, ...], ...] = field(default=())

    @property
    def total_people(self) -> int:
        return sum(demand.people for demand in self.demands)

    def covered(self, sites: frozenset[int]) -> set[int]:
        """Demands that some of the sites reach."""
        return set().union(*(self.reach[site] for site in sites)) if sites else set()

    def people(self, demands: Collection[int]) -> int:
        """How many people live there."""
        return sum(self.demands[demand].people for demand in demands)


def build(
    demands: Sequence[Demand],
    candidates: Sequence[Candidate],
    distance_km: float,
    *,
    matrix: Matrix | None = None,
    weights: Mapping[str, float] = CRITERIA,
) -> Instance:
    """The instance. Distances are straight lines, or `matrix[(demand id, candidate id)]` in km where it has the pair
    (road distances); a pair without coordinates and matrix is out of reach."""
    reach = tuple(frozenset(number for number, demand in enumerate(demands) if distance(demand, place, matrix or {}) <= distance_km) for place in candidates)
    fixed = frozenset(number for number, place in enumerate(candidates) if place.existing)
    taken = {candidates[number].region for number in fixed} - {None}
    free = tuple(n for n, place in enumerate(candidates) if not place.existing and place.region not in taken)
    whole = sum(weights.values()) or 1.0
    merit = tuple(sum(weights.get(flag, 0.0) for flag in place.flags) / whole for place in candidates)
    return Instance(demands, candidates, reach, fixed, free, merit, _rivals(candidates, free))


def _rivals(candidates: Sequence[Candidate], free: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Groups of places of which one at most may be chosen: one village, one site."""
    by_region: dict[int, list[int]] = {}
    for number in free:
        if (region := candidates[number].region) is not None:
            by_region.setdefault(region, []).append(number)
    return tuple(tuple(group) for group in by_region.values() if len(group) > 1)


def distance(demand: Demand, place: Candidate, matrix: Matrix) -> float:
    """Kilometres from a demand to a place; infinite when nothing is known."""
    known = matrix.get((demand.id, place.id))
    if known is not None:
        return known
    if None in (demand.latitude, demand.longitude, place.latitude, place.longitude):
        return float("inf")
    return haversine(demand.latitude, demand.longitude, place.latitude, place.longitude)  # type: ignore[arg-type]


def haversine(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Great-circle distance in km between two points in degrees."""
    north, east = radians(latitude_b - latitude_a), radians(longitude_b - longitude_a)
    half = sin(north / 2) ** 2 + cos(radians(latitude_a)) * cos(radians(latitude_b)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
