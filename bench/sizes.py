"""How much is measured: the real sizes, and small ones that only show that every row works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """`regions`: the range of codes that is loaded. `few`, `many`: steps in the table. `seconds`: how long throughput is measured.

    `crowd`: residents, and as many cases, of the small and of the large county.
    """

    regions: tuple[int, int]
    few: int
    many: int
    views: int
    seconds: float
    rows: int
    entries: int
    requests: int
    repeats: int
    demonstration: bool
    crowd: tuple[int, int]


FULL = Sizes((0, 10**12), 1_000, 1_000_000, 15, 4.0, 100_000, 1_000_000, 200, 3, True, (10_000, 1_000_000))
SMALL = Sizes((500_240_000_000, 500_243_999_999), 200, 2_000, 2, 0.3, 500, 2_000, 10, 1, False, (600, 3_000))
