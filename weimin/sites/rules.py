"""What holds for sites, rooms and words, whatever the plan. Pure: no query, clock, person or request."""

from __future__ import annotations

import re
from collections.abc import Iterable

from weimin.regions.rules import Level, level, township_of
from weimin.sites.models import SITE_MOVES

TIER_LEVELS = {
    "county_centre": (Level.COUNTY, Level.TOWNSHIP),
    "township_centre": (Level.TOWNSHIP, Level.VILLAGE),
    "village_station": (Level.VILLAGE,),
    "institution": (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE),
}
SEPARATORS = re.compile(r"[、，,;；\n]+")
LIFE = ("planned", "building", "open")


def fits_tier(tier: str, level: Level) -> bool:
    """Whether a site of a tier may stand in a region of a level (a township centre may be entered at its village)."""
    return level in TIER_LEVELS[tier]


def place_served(tier: str, region: int) -> int | None:
    """The township or village whose public page a site belongs to: of a township's centre the township, wherever in it it stands; None above."""
    if level(region) < Level.TOWNSHIP:
        return None
    return township_of(region) if tier == "township_centre" else region


def may_move(now: str, wanted: str) -> bool:
    return (now, wanted) in SITE_MOVES


def words(text: str) -> list[str]:
    """Words typed in one line (、，, ; or new lines between), each once, in order."""
    return unique(part.strip() for part in SEPARATORS.split(text))


def unique(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(part for part in parts if part))


def reopened_state(was_open: bool) -> str:
    """A suspended site that never opened goes back to being built."""
    return "open" if was_open else "building"


def life_stages(state: str, was_open: bool) -> list[tuple[str, str]]:
    """(state, done|now|todo|failed) of the three steps of a site's life; a stopped site stands where it was stopped."""
    here = {"suspended": "open" if was_open else "building", "closed": "open" if was_open else "planned"}.get(state, state)
    position = LIFE.index(here)
    stopped = state in ("suspended", "closed")
    last = "failed" if stopped else "done" if here == "open" else "now"
    return [(name, "done" if number < position else last if number == position else "todo") for number, name in enumerate(LIFE)]
