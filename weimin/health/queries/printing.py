"""What the printed forms say of a person, and the papers made of it."""

from __future__ import annotations

from weimin.health.joining import FORMS, Form, Printed, forms
from weimin.health.models import HealthRecord
from weimin.health.queries.institutions import answering
from weimin.health.queries.timeline import visits_of
from weimin.papers.content import Block, Heading, PageBreak, Paper
from weimin.residents.models import Resident
from weimin.residents.queries import card_of
from weimin.walls.actor import Actor
from weimin.walls.errors import NotVisible

WHOLE = "whole"
TITLE = "居民健康档案"  # text: data


def facts_of(actor: Actor, record: HealthRecord, *, full: bool) -> dict[str, str]:
    """Facts of the register and who answers for the record; identifiers whole only when `full`."""
    resident: Resident = record.resident
    card = card_of(actor, resident)
    whole = {"id_number": resident.id_number or "", "phone": resident.phone or "", "address": resident.address} if full else {}
    facts = {name: str(card[name] or "") for name in ("name", "id_number", "phone", "address", "registered", "township", "village")}
    return facts | whole | answering(record)


def printed(actor: Actor, record: HealthRecord, *, full: bool) -> Printed:
    visits = [visit for visit in reversed(visits_of(actor, record)) if not visit.corrected]  # type: ignore[attr-defined]
    return Printed(actor, record, facts_of(actor, record, full=full), visits, full)


def offered(about: Printed) -> list[Form]:
    """The forms that have something to say of this person."""
    return [one for one in forms() if one.build(about)]


def paper_of(name: str, about: Printed | None) -> Paper:
    """A form, or all of them one after the other. NotVisible for an unknown form and for one that has nothing to say."""
    chosen = forms() if name == WHOLE and about else [FORMS[name]] if name in FORMS else []
    parts = [found for one in chosen if (found := one.build(about))]
    if not parts:
        raise NotVisible()
    head, *first = parts[0]
    blocks: list[Block] = [*first]
    for part in parts[1:]:
        blocks += [PageBreak(), *part]
    title = head.text if isinstance(head, Heading) else TITLE
    return Paper(title, tuple(blocks), layout="record", kind=TITLE, footer=about.record.number if about else "")
