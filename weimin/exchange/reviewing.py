"""What somebody looks at before a bundle is taken in: who it is, and what it would do to the record. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from weimin.exchange.incoming import Compared, compare, opened
from weimin.exchange.matching import Match, who
from weimin.exchange.models import Exchange
from weimin.exchange.packing import unpacked
from weimin.exchange.rules_bundle import Content
from weimin.exchange.rules_reading import decoded
from weimin.health.models import HealthRecord
from weimin.residents.models import Resident
from weimin.walls.actor import Actor
from weimin.walls.tenancy import here


@dataclass(frozen=True)
class Review:
    """`resident` and `compared` are None as long as it is open who it is."""

    content: Content
    match: Match
    resident: Resident | None
    compared: Compared | None


def review(actor: Actor, exchange: Exchange, wanted: int | None, *, lock: bool = False) -> Review | None:
    """None when the content is gone. `wanted`: the resident that was ticked among several. lock: resident and record stay as they are until the transaction ends."""
    if exchange.content is None:
        return None
    content = opened(decoded(unpacked(exchange.content)), exchange.release)
    match = who(actor, content.person)
    resident = match.chosen(wanted)
    if resident is None:
        return Review(content, match, None, None)
    if lock:
        resident = Resident.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=resident.pk)
        HealthRecord.objects.visible_to(actor).select_for_update(of=("self",)).filter(resident=resident).first()
    return Review(content, match, resident, compare(actor, content, resident, here().code))
