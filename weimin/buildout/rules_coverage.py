"""Which places are still without a site, and which sites are too small. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from weimin.buildout.plan.schema import Plan, Tier
from weimin.indicators.rules import figure
from weimin.regions.rules import township_of


@dataclass(frozen=True)
class Missing:
    """A township or village without an open site. `state` is the code of its project's state, empty when it has none."""

    code: int
    name: str
    township: str
    poverty: bool = False
    state: str = ""


def missing(wanted: Mapping[int, str], built: Set[int], poverty: Set[int], states: Mapping[int, str], townships: Mapping[int, str]) -> list[Missing]:
    """The regions of `wanted` (code → name) that are not in `built`: poverty villages first, they must all be covered; then by code."""
    found = [
        Missing(code, name, townships.get(township_of(code), ""), code in poverty, states.get(code, "")) for code, name in wanted.items() if code not in built
    ]  # fmt: skip
    return sorted(found, key=lambda row: (not row.poverty, row.code))


@dataclass(frozen=True)
class Group:
    """What is missing in one township."""

    township: str
    rows: list[Missing]


def grouped(rows: Iterable[Missing]) -> list[Group]:
    """By township, those with poverty villages first, otherwise in the order given."""
    found: dict[str, list[Missing]] = {}
    for row in rows:
        found.setdefault(row.township, []).append(row)
    return [Group(township, members) for township, members in found.items()]


def too_small(area: Decimal | None, least: int) -> bool:
    """An area that nobody has measured is a gap of the register, not of the site."""
    return area is not None and area < least


def least_area(plan: Plan, tier: Tier) -> int | None:
    """The floor area in m² that the plan's standard asks of a tier; None where it asks for none."""
    standard = plan.standard_of(tier.key)
    return standard.min_area if standard else None


def level_of(numerator: int, denominator: int) -> int:
    """1 worst … 5 best for the tile grid; 0 when there is nothing to cover."""
    if not denominator:
        return 0
    share = numerator * 100 // denominator
    return 5 if share >= 100 else 4 if share >= 85 else 3 if share >= 50 else 2 if share > 0 else 1


def share_words(numerator: int, denominator: int) -> str:
    """ "85.2%"; a dash when there is nothing to cover. Rounded down, so that 100 % means all."""
    share = figure("%", numerator, denominator)
    return "—" if share is None else f"{share:g}%"
