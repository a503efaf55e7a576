"""What this room adds to the page of a record: the card of exchanges, and imports on the time line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from weimin.exchange.elsewhere import events_of
from weimin.exchange.models import Elsewhere, Exchange, ExchangeState, FormerNumber, Origin
from weimin.exchange.queries import SHOWN, exchanges_of, former_numbers, line
from weimin.health.joining import carried, happening, once, section
from weimin.health.models import HealthRecord
from weimin.ui.components.status import Event
from weimin.walls.actor import Actor


def card(actor: Actor, record: HealthRecord, today: date) -> dict[str, Any]:
    return {"record": record, "rows": [line(row) for row in of_record(actor, record)[:SHOWN]], "numbers": former_numbers(actor, record)}


def of_record(actor: Actor, record: HealthRecord) -> list[Exchange]:
    return once(record, "exchanges", lambda: exchanges_of(actor, record))


def imports(actor: Actor, record: HealthRecord) -> list[Event]:
    """Days on which a record of elsewhere was taken in."""
    rows = [row for row in of_record(actor, record) if row.state == ExchangeState.APPLIED]
    return [Event(timezone.localdate(row.applied_at), _("档案转入"), row.applied_by, row.institution, kind="ok") for row in rows]


for model in (Exchange, Origin, FormerNumber, Elsewhere):
    carried(model)
section("exchange", template="exchange/_card.html", build=card, order=90)
happening("exchange", imports)
happening("elsewhere", events_of)
