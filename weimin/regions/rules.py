"""Official region codes are the geography: levels, kinds and ranges by integer arithmetic.

A code has 12 digits: province 2, city 2, county 2, township 3, village 3 (statistical division codes, GB/T 2260 and
GB/T 10114). Source of the kind segments: domain rule H-20. Cities without counties (东莞 4419, 中山 4420, 儋州 4604)
hang their townships directly below the city: the county part of those codes is 00. 嘉峪关 6202, which has none either, has
in the file a county of its own name (620201) that holds everything.
"""

from __future__ import annotations

from enum import IntEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(IntEnum):
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5


SPAN = {Level.PROVINCE: 10**10, Level.CITY: 10**8, Level.COUNTY: 10**6, Level.TOWNSHIP: 10**3, Level.VILLAGE: 1}
LAST_CODE = 999_999_999_999


class Kind(models.TextChoices):
    PROVINCE = "province", _("省级")
    CITY = "city", _("地级")
    COUNTY = "county", _("县级")
    STREET = "street", _("街道")
    TOWN = "town", _("镇")
    TOWNSHIP = "township", _("乡")
    TOWNSHIP_LIKE = "township_like", _("类似乡级单位")
    COMMUNITY = "community", _("社区")
    VILLAGE = "village", _("行政村")
    COMMUNITY_LIKE = "community_like", _("类似社区")
    VILLAGE_LIKE = "village_like", _("类似行政村")


def level(code: int) -> Level:
    """The level of a 12-digit code; ValueError when it is not one."""
    if not 110_000_000_000 <= code <= LAST_CODE:
        raise ValueError(f"{code} is not a 12-digit region code")
    if code % 10**3:
        return Level.VILLAGE
    if code % 10**6:
        return Level.TOWNSHIP
    if code % 10**8:
        return Level.COUNTY
    if code % 10**10:
        return Level.CITY
    return Level.PROVINCE


def range_of(code: int) -> tuple[int, int]:
    """Inclusive range of every code inside a region, itself included."""
    return code, code + SPAN[level(code)] - 1


def parent(code: int) -> int | None:
    """The next region up, or None for a province. A township without a county hangs below its city."""
    own = level(code)
    if own == Level.PROVINCE:
        return None
    above = code - code % SPAN[Level(own - 1)]
    if own == Level.TOWNSHIP and level(above) != Level.COUNTY:
        return code - code % SPAN[Level.CITY]
    return above


def ancestors(code: int) -> list[int]:
    """Codes from the province down to the region's parent."""
    found: list[int] = []
    above = parent(code)
    while above is not None:
        found.insert(0, above)
        above = parent(above)
    return found


def township_of(code: int) -> int:
    """The township that a village code or a township code belongs to."""
    return code - code % 1000


def kind(code: int) -> Kind:
    """The kind by the segment of the code (H-20)."""
    own = level(code)
    if own <= Level.COUNTY:
        return (Kind.PROVINCE, Kind.CITY, Kind.COUNTY)[own - 1]
    if own == Level.TOWNSHIP:
        segment = code // 1000 % 1000
        return Kind.STREET if segment < 100 else Kind.TOWN if segment < 200 else Kind.TOWNSHIP if segment < 400 else Kind.TOWNSHIP_LIKE
    segment = code % 1000
    return Kind.COMMUNITY if segment < 200 else Kind.VILLAGE if segment < 400 else Kind.COMMUNITY_LIKE if segment < 500 else Kind.VILLAGE_LIKE


VILLAGE_SUFFIXES = ("村民委员会", "村委会")  # text: data
COMMUNITY_SUFFIXES = ("社区居民委员会", "社区居委会", "居民委员会", "居委会")  # text: data
ENDINGS = ("村", "社区")  # text: data
KEEP = dict.fromkeys(VILLAGE_SUFFIXES, ENDINGS[0]) | dict.fromkeys(COMMUNITY_SUFFIXES, ENDINGS[1])


def short_name(name: str) -> str:
    """The name as people say it: 李楼村委会 → 李楼村, 土陂社区居民委员会 → 土陂社区, 天山堡村村民委员会 → 天山堡村."""
    for suffix in KEEP:
        if name.endswith(suffix) and len(name) > len(suffix):
            stem, kept = name.removesuffix(suffix), KEEP[suffix]
            return stem if stem.endswith(ENDINGS) else stem + kept
    return name
