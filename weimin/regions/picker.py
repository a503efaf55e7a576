"""The cascade from province to village, limited to one's own range: everything at or above the range's top is fixed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from weimin.regions.models import UPPER, Region
from weimin.regions.queries import below, names
from weimin.regions.rules import Level, ancestors, level
from weimin.ui.components.forms import Level as Choice
from weimin.walls.actor import Actor

LABELS = {
    Level.PROVINCE: _("省"),
    Level.CITY: _("市"),
    Level.COUNTY: _("县"),
    Level.TOWNSHIP: _("乡镇"),
    Level.VILLAGE: _("村（社区）"),
}


def top_of(actor: Actor) -> int | None:
    """The region that a post sits in; None when it is the whole country (the system)."""
    return actor.low if actor.low >= 110_000_000_000 else None


def chain(actor: Actor, chosen: int | None) -> list[int]:
    """The chosen region and what is above it, from the province down; the post's own region when the choice is outside it."""
    top = top_of(actor)
    if chosen is None or not actor.covers(chosen):
        chosen = top
    return [*ancestors(chosen), chosen] if chosen is not None else []


def offered(actor: Actor, parents: list[int | None]) -> dict[int | None, list[tuple[int, str]]]:
    """parent → (code, name) of its children inside the range; one query for all levels."""
    found: dict[int | None, list[tuple[int, str]]] = {parent: [] for parent in parents}
    wanted = Region.objects.filter(below(parent for parent in parents if parent is not None), code__gte=actor.low, code__lte=actor.high)
    if None in parents:
        wanted = wanted | Region.objects.filter(UPPER, parent=None)
    for region in wanted.order_by("code"):
        found[region.parent].append((region.code, region.short))
    return found


def levels(actor: Actor, chosen: int | None = None) -> list[Choice]:
    """The selects to show: one per level above and at the choice, one for what lies below it, and empty ones to the village.

    Two queries. The component lets every select but the last ask for more, so the empty ones are part of it.
    """
    picked = chain(actor, chosen)
    top = top_of(actor)
    parents: list[int | None] = [None, *picked]
    children = offered(actor, [parent for parent in parents if top is None or (parent is not None and parent >= top)])
    fixed = names([code for code in picked if top is not None and code <= top])
    shown = []
    for parent, code in zip(parents, [*picked, None], strict=True):
        choices = [(code, fixed[code])] if code in fixed else children.get(parent, [])
        if choices:
            own = level(choices[0][0])
            shown.append(Choice(f"level{int(own)}", str(LABELS[own]), choices, code))
    last = max((int(row.name.removeprefix("level")) for row in shown), default=0)
    return shown + [Choice(f"level{int(own)}", str(LABELS[own]), [], None) for own in Level if own > last]


def deepest(parameters: dict[str, str]) -> int | None:
    """The lowest level chosen among the parameters level1 … level5; odd values count as not chosen."""
    chosen = [parameters.get(f"level{number}", "") for number in range(5, 0, -1)]
    return next((int(code) for code in chosen if len(code) == 12 and code.isascii() and code.isdigit()), None)
