"""Who acts in the tests over the whole house, and where they sit."""

from __future__ import annotations

from weimin.accounts.roles import DUTIES, Role

COUNTY, TOWNSHIP, OTHER_TOWNSHIP = 500242000000, 500242101000, 500242102000
VILLAGE, OTHER_VILLAGE = 500242101200, 500242102200
ROLES: tuple[str, ...] = tuple(Role.values)


def seat_of(role: str) -> int:
    """Where an example is built and acted for a role: the county for its offices, a township for everybody below."""
    return COUNTY if DUTIES[role].scope == "jurisdiction" else TOWNSHIP
