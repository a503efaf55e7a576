"""The 17-digit number of a health record (A-03): county 6, township 3, village 3, person 5. Pure.

The village segment is not that of the statistical codes: residents' committees are 001 to 099 there and villagers' committees
101 to 199, while the statistical codes have 001 to 199 and 200 to 399 (H-20). Codes that do not fit go to 901 to 999.
"""

from __future__ import annotations

from collections.abc import Iterable

from weimin.residents.rules import tidy_number

COMMUNITIES, VILLAGES, OTHERS = range(1, 100), range(101, 200), range(901, 1000)
LARGEST_SERIAL, LENGTH, ON_FORMS = 99_999, 17, 8


def wanted_segment(code: int) -> tuple[range, int]:
    """(the block that the village belongs to, the segment that it gets there when that is free)."""
    village = code % 1000
    if 1 <= village < 100:
        return COMMUNITIES, village
    if 200 <= village < 299:
        return VILLAGES, village - 99
    return OTHERS, 901 + village % 99


def segments(codes: Iterable[int]) -> dict[int, int]:
    """village code → segment within its township; two villages never share one. ValueError when a township has too many."""
    given: dict[int, int] = {}
    taken: set[tuple[int, int]] = set()
    for code in sorted(codes):
        block, wanted = wanted_segment(code)
        free = next((one for one in [wanted, *block, *OTHERS] if (code // 1000, one) not in taken), None)
        if free is None:
            raise ValueError(f"{code}: no segment is left in its township")
        given[code] = free
        taken.add((code // 1000, free))
    return given


def asked_number(text: str, low: int, high: int) -> str:
    """The number that somebody of a range asked for: all of it, or the eight digits at the head of the forms, which are enough in one township.
    However it is typed: full-width, with blanks or dashes. Empty for anything else."""
    plain = tidy_number(text)
    if not (plain.isascii() and plain.isdigit()):
        return ""
    if len(plain) == LENGTH:
        return plain
    return f"{low // 1000:09d}{plain}" if len(plain) == ON_FORMS and low // 1000 == high // 1000 else ""


def record_number(region: int, segment: int, serial: int) -> str:
    """17 digits for a village (12-digit code), its segment and the person's serial number there. ValueError past 99,999."""
    if not 1 <= serial <= LARGEST_SERIAL:
        raise ValueError(f"{region}: serial {serial} does not fit into five digits")
    return f"{region // 1000:09d}{segment:03d}{serial:05d}"
